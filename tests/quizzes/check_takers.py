"""People who take the skill check over HTTP, and what the database holds afterwards."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import select

from smm_academy.measurement.blueprint import default_difficulty
from smm_academy.measurement.models import Evidence
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
from smm_academy.web.application import Academy
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


def answers_by_chance(visitor: Visitor, ability: float, chance: np.random.Generator) -> Page:
    """Take a check to its end, right or wrong as the model draws it for an ability."""
    page = begins(visitor)
    while re.search(r"/check/[^/]+/\d+$", page.path):
        question = open_question(visitor)
        hard = default_difficulty(question.difficulty)
        if chance.random() < 1 / (1 + math.exp(hard - ability)):
            page = visitor.sends(page.path, **right(question))
        else:
            page = visitor.sends(page.path, unknown="1")
    return page


def twin(visitor: Visitor, page: Page) -> Visitor:
    """Return the same person in another window that shows a page."""
    other = Visitor(visitor.app)
    other.client._cookies = dict(visitor.client._cookies)
    other.page = page
    return other


def meets(app: Academy, key: type) -> tuple[Visitor, Page]:
    """Return somebody who has a question of a kind before them; most meet one in a check."""
    while True:
        visitor = Visitor(app)
        page = begins(visitor)
        while "/progress/check/" not in page.path:
            if isinstance(open_question(visitor).key, key):
                return visitor, page
            page = visitor.sends(page.path, unknown="1")
