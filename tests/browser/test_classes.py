"""Classes in a browser: accessible, no wider than the window, joined with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from smm_academy.web.application import Academy
from tests.browser.conftest import PASSWORD, Window
from tests.browser.test_pages import STANDARDS
from tests.classes.teaching import LESSON, QUIZ, Taught, instructor, joins, opens_class, reads
from tests.people import Visitor

OpenWindow = Callable[..., Window]
SIGHTS = [("en", "light", 1440), ("pl", "dark", 360)]


def looks(window: Window) -> None:
    """Make sure that the page at hand can be used by everybody and fits its window."""
    window.page.wait_for_load_state("networkidle")
    found = Axe().run(window.page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
    assert found.violations_count == 0, (window.page.url, found.generate_report())
    wide = window.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    assert not wide, window.page.url


@pytest.fixture
def taught(sqlite_app: Academy) -> Taught:
    """A class with a member who read something and shares their replies."""
    found = opens_class(instructor(sqlite_app))
    member = Visitor(sqlite_app)
    joins(member, found.code(), "Jan", shares_replies="y")
    found.assigns(f"lesson:{LESSON}", "2027-03-28")
    found.assigns(f"quiz:{QUIZ}")
    reads(member)
    return found


@pytest.mark.parametrize(("language", "theme", "width"), SIGHTS)
def test_an_instructors_pages(
    open_window: OpenWindow, taught: Taught, language: str, theme: str, width: int
) -> None:
    window = open_window(language, theme, width)
    window.opens("/sign-in")
    window.page.fill("#email", "ewa@example.com")
    window.page.fill("#password", PASSWORD)
    window.page.click("main button[type=submit]")
    window.page.wait_for_url("**/progress")

    for path in ("", "/gradebook", "/sheet", "/settings", "/delete"):
        window.opens(taught.path + path)
        looks(window)
    for path in (taught.member("Jan"), "/teach/classes", "/teach/classes/new"):
        window.opens(path)
        looks(window)
    window.opens(taught.path)
    window.page.click(".class-more summary")
    looks(window)


@pytest.mark.parametrize(("language", "theme", "width"), SIGHTS)
def test_joining_with_the_keyboard_alone(
    open_window: OpenWindow, taught: Taught, language: str, theme: str, width: int
) -> None:
    window = open_window(language, theme, width)
    window.opens("/join")
    looks(window)

    window.page.focus("#join-code")
    window.page.keyboard.type(taught.code().lower())
    window.page.keyboard.press("Enter")
    window.page.wait_for_selector("#name")
    looks(window)
    window.page.focus("#name")
    window.page.keyboard.type("Ola")
    window.page.keyboard.press("Enter")
    window.page.wait_for_selector(".class-key-words")
    looks(window)

    for path in (f"/classes/{taught.id}", f"/classes/{taught.id}/me", "/classes"):
        window.opens(path)
        looks(window)
