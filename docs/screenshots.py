"""Draws the pictures of the README anew: ``python3 dev.py screenshots``.

A demonstration is filled in a folder of its own, served, and walked through in Chromium.
"""

import os
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from smm_academy.app import create_app
from smm_academy.config import demo_settings
from smm_academy.demo import fill
from smm_academy.shifts.forms import SealedDrill, seal

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
DRILL = SealedDrill("lumo", "complaint", "en", 2)
REPLY = (
    "Hello Josh, a crack right down the side is not what you paid for, and I am sorry: that is "
    "our mistake. You should have checked the box with the courier. Send us your pictures in a "
    "private message and we will send you a new lamp."
)


def main() -> None:
    """Write every picture."""
    with tempfile.TemporaryDirectory() as folder:
        settings = demo_settings(os.environ | {"SMM_ACADEMY_INSTANCE": folder})
        fill(settings)
        server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            draw(f"http://127.0.0.1:{server.server_port}", seal(settings.secret_key, DRILL))
        finally:
            server.shutdown()
            thread.join()


def draw(base: str, drill: str) -> None:
    """Walk through the site and keep what is seen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(
            viewport={"width": 1280, "height": 800}, locale="en", reduced_motion="reduce"
        )
        page.goto(base + "/try")
        # Always the same message, so that the picture changes only with the product.
        page.locator("input[name=drill]").evaluate(
            "(field, drill) => (field.value = drill)", drill
        )
        page.fill("textarea[name=text]", REPLY)
        page.click(".hero-try button[type=submit]")
        page.wait_for_url("**/debrief")
        keep(page, "debrief")
        page.goto(base + "/practice")
        page.click("form[action$='lumo-monday'] button[type=submit]")
        page.click(".message-list button.message-row")
        page.wait_for_selector("#composer-text")
        keep(page, "desk")
        browser.close()


def keep(page: Page, name: str) -> None:
    """Write one picture, as it stands in the window."""
    page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    main()
