"""A campaign in a browser: a day is ended by keyboard alone, and the next one remembers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.browser.test_full_day import begins, presses, reaches

OpenWindow = Callable[..., Window]
PROMISE = {
    "en": "We are sorry about that. I will write to you tomorrow by noon.",
    "pl": "Bardzo nam przykro. Napiszę do Ciebie jutro do godziny 12.",
}
NEXT = {"en": "Day 2 of 5", "pl": "Dzień 2 z 5"}


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_day_is_ended_by_keyboard_and_its_promise_waits_in_the_morning(
    open_window: OpenWindow, language: str
) -> None:
    window = open_window(language)
    begins(window, "lumo-amber")
    page = window.page
    page.keyboard.press("w")
    expect(page.locator(".message-list button")).to_have_count(1)
    # Waiting is a page load, and keys are bound once the new page's scripts have run.
    page.wait_for_load_state("load")
    page.keyboard.press("j")
    expect(page.locator("#composer-text")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type(PROMISE[language])
    presses(window, ".composer button[type=submit]", "Enter")
    expect(page.locator(".promises")).to_be_visible()

    presses(window, "a[href$='/evening']", "Enter")
    page.wait_for_url("**/evening")
    expect(page.locator(".evening-figures")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    reaches(window, "button[value=end_day]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/shifts/*?message=*")

    expect(page.locator(".shift-head")).to_contain_text(NEXT[language])
    expect(page.locator(".promise-today")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
