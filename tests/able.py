"""Somebody able: answers every question rightly and works a shift as the expert does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from simulator import brand, play, scenario
from smm_academy.quizzes.operations import submit_attempt
from smm_academy.quizzes.queries import attempt_of, questions_of
from smm_academy.quizzes.questions import (
    ChoiceKey,
    ClozeKey,
    NumericKey,
    OrderKey,
    PairKey,
    Question,
)
from smm_academy.quizzes.responses import field_name
from smm_academy.shifts.operations import Prepared, write_move
from smm_academy.shifts.queries import own_shift, pack
from smm_academy.sittings.models import Sitting
from smm_academy.sittings.operations import Typed, save_draft
from smm_academy.web.viewer import Viewer


def right_answer(question: Question) -> dict[str, list[str]]:
    """Return the fields that answer a question rightly."""
    key, name = question.key, field_name(question)
    if isinstance(key, ChoiceKey):
        return {name: [option.id for option in key.options if option.correct]}
    if isinstance(key, PairKey):
        return {field_name(question, row.id): [row.label] for row in key.rows}
    if isinstance(key, OrderKey):
        return {field_name(question, step.id): [str(at)] for at, step in enumerate(key.steps, 1)}
    if isinstance(key, ClozeKey):
        return {
            field_name(question, gap.id): [
                next((one.id for one in gap.choices if one.text in gap.accepted), gap.accepted[0])
            ]
            for gap in key.gaps
        }
    first = key.accepted[0]
    return {name: [first.written if isinstance(key, NumericKey) else first.text]}  # type: ignore[union-attr]


def answers_rightly(session: Session, viewer: Viewer, sitting: Sitting, at: datetime) -> None:
    """Answer every question of a sitting rightly and hand it in."""
    for one in questions_of(session, attempt_of(session, sitting)):
        typed = Typed(str(one.number), 1, right_answer(one.question))
        save_draft(session, viewer, sitting.id, typed, at)
    submit_attempt(session, viewer, sitting.id, at)


def works_as_the_expert(session: Session, viewer: Viewer, sitting: Sitting, at: datetime) -> None:
    """Work a shift to its end as the expert policy does."""
    shift = own_shift(session, viewer, sitting.id)
    language = "pl" if shift.locale == "pl" else "en"
    plan = scenario(pack(session, shift.scenario_revision_id or 0), language)
    book = brand(pack(session, shift.brand_revision_id), language)
    record = play(plan, book, shift.seed, "expert")
    prepared = Prepared(sitting.id, shift.moves_made, None, b"", (), record)
    write_move(session, viewer, prepared, at)
