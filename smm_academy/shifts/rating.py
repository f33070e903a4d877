"""Rules of rating: which replies, in which order, on which lines, on which scale."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, TypeAlias

from simulator import CRITERIA, machine_marks

SAMPLE = 60
"""Replies of a language that every rater is offered: three times what a kappa needs."""

RED_LINES = ("U8", "U9", "U10")
OF_THE_TEXT = ("U11", "U12")
NOT_IN_WORDS = ("U1", "U7")
"""The tool and the time: who sees the texts alone cannot mark them."""
SCALE = (1.0, 0.5, 0.0)
TWO_STEPS = (1.0, 0.0)
"""A red line is crossed or not, and a deduction fires or not: the machine knows no half."""

Key: TypeAlias = tuple[str, str]
"""A reply: its shift and the message that it answers."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rater says of one line; ``mark`` is None where they cannot tell."""

    mark: float | None
    sentence: str = ""


def sample(replies: Iterable[Key], size: int = SAMPLE) -> set[Key]:
    """Draw replies, one a shift, the same for every rater, so that two read the same ones."""
    by_shift: dict[str, Key] = {}
    for reply in sorted(replies, key=_place("sample")):
        by_shift.setdefault(reply[0], reply)
    return set(list(by_shift.values())[:size])


def order_for(rater_id: int, replies: Collection[Key]) -> list[Key]:
    """Return replies in the order of one rater: random, another's is different, always the same.

    What somebody disagreed with stands anywhere among them, so that its place tells nothing.
    """
    return sorted(replies, key=_place(str(rater_id)))


def lines_of_text(message: Mapping[str, Any]) -> list[str]:
    """Return the weighed criteria of a recorded message that its words alone can show."""
    return [name for name in lines_to_rate(message) if name not in {*NOT_IN_WORDS, *RED_LINES}]


def lines_to_rate(message: Mapping[str, Any]) -> list[str]:
    """Return the criteria of a recorded message that a person rates.

    Whether a line is here never depends on what the machine found: red lines and deductions are
    asked about each time, not only where they fired.
    """
    score = {row["id"]: row for row in message["score"]["criteria"]}
    weighed = [
        name
        for name in CRITERIA
        if name in score and score[name]["applies"] and score[name]["possible"] > 0
    ]
    return [*weighed, *RED_LINES, *(OF_THE_TEXT if message["read_text"] else ())]


def steps_of(criterion: str) -> tuple[float, ...]:
    """Return the marks that a line can have, the best first."""
    return TWO_STEPS if criterion in {*RED_LINES, *OF_THE_TEXT} else SCALE


def machine_of(message: Mapping[str, Any]) -> dict[str, float]:
    """Return what the machine said of a recorded reply, on the raters' scale."""
    facets = {name: facet["value"] for name, facet in message["reading"]["facets"].items()}
    return machine_marks(facets, {gate["id"] for gate in message["score"]["gates"]})


def marks_as_json(marks: Mapping[str, Mark]) -> dict[str, Any]:
    """Return marks as a row keeps them."""
    return {
        name: {"mark": found.mark, "sentence": found.sentence} for name, found in marks.items()
    }


def numbers_of(marks: Mapping[str, Any]) -> dict[str, float]:
    """Return criterion -> mark of a row, without the lines that its rater could not tell."""
    return {name: row["mark"] for name, row in marks.items() if row["mark"] is not None}


def _place(salt: str) -> Any:  # noqa: ANN401 - a key function
    def place(reply: Key) -> bytes:
        return blake2b(f"{salt}:{reply[0]}/{reply[1]}".encode(), digest_size=16).digest()

    return place
