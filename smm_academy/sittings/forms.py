"""What a browser sends while somebody types."""

from typing import Any

from smm_academy.errors import Invalid
from smm_academy.sittings.operations import DRAFT_CHARACTERS, FIELD_CHARACTERS, Typed

MOST = 2**31
"""Versions count changes; the database keeps no larger number."""


def read_draft(field: str, body: Any) -> Typed:  # noqa: ANN401 - whatever JSON a browser sent
    """Return the draft in a request's JSON. Raises `Invalid` for anything else."""
    if not isinstance(body, dict):
        raise Invalid("body", "Send a JSON object with version and answers.")
    version, answers = body.get("version"), body.get("answers")
    if len(field) > FIELD_CHARACTERS:
        raise Invalid("field", "There is no such field.")
    if not isinstance(version, int) or isinstance(version, bool) or not 0 <= version < MOST:
        raise Invalid("version", "The version must be a whole number.")
    if not isinstance(answers, dict) or not all(map(_is_answer, answers.values())):
        raise Invalid("answers", "Answers are lists of texts, by the name of their field.")
    if len(str(answers)) > DRAFT_CHARACTERS:
        raise Invalid("answers", "This is too long to be saved.")
    return Typed(field, version, answers)


def _is_answer(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)
