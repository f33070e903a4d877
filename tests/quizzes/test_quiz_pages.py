"""Quizzes over HTTP: attempts, deadlines, autosave, two windows at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from smm_academy.app import handlers
from smm_academy.jobs.operations import enqueue
from smm_academy.jobs.worker import run_due
from smm_academy.measurement.models import Evidence
from smm_academy.quizzes.jobs import EXPIRY
from smm_academy.quizzes.models import QuizAnswer, QuizAttempt
from smm_academy.quizzes.queries import questions_of
from smm_academy.sittings.models import Draft
from smm_academy.web.application import Academy
from tests.crowd import at_once
from tests.people import Page, Visitor
from tests.quizzes.check_takers import right

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def starts(visitor: Visitor, quiz: str) -> str:
    """Start a quiz; return the address of the attempt."""
    visitor.opens(f"/quizzes/{quiz}")
    page = visitor.sends(f"/quizzes/{quiz}")
    assert page.status == 200, page.text
    return page.path.rpartition("/")[0]


def count(app: Academy, table: type) -> int:
    with app.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def result(app: Academy) -> QuizAttempt:
    with app.database.reading() as session:
        return session.scalars(select(QuizAttempt)).one()


def works(app: Academy, at: datetime) -> None:
    """Let the worker do at a moment what it does every minute."""
    with app.database.unit() as session:
        enqueue(session, EXPIRY, f"{EXPIRY}:{at}", {}, at)
    with app.app_context():
        assert run_due(app.database, handlers(app, app.settings), at) == 1


def twin(visitor: Visitor, page: Page) -> Visitor:
    """Return the same person in another window that shows a page."""
    other = Visitor(visitor.app)
    other.client._cookies = dict(visitor.client._cookies)
    other.page = page
    return other


def test_what_was_saved_in_time_counts_and_what_came_later_does_not(app: Academy) -> None:
    visitor = Visitor(app)
    with time_machine.travel(NOON, tick=False):
        base = starts(visitor, "exam-timed")
        visitor.opens(f"{base}/2")
        saved = visitor.sends(f"{base}/2", **{"concepts-timed-pages": "SMO"})
    with time_machine.travel(NOON + 11 * MINUTE, tick=False):
        late = visitor.posts(f"{base}/2", **{"concepts-timed-pages": "nothing"})
        visitor.opens(f"{base}/overview")
        visitor.sends("/submit")

    attempt = result(app)
    assert saved.status == 200
    assert (late.status, "The time is over" in late.text) == (409, True)
    assert (attempt.points, attempt.maximum, attempt.passed) == (1, 2, True)


def test_a_slow_network_costs_nobody_an_answer(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    with time_machine.travel(NOON, tick=False):
        base = starts(visitor, "exam-timed")
    with time_machine.travel(NOON + 10 * MINUTE + timedelta(seconds=9), tick=False):
        page = visitor.posts(f"{base}/2", **{"concepts-timed-pages": "SMO"})

    assert page.status == 200
    assert count(sqlite_app, Draft) == 1


def test_the_worker_hands_in_what_nobody_did_and_writes_its_evidence(app: Academy) -> None:
    visitor = Visitor(app)
    with time_machine.travel(NOON, tick=False):
        base = starts(visitor, "exam-timed")
        visitor.opens(f"{base}/2")
        visitor.sends(f"{base}/2", **{"concepts-timed-pages": "SMO"})

    works(app, NOON + 9 * MINUTE)
    before = result(app).points
    works(app, NOON + 11 * MINUTE)
    works(app, NOON + 12 * MINUTE)

    assert before is None
    assert (result(app).points, count(app, Evidence)) == (1, 2)
    assert count(app, QuizAnswer) == 2


def test_a_page_after_the_deadline_offers_the_result_and_nothing_else(
    sqlite_app: Academy,
) -> None:
    visitor = Visitor(sqlite_app)
    with time_machine.travel(NOON, tick=False):
        base = starts(visitor, "exam-timed")
    with time_machine.travel(NOON + 11 * MINUTE, tick=False):
        page = visitor.opens(f"{base}/1")

    assert "The time is over" in page.text
    assert [form.action for form in page.forms if base in form.action] == [f"{base}/submit"]


def test_the_last_attempt_is_the_last(app: Academy) -> None:
    visitor = Visitor(app)
    base = starts(visitor, "exam-once")
    visitor.opens(f"{base}/overview")
    visitor.sends("/submit")

    page = visitor.posts("/quizzes/exam-once")

    assert page.status == 409
    assert "used all attempts" in page.text
    assert count(app, QuizAttempt) == 1


def test_starting_in_six_windows_at_once_is_one_attempt(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    page = visitor.opens("/quizzes/exam-once")

    pages = at_once([lambda: twin(visitor, page).sends("/quizzes/exam-once") for _ in range(6)])

    assert [one.status for one in pages] == [200] * 6
    assert len({one.path for one in pages}) == 1
    assert count(app, QuizAttempt) == 1


def test_the_order_of_answers_says_nothing(app: Academy) -> None:
    found = []
    for turned in (False, True):
        visitor = Visitor(app)
        base = starts(visitor, "exam-submit")
        sitting = base.rpartition("/")[2]
        with app.database.reading() as session:
            asked = questions_of(session, session.get_one(QuizAttempt, sitting))
        for one in reversed(asked) if turned else asked:
            answers = right(one.question) if one.item_key < asked[-1].item_key else {}
            saved = visitor.posts_json(
                f"/sittings/{sitting}/drafts/{one.number}", {"version": 1, "answers": answers}
            )
            assert saved.status_code == 200
        visitor.posts(f"{base}/submit")
        with app.database.reading() as session:
            rows = session.scalars(select(Evidence).where(Evidence.sitting_id == sitting)).all()
            found.append({row.source: (row.score, row.weight) for row in rows})

    assert {score for score, _ in found[0].values()} == {0, 1}
    assert found[0] == found[1]


def test_going_on_is_the_same_attempt(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)

    first, second = starts(visitor, "exam-submit"), starts(visitor, "exam-submit")

    assert first == second


def test_handing_in_five_times_at_once_is_handing_in_once(app: Academy) -> None:
    visitor = Visitor(app)
    base = starts(visitor, "exam-submit")
    visitor.opens(f"{base}/2")
    visitor.sends(f"{base}/2", **{"concepts-submit-pages": "SMO"})
    page = visitor.opens(f"{base}/overview")

    pages = at_once([lambda: twin(visitor, page).sends("/submit") for _ in range(5)])

    assert [one.status for one in pages] == [200] * 5
    assert (count(app, QuizAnswer), count(app, Evidence)) == (2, 2)
    assert result(app).points == 1


def test_checking_one_answer_in_five_windows_grades_it_once(app: Academy) -> None:
    visitor = Visitor(app)
    base = starts(visitor, "exam-kinds")
    page = visitor.opens(f"{base}/4")

    pages = at_once(
        [
            lambda: twin(visitor, page).sends(f"{base}/4", **{"concepts-exam-short": "SMO"})
            for _ in range(5)
        ]
    )

    assert [one.status for one in pages] == [200] * 5
    assert count(app, QuizAnswer) == 1


def test_an_answer_that_was_graded_stays_as_it_was(app: Academy) -> None:
    visitor = Visitor(app)
    base = starts(visitor, "exam-kinds")
    visitor.opens(f"{base}/4")
    visitor.sends(f"{base}/4", **{"concepts-exam-short": "SEO"})

    page = visitor.posts(f"{base}/4", **{"concepts-exam-short": "SMO"})

    assert "not yet" in page.text
    with app.database.reading() as session:
        assert session.scalars(select(QuizAnswer.points)).one() == 0


def test_only_the_first_answer_to_a_question_weighs(app: Academy) -> None:
    visitor = Visitor(app)
    for _ in range(2):
        base = starts(visitor, "exam-submit")
        visitor.opens(f"{base}/overview")
        visitor.sends("/submit")

    with app.database.reading() as session:
        weights = sorted(session.scalars(select(Evidence.weight)))

    assert weights == [0, 0, 1, 1]


@pytest.mark.parametrize("given", ["", "x" * 20_000, "\x00\x1b[31m", "\u202eSMO", "Ж" * 300])
def test_an_odd_answer_is_graded_and_explained(app: Academy, given: str) -> None:
    visitor = Visitor(app)
    base = starts(visitor, "exam-kinds")
    visitor.opens(f"{base}/4")

    page = visitor.sends(f"{base}/4", **{"concepts-exam-short": given})

    assert page.status == 200
    assert "not yet" in page.text


def test_a_question_that_is_not_there_is_not_found(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    base = starts(visitor, "exam-submit")

    statuses = [visitor.opens(f"{base}/{number}").status for number in (0, 3, 99999999999)]

    assert statuses == [404, 404, 404]
    assert visitor.opens("/quizzes/nothing-like-it").status == 404


def test_a_result_that_does_not_exist_yet_leads_to_the_overview(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    base = starts(visitor, "exam-submit")

    assert visitor.opens(f"{base}/result").path == f"{base}/overview"


def test_what_was_typed_is_there_when_one_comes_back(app: Academy) -> None:
    visitor = Visitor(app)
    base = starts(visitor, "exam-submit")
    visitor.opens(f"{base}/2")
    visitor.sends(f"{base}/2", **{"concepts-submit-pages": "Żółć"})

    page = visitor.opens(f"{base}/2")

    assert page.form("/2").fields["concepts-submit-pages"] == ["Żółć"]
    assert "answered" in visitor.opens(f"{base}/overview").text


def test_a_quiz_kept_for_assessments_is_never_open_for_practice(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    listed = visitor.opens("/quizzes").links

    page = visitor.opens("/quizzes/empathy-assessment")
    started = visitor.posts("/quizzes/empathy-assessment")

    assert "/quizzes/empathy-assessment" not in listed
    assert [page.status, started.status] == [404, 404]


def test_markup_that_somebody_answers_with_is_shown_as_text(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    base = starts(visitor, "exam-submit")
    visitor.opens(f"{base}/2")
    visitor.sends(f"{base}/2", **{"concepts-submit-pages": "<form><b onclick=x>1 & 2</b>"})
    visitor.opens(f"{base}/overview")

    page = visitor.sends(f"{base}/submit")

    assert "<b onclick" not in page.html
    assert "<form><b onclick=x>1 & 2</b>" in page.text
