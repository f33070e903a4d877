"""A full day at work in a browser: by keyboard alone, without scripts, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window

OpenWindow = Callable[..., Window]
REASON = "Two people have died; nothing of ours belongs under that."
MOST_WAITS = 60


def begins(window: Window, key: str = "zakwas-evening") -> str:
    window.opens("/practice")
    presses(window, f"form[action$='{key}'] button[type=submit]", "Enter")
    window.page.wait_for_selector(".room-tabs")
    # The keys are bound once the page's scripts have run.
    window.page.wait_for_load_state("load")
    return urlsplit(window.page.url).path


def reaches(window: Window, selector: str, most: int = 220) -> None:
    """Press Tab until something has the focus, as somebody without a mouse does."""
    for _ in range(most):
        if window.page.evaluate(
            "(selector) => document.activeElement?.matches(selector) ?? false", selector
        ):
            return
        window.page.keyboard.press("Tab")
    message = f"{selector} cannot be reached by keyboard on {window.page.url}"
    raise AssertionError(message)


def presses(window: Window, selector: str, key: str) -> None:
    """Go to something by Tab and press a key there."""
    reaches(window, selector)
    window.page.keyboard.press(key)


def enters(window: Window, key: str, room: str) -> None:
    """Go to a room by its key."""
    window.page.keyboard.press(key)
    window.page.wait_for_url(f"**room={room}*")


def waits_for(window: Window, selector: str) -> None:
    """Let time pass by the key until something is there."""
    for _ in range(MOST_WAITS):
        if window.page.locator(selector).count():
            return
        with window.page.expect_navigation():
            window.page.keyboard.press("w")
    raise AssertionError(selector)


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_full_day_is_worked_by_keyboard_alone(open_window: OpenWindow, language: str) -> None:
    window = open_window(language)
    begins(window)

    _leaves_an_item_of_news(window)
    _schedules_a_post(window)
    _sets_the_targeting(window, "120,50" if language == "pl" else "120.50")
    _hands_a_request_over(window)
    _hands_in_the_report(window, "6,2" if language == "pl" else "6.2")
    _ends_the_day(window)

    for section in ("news", "calendar", "audience", "requests", "report"):
        expect(window.page.locator(f"#duty-{section}")).to_be_visible()


def _leaves_an_item_of_news(window: Window) -> None:
    enters(window, "5", "news")
    window.page.keyboard.press("j")
    expect(window.page.locator(".thread-inner .post")).to_be_visible()
    window.page.keyboard.press("n")
    reaches(window, ".decision textarea")
    window.page.keyboard.type(REASON)
    presses(window, ".decision button[type=submit]", "Enter")
    expect(window.page.locator(".event-line")).to_be_visible()


def _schedules_a_post(window: Window) -> None:
    enters(window, "6", "calendar")
    window.page.keyboard.press("j")
    expect(window.page.locator(".duty-form")).to_be_visible()
    for name in ("variant", "format", "audience", "picture", "alt"):
        presses(window, f"input[name='choice.{name}']", "Space")
    presses(window, "input[name=minutes]", "Space")
    presses(window, "button[value=schedule]", "Enter")
    expect(window.page.locator(".thread-inner .post-brand")).to_be_visible()


def _sets_the_targeting(window: Window, amount: str) -> None:
    enters(window, "7", "audience")
    window.page.keyboard.press("r")
    window.page.keyboard.type(amount)
    presses(window, "button[value=set_targeting]", "Enter")
    expect(window.page.locator(".pane-list .day-figures")).to_be_visible()


def _hands_a_request_over(window: Window) -> None:
    enters(window, "8", "requests")
    waits_for(window, ".message-list a")
    window.page.keyboard.press("j")
    expect(window.page.locator(".decision")).to_be_visible()
    window.page.keyboard.press("e")
    presses(window, ".decision select", "ArrowDown")
    presses(window, ".decision button[type=submit]", "Enter")
    expect(window.page.locator(".event-line")).to_be_visible()


def _hands_in_the_report(window: Window, figure: str) -> None:
    enters(window, "9", "report")
    waits_for(window, "button[value=hand_in_report]")
    window.page.keyboard.press("r")
    window.page.keyboard.type(figure)
    presses(window, "input[name='choice.conclusion']", "Space")
    presses(window, "button[value=hand_in_report]", "Enter")
    expect(window.page.locator("fieldset.report-part[disabled]").first).to_be_visible()


def _ends_the_day(window: Window) -> None:
    presses(window, "a[href$='/finish']", "Enter")
    window.page.wait_for_url("**/finish")
    presses(window, "form[action$='/finish'] button[type=submit]", "Enter")
    window.page.wait_for_url("**/debrief")


def test_a_full_day_needs_no_scripts(open_window: OpenWindow) -> None:
    window = open_window("en", "light", 360, java_script_enabled=False)
    page = window.page
    window.opens("/practice")
    page.click("form[action$='zakwas-evening'] button[type=submit]")

    page.click(".room-tab[href*='room=news']")
    page.locator("button[value=open_news]").first.click()
    page.locator("input[value=leave_news]").check(force=True)
    page.fill(".decision textarea", REASON)
    page.click(".decision button[type=submit]")

    expect(page.locator(".event-line")).to_be_visible()


def test_what_is_filled_in_survives_a_wait_and_a_look_elsewhere(open_window: OpenWindow) -> None:
    window = open_window("en")
    page = window.page
    desk = begins(window)
    window.opens(f"{desk}?room=report")
    page.locator("input[name^='choice.value']").first.fill("6.2")
    page.locator("input[name='choice.conclusion']").nth(1).check(force=True)

    with page.expect_navigation():
        page.click("button[value=wait]")
    page.click(".room-tab[href*='room=calendar']")
    page.wait_for_url("**room=calendar*")
    page.click(".room-tab[href*='room=report']")
    page.wait_for_url("**room=report*")

    expect(page.locator("input[name^='choice.value']").first).to_have_value("6.2")
    expect(page.locator("input[name='choice.conclusion']").nth(1)).to_be_checked()


def test_a_refused_post_says_why_and_keeps_what_was_chosen(open_window: OpenWindow) -> None:
    window = open_window("en", "dark", 360)
    page = window.page
    desk = begins(window)
    window.opens(f"{desk}?room=calendar&item=sign_up")
    page.locator("input[name='choice.variant']").nth(2).check(force=True)

    page.click("button[value=publish]")

    expect(page.locator(".notice[role=alert]")).to_be_visible()
    expect(page.locator("input[name='choice.variant']").nth(2)).to_be_checked()
    window.errors.clear()
