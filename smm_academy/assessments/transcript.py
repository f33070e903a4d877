"""Everything a candidate answered, with what each answer earned and why."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.assessments.queries import Taken
from smm_academy.quizzes.grading import Grade, grade
from smm_academy.quizzes.queries import Asked, answers_of, attempt_of, questions_of
from smm_academy.revisions.sources import Locale
from smm_academy.shifts.debrief_page import day, day_table, message_cards, shift_card
from smm_academy.shifts.queries import disagreements_of, shifts_by_id


@dataclass(frozen=True, slots=True)
class Transcript:
    """The questions with their grades, and the shift message by message, each where it is done."""

    graded: tuple[tuple[Asked, Grade], ...]
    cards: tuple[dict[str, Any], ...]
    day: dict[str, Any] | None
    table: tuple[list[str], list[list[str]]] | None
    numbers: dict[str, Any] | None
    locale: str


def transcript(session: Session, taken: Taken, locale: str) -> Transcript:
    """Return the transcript of what is done of an assessment."""
    graded: tuple[tuple[Asked, Grade], ...] = ()
    if taken.stages.paper == "done":
        sitting = taken.sittings[taken.candidacy.paper_id or ""]
        answers = answers_of(session, sitting.id)
        graded = tuple(
            (one, grade(one.question, answers[one.item_key].value["response"]))
            for one in questions_of(session, attempt_of(session, sitting))
            if one.item_key in answers
        )
    shift_id = taken.candidacy.shift_id or ""
    played = shifts_by_id(session, [shift_id]).get(shift_id)
    if played is None or played.record is None:
        return Transcript(graded, (), None, None, None, taken.candidacy.locale)
    record = played.record
    spoken: Locale = "pl" if locale == "pl" else "en"
    return Transcript(
        graded,
        tuple(message_cards(record, spoken, disagreements_of(session, shift_id))),
        day(record),
        day_table(record),
        shift_card(record),
        taken.candidacy.locale,
    )
