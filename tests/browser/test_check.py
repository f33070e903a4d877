"""The skill check in a browser: by keyboard alone, through a killed server and a closed tab."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE_MS, Window
from tests.conftest import SECRET
from tests.ports import free_port

OpenWindow = Callable[..., Window]
QUESTION = re.compile(r"/check/[^/]+/\d+$")
START_SECONDS = 20
SITE = """
import sys
from pathlib import Path
from werkzeug.serving import make_server
from smm_academy.app import create_app
from smm_academy.config import Settings
_, url, port, instance, secret = sys.argv
settings = Settings(secret_key=secret, base_url=f"http://127.0.0.1:{port}", database_url=url,
                    instance=Path(instance), mail_from="a@b.example", demo=True, limits=False)
make_server("127.0.0.1", int(port), create_app(settings), threaded=True).serve_forever()
"""


class Site:
    """A site in a process of its own, which can be killed and started again."""

    def __init__(self, url: str, instance: Path) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._command = (sys.executable, "-c", SITE, url, str(self.port), str(instance), SECRET)
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(self._command, stderr=subprocess.DEVNULL)
        for _ in range(START_SECONDS * 10):
            try:
                with urlopen(f"{self.base}/healthz"):  # noqa: S310 - our own address
                    return
            except OSError:
                time.sleep(0.1)
        pytest.fail("the site does not answer")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self._process.kill()
        self._process.wait()


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    running = Site(sqlite_url, tmp_path / "instance")
    yield running
    running.kill()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(locale="en")
    context.set_default_timeout(PATIENCE_MS)
    opened = context.new_page()
    opened.goto(f"{site.base}/check")
    yield opened
    context.close()


def _begin_at_a_choice(page: Page) -> None:
    """Begin a check and go on to a question with options, as most have."""
    page.click("form[action='/check'] button[type=submit]")
    page.wait_for_url(QUESTION)
    while not page.locator("form.question input[type=radio]").count():
        _sends(page, "button[name=unknown]")


def _sends(page: Page, button: str) -> None:
    before = page.url
    page.click(button)
    page.wait_for_url(lambda url: url != before)


def test_an_answer_survives_a_killed_server_and_the_check_a_closed_tab(
    site: Site, page: Page
) -> None:
    _begin_at_a_choice(page)
    at = page.url

    site.kill()
    page.locator("form.question input[type=radio]").nth(1).check()
    expect(page.locator("[data-save-state][data-state=waiting]")).to_be_visible(timeout=5000)
    site.start()
    expect(page.locator("[data-save-state][data-state=saved]")).to_be_visible(timeout=12000)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(f"{site.base}/check")
    again.click("a.button-primary")

    assert again.url == at
    expect(again.locator("form.question input[type=radio]").nth(1)).to_be_checked()
    _sends(again, "form.question button[type=submit]:not([name])")
    assert QUESTION.search(again.url)


def test_an_answer_that_met_a_dead_server_is_still_there_and_can_be_sent(
    site: Site, page: Page
) -> None:
    _begin_at_a_choice(page)
    at = page.url
    page.locator("form.question input[type=radio]").nth(1).check()
    expect(page.locator("[data-save-state][data-state=saved]")).to_be_visible(timeout=5000)

    site.kill()
    page.click("form.question button[type=submit]:not([name])")
    page.wait_for_url("chrome-error://**")
    site.start()
    page.goto(at)

    expect(page.locator("form.question input[type=radio]").nth(1)).to_be_checked()
    _sends(page, "form.question button[type=submit]:not([name])")
    assert int(page.url.rpartition("/")[2]) == int(at.rpartition("/")[2]) + 1


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_guest_takes_a_whole_check_by_keyboard_alone(
    open_window: OpenWindow, language: str
) -> None:
    window = open_window(language)
    page, keyboard = window.page, window.page.keyboard
    window.opens("/check")
    _tab_to(page, "form[action='/check'] button[type=submit]")
    keyboard.press("Enter")
    page.wait_for_url(QUESTION)

    while QUESTION.search(page.url):
        before = page.url
        if page.locator("form.question input[type=radio]").count():
            _tab_to(page, "form.question input[type=radio]")
            keyboard.press("Space")
            _tab_to(page, "form.question button[type=submit]:not([name])")
        else:
            _tab_to(page, "form.question button[name=unknown]")
        keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)  # type: ignore[misc]

    expect(page.locator("h1")).not_to_be_empty()
    assert "/progress/check/" in page.url
    assert page.locator(".skill-interval").count() >= 1
    assert page.locator(".plan-step").count() >= 1


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    wanted = page.locator(selector).first
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached by keyboard on {page.url}")
