"""The review over HTTP: what comes up for review, how it is asked, when it comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from smm_academy.measurement.models import Evidence
from smm_academy.progress.models import ReviewAnswer, ReviewCard
from smm_academy.web.application import Academy
from tests.people import Page, Visitor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LESSON = "the-angry-customer"
QUIZ = "exam-submit"
Travel = Callable[[timedelta], None]


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """A clock that stands on a Monday morning until somebody moves it."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def learner(app: Academy, clock: time_machine.Coordinates) -> Visitor:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    return visitor


def finish_lesson(visitor: Visitor, key: str = LESSON) -> None:
    visitor.opens(f"/learn/{key}")
    visitor.sends(f"/learn/{key}/finish", then="next")


def recall(visitor: Visitor, rating: str) -> Page:
    """Look at the next key point, then say how well it came to mind."""
    page = visitor.opens("/review/card")
    shown = next(link for link in page.links if link.startswith("/review/card?shown="))
    visitor.opens(shown)
    return visitor.sends("/review/card", rating=rating)


def stored(app: Academy) -> tuple[int, int]:
    with app.database.reading() as session:
        cards = session.scalar(select(func.count()).select_from(ReviewCard)) or 0
        answers = session.scalar(select(func.count()).select_from(ReviewAnswer)) or 0
    return cards, answers


def test_nothing_learned_yet_leads_to_the_lessons(learner: Visitor) -> None:
    page = learner.opens("/review")

    assert "Nothing to review yet" in page.text
    assert "/learn" in page.links
    assert learner.opens("/review/card").path == "/review"


def test_a_finished_lesson_brings_its_key_points(learner: Visitor) -> None:
    finish_lesson(learner)

    page = learner.opens("/review")

    assert "5 questions to review today" in page.text
    assert stored(learner.app) == (0, 0)
