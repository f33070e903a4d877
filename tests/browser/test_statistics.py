"""The pages of statistics and calibration, for everybody's eyes and windows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import select

from smm_academy.accounts.models import HOUSE, Person, Role
from smm_academy.accounts.operations import grant
from smm_academy.clock import now
from smm_academy.jobs.worker import run_due
from smm_academy.measurement.calibration_operations import CALIBRATION, calibration
from smm_academy.web.application import Academy
from tests.browser.conftest import Window
from tests.quizzes.many_answers import answer_quiz

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def is_accessible(window: Window) -> None:
    options = {"runOnly": {"type": "tag", "values": STANDARDS}}
    found = Axe().run(window.page, options=options)
    assert found.violations_count == 0, found.generate_report()
    wide = window.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "light", 1440), ("pl", "dark", 360)]
)
def test_figures_and_calibration_are_accessible(
    open_window: Callable[..., Window], sqlite_app: Academy, language: str, theme: str, width: int
) -> None:
    window = open_window(language, theme, width)
    window.registers("ewa@example.com")
    with sqlite_app.database.unit() as session:
        answer_quiz(session, "concepts-basics", people=60)
        person = session.scalars(select(Person).where(Person.email == "ewa@example.com")).one()
        grant(session, person.id, HOUSE, Role.INSTRUCTOR)

    window.opens("/teach/quizzes/concepts-basics/statistics?locale=en")
    window.page.wait_for_selector(".item-curve")
    is_accessible(window)
    window.opens("/teach/calibration")
    window.page.click("form[action='/teach/calibration'] button")
    window.page.wait_for_load_state("networkidle")
    run_due(sqlite_app.database, {CALIBRATION: calibration(sqlite_app.database)}, now())
    window.opens("/teach/calibration")
    window.page.wait_for_selector("form[action$='/force']")
    is_accessible(window)
