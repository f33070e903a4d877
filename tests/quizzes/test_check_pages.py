"""The skill check over HTTP: forward only, one next question, breaks, ends, what is counted."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from smm_academy.app import handlers
from smm_academy.jobs.operations import enqueue
from smm_academy.jobs.worker import run_due
from smm_academy.measurement.blueprint import SKILLS, default_difficulty
from smm_academy.measurement.models import Evidence
from smm_academy.measurement.queries import map_of_sitting
from smm_academy.quizzes.jobs import EXPIRY
from smm_academy.quizzes.models import QuizAnswer, QuizAttempt
from smm_academy.quizzes.queries import questions_of
from smm_academy.quizzes.questions import (
    ChoiceKey,
    ClozeKey,
    Gap,
    NumericKey,
    OrderKey,
    PairKey,
    Question,
    TextKey,
)
from smm_academy.quizzes.responses import field_name
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.crowd import at_once
from tests.people import Page, Visitor

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def begins(visitor: Visitor) -> Page:
    """Begin a check; return the page of its first question."""
    visitor.opens("/check")
    return visitor.sends("/check")


def attempt(app: Academy) -> QuizAttempt:
    """Return the newest attempt of the one person there is."""
    with app.database.reading() as session:
        newest = select(QuizAttempt).order_by(QuizAttempt.number.desc()).limit(1)
        return session.scalars(newest).one()


def open_question(visitor: Visitor) -> Question:
    """Return the question that somebody has before them."""
    assert visitor.page is not None
    with visitor.app.database.reading() as session:
        taken = session.get_one(QuizAttempt, visitor.page.path.split("/")[2])
        return questions_of(session, taken)[-1].question


def evidence(app: Academy) -> list[Evidence]:
    with app.database.reading() as session:
        return list(session.scalars(select(Evidence).order_by(Evidence.id)))


def answers(app: Academy) -> list[QuizAnswer]:
    with app.database.reading() as session:
        return list(session.scalars(select(QuizAnswer).order_by(QuizAnswer.id)))


def right(question: Question) -> dict[str, list[str]]:
    """Return the fields of a wholly right answer."""
    key = question.key
    if isinstance(key, ChoiceKey):
        return {field_name(question): [one.id for one in key.options if one.correct]}
    if isinstance(key, OrderKey):
        return {
            field_name(question, step.id): [str(place)]
            for place, step in enumerate(key.steps, start=1)
        }
    if isinstance(key, PairKey):
        return {field_name(question, row.id): [row.label] for row in key.rows}
    if isinstance(key, ClozeKey):
        return {field_name(question, gap.id): [_fitting(gap)] for gap in key.gaps}
    if isinstance(key, NumericKey):
        return {field_name(question): [key.accepted[0].written]}
    assert isinstance(key, TextKey)
    plain = [one.text for one in key.accepted if not one.is_pattern]
    return {field_name(question): plain[:1]}


def _fitting(gap: Gap) -> str:
    right_word = gap.accepted[0]
    return next((one.id for one in gap.choices if one.text == right_word), right_word)


def answers_as(visitor: Visitor, ability: float) -> Page:
    """Take a check to its end as the typical person of an ability does.

    Whoever is typical has, after each question, as many right as the model expects of them, to
    the nearest whole: so the result depends on no luck.
    """
    page = begins(visitor)
    expected = scored = 0.0
    while re.search(r"/check/[^/]+/\d+$", page.path):
        question = open_question(visitor)
        expected += 1 / (1 + math.exp(default_difficulty(question.difficulty) - ability))
        if expected - scored > 0.5:
            page = visitor.sends(page.path, **right(question))
            scored += 1
        else:
            page = visitor.sends(page.path, unknown="1")
    return page


def twin(visitor: Visitor, page: Page) -> Visitor:
    """Return the same person in another window that shows a page."""
    other = Visitor(visitor.app)
    other.client._cookies = dict(visitor.client._cookies)
    other.page = page
    return other


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
    for shown in (after_right, after_unknown, early):
        assert "right" not in shown.text.replace("right or wrong", "")
        assert re.search(r"/check/[^/]+/\d+$", shown.path)


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
    visitor = Visitor(sqlite_app)
    page = begins(visitor)
    while not isinstance((question := open_question(visitor)).key, PairKey):
        page = visitor.sends(page.path, unknown="1")
        if "/progress/check/" in page.path:
            pytest.fail("a check without a question to match")
    given = dict(list(right(question).items())[:1])

    refused = visitor.posts(page.path, **given)

    name, (value,) = next(iter(given.items()))
    assert refused.status == 422
    assert "part of the answer is missing" in refused.text
    assert refused.form(page.path).fields[name] == [value]


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
