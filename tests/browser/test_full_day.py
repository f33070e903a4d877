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
    reaches(window, f"form[action$='{key}'] button[type=submit]")
    window.page.keyboard.press("Enter")
    window.page.wait_for_selector(".room-tabs")
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
    page, keyboard = window.page, window.page.keyboard
    begins(window)

    enters(window, "5", "news")
    keyboard.press("j")
    expect(page.locator(".thread-inner .post")).to_be_visible()
    keyboard.press("n")
    reaches(window, ".decision textarea")
    keyboard.type(REASON)
    reaches(window, ".decision button[type=submit]")
    keyboard.press("Enter")
    expect(page.locator(".event-line")).to_be_visible()

    enters(window, "6", "calendar")
    keyboard.press("j")
    expect(page.locator(".duty-form")).to_be_visible()
    for name in ("variant", "format", "audience", "picture", "alt"):
        reaches(window, f"input[name='choice.{name}']")
        keyboard.press("Space")
    reaches(window, "input[name=minutes]")
    keyboard.press("Space")
    reaches(window, "button[value=schedule]")
    keyboard.press("Enter")
    expect(page.locator(".thread-inner .post-brand")).to_be_visible()

    enters(window, "7", "audience")
    keyboard.press("r")
    keyboard.type("120,50" if language == "pl" else "120.50")
    reaches(window, "button[value=set_targeting]")
    keyboard.press("Enter")
    expect(page.locator(".pane-list .day-figures")).to_be_visible()

    enters(window, "8", "requests")
    waits_for(window, ".message-list a")
    keyboard.press("j")
    expect(page.locator(".decision")).to_be_visible()
    keyboard.press("e")
    reaches(window, ".decision select")
    keyboard.press("ArrowDown")
    reaches(window, ".decision button[type=submit]")
    keyboard.press("Enter")
    expect(page.locator(".event-line")).to_be_visible()

    enters(window, "9", "report")
    waits_for(window, "button[value=hand_in_report]")
    keyboard.press("r")
    keyboard.type("6,2" if language == "pl" else "6.2")
    reaches(window, "input[name='choice.conclusion']")
    keyboard.press("Space")
    reaches(window, "button[value=hand_in_report]")
    keyboard.press("Enter")
    expect(page.locator("fieldset.report-part[disabled]").first).to_be_visible()

    reaches(window, "a[href$='/finish']")
    keyboard.press("Enter")
    page.wait_for_url("**/finish")
    reaches(window, "form[action$='/finish'] button[type=submit]")
    keyboard.press("Enter")
    page.wait_for_url("**/debrief")
    for section in ("news", "calendar", "audience", "requests", "report"):
        expect(page.locator(f"#duty-{section}")).to_be_visible()


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
