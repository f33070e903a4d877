"""The clock of a test: it runs on the server, it is longer for some, it never runs backwards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from smm_academy.app import handlers
from smm_academy.assessments.jobs import RETENTION
from smm_academy.assessments.models import Candidacy, Invitation
from smm_academy.clock import now
from smm_academy.quizzes.jobs import EXPIRY as PAPERS
from smm_academy.quizzes.models import QuizAnswer
from smm_academy.shifts.jobs import EXPIRY as SHIFTS
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from tests.hiring import REPLY, answers_everything, begins, employer, invites, makes_test, unmarked
from tests.people import Page, Visitor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTES_LEFT = re.compile(r"<time data-countdown[^>]*>(-?\d+):")


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """A clock that only the test moves."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def sits_down(app: Academy) -> tuple[Visitor, str, Visitor, str]:
    """Return an employer and their test, a candidate who has begun and their page of parts."""
    boss = employer(app)
    makes_test(boss)
    home = boss.page.path if boss.page else ""
    candidate = begins(app, invites(boss))
    assert candidate.page
    return boss, home, candidate, candidate.page.path


def part(page: Page) -> str:
    found = re.search(r"/(?:sittings|shifts)/([\w-]+)", page.path)
    assert found, page.text
    return found[1]


def works(app: Academy, job: str) -> None:
    """Let the worker do one of its jobs now."""
    with app.app_context(), app.database.unit() as session:
        handlers(app, app.settings)[job](session, {}, now())


def chosen(page: Page) -> tuple[str, dict[str, list[str]]]:
    """Return an answer to the question of a page, as the page's script would save it."""
    form = next(one for one in page.forms if one.action.startswith("/quizzes/sittings/"))
    answers = {name: values[:1] for name, values in form.choices.items()}
    answers |= {name: ["4"] for name, values in form.fields.items() if values == [""]}
    field = re.search(r'data-autosave-url="([^"]+)"', page.html)
    assert field, page.html
    return field[1], answers


def is_given(response: object) -> bool:
    """Tell an answer from a blank; the first option of a list is the number 0, and an answer."""
    if isinstance(response, dict):
        return any(is_given(value) for value in response.values())
    if isinstance(response, list | tuple):
        return any(is_given(value) for value in response)
    return response is not None and response != ""


def test_the_time_of_the_questions_runs_out(
    sqlite_app: Academy, clock: time_machine.Coordinates
) -> None:
    _boss, _home, candidate, hub = sits_down(sqlite_app)
    question = candidate.sends(f"{hub}/questions")
    sitting = part(question)
    address, answers = chosen(question)
    assert candidate.posts_json(address, {"version": 1, "answers": answers}).status_code == 200
    clock.shift(timedelta(minutes=12, seconds=11))

    late = candidate.posts_json(address, {"version": 2, "answers": {}})
    hand_in = candidate.opens(hub)
    assert late.status_code == 409
    assert "time is over" in late.get_json()["error"]
    assert "the time is over" in hand_in.text
    works(sqlite_app, PAPERS)

    assert "after the questions" not in candidate.opens(hub).text
    with sqlite_app.database.reading() as session:
        assert session.get_one(Sitting, sitting).finished_at is not None
        rows = session.scalars(select(QuizAnswer)).all()
    assert len(rows) == 13
    assert len([row for row in rows if is_given(row.value["response"])]) == 1
    assert candidate.sends(f"{hub}/shift").status == 200


def test_the_time_of_the_shift_runs_out(
    sqlite_app: Academy, clock: time_machine.Coordinates
) -> None:
    boss, home, candidate, hub = sits_down(sqlite_app)
    overview = f"/quizzes/sittings/{part(candidate.sends(f'{hub}/questions'))}/overview"
    candidate.opens(overview)
    candidate.sends(overview.replace("overview", "submit"))
    candidate.opens(hub)
    desk = candidate.sends(f"{hub}/shift")
    candidate.moves("open")
    assert candidate.page
    message = next(
        form.fields["message"][0] for form in candidate.page.forms if form.offers("move", "reply")
    )
    candidate.moves("reply", message, text=REPLY)
    clock.shift(timedelta(minutes=30, seconds=11))

    late = candidate.moves("wait")
    assert late.status == 409
    assert "time is over" in late.text
    works(sqlite_app, SHIFTS)

    result = candidate.opens(f"{hub}/result")
    assert result.status == 200, result.text
    read = boss.opens(home)
    report = next(one for one in read.links if one.startswith("/hire/candidates/"))
    assert REPLY in unmarked(boss.opens(f"{report}/transcript"))
    assert desk.status == 200


