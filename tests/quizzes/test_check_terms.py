"""The skill check over HTTP: breaks, ends, the next one, the own view before it, guests."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from sqlalchemy import select

from smm_academy.app import handlers
from smm_academy.jobs.operations import enqueue
from smm_academy.jobs.worker import run_due
from smm_academy.measurement.blueprint import SKILLS
from smm_academy.quizzes.jobs import EXPIRY
from smm_academy.quizzes.models import QuizAttempt
from smm_academy.web.application import Academy
from tests.people import Visitor
from tests.quizzes.check_takers import (
    DAY,
    NOON,
    answers,
    answers_as,
    attempt,
    begins,
    evidence,
    open_question,
    right,
)


def test_a_break_resumes_with_the_same_question_and_what_was_typed(app: Academy) -> None:
    visitor = Visitor(app)
    with time_machine.travel(NOON, tick=False):
        page = visitor.sends(begins(visitor).path, unknown="1")
        sitting = page.path.split("/")[2]
        fields = right(open_question(visitor))
        saved = visitor.posts_json(
            f"/sittings/{sitting}/drafts/2", {"version": 1, "answers": fields}
        )
    with time_machine.travel(NOON + 6 * DAY, tick=False):
        offer = visitor.opens("/check")
        resumed = visitor.opens(f"/check/{sitting}")

    assert saved.status_code == 200
    assert f"/check/{sitting}" in offer.links
    assert resumed.path == page.path
    shown = resumed.form(page.path)
    assert all(shown.fields[name] == values for name, values in fields.items())


def test_a_check_left_alone_counts_after_a_week_with_what_was_answered(app: Academy) -> None:
    visitor = Visitor(app)
    with time_machine.travel(NOON, tick=False):
        page = visitor.sends(begins(visitor).path, unknown="1")
    late = NOON + 7 * DAY + timedelta(minutes=1)
    with time_machine.travel(late, tick=False):
        shown = visitor.opens(page.path)
        told = visitor.posts(page.path, unknown="1")
    with app.database.unit() as session:
        enqueue(session, EXPIRY, f"{EXPIRY}:{late}", {}, late)
    with app.app_context():
        run_due(app.database, handlers(app, app.settings), late)

    assert "open for seven days" in shown.text
    assert "does not count" in told.text
    assert (attempt(app).stopped, attempt(app).maximum) == ("expired", 1)
    assert len(evidence(app)) == len(answers(app)) == 1


def test_an_answer_after_the_end_in_another_window_is_told_so(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    page = visitor.sends(begins(visitor).path, unknown="1")
    visitor.opens("/check")
    visitor.sends("/end")

    late = visitor.posts(page.path, unknown="1")

    assert "it does not count" in late.text
    assert "/progress/check/" in late.path
    assert len(evidence(sqlite_app)) == 1


def test_a_check_that_was_ended_at_once_says_that_nothing_was_measured(
    sqlite_app: Academy,
) -> None:
    visitor = Visitor(sqlite_app)
    begins(visitor)
    visitor.opens("/check")

    page = visitor.sends("/end")

    assert page.status == 200
    assert "Nothing was answered" in page.text
    assert visitor.opens("/check").form("/check").method == "post"


def test_a_second_check_waits_two_weeks_and_asks_nothing_again(app: Academy) -> None:
    visitor = Visitor(app)
    with time_machine.travel(NOON, tick=False):
        visitor.registers("ola@example.com")
        answers_as(visitor, 0.0)
        first = {row["item"] for row in attempt(app).questions}
    with time_machine.travel(NOON + 13 * DAY, tick=False):
        early = visitor.opens("/check")
        refused = visitor.posts("/check")
    with time_machine.travel(NOON + 15 * DAY, tick=False):
        visitor.signs_in("ola@example.com")
        answers_as(visitor, 0.0)
    second = {row["item"] for row in attempt(app).questions}

    assert "December 7, 2026" in early.text or "7 December 2026" in early.text
    assert (refused.status, "too recent" in refused.text) == (409, True)
    assert attempt(app).number == 2
    assert not first & second


def test_what_was_met_in_practice_is_not_asked(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/quizzes/concepts-basics")
    visitor.sends("/quizzes/concepts-basics")
    met = {row["item"] for row in attempt(sqlite_app).questions}
    page = begins(visitor)
    while "/progress/check/" not in page.path:
        page = visitor.sends(page.path, unknown="1")

    with sqlite_app.database.reading() as session:
        asked = session.scalars(
            select(QuizAttempt.questions).where(QuizAttempt.quiz_key == "skill_check")
        ).one()
    assert met
    assert not met & {row["item"] for row in asked}


def test_the_gap_is_to_the_view_given_before_and_never_to_one_given_after(app: Academy) -> None:
    visitor = Visitor(app)
    with time_machine.travel(NOON, tick=False):
        visitor.registers("ola@example.com")
        visitor.opens("/progress/start?next=/check")
        entry = visitor.sends("/progress/start", **dict.fromkeys(SKILLS, "3"))
        assert entry.path == "/check"
        high = answers_as(visitor, -1.0)
    with time_machine.travel(NOON + DAY, tick=False):
        visitor.opens("/progress/start")
        visitor.sends("/progress/start", **dict.fromkeys(SKILLS, "0"))
        later = visitor.opens(high.path)

    assert "You rated yourself higher than your answers show" in high.text
    assert "You rated yourself higher than your answers show" in later.text


def test_a_guest_rates_and_is_checked_and_keeps_it_by_registering(app: Academy) -> None:
    visitor = Visitor(app)
    start = visitor.opens("/check")
    assert "/progress/start?next=/check" in start.links
    visitor.opens("/progress/start?next=/check")
    visitor.sends("/progress/start", **dict.fromkeys(SKILLS, "1"))
    result = answers_as(visitor, 0.0)
    kept = visitor.registers("ola@example.com")

    assert "open an account" in result.text
    assert kept.status == 200
    assert visitor.opens(result.path).status == 200
    assert "Last taken on" in visitor.opens("/progress").text


def test_the_answers_are_explained_once_it_is_over(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    page = answers_as(visitor, 0.0)

    explained = visitor.opens(next(link for link in page.links if link.endswith("/answers")))

    assert explained.status == 200
    assert explained.html.count('class="question"') == len(answers(sqlite_app))


def test_a_check_in_polish_asks_in_polish(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app, "pl")
    page = begins(visitor)

    assert open_question(visitor).locale == "pl"
    assert "Nie wiem" in page.text
