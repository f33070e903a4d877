"""Many people of known ability who answer a quiz, written down as the site writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import HOUSE, Person, PersonKind
from smm_academy.measurement.operations import record_evidence
from smm_academy.quizzes.evidence import shown_by, source_of
from smm_academy.quizzes.models import QuizAnswer, QuizAttempt
from smm_academy.quizzes.queries import Bank, load_banks
from smm_academy.quizzes.questions import ChoiceKey, Question
from smm_academy.revisions.models import Chain, ChainKind
from smm_academy.sittings.models import Activity, Feedback, Purpose, Sitting

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

Chances = Mapping[str, Callable[[float], float]]
"""By the id of a question, the chance that somebody of an ability answers it rightly."""


def usual_chance(question: Question) -> Callable[[float], float]:
    """Return the curve of a sound question."""
    hard = (question.difficulty - 3) * 0.75
    return lambda theta: 1 / (1 + float(np.exp(hard - theta)))


def answer_quiz(
    session: Session,
    key: str,
    locale: str = "en",
    *,
    people: int,
    seed: int = 1,
    chances: Chances | None = None,
    place: int = HOUSE,
    feedback: Feedback = Feedback.AFTER_QUESTION,
) -> list[Question]:
    """Let people answer every question of a quiz; a wrong answer is the first wrong option.

    Each takes twenty seconds for a question. Returns the questions.
    """
    chain = session.scalars(
        select(Chain).where(
            Chain.organisation_id == place,
            Chain.kind == ChainKind.QUIZ,
            Chain.key == key,
            Chain.locale == locale,
        )
    ).one()
    bank = load_banks(session, [chain.published_id or 0])[0]
    chance = np.random.default_rng(seed)
    curves = {one.id: usual_chance(one) for one in bank.quiz.questions} | dict(chances or {})
    for number in range(people):
        theta = float(chance.normal())
        right = {id_: bool(chance.random() < curve(theta)) for id_, curve in curves.items()}
        _sit(session, bank, f"{seed}-{locale}-{number}", right, feedback)
    session.flush()
    return list(bank.quiz.questions)


def _sit(
    session: Session, bank: Bank, name: str, right: Mapping[str, bool], feedback: Feedback
) -> None:
    person = Person(kind=PersonKind.GUEST, created_at=NOON, last_seen_at=NOON)
    session.add(person)
    session.flush()
    quiz, ended = bank.quiz, NOON + timedelta(hours=1)
    sitting = Sitting(
        id=f"{quiz.id[:8]}-{name}"[:22],
        person_id=person.id,
        organisation_id=HOUSE,
        purpose=Purpose.PRACTICE,
        activity=Activity.QUIZ,
        subject=quiz.id,
        content_locale=quiz.settings.locale,
        feedback=feedback,
        frozen={"quiz": bank.revision_id},
        rubric={},
        started_at=NOON,
        finished_at=ended,
    )
    session.add(sitting)
    session.flush()
    asked = [bank.asks(one) for one in quiz.questions]
    session.add(
        QuizAttempt(
            sitting_id=sitting.id,
            person_id=person.id,
            quiz_key=quiz.id,
            number=1,
            questions=asked,
            points=float(sum(right.values())),
            maximum=float(len(asked)),
        )
    )
    session.flush()
    shown = []
    for place, (question, row) in enumerate(zip(quiz.questions, asked, strict=True), start=1):
        at = NOON + timedelta(seconds=20 * place)
        points = float(right[question.id])
        session.add(
            QuizAnswer(
                sitting_id=sitting.id,
                item_key=row["item"],
                revision_id=row["revision"],
                value={"response": response_to(question, right=right[question.id])},
                points=points,
                answered_at=at if feedback == Feedback.AFTER_QUESTION else ended,
            )
        )
        source = source_of(row["item"], row["revision"])
        shown.append(shown_by(question, source, points, repeated=False))
    record_evidence(session, sitting, shown, ended)


def response_to(question: Question, *, right: bool) -> str | list[str]:
    """Return a right or a wrong answer to a question as the site keeps it, roughly."""
    if isinstance(question.key, ChoiceKey):
        options = [one.id for one in question.key.options if one.correct == right]
        return options[0] if question.type == "single" else options[:1]
    return "something"
