"""Every page: accessible, light enough, no wider than its window, nothing from elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from smm_academy.accounts.models import Person
from smm_academy.web.application import Academy
from tests.browser.conftest import Window
from tests.browser.rooms import Rooms
from tests.people import Visitor
from tests.progress.others import others_finish, works_out

OpenWindow = Callable[..., Window]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HEAVIEST = 120_000
MOST_REQUESTS = 12
REPLY = "Thank you for writing. I am looking into it now and answer you here by 5 pm."
LANGUAGES = ("en", "pl")
LOOKS = list(product(("light", "dark"), (360, 1440)))
ALL = os.environ.get("ACADEMY_AXE") == "all"
OPEN = (
    "/", "/try", "/learn", "/learn/the-angry-customer", "/quizzes", "/practice",
    "/learn/glossary", "/learn/modules/under-fire/sheet",
    "/practice/drill?kind=complaint", "/practice/drill?kind=self_harm", "/register", "/sign-in",
    "/reset", "/privacy", "/scoring", "/licence", "/outbox", "/nowhere", "/check",
    "/hire", "/hire/sample", "/certificates",
)  # fmt: skip
OWN = (
    "/progress", "/progress/start", "/progress/empathy", "/account", "QUIZ", "QUESTION",
    "OVERVIEW", "RESULT", "DESK", "DESK OPEN", "FINISH", "DRILL DEBRIEF", "DEBRIEF", "RETRY",
    "WHAT IF", "DAY SO FAR",
    "/review", "/progress/portfolio", "REVIEW", "CARD", "POINT", "CHOICE OF REPLIES", "PORTFOLIO",
    "/progress/plan", "CHECK QUESTION", "CHECK REFUSED", "CHECK OPEN", "CHECK RESULT",
    "CHECK ANSWERS", "CHECK COMPARED", "/progress/comparison", "PORTFOLIO EDITED",
    "HIRE DESK", "NEW TEST", "ASSESSMENT", "GUEST LIST", "COMPARE", "CANDIDATE", "TRANSCRIPT",
    "ERASE CANDIDATE", "NOTICE", "PARTS", "TEST QUESTION", "TEST SHIFT", "OWN RESULT",
    "ERASE OWN",
    "DAY", "NEWS ITEM", "IDEA", "AUDIENCE", "REQUEST", "DAY REPORT", "ALARM", "DAY DEBRIEF",
)  # fmt: skip
RUNNING = (
    "/admin", "/admin/people", "/admin/people/1", "/admin/organisations", "/admin/jobs",
    "/admin/content", "/admin/audit", "/organisations", "/organisations/house", "/rate",
    "/practice/reading", "/teach/calibration", "RATE", "RATE REFUSED", "RATED", "AGREEMENT",
)  # fmt: skip
PAGES = (*OPEN, *OWN, *RUNNING)


@dataclass
class Way(Rooms):
    """How somebody gets to a page that only exists once they have done something."""

    window: Window
    site: Academy
    desk: str = ""
    link: str = ""
    hub: str = ""

    def to(self, name: str) -> None:
        """Go to a page by its address or name."""
        if name in OWN + RUNNING:
            self.window.registers(f"{abs(hash(name))}@example.com")
        if name in RUNNING:
            with self.site.database.unit() as session:
                session.get_one(Person, 1).is_admin = True
        if name.startswith("/"):
            self.window.opens(name)
            return
        getattr(self, "_" + name.lower().replace(" ", "_"))()

    def _quiz(self) -> None:
        self.window.opens("/quizzes")
        self.window.page.locator(".lesson-row-title").first.click()

    def _question(self) -> None:
        self._quiz()
        self.window.page.click("main form button[type=submit]")

    def _overview(self) -> None:
        self._question()
        self.window.page.locator("a[href$='/overview']").first.click()

    def _result(self) -> None:
        self._overview()
        self.window.page.click("form[action$='/submit'] button[type=submit]")

    def _check_question(self) -> None:
        self.window.opens("/check")
        self.window.page.click("form[action='/check'] button[type=submit]")

    def _check_refused(self) -> None:
        self._check_question()
        with self.window.page.expect_navigation():
            self.window.page.click("form.question button[type=submit]:not([name])")
        # A page of an error that is meant is logged by the browser.
        self.window.errors.clear()

    def _check_open(self) -> None:
        self._check_question()
        self.window.opens("/check")

    def _check_result(self) -> None:
        self._check_question()
        while self.window.page.url.rpartition("/")[2].isdigit():
            with self.window.page.expect_navigation():
                self.window.page.click("button[name=unknown]")

    def _check_answers(self) -> None:
        self._check_result()
        self.window.page.click("a[href$='/answers']")

    def _rate(self) -> None:
        author = Visitor(self.site, "en")
        author.registers("author@example.com")
        author.opens("/try")
        author.sends("/try", text=REPLY)
        self.window.opens("/rate/en/next")

    def _rate_refused(self) -> None:
        self._rate()
        self.window.page.click("form.rating-form button[type=submit]")
        # A page of an error that is meant is logged by the browser.
        self.window.errors.clear()

    def _rated(self) -> None:
        self._rate()
        for line in self.window.page.locator("fieldset.rating-line").all():
            line.locator("input[type=radio]").first.focus()
            self.window.page.keyboard.press("Space")
        self.window.page.keyboard.press("Enter")
        self.window.page.wait_for_selector("ol.rating-lines")

    def _agreement(self) -> None:
        self._rated()
        self.window.opens("/rate/agreement")

    def _desk(self) -> None:
        self.window.opens("/practice")
        self.window.page.click("form[action$='lumo-monday'] button[type=submit]")

    def _desk_open(self) -> None:
        self._desk()
        self.window.page.click(".message-list button.message-row")
        self.window.page.wait_for_selector("#composer-text", state="attached")

    def _finish(self) -> None:
        self._desk()
        self.window.page.click("a[href$='/finish']")

    def _debrief(self) -> None:
        self._finish()
        self.window.page.click("form[action$='/finish'] button[type=submit]")
        self.window.page.wait_for_url("**/debrief")

    def _drill_debrief(self) -> None:
        self.window.opens("/try")
        self.window.page.fill("textarea[name=text]", REPLY)
        self.window.page.click(".hero-try button[type=submit]")
        self.window.page.wait_for_url("**/debrief")

    def _review(self) -> None:
        self.window.opens("/learn/the-angry-customer")
        self.window.page.click("button[name=then][value=next]")
        self.window.page.wait_for_url("**/learn/**")
        self.window.opens("/review")

    def _card(self) -> None:
        self._review()
        self.window.page.click("header.next-step a.button-primary")

    def _point(self) -> None:
        self._card()
        self.window.page.click("a[href*='shown=']")

    def _choice_of_replies(self) -> None:
        self._drill_debrief()
        self.window.opens("/progress/portfolio")

    def _portfolio(self) -> None:
        self._choice_of_replies()
        self.window.page.fill("#title", "My replies")
        self.window.page.check("input[name=replies]")
        self.window.page.click("main form button[type=submit]")
        self.window.page.wait_for_url("**/portfolio/**")

    def _portfolio_edited(self) -> None:
        for _ in range(2):
            self._drill_debrief()
        self.window.opens("/progress/portfolio")
        self.window.page.fill("#title", "My replies")
        for tick in self.window.page.locator("input[name=replies]").all():
            tick.check()
        self.window.page.click("main form button[type=submit]")
        self.window.page.wait_for_url("**/portfolio/**")
        self.window.page.click("main a[href$='/edit']")
        self.window.page.locator("button[name=move]").first.click()
        self.window.page.wait_for_url("**/edit#replies")

    def _check_compared(self) -> None:
        self._check_result()
        others_finish(self.site, 120, self.window.page.get_attribute("html", "lang") or "")
        works_out(self.site)
        self.window.page.reload()
        self.window.page.locator(".standing").wait_for()

    def _what_if(self) -> None:
        self._debrief()
        self.window.page.locator("details.handled a[href$='/what-if']").first.click()
        self.window.page.wait_for_selector("[data-what-if-verdict]")

    def _day_so_far(self) -> None:
        self._desk()
        self.window.page.click("[popovertarget=timeline-panel]")

    def _retry(self) -> None:
        self._drill_debrief()
        self.window.page.click("a[href$='/retry']")

    def _hire_desk(self) -> None:
        self.window.opens("/hire")
        self.window.page.fill("#name", "Firm & Sons")
        self.window.page.click("form[action='/hire/organisations'] button[type=submit]")

    def _new_test(self) -> None:
        self._hire_desk()
        self.window.page.locator("main a[href*='outline=short']").first.click()

    def _assessment(self) -> None:
        self._new_test()
        self.window.page.fill("#name", "Community manager")
        self.window.page.fill("#purpose", "choosing whom we meet")
        self.window.page.click("main form button[type=submit]")
        self.window.page.wait_for_url("**/hire/assessments/*")
        self.desk = self.window.page.url.removeprefix(self.window.base)
        self.window.page.fill("#name", "Anna Kowal")
        self.window.page.click("form[action$='/invitations'] button[type=submit]")
        self.link = urlsplit(self.window.page.input_value("input.link-once")).path

    def _guest_list(self) -> None:
        self._assessment()
        self.window.opens(f"{self.desk}/list")
        self.window.page.fill("#people", "Jan")
        self.window.page.click("main form button[type=submit]")

    def _notice(self) -> None:
        self._assessment()
        self.window.opens(self.link)

    def _parts(self) -> None:
        self._notice()
        language = self.window.page.get_attribute("html", "lang")
        self.window.page.check(f"input[name=locale][value={language}]")
        self.window.page.check("input[name=read]")
        self.window.page.click("main form button[type=submit]")
        self.window.page.wait_for_url("**/assessments/*")
        self.hub = self.window.page.url.removeprefix(self.window.base)

    def _test_question(self) -> None:
        self._parts()
        self.window.page.click("form[action$='/questions'] button[type=submit]")

    def _test_shift(self) -> None:
        self._test_question()
        self.window.page.locator("a[href$='/overview']").first.click()
        self.window.page.click("form[action$='/submit'] button[type=submit]")
        self.window.opens(self.hub)
        self.window.page.click("form[action$='/shift'] button[type=submit]")

    def _own_result(self) -> None:
        self._test_shift()
        self.window.page.click("a[href$='/finish']")
        self.window.page.click("form[action$='/finish'] button[type=submit]")
        self.window.page.wait_for_url("**/debrief")
        self.window.opens(f"{self.hub}/result")

    def _erase_own(self) -> None:
        self._parts()
        self.window.opens(f"{self.hub}/erase")

    def _compare(self) -> None:
        self._own_result()
        self.window.opens(f"{self.desk}/compare")

    def _candidate(self) -> None:
        self._compare()
        self.window.page.click("main a[href^='/hire/candidates/']")
        self.window.page.wait_for_url("**/hire/candidates/*")

    def _transcript(self) -> None:
        self._candidate()
        self.window.page.click("main a[href$='/transcript']")

    def _erase_candidate(self) -> None:
        self._candidate()
        self.window.page.click("main a[href$='/erase']")


def looks(number: int) -> list[tuple[str, int]]:
    """Return two opposite pairs of theme and width for a page; all four on demand."""
    if ALL:
        return LOOKS
    return [LOOKS[number % 4], LOOKS[3 - number % 4]]


def cases() -> Iterator[tuple[str, str, list[tuple[str, int]]]]:
    """Every page in one of the languages, turn by turn, in both on demand, and how it looks."""
    for number, name in enumerate(PAGES):
        for language in LANGUAGES if ALL else LANGUAGES[number % 2 :][:1]:
            yield name, language, looks(number // 2)


@pytest.mark.parametrize(("name", "language", "seen"), list(cases()))
def test_axe_finds_nothing_and_the_page_fits_its_window(
    open_window: OpenWindow,
    sqlite_app: Academy,
    name: str,
    language: str,
    seen: list[tuple[str, int]],
) -> None:
    window = open_window(language, *seen[0])
    page = window.page
    Way(window, sqlite_app).to(name)
    page.wait_for_load_state("networkidle")

    # The way to a page can be long: it is walked once, then the window changes round the page.
    for theme, width in seen:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 900 if width > 600 else 740})
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
        too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        assert found.violations_count == 0, (theme, width, found.generate_report())
        assert not too_wide, (theme, width)
    window.errors[:] = [line for line in window.errors if not re.search("404|409|422", line)]
    assert page.get_attribute("html", "lang") == language


@pytest.mark.parametrize(
    "name", ["/", "/learn/the-angry-customer", "/progress", "DESK OPEN", "DEBRIEF"]
)
def test_a_page_is_light_and_asks_no_other_host(
    open_window: OpenWindow, sqlite_app: Academy, name: str
) -> None:
    window = open_window("pl", "light", 360)
    Way(window, sqlite_app).to(name)
    window.page.wait_for_load_state("networkidle")
    window.requests.clear()
    session = window.page.context.new_cdp_session(window.page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    weights: list[float] = []
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))

    window.page.reload(wait_until="networkidle")

    hosts = {urlsplit(url).netloc for url in window.requests if url.startswith("http")}
    assert hosts == {urlsplit(window.base).netloc}
    assert len(weights) <= MOST_REQUESTS
    assert sum(weights) < HEAVIEST


def test_the_desk_at_360_shows_one_pane_at_a_time(
    open_window: OpenWindow, sqlite_app: Academy
) -> None:
    window = open_window("pl", "dark", 360)

    Way(window, sqlite_app).to("DESK OPEN")

    shown = [pane.is_visible() for pane in window.page.locator(".pane").all()]
    assert shown.count(True) == 1


def test_the_theme_switch_lasts(open_window: OpenWindow) -> None:
    window = open_window("en", "light")
    window.opens("/learn")

    window.page.click("[data-theme-switch]")
    window.page.reload()

    assert window.page.get_attribute("html", "data-theme") == "dark"
