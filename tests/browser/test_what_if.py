"""A what-if follows its form while it is changed, and works without scripts."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Window

OpenWindow = Callable[..., Window]


def begin(window: Window) -> None:
    window.opens("/try")
    window.page.fill("textarea", "Thank you for writing. We will look into it.")
    window.page.click("main form button[type=submit]")
    window.page.click("a[href$='/what-if']")
    window.page.wait_for_url("**/what-if")


def test_the_other_day_follows_the_slider_by_the_keyboard(open_window: OpenWindow) -> None:
    window = open_window("en")
    page = window.page
    begin(window)
    verdict = page.locator("[data-what-if-result] .eyebrow")
    expect(verdict).to_contain_text("left alone")

    page.focus("input[value=leave]")
    page.keyboard.press("ArrowDown")
    expect(verdict).to_contain_text("the model answer")
    page.focus("#minute")
    page.keyboard.press("End")

    expect(page.locator("#minute")).to_have_attribute(
        "aria-valuetext", page.locator("[data-what-if-clock]").inner_text()
    )
    expect(verdict).to_contain_text(page.locator("[data-what-if-clock]").inner_text())
    assert page.url.endswith("/what-if")
    assert page.locator("[data-what-if-voice]").inner_text()


def test_a_what_if_needs_no_scripts(open_window: OpenWindow) -> None:
    window = open_window("en", java_script_enabled=False)
    page = window.page
    begin(window)

    page.check("input[value=own]")
    page.fill("#text", "We are sorry. A new one leaves today and is with you by Friday.")
    page.click("main form button[type=submit]")

    expect(page.locator("[data-what-if-result] .eyebrow")).to_contain_text("other words")
