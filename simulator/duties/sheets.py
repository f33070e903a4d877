"""A sheet: one thing that a duty asked for, judged line by line, as a message is in the inbox."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from simulator.duties.constants import table
from simulator.judgement.reading import Gate, Reason

NEARLY_ALL = 0.75
ETHICS_CAP, RESPECT_CAP = 30, 10
CAPS: Mapping[str, int] = {"U9": RESPECT_CAP, "U10": ETHICS_CAP}
"""The red lines that a duty can cross, and the cap on its sheet."""

Part = Literal["content", "targeting", "requests", "report"]


@dataclass(frozen=True, slots=True)
class Line:
    """What one criterion earned, out of what, and why; ``advice`` is how to earn the rest."""

    id: str
    applies: bool
    earned: float
    possible: float
    reason: Reason
    advice: Reason | None
    source: str
    strength: str


@dataclass(frozen=True, slots=True)
class Ideal:
    """The model answer: the move that an expert makes, and its words or choices.

    ``by`` is the last minute at which it is worth all its points, ``None`` where any will do.
    """

    move: str
    text: str = ""
    to: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One judged item of a duty; ``weight`` is its share in its part of the score.

    ``kind`` is ``news``, ``post``, ``queued``, ``alarm``, ``campaign``, ``request``, ``kpi``,
    ``conclusion`` or ``payload``; ``context`` is a request's topic, or ``before_members``.
    ``minute`` is when it was dealt with.
    """

    part: Part
    kind: str
    item: str
    title: str
    weight: float
    lines: tuple[Line, ...]
    gates: tuple[Gate, ...]
    ideal: Ideal | None
    why: str = ""
    context: str = ""
    minute: int | None = None

    @property
    def score(self) -> float:
        """The share of the possible points that was earned, 0 to 100, under its red lines."""
        possible = sum(line.possible for line in self.lines)
        earned = sum(line.earned for line in self.lines)
        points = 100.0 * earned / possible if possible else 0.0
        return min([points, *(float(gate.cap) for gate in self.gates)])


def line(criterion: str, value: float | None, reason: Reason, share: float = 1.0) -> Line:
    """Return a criterion's line; ``value`` in [0, 1] is ``None`` where it does not apply.

    ``share`` divides the weight among several sheets that feed the same criterion.
    """
    row = table("criteria")[criterion]
    weight = row["weight"] * share if value is not None else 0.0
    lacking = value is not None and value < NEARLY_ALL
    return Line(
        criterion,
        value is not None,
        weight * (value or 0.0),
        weight,
        reason,
        Reason(f"advice.{criterion}") if lacking else None,
        row["source"],
        row["strength"],
    )


def red_line(gate: str, code: str) -> Gate:
    """Return a red line that was crossed, with its cap."""
    return Gate(gate, CAPS[gate], Reason(code))


def part_score(sheets: Sequence[Sheet], part: str) -> float | None:
    """Return a part of the shift's score, 0 to 100, ``None`` where the shift has none of it."""
    rows = [sheet for sheet in sheets if sheet.part == part and _says_something(sheet.lines)]
    weight = sum(sheet.weight for sheet in rows)
    if not weight:
        return None
    return sum(sheet.weight * sheet.score for sheet in rows) / weight


def _says_something(lines: Iterable[Line]) -> bool:
    return any(row.possible for row in lines)
