"""An employer tests a candidate in browsers; the server is killed while the candidate answers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, PATIENCE_MS
from tests.conftest import ROOT, SECRET
from tests.ports import free_port

REPLY = "Przepraszam za pomyłkę w tabeli. Wymiana jest bezpłatna, kurier odbierze paczkę jutro."
INVITED_WITHIN_SECONDS = 180
NARROW = {"width": 360, "height": 740}


class Server:
    """A site in processes of its own, which can be killed and started again."""

    def __init__(self, url: str, folder: Path) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._environment = {
            "PATH": os.environ["PATH"],
            "SMM_ACADEMY_SECRET_KEY": SECRET,
            "SMM_ACADEMY_BASE_URL": self.base,
            "SMM_ACADEMY_DATABASE_URL": url,
            "SMM_ACADEMY_INSTANCE": str(folder),
            "SMM_ACADEMY_MAIL_FROM": "academy@example.org",
            # Letters wait in the database: no worker runs here.
            "SMM_ACADEMY_SMTP_URL": "smtp://127.0.0.1:9",
        }
        self.start()

    def start(self) -> None:
        """Start, and wait until the site answers."""
        self._running = subprocess.Popen(
            [sys.executable, "-m", "smm_academy", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=self._environment,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(300):
            try:
                with closing(HTTPConnection("127.0.0.1", self.port, timeout=1)) as door:
                    door.request("GET", "/healthz")
                    if door.getresponse().status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        message = "the site does not answer"
        raise AssertionError(message)

    def kill(self) -> None:
        """End every process at once, as a power cut does."""
        os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait(timeout=30)

    def close(self) -> None:
        """End the site."""
        self.kill()


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    with closing(Server(sqlite_url, tmp_path / "served")) as running:
        yield running


@pytest.fixture
def people(chromium: Browser) -> Iterator[dict[str, BrowserContext]]:
    """An employer at a desk, a candidate with a phone, the same candidate with a tablet."""
    contexts = {
        "employer": chromium.new_context(locale="en", viewport={"width": 1440, "height": 900}),
        "phone": chromium.new_context(locale="pl", viewport=NARROW, color_scheme="dark"),
        "tablet": chromium.new_context(locale="pl", viewport={"width": 800, "height": 1100}),
    }
    for context in contexts.values():
        context.set_default_timeout(PATIENCE_MS)
    yield contexts
    for context in contexts.values():
        context.close()


def test_a_candidate_is_tested_and_the_server_is_killed_meanwhile(
    server: Server, people: dict[str, BrowserContext]
) -> None:
    boss, phone, tablet = (context.new_page() for context in people.values())

    link, seconds = _invites(boss, server.base)
    assert seconds < INVITED_WITHIN_SECONDS
    _begins(phone, link)
    hub = phone.url
    _practises(phone)
    phone.goto(hub)
    _press(phone, "form[action$='/questions'] button[type=submit]")
    phone.wait_for_url("**/quizzes/sittings/**")
    saved = _types_an_answer(phone)
    address = phone.url

    server.kill()
    server.start()

    phone.reload()
    assert _typed(phone) == saved
    tablet.goto(link)
    tablet.click("main form button[type=submit]")
    tablet.wait_for_url(hub)
    phone.goto(hub)
    expect(phone.locator("main")).to_contain_text("w innej przeglądarce")
    tablet.goto(address)
    assert _typed(tablet) == saved
    _hands_in(tablet)
    tablet.goto(hub)
    _works(tablet)
    tablet.goto(f"{hub}/result")
    expect(tablet.locator("h1")).to_contain_text("Twój wynik")
    _reads(boss)


def _invites(page: Page, base: str) -> tuple[str, float]:
    """Go from the public page to a link; return it, and the seconds since signing in."""
    page.goto(f"{base}/register")
    page.fill("#name", "Robert")
    page.fill("#email", "boss@firm.example")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/progress/start")
    began = time.monotonic()
    page.goto(f"{base}/hire")
    page.fill("#name", "Firm & Sons")
    page.click("form[action='/hire/organisations'] button[type=submit]")
    page.locator("main a[href*='outline=short']").first.click()
    page.fill("#name", "Community manager")
    page.fill("#purpose", "choosing whom we meet")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/hire/assessments/*")
    page.fill("#name", "Anna Kowal")
    page.click("form[action$='/invitations'] button[type=submit]")
    return page.input_value("input.link-once"), time.monotonic() - began


def _begins(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.locator("main")).to_contain_text("Bez kamery")
    _tab_to(page, "input[name=locale]")
    page.keyboard.press("ArrowDown")
    assert page.is_checked("input[name=locale][value=pl]")
    _tab_to(page, "input[name=read]")
    page.keyboard.press("Space")
    _press(page, "main form button[type=submit]")
    page.wait_for_url("**/assessments/*")


def _practises(page: Page) -> None:
    _press(page, "form[action$='/practice'] button[type=submit]")
    page.wait_for_url("**/shifts/**")
    page.keyboard.press("j")
    expect(page.locator(".thread-inner .post").first).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("#composer-text")).to_be_focused()
    page.keyboard.type(REPLY)
    _press(page, ".composer button[type=submit]")
    page.wait_for_url("**/debrief")


def _types_an_answer(page: Page) -> dict[str, str]:
    """Answer the question by keyboard and wait until it is saved; return what is chosen."""
    first = "form.question :is(input:not([type=hidden]), select, textarea)"
    _tab_to(page, first)
    if page.evaluate("document.activeElement.tagName") == "SELECT":
        page.keyboard.press("ArrowDown")
    elif page.evaluate("document.activeElement.type") in {"radio", "checkbox"}:
        page.keyboard.press("Space")
    else:
        page.keyboard.type("4")
    expect(page.locator("[data-save-state][data-state=saved]")).to_be_visible()
    typed = _typed(page)
    assert typed
    return typed


def _typed(page: Page) -> dict[str, str]:
    """Return what the form of a question holds, without its token."""
    found: dict[str, str] = page.evaluate(
        """() => {
            const form = document.querySelector("form.question");
            const held = Object.fromEntries(new FormData(form));
            delete held.csrf_token;
            return held;
        }"""
    )
    return found


def _hands_in(page: Page) -> None:
    page.locator("a[href$='/overview']").first.click()
    page.click("form[action$='/submit'] button[type=submit]")
    expect(page.locator("h1")).to_contain_text("Oddane")


def _works(page: Page) -> None:
    page.click("form[action$='/shift'] button[type=submit]")
    page.wait_for_url("**/shifts/**")
    page.click(".message-list button.message-row")
    page.fill("#composer-text", REPLY)
    page.click(".composer button[type=submit]")
    expect(page.locator(".post-brand")).to_be_attached()
    page.click("a[href$='/finish']")
    page.click("form[action$='/finish'] button[type=submit]")
    page.wait_for_url("**/debrief")


def _reads(page: Page) -> None:
    page.reload()
    page.goto(page.url.replace("/invitations", ""))
    page.click("main a[href^='/hire/candidates/']")
    expect(page.locator("h1")).to_have_text("Anna Kowal")
    page.click("main a[href$='/transcript']")
    # Marks stand between the words, so one word has to do.
    expect(page.locator("main")).to_contain_text("kurier")


def test_two_clocks_fit_beside_each_other(
    server: Server, people: dict[str, BrowserContext]
) -> None:
    boss, phone, _tablet = (context.new_page() for context in people.values())
    link, _seconds = _invites(boss, server.base)
    _begins(phone, link)
    hub = phone.url
    phone.click("form[action$='/questions'] button[type=submit]")
    _hands_in(phone)
    phone.goto(hub)

    phone.click("form[action$='/shift'] button[type=submit]")
    phone.wait_for_url("**/shifts/**")

    day = phone.locator(".shift-clock").bounding_box()
    wait = phone.locator("button[value=wait]").bounding_box()
    assert day
    assert wait
    assert day["x"] >= 0
    assert day["x"] + day["width"] <= wait["x"]


def _press(page: Page, selector: str) -> None:
    _tab_to(page, selector)
    page.keyboard.press("Enter")


def _tab_to(page: Page, selector: str, most: int = 80) -> None:
    for _ in range(most):
        if page.evaluate(
            "(selector) => document.activeElement?.matches(selector) ?? false", selector
        ):
            return
        page.keyboard.press("Tab")
    message = f"{selector} cannot be reached by keyboard on {page.url}"
    raise AssertionError(message)
