"""What somebody typed survives a lost network, a closed tab, a killed server."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Window

OpenWindow = Callable[..., Window]


def _start_quiz(window: Window) -> None:
    window.opens("/quizzes")
    window.page.locator(".lesson-row-title").first.click()
    window.page.click("main form button[type=submit]")
    window.page.wait_for_url("**/quizzes/sittings/**")
    steps = [link.get_attribute("href") for link in window.page.locator(".question-steps a").all()]
    for step in steps:
        # Questions are drawn, and the first may ask for a number or an order.
        if _choices(window).count():
            break
        window.opens(step or "")


def _choices(window: Window) -> Locator:
    return window.page.locator("form.question input[type=radio]")


def _quiet(window: Window) -> None:
    """A lost network and a refusal are logged by the browser; they are no errors of the page."""
    window.errors[:] = [
        line for line in window.errors if "ERR_INTERNET" not in line and "404" not in line
    ]


def test_an_answer_is_saved_within_two_seconds_and_survives_a_closed_tab(
    open_window: OpenWindow,
) -> None:
    window = open_window()
    _start_quiz(window)
    _choices(window).nth(1).check()

    expect(window.page.locator("[data-save-state][data-state=saved]")).to_be_visible(timeout=2500)
    address = window.page.url
    window.page.goto("about:blank")
    window.page.goto(address)

    expect(window.page.locator("form.question input:checked")).to_have_count(1)


def test_an_answer_given_without_a_network_is_sent_when_it_returns(
    open_window: OpenWindow,
) -> None:
    window = open_window()
    _start_quiz(window)
    window.page.context.set_offline(True)
    _choices(window).nth(1).check()
    expect(window.page.locator("[data-save-state][data-state=waiting]")).to_be_visible(
        timeout=5000
    )

    window.page.context.set_offline(False)

    expect(window.page.locator("[data-save-state][data-state=saved]")).to_be_visible(timeout=12000)
    _quiet(window)


def test_a_reply_that_was_not_sent_is_there_after_a_reload(open_window: OpenWindow) -> None:
    window = open_window()
    window.opens("/practice")
    window.page.click("form[action$='lumo-monday'] button[type=submit]")
    window.page.click(".message-list button.message-row")
    window.page.fill("#composer-text", "Half a thought")

    window.page.reload()

    expect(window.page.locator("#composer-text")).to_have_value("Half a thought")


def test_a_move_without_a_network_keeps_the_text_and_says_so(open_window: OpenWindow) -> None:
    window = open_window()
    window.opens("/practice")
    window.page.click("form[action$='lumo-monday'] button[type=submit]")
    window.page.click(".message-list button.message-row")
    window.page.fill("#composer-text", "A whole reply")
    window.page.context.set_offline(True)

    window.page.click(".composer button[type=submit]")

    expect(window.page.locator("[data-offline]")).to_be_visible()
    expect(window.page.locator("#composer-text")).to_have_value("A whole reply")
    window.page.context.set_offline(False)
    _quiet(window)


def test_a_move_after_the_session_ended_says_that_it_ended(open_window: OpenWindow) -> None:
    window = open_window()
    window.opens("/practice")
    window.page.click("form[action$='lumo-monday'] button[type=submit]")
    window.page.click(".message-list button.message-row")
    window.page.fill("#composer-text", "A whole reply")
    window.page.context.clear_cookies(name="smm_account")

    window.page.click(".composer button[type=submit]")

    expect(window.page.locator("[data-offline]")).to_contain_text("You are not signed in here")
    expect(window.page.locator("#composer-text")).to_have_value("A whole reply")
    _quiet(window)
