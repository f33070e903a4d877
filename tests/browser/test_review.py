"""A review by keyboard alone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window

OpenWindow = Callable[..., Window]
DONE = {"en": "Done for today", "pl": "Na dziś wszystko"}


def finish_a_lesson(window: Window, language: str) -> None:
    window.registers(f"review-{language}@example.com")
    window.opens("/learn/the-angry-customer")
    window.page.click("button[name=then][value=next]")
    window.page.wait_for_url("**/learn/**")


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_review_goes_by_the_keys_alone(open_window: OpenWindow, language: str) -> None:
    window = open_window(language)
    page = window.page
    finish_a_lesson(window, language)
    window.opens("/review")
    page.focus("header.next-step a.button-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/card")

    for key in ("1", "2", "3", "4", "3"):
        expect(page.locator(".recall-point")).to_have_count(0)
        with page.expect_navigation():
            page.keyboard.press("s")
        expect(page.locator(".recall-point")).to_be_visible()
        with page.expect_navigation():
            page.keyboard.press(key)

    page.wait_for_url("**/review")
    expect(page.locator("h1")).to_have_text(DONE[language])


def test_the_keys_can_be_listed_and_turned_off(open_window: OpenWindow) -> None:
    window = open_window("en")
    page = window.page
    finish_a_lesson(window, "en")
    window.opens("/review/card")

    page.keyboard.press("?")
    expect(page.locator("dialog[data-shortcuts]")).to_be_visible()
    page.uncheck("[data-shortcuts-on]")
    page.keyboard.press("Escape")
    page.keyboard.press("s")

    assert page.url.endswith("/review/card")


def test_a_review_needs_no_scripts(open_window: OpenWindow) -> None:
    window = open_window("en", java_script_enabled=False)
    page = window.page
    finish_a_lesson(window, "en")
    window.opens("/review/card")

    for _ in range(5):
        page.click("a[href*='shown=']")
        page.click("button[name=rating][value='3']")

    expect(page.locator("h1")).to_have_text(DONE["en"])
