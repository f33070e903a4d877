"""An instructor writes and publishes a lesson; an intruder changes every id."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from smm_academy.revisions.models import ChainKind
from tests.browser.conftest import Window

OpenWindow = Callable[..., Window]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FIVE_MINUTES = 300

pytestmark = pytest.mark.usefixtures("nothing_parsed")


def opens_school(window: Window, email: str) -> None:
    window.registers(email)
    window.opens("/teach")
    window.page.fill("#name", "School by the sea")
    window.page.click("form[action='/teach/schools'] button[type=submit]")
    window.page.wait_for_url("**/teach/new*")


def begins(window: Window, kind: str, title: str) -> None:
    window.opens(f"/teach/new?kind={kind}")
    window.page.fill("#title", title)
    window.page.click("main button[type=submit]")
    window.page.wait_for_url("**/teach/drafts/*")


def is_accessible(window: Window) -> None:
    options = {"runOnly": {"type": "tag", "values": STANDARDS}}
    found = Axe().run(window.page, options=options)
    assert found.violations_count == 0, found.generate_report()
    wide = window.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


@pytest.mark.parametrize("width", [360, 1440])
def test_a_first_lesson_with_an_error_seen_live_and_published(
    open_window: OpenWindow, width: int
) -> None:
    window, began = open_window(width=width), time.monotonic()
    page = window.page
    opens_school(window, "ewa@example.com")
    begins(window, "lesson", "Kind words")
    text = page.input_value("#source")

    page.fill("#source", text.replace("- (x)", "- ( )"))
    page.wait_for_selector(".problem-error")
    error = page.inner_text(".problem-error")
    page.click(".problem-error .problem-place")
    cursor = page.evaluate("document.querySelector('#source').selectionStart")
    line = page.input_value("#source")[:cursor].count("\n") + 1
    page.wait_for_selector("[data-save-state][data-state=saved]")
    page.fill("#source", text.replace("A moment everybody knows", "A late parcel"))
    page.wait_for_selector(".problem-error", state="detached")
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-save-state][data-state=saved]")
    preview = page.inner_text("[data-preview]")
    is_accessible(window)
    page.click("button[formaction$='/publish']")
    page.wait_for_url("**/teach/texts/*")
    is_accessible(window)
    window.opens("/learn/kind-words")

    assert "Q203" in error
    assert f"line {line}" in error
    assert "A late parcel" in preview
    assert "A late parcel" in page.inner_text("main")
    assert time.monotonic() - began < FIVE_MINUTES


def test_two_windows_do_not_overwrite_each_other(open_window: OpenWindow) -> None:
    window = open_window()
    opens_school(window, "ewa@example.com")
    begins(window, "lesson", "Kind words")
    other = window.page.context.new_page()
    other.goto(window.page.url)
    text = other.input_value("#source")

    other.fill("#source", f"{text}\nTheirs.\n")
    other.wait_for_selector("[data-save-state][data-state=saved]")
    window.page.fill("#source", f"{text}\nMine.\n")
    window.page.wait_for_selector("[data-save-state][data-state=conflict]")
    window.page.click("[data-save]")
    window.page.wait_for_selector("#clash-title")

    assert "Mine." in window.page.input_value("#source")
    assert "Theirs." in window.page.inner_text("table.changes")
    window.errors[:] = [error for error in window.errors if "409" not in error]


def test_text_that_was_not_saved_survives_a_lost_network(open_window: OpenWindow) -> None:
    window = open_window()
    opens_school(window, "ewa@example.com")
    begins(window, "quiz", "Kind questions")
    page = window.page
    text = page.input_value("#source")

    page.context.set_offline(True)
    page.fill("#source", text.replace("By when", "Until when"))
    page.wait_for_selector("[data-save-state][data-state=waiting]")
    address = page.url
    page.close()
    window.page.context.set_offline(False)
    later = window.page.context.new_page()
    later.goto(address)
    later.wait_for_selector("[data-save-state][data-state=saved]")

    assert "Until when" in later.input_value("#source")
    window.errors[:] = [error for error in window.errors if "INTERNET" not in error]


def test_an_intruder_who_changes_every_id_finds_nothing(
    open_window: OpenWindow,
) -> None:
    owner, intruder = open_window(), open_window()
    opens_school(owner, "ewa@example.com")
    begins(owner, "lesson", "Kind words")
    draft = re.sub(r".*(/teach/drafts/\d+).*", r"\1", owner.page.url)
    owner.page.click("button[formaction$='/publish']")
    owner.page.wait_for_url("**/teach/texts/*")
    text = re.sub(r".*(/teach/texts/\d+).*", r"\1", owner.page.url)
    begins(owner, "lesson", "More words")
    second = re.sub(r".*(/teach/drafts/\d+).*", r"\1", owner.page.url)
    opens_school(intruder, "eve@example.com")

    answers = [
        intruder.page.request.get(intruder.base + path).status
        for path in (draft, second, f"{second}/source", text, f"{text}/revisions/1/source")
    ]
    token = intruder.page.input_value("main input[name=csrf_token]")
    form = {"csrf_token": token, "version": "1", "source": "Taken over", "number": "1"}
    answers += [
        intruder.page.request.post(intruder.base + path, form=form).status
        for path in (
            second,
            *(f"{second}/{act}" for act in ("check", "publish", "discard")),
            *(f"{text}/{act}" for act in ("edit", "translate", "restore", "withdraw", "serve")),
        )
    ]

    assert set(answers) == {404}
    owner.page.reload()
    assert "Taken over" not in owner.page.input_value("#source")
    assert ChainKind.LESSON in owner.page.inner_text("main").lower()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_pages_of_an_author_are_accessible(
    open_window: OpenWindow, language: str, theme: str
) -> None:
    window = open_window(language=language, theme=theme, width=360)
    window.opens("/teach")
    is_accessible(window)
    opens_school(window, "ewa@example.com")
    is_accessible(window)
    begins(window, "brand", "Café by the sea")
    is_accessible(window)
    window.page.click("button[formaction$='/publish']")
    window.page.wait_for_url("**/teach/texts/*")
    for path in ("/teach", "/teach/library"):
        window.opens(path)
        is_accessible(window)
