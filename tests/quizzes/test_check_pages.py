"""The skill check over HTTP: forward only, one next question, breaks, ends, what is counted."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from smm_academy.measurement.blueprint import SKILLS
from smm_academy.measurement.queries import map_of_sitting
from smm_academy.quizzes.models import QuizAttempt
from smm_academy.quizzes.queries import questions_of
from smm_academy.quizzes.questions import (
    PairKey,
)
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.crowd import at_once
from tests.people import Visitor
from tests.quizzes.check_takers import (
    NOON,
    answers,
    answers_as,
    attempt,
    begins,
    evidence,
    meets,
    open_question,
    right,
    twin,
)


@pytest.mark.parametrize(
    ("ability", "headline"),
    [
        (-1.0, "You know now where to begin"),
        (1.0, "You are at the level that the job asks for"),
    ],
)
def test_people_of_known_ability_are_told_it_within_an_honest_interval(
    app: Academy, ability: float, headline: str
) -> None:
    page = answers_as(Visitor(app), ability)

    with app.database.reading() as session:
        sitting = session.scalars(select(Sitting)).one()
        person = Viewer(sitting.person_id)
        overall = map_of_sitting(session, person, sitting, sitting.finished_at or NOON).overall
    assert page.status == 200
    assert headline in page.text
    assert overall.low < ability < overall.high
    assert not overall.low < -ability < overall.high
    assert overall.se <= 0.40


def test_a_check_is_about_22_questions_and_each_is_evidence_of_a_check(app: Academy) -> None:
    answers_as(Visitor(app), 0.3)

    shown = evidence(app)
    assert attempt(app).stopped == "precise"
    assert 20 <= len(shown) == attempt(app).maximum <= 30
    assert {row.skill for row in shown} == set(SKILLS)
    assert {(row.purpose, row.activity, row.weight) for row in shown} == {("check", "quiz", 1)}


def test_no_skill_is_asked_twice_before_each_was_asked_once(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    answers_as(visitor, 0.0)

    with sqlite_app.database.reading() as session:
        asked = questions_of(session, session.scalars(select(QuizAttempt)).one())

    times = [[one.question.skill for one in asked].count(skill) for skill in SKILLS]
    assert max(times) - min(times) <= 1
    assert len({one.item_key for one in asked}) == len(asked)
    assert {one.question.pool for one in asked} == {"practice"}


def test_nothing_is_said_of_right_or_wrong_before_the_end(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.registers("ola@example.com")
    page = begins(visitor)
    before = visitor.opens("/progress").text
    visitor.opens(page.path)

    after_right = visitor.sends(page.path, **right(open_question(visitor)))
    after_unknown = visitor.sends(after_right.path, unknown="1")
    early = visitor.opens(page.path.rpartition("/")[0] + "/answers")

    assert evidence(sqlite_app) == []
    assert visitor.opens("/progress").text == before
    # Questions themselves may speak of what is right, so the marks are looked for, not the word.
    marks = re.compile(r"data-outcome|quiz-outcome|chip-(?:strong|fair)")
    for shown in (after_right, after_unknown, early):
        assert not marks.search(shown.html)
        assert re.search(r"/check/[^/]+/\d+$", shown.path)
    visitor.opens("/check")
    visitor.sends("/end")
    assert marks.search(visitor.opens(page.path.rpartition("/")[0] + "/answers").html)


def test_i_do_not_know_counts_as_wrong_and_is_kept_as_such(app: Academy) -> None:
    visitor = Visitor(app)
    page = begins(visitor)
    following = visitor.sends(page.path, unknown="1")
    visitor.opens("/check")
    visitor.sends("/end")

    (kept,), (shown,) = answers(app), evidence(app)
    assert following.path.endswith("/2")
    assert (kept.value, kept.points) == ({"response": ""}, 0)
    assert (shown.score, shown.maximum, shown.weight, shown.purpose) == (0, 1, 1, "check")
    assert attempt(app).stopped == "left"


def test_an_empty_answer_is_sent_back_and_costs_nothing(app: Academy) -> None:
    visitor = Visitor(app)
    page = begins(visitor)

    refused = visitor.posts(page.path)

    assert refused.status == 422
    assert "say that you do not know" in refused.text
    assert answers(app) == []
    assert len(attempt(app).questions) == 1


def test_half_an_answer_is_sent_back_with_what_was_given(sqlite_app: Academy) -> None:
    visitor, page = meets(sqlite_app, PairKey)
    given = dict(list(right(open_question(visitor)).items())[:1])

    refused = visitor.posts(page.path, **given)

    name, value = next(iter(given.items()))
    assert refused.status == 422
    assert "part of the answer is missing" in refused.text
    assert refused.form(page.path).fields[name] == value


def test_the_same_answer_twice_is_one_and_another_one_is_told_that_the_first_counts(
    app: Academy,
) -> None:
    visitor = Visitor(app)
    first = begins(visitor)
    fields = right(open_question(visitor))
    second = visitor.posts(first.path, **fields)

    again = visitor.posts(first.path, **fields)
    other = visitor.posts(first.path, unknown="1")

    assert second.path == again.path == other.path
    assert second.path.endswith("/2")
    assert "the first answer counts" not in again.text
    assert "the first answer counts" in other.text
    assert [kept.points for kept in answers(app)] == [1]
    assert len(attempt(app).questions) == 2


def test_six_windows_at_once_choose_one_next_question(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    page = begins(visitor)

    pages = at_once([lambda: twin(visitor, page).sends(page.path, unknown="1") for _ in range(6)])

    assert {one.status for one in pages} == {200}
    assert len({one.path for one in pages}) == 1
    assert len(answers(app)) == 1
    assert len(attempt(app).questions) == 2


def test_beginning_in_six_windows_at_once_is_one_check(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    page = visitor.opens("/check")

    pages = at_once([lambda: twin(visitor, page).sends("/check") for _ in range(6)])

    assert {one.status for one in pages} == {200}
    assert len({one.path for one in pages}) == 1


def test_the_back_button_leads_to_the_open_question(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    first = begins(visitor)
    second = visitor.sends(first.path, unknown="1")

    back = visitor.opens(first.path)
    ahead = visitor.opens(first.path.rpartition("/")[0] + "/9")

    assert back.path == ahead.path == second.path
    assert "only goes forward" in back.text


@pytest.mark.parametrize("number", ["0", "2", "99"])
def test_a_question_that_was_not_asked_cannot_be_answered(
    sqlite_app: Academy, number: str
) -> None:
    visitor = Visitor(sqlite_app)
    page = begins(visitor)

    refused = visitor.posts(page.path.rpartition("/")[0] + f"/{number}", unknown="1")

    assert refused.status == 404
    assert answers(sqlite_app) == []


@pytest.mark.parametrize("page", ["1", "overview", "result"])
def test_no_page_of_a_quiz_leads_round_the_check(sqlite_app: Academy, page: str) -> None:
    visitor = Visitor(sqlite_app)
    base = begins(visitor).path.rpartition("/")[0].replace("/check/", "/quizzes/sittings/")

    assert visitor.opens(f"{base}/{page}").status == 404
    assert visitor.posts(f"{base}/submit").status == 404
    assert visitor.posts(f"{base}/1").status == 404
    assert attempt(sqlite_app).points is None
