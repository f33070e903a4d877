"""A campaign over HTTP: left in the evening, taken up in the morning, told day by day."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from smm_academy.shifts.models import Shift
from smm_academy.shifts.operations import let_work
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.hiring import employer
from tests.people import Page, Visitor
from tests.shifts.test_full_day_over_http import does

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORDS = {
    "en": {
        "promise": "We are sorry. Your refund will be in your account by Wednesday.",
        "day": "Day 1 of 5", "next": "Day 2 of 5", "size": "5 days × 12 min",
        "monday": "Mon", "tuesday": "Tue", "by": "by Wednesday",
    },
    "pl": {
        "promise": "Przepraszamy. Pieniądze będą na koncie do środy.",
        "day": "Dzień 1 z 5", "next": "Dzień 2 z 5", "size": "5 dni po 12 min",
        "monday": "pon.", "tuesday": "wt.", "by": "do środy",
    },
}  # fmt: skip


def begins(visitor: Visitor, language: str) -> str:
    page = visitor.opens("/practice")
    assert WORDS[language]["size"] in page.text
    return visitor.sends("/practice/shifts/lumo-amber").path.partition("?")[0]


def ends_the_day(visitor: Visitor, home: str) -> Page:
    page = visitor.opens(f"{home}/evening")
    form = next(form for form in page.forms if form.offers("move", "end_day"))
    return visitor._sends(form, {**form.first_button(), "move": "end_day"})


def until_closed(visitor: Visitor) -> Page:
    for _ in range(60):
        page = does(visitor, "wait")
        if page.status == 409:
            return page
    raise AssertionError(page.path)


@pytest.mark.parametrize("language", ["en", "pl"])
def test_two_days_are_worked_left_and_taken_up(app: Academy, language: str) -> None:
    said, visitor = WORDS[language], Visitor(app, language)
    home = begins(visitor, language)
    page = visitor.opens(home)
    assert said["day"] in page.text
    while "m102" not in page.html:
        page = does(visitor, "wait")
    does(visitor, "open", message="m102")
    page = does(visitor, "reply", message="m102", text=said["promise"])
    assert said["by"] in page.text

    closed = until_closed(visitor)
    assert f"{said['monday']} 15:00" in closed.text
    evening = visitor.opens(f"{home}/evening")
    assert said["day"] in evening.text
    page = ends_the_day(visitor, home)
    assert page.status == 200
    assert said["next"] in page.text
    assert f"{said['tuesday']} 09:00" in page.text
    # Left over night, and found again with its day.
    assert said["next"] in visitor.opens("/practice").text

    finish = visitor.opens(f"{home}/finish")
    assert finish.status == 200
    page = visitor.sends(f"{home}/finish")
    assert page.status == 200
    assert said["by"] in page.text
    with app.database.reading() as session:
        record = session.scalars(select(Shift.record)).one()
        assert record is not None
    assert [day["number"] for day in record["days"]] == [1, 2, 3, 4, 5]
    assert record["promises"][0]["status"] == "broken"
    shown = re.findall(r"promise_broken", str(record["messages"]))
    assert shown


def test_an_evening_sent_twice_passes_one_night(visitor: Visitor) -> None:
    home = begins(visitor, "en")
    page = visitor.opens(f"{home}/evening")
    form = next(form for form in page.forms if form.offers("move", "end_day"))
    for _ in range(2):
        page = visitor._sends(form, {**form.first_button(), "move": "end_day"})
        assert page.status == 200
        assert "Tue 09:00" in page.text


def test_a_shift_of_one_day_has_no_evening(visitor: Visitor) -> None:
    visitor.opens("/practice")
    home = visitor.sends("/practice/shifts/lumo-monday").path.partition("?")[0]

    assert visitor.opens(f"{home}/evening").path == f"{home}/finish"
    assert does_refused(visitor, home)


def does_refused(visitor: Visitor, home: str) -> bool:
    visitor.opens(home)
    page = does(visitor, "end_day")
    return page.status == 409 and "no other day" in page.text


def test_employers_are_offered_no_campaign(app: Academy) -> None:
    boss = employer(app)
    page = boss.opens("/hire/assessments/new")

    assert page.status == 200
    assert "lumo-amber" not in page.html


def test_a_whole_week_is_told_and_can_be_lived_otherwise(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    home = begins(visitor, "en")
    with sqlite_app.database.unit() as session:
        shift = session.scalars(select(Shift)).one()
        let_work(session, Viewer(shift.person_id), shift.sitting_id, "expert", AT)

    debrief = visitor.opens(f"{home}/debrief")
    for words in ("Day by day", "What you promised", "promises kept", "Ninety boxes"):
        assert words in debrief.text
    other = visitor.opens(f"{home}/messages/m201/what-if")
    assert other.status == 200
    assert "Tue 9:" in other.text
    assert visitor.opens(f"{home}/messages/m201/retry").status == 200
    assert "followers" in visitor.opens(f"{home}/figures.csv").text.lower()
