"""The learner's whole loop in a browser: by mouse, by keyboard alone, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, Window

REPLIES = {
    "en": "Thank you for writing. I am looking into it now and answer you here by 5 pm today.",
    "pl": "Dziękujemy za wiadomość. Sprawdzam to teraz i odpiszę tu dziś do 17:00.",
}
OpenWindow = Callable[..., Window]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_stranger_goes_through_the_whole_loop_by_mouse(
    open_window: OpenWindow, language: str
) -> None:
    window = open_window(language)

    _answers_as_a_guest(window, language)
    _registers_and_rates_herself(window, language)
    _reads_and_takes_the_quiz(window)
    _works_a_shift(window, language)
    _tries_again(window, language)
    window.opens("/progress")

    expect(window.page.locator("h1")).not_to_be_empty()
    assert window.page.locator(".skill-interval, .skill-interval-wide").count() > 3


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_stranger_answers_and_works_a_shift_by_keyboard_alone(
    open_window: OpenWindow, language: str
) -> None:
    window = open_window(language)
    page, keyboard = window.page, window.page.keyboard

    window.opens("/try")
    _tab_to(window, "textarea[name=text]")
    keyboard.type(REPLIES[language])
    _tab_to(window, ".hero-try button[type=submit]")
    keyboard.press("Enter")
    page.wait_for_url("**/debrief")

    window.opens("/practice")
    _tab_to(window, "form[action$='lumo-monday'] button[type=submit]")
    keyboard.press("Enter")
    page.wait_for_url("**/shifts/**")
    keyboard.press("?")
    expect(page.locator("dialog[data-shortcuts]")).to_be_visible()
    keyboard.press("Escape")
    keyboard.press("j")
    expect(page.locator(".thread-inner .post")).to_be_visible()
    keyboard.press("r")
    keyboard.type(REPLIES[language])
    _tab_to(window, ".composer button[type=submit]")
    keyboard.press("Enter")
    expect(page.locator(".post-brand")).to_be_visible()
    keyboard.press("w")
    expect(page.locator(".shift-clock")).not_to_have_text("09:05")
    _tab_to(window, "a[href$='/finish']")
    keyboard.press("Enter")
    page.wait_for_url("**/finish")
    _tab_to(window, "form[action$='/finish'] button[type=submit]")
    keyboard.press("Enter")
    page.wait_for_url("**/debrief")

    expect(page.locator(".scorecard-number")).to_be_visible()


def test_everything_works_without_scripts(open_window: OpenWindow) -> None:
    window = open_window("en", java_script_enabled=False)
    page = window.page

    window.opens("/try")
    page.fill("textarea[name=text]", REPLIES["en"])
    page.click(".hero-try button[type=submit]")
    window.registers("plain@example.com")
    window.opens("/quizzes")
    page.locator(".lesson-row-title").first.click()
    page.click("main form button[type=submit]")
    _answer_every_question(window)
    window.opens("/practice")
    page.click("form[action$='lumo-monday'] button[type=submit]")
    page.click(".message-list button.message-row")
    page.fill("#composer-text", REPLIES["en"])
    page.click(".composer button[type=submit]")

    expect(page.locator(".post-brand")).to_be_visible()


def _answers_as_a_guest(window: Window, language: str) -> None:
    window.opens("/")
    window.page.fill("textarea[name=text]", REPLIES[language])
    window.page.click(".hero-try button[type=submit]")
    window.page.wait_for_url("**/debrief")
    expect(window.page.locator(".marked-reply")).to_be_visible()


def _registers_and_rates_herself(window: Window, language: str) -> None:
    page = window.page
    page.click(".next-step a[href='/register']")
    page.fill("#name", "Ola")
    page.fill("#email", f"{language}@example.com")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/progress/start")
    for step in page.locator(".self-rating .scale-step:nth-child(3)").all():
        step.click()
    page.click(".sticky-actions button[type=submit]")
    page.wait_for_url("**/progress")
    expect(page.locator("path.skill-own").first).to_be_attached()


def _reads_and_takes_the_quiz(window: Window) -> None:
    page = window.page
    window.opens("/learn/the-angry-customer")
    check = page.locator("form.check").first
    check.locator("input[type=radio]").first.check()
    check.locator("button[type=submit]").click()
    expect(page.locator(".quiz-why").first).to_be_visible()
    page.click("button[name=then][value=quiz]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/quizzes/sittings/**")
    _answer_every_question(window)
    expect(page.locator(".question").first).to_be_visible()


def _works_a_shift(window: Window, language: str) -> None:
    page = window.page
    window.opens("/practice")
    page.click("form[action$='lumo-monday'] button[type=submit]")
    page.wait_for_url("**/shifts/**")
    page.click(".message-list button.message-row")
    page.fill("#composer-text", REPLIES[language])
    page.click(".composer button[type=submit]")
    expect(page.locator(".post-brand")).to_contain_text(REPLIES[language][:20])
    page.click("a[href$='/finish']")
    page.click("form[action$='/finish'] button[type=submit]")
    page.wait_for_url("**/debrief")
    expect(page.locator(".ribbon-figure")).to_be_visible()


def _tries_again(window: Window, language: str) -> None:
    page = window.page
    page.locator("details.handled a[href$='/retry']").first.click()
    page.fill("textarea[name=text]", REPLIES[language] + " Kasia.")
    page.click(".evidence-own button[type=submit]")
    expect(page.locator("#tries .marked-reply").first).to_be_visible()


def _answer_every_question(window: Window) -> None:
    """Answer whatever is asked with the first thing at hand, and hand in."""
    page = window.page
    page.wait_for_url("**/quizzes/sittings/**")
    while page.url.rsplit("/", 1)[-1].isdigit():
        form = page.locator("form.question")
        # The address is there before the page is: neither is a sign of what is asked.
        expect(form.or_(page.locator("main p.cluster a.button-primary")).first).to_be_visible()
        if form.count():
            _fill(window)
            onwards = form.locator("button[type=submit]")
        else:
            onwards = page.locator("main p.cluster a.button-primary")
        # Until the next page stands, neither can be told from the other.
        with page.expect_navigation():
            onwards.click()
    page.click("form[action$='/submit'] button[type=submit]")
    page.wait_for_url("**/result")


def _fill(window: Window) -> None:
    form = window.page.locator("form.question")
    if form.locator("input[type=radio], input[type=checkbox]").count():
        form.locator("input[type=radio], input[type=checkbox]").first.check()
    for select in form.locator("select").all():
        select.select_option(index=1)
    for gap in form.locator("input:not([type])").all():
        gap.fill("4")


def _tab_to(window: Window, selector: str, most: int = 160) -> None:
    """Press Tab until something has the focus, as somebody without a mouse does."""
    for _ in range(most):
        if window.page.evaluate(
            "(selector) => document.activeElement?.matches(selector) ?? false", selector
        ):
            return
        window.page.keyboard.press("Tab")
    message = f"{selector} cannot be reached by keyboard on {window.page.url}"
    raise AssertionError(message)
