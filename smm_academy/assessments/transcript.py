"""Everything a candidate answered, with what each answer earned and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smm_academy.quizzes.grading import Grade
from smm_academy.quizzes.queries import Asked
from smm_academy.revisions.sources import Locale
from smm_academy.shifts.debrief_page import day, day_table, message_cards, shift_card


@dataclass(frozen=True, slots=True)
class Transcript:
    """The questions with their grades, and the shift message by message, each where it is done."""

    graded: tuple[tuple[Asked, Grade], ...]
    cards: tuple[dict[str, Any], ...]
    day: dict[str, Any] | None
    table: tuple[list[str], list[list[str]]] | None
    numbers: dict[str, Any] | None
    locale: str


def transcript(
    graded: Sequence[tuple[Asked, Grade]],
    record: Mapping[str, Any] | None,
    disagreements: Mapping[tuple[str, str], str],
    spoken: Locale,
    locale: str,
) -> Transcript:
    """Return the transcript of answers given in ``spoken``, for a reader of ``locale``."""
    if record is None:
        return Transcript(tuple(graded), (), None, None, None, spoken)
    reader: Locale = "pl" if locale == "pl" else "en"
    return Transcript(
        tuple(graded),
        tuple(message_cards(record, reader, disagreements)),
        day(record),
        day_table(record),
        shift_card(record),
        spoken,
    )
