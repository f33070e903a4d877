"""A real browser before a real site."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from smm_academy.web.application import Academy

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
PASSWORD = "a long enough sentence"
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Window:
    """One browser window of one person: what it shows, and everything that went wrong in it."""

    page: Page
    base: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def opens(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(self.base + path)

    def registers(self, email: str) -> None:
        """Open an account."""
        self.opens("/register")
        self.page.fill("#name", "Ola")
        self.page.fill("#email", email)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url("**/progress/start")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def live(sqlite_app: Academy) -> Iterator[str]:
    """The address of a site that answers."""
    server = make_server("127.0.0.1", 0, sqlite_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_window(chromium: Browser, live: str) -> Iterator[Callable[..., Window]]:
    """Open windows, each of another person; afterwards none may have had an error."""
    opened: list[tuple[BrowserContext, Window]] = []

    def open_one(
        language: str = "en", theme: str = "light", width: int = 1440, **more: Any
    ) -> Window:
        context = chromium.new_context(
            locale=language,
            color_scheme="dark" if theme == "dark" else "light",
            viewport={"width": width, "height": 900 if width > 600 else 740},
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(PATIENCE_MS)
        window = Window(context.new_page(), live)
        window.page.on("pageerror", lambda error: window.errors.append(str(error)))
        window.page.on(
            "console",
            lambda line: window.errors.append(line.text) if line.type == "error" else None,
        )
        window.page.on("request", lambda request: window.requests.append(request.url))
        opened.append((context, window))
        return window

    yield open_one
    for context, _window in opened:
        context.close()
    wrong = [error for _context, window in opened for error in window.errors]
    assert wrong == []