def test_extra_time_holds_for_both_parts_and_is_in_no_report(
    sqlite_app: Academy, clock: time_machine.Coordinates
) -> None:
    boss = employer(sqlite_app)
    makes_test(boss)
    home = boss.page.path if boss.page else ""
    page = boss.sends(f"{home}/invitations", name="Anna Kowal", email="", time_multiplier="1.5")
    found = re.search(r"http://localhost(/a/[\w-]+)", page.html)
    assert found
    candidate = begins(sqlite_app, found[1])
    hub = candidate.page.path if candidate.page else ""
    assert "18 minutes for the questions and 45 for the shift" in candidate.opens(hub).text
    candidate.sends(f"{hub}/questions")
    clock.shift(timedelta(minutes=17, seconds=59))
    assert candidate.page
    assert candidate.opens(candidate.page.path).status == 200
    candidate.opens(hub)
    answers_everything(candidate)
    with sqlite_app.database.reading() as session:
        sat = session.scalars(select(Sitting).order_by(Sitting.started_at)).all()
    lasted = [one.deadline - one.started_at for one in sat if one.deadline]

    assert lasted == [timedelta(minutes=18), timedelta(minutes=45)]
    report = next(one for one in boss.opens(home).links if one.startswith("/hire/candidates/"))
    for path in (report, f"{report}/transcript", f"{home}/compare", f"{home}/results.csv"):
        shown = boss.opens(path)
        assert shown.status == 200
        # The transcript holds the questions as they were put, which may speak of any figure.
        figures = "" if path.endswith("transcript") else r"|\b(18|45) min|1[.,]5"
        told = re.search(
            rf"\+50|[×x] ?1[.,]5|1[.,]5 ?times|extra time|multiplier{figures}", shown.text
        )
        assert told is None, path


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(hours=3), timedelta(days=400)])
def test_a_clock_that_is_set_back_opens_nothing_again(
    sqlite_app: Academy, clock: time_machine.Coordinates, back: timedelta
) -> None:
    boss, home, candidate, hub = sits_down(sqlite_app)
    question = candidate.sends(f"{hub}/questions")
    address, answers = chosen(question)
    clock.shift(timedelta(minutes=13))
    works(sqlite_app, PAPERS)
    clock.shift(-back)

    late = candidate.posts_json(address, {"version": 1, "answers": answers})
    assert late.status_code == 409
    assert candidate.opens(hub).status == 200
    desk = candidate.sends(f"{hub}/shift")
    assert desk.status == 200
    assert MINUTES_LEFT.findall(desk.html) == ["30"]
    clock.shift(-timedelta(minutes=2))
    shown = candidate.opens(desk.path)
    assert shown.status == 200
    assert MINUTES_LEFT.findall(shown.html) == ["30"]
    candidate.opens(f"{desk.path}/finish")
    assert candidate.sends(f"{desk.path}/finish").status == 200
    assert candidate.opens(f"{hub}/result").status == 200
    assert boss.opens(home).status == 200


def test_data_are_deleted_on_the_day_and_not_before(
    app: Academy, clock: time_machine.Coordinates
) -> None:
    _boss, _home, candidate, hub = sits_down(app)
    with app.database.unit() as session:
        told = session.scalars(select(Candidacy.erase_at)).one()
    assert told == MONDAY + timedelta(days=180)
    clock.move_to(told - timedelta(minutes=1))
    works(app, RETENTION)
    assert kept(app) == (1, 1)

    clock.move_to(told)
    works(app, RETENTION)

    assert kept(app) == (0, 0)
    assert candidate.opens(hub).status in {404, 409}


def kept(app: Academy) -> tuple[int, int]:
    with app.database.reading() as session:
        return (
            len(session.scalars(select(Candidacy)).all()),
            len(session.scalars(select(Invitation)).all()),
        )


def test_a_candidate_takes_everything_along_and_deletes_it(app: Academy) -> None:
    boss, home, candidate, hub = sits_down(app)
    answers_everything(candidate)
    report = next(one for one in boss.opens(home).links if one.startswith("/hire/candidates/"))
    boss.opens(report)
    boss.sends(report, decision="hold", reason="The interview decides.")

    taken = json.loads(candidate.opens(f"{hub}/export").html)
    told = json.dumps(taken, ensure_ascii=False)
    assert "Anna Kowal" in told
    assert "The interview decides." in told
    assert "time_multiplier" in told
    assert REPLY in told
    assert '"seed"' not in told
    assert {answer["points"] for answer in taken["quizzes"]} == {None}
    scored = {row["score"] for row in taken["measurement"] if row["source"].startswith("item:")}
    assert scored == {None}
    candidate.opens(f"{hub}/erase")
    gone = candidate.sends(f"{hub}/erase")

    assert gone.status == 200
    assert kept(app) == (0, 0)
    assert boss.opens(report).status == 404
    assert "Anna" not in boss.opens(home).text
    assert candidate.opens(hub).status == 404


def test_an_employer_deletes_a_candidate_who_is_at_work(app: Academy) -> None:
    boss, home, candidate, hub = sits_down(app)
    question = candidate.sends(f"{hub}/questions")
    report = next(one for one in boss.opens(home).links if one.startswith("/hire/candidates/"))
    boss.opens(f"{report}/erase")
    boss.sends(f"{report}/erase")

    lost = candidate.opens(question.path)

    assert kept(app) == (0, 0)
    assert lost.status == 409
    assert "its data are deleted" in lost.text


def test_an_employer_who_is_alone_may_leave_and_the_candidate_goes_on(app: Academy) -> None:
    boss, home, candidate, hub = sits_down(app)
    boss.opens("/account")

    boss.posts("/account/delete", password="a long enough sentence")

    assert boss.opens(home).path == "/sign-in"
    assert candidate.opens(hub).status == 200
