"""What a browser sends while somebody types."""

from typing import Any

from smm_academy.errors import Invalid
from smm_academy.sittings.operations import DRAFT_CHARACTERS, FIELD_CHARACTERS, Typed


def read_draft(body: Any) -> Typed:  # noqa: ANN401 - whatever JSON a browser sent
    """Return the draft in a request's JSON. Raises `Invalid` for anything else."""
    if not isinstance(body, dict):
        raise Invalid("body", "Send a JSON object with field, version and value.")
    field, version, value = body.get("field"), body.get("version"), body.get("value")
    if not isinstance(field, str) or not 0 < len(field) <= FIELD_CHARACTERS:
        raise Invalid("field", "The name of the field is missing.")
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise Invalid("version", "The version must be a whole number.")
    if not isinstance(value, dict) or len(str(value)) > DRAFT_CHARACTERS:
        raise Invalid("value", "This is too long to be saved.")
    return Typed(field, version, value)
