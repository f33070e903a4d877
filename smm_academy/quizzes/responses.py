"""Answers as a form sends them: which fields a question has, and what they say together.

A question with one answer has one field, named by its id; one with several parts has a field
for each, its name the question's id, a colon and the part's id.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from smm_academy.quizzes.questions import ClozeKey, OrderKey, PairKey, Question

Response: TypeAlias = str | list[str] | dict[str, str]
"""An answer as JSON holds it; empty where nothing was answered."""

_LAST_PLACE = 1_000


def field_name(question: Question, part: str = "") -> str:
    """Return the name of a question's form field, or of the field of one of its parts."""
    return f"{question.id}:{part}" if part else question.id


def field_names(question: Question) -> tuple[str, ...]:
    """Return the names of all form fields of a question."""
    key = question.key
    if isinstance(key, PairKey):
        return tuple(field_name(question, row.id) for row in key.rows)
    if isinstance(key, ClozeKey):
        return tuple(field_name(question, gap.id) for gap in key.gaps)
    if isinstance(key, OrderKey):
        return tuple(field_name(question, step.id) for step in key.steps)
    return (field_name(question),)


def read_response(question: Question, fields: Mapping[str, Sequence[str]]) -> Response:
    """Return what a form's fields answer to a question; fields of other questions are left out.

    The field of a step holds its place, counted from 1; steps that share a place, or have none,
    are answered in no order and so leave the answer incomplete.
    """
    if isinstance(question.key, OrderKey):
        return _order(question, fields)
    if isinstance(question.key, PairKey | ClozeKey):
        prefix = field_name(question, " ").rstrip()
        return {
            name.removeprefix(prefix): fields[name][0]
            for name in field_names(question)
            if fields.get(name) and fields[name][0].strip()
        }
    values = [value for value in fields.get(field_name(question), ()) if value.strip()]
    if question.type == "multiple":
        return values
    return values[0] if values else ""


def _order(question: Question, fields: Mapping[str, Sequence[str]]) -> list[str]:
    places: dict[str, int] = {}
    for name in field_names(question):
        written = fields.get(name, ("",))
        text = written[0].strip() if written else ""
        if text.isdecimal() and 0 < int(text[:4]) < _LAST_PLACE:
            places[name.partition(":")[2]] = int(text[:4])
    alone = [step for step, place in places.items() if list(places.values()).count(place) == 1]
    return sorted(alone, key=places.__getitem__)
