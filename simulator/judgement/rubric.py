"""Points from a reading: weights, deductions and caps, and why.

``score = 100 x earned / possible``, less the deductions U11 and U12, under the caps of the gates.
Where a reply is due, every criterion but U2 and U4 is multiplied by ``min(1, 2 max(U2, U4))``
(for praise ``max(U2, U3)``, with U3 as it is), so that courtesy without substance earns nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from simulator.items import Item
from simulator.judgement.reading import Facet, Gate, Reading, Reason, Span
from simulator.lexicon import table

RUBRIC_VERSION = "6"
WEAK, STRONG = 40, 70
CONTESTED_POINTS = 3
"""A criterion whose advice is turned round counts so much at most."""
_NEARLY_ALL = 0.75

Strength = Literal["strong", "mixed", "practitioners differ"]
Band = Literal["weak", "fair", "strong"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of the rubric: what it is called, where it comes from, how strong the evidence is."""

    id: str
    title: Mapping[str, str]
    source: str
    strength: str
    weight: float = 0.0
    deduction: float = 0.0


def _criteria() -> dict[str, Criterion]:
    return {
        name: Criterion(
            name,
            row["title"],
            row["source"],
            row["strength"],
            row.get("weight", 0.0),
            row.get("deduction", 0.0),
        )
        for name, row in table("rubric").items()
    }


CRITERIA: Mapping[str, Criterion] = MappingProxyType(_criteria())
"""Criterion by id, U1 to U14, the gates included."""

CONTESTED = frozenset({"U13"})
"""Criteria on which practitioners differ so far that the opposite may be taught as well."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """Weights that an instructor may change: points by criterion id, ids switched off.

    ``reversed_criteria`` names contested criteria whose advice a brand or instructor turns round.
    """

    weights: Mapping[str, float] = field(
        default_factory=lambda: {row.id: row.weight for row in CRITERIA.values() if row.weight}
    )
    off: frozenset[str] = frozenset()
    reversed_criteria: frozenset[str] = frozenset()
    version: str = RUBRIC_VERSION

    def __post_init__(self) -> None:
        unknown = (set(self.weights) | self.off | self.reversed_criteria) - set(CRITERIA)
        if unknown:
            raise ValueError(
                f"The rubric has no criterion {', '.join(sorted(unknown))}. "
                f"Use {', '.join(CRITERIA)}."
            )
        if any(not 0 <= weight <= 100 for weight in self.weights.values()):  # noqa: PLR2004
            raise ValueError("A weight lies between 0 and 100 points.")


RUBRIC = Rubric()


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """What one criterion earned, out of what, and why; ``advice`` is how to earn the rest."""

    id: str
    applies: bool
    earned: float
    possible: float
    reason: Reason
    advice: Reason | None
    earned_spans: tuple[Span, ...]
    lost_spans: tuple[Span, ...]
    missing: tuple[str, ...]
    source: str
    strength: str


@dataclass(frozen=True, slots=True)
class Score:
    """A score from 0 to 100 with its band, its criteria and the red lines that capped it."""

    score: float
    band: Band
    criteria: tuple[CriterionScore, ...]
    gates: tuple[Gate, ...]
    rubric_version: str = RUBRIC_VERSION


def band_of(score: float) -> Band:
    """Return the band of a score: weak under 40, fair under 70, strong from there."""
    if score < WEAK:
        return "weak"
    return "fair" if score < STRONG else "strong"


def _multiplier(item: Item, reading: Reading, off: frozenset[str]) -> float:
    if not reading.reply_due:
        return 1.0
    pair = ("U2", "U3") if item.kind == "praise" else ("U2", "U4")
    values = [reading.facets[name].value or 0.0 for name in pair if name not in off]
    return min(1.0, 2 * max(values)) if values else 1.0


def _row(criterion: Criterion, facet: Facet, weight: float, share: float) -> CriterionScore:
    applies = facet.value is not None and weight > 0
    value = facet.value or 0.0
    lacking = applies and value < 0.75  # noqa: PLR2004 - what is nearly whole needs no advice
    reason = facet.reason
    if applies and not lacking and share < _NEARLY_ALL and not reason.values:
        # What is well done and still loses points says why it does.
        reason = Reason("held.part", {"reason": f"={reason.code}"})
    return CriterionScore(
        criterion.id,
        applies,
        weight * value * share if applies else 0.0,
        weight if applies else 0.0,
        reason,
        Reason(f"advice.{criterion.id}") if lacking else None,
        facet.earned,
        facet.lost,
        facet.missing,
        criterion.source,
        criterion.strength,
    )


def _deduction(criterion: Criterion, facet: Facet, off: frozenset[str]) -> CriterionScore:
    applies = facet.value is not None and criterion.id not in off
    fired = applies and facet.value == 0
    return CriterionScore(
        criterion.id,
        applies,
        -criterion.deduction if fired else 0.0,
        0.0,
        facet.reason,
        Reason(f"advice.{criterion.id}") if fired else None,
        facet.earned,
        facet.lost,
        facet.missing,
        criterion.source,
        criterion.strength,
    )


def score(item: Item, reading: Reading, rubric: Rubric = RUBRIC) -> Score:
    """Return the points of a reading under a rubric, unrounded."""
    share = _multiplier(item, reading, rubric.off)
    whole = {"U2", "U4"} | ({"U3"} if item.kind == "praise" else set())
    rows: list[CriterionScore] = []
    for criterion in CRITERIA.values():
        facet = reading.facets.get(criterion.id)
        if facet is None:
            continue
        if criterion.deduction:
            rows.append(_deduction(criterion, facet, rubric.off))
            continue
        weight = 0.0 if criterion.id in rubric.off else rubric.weights.get(criterion.id, 0.0)
        if criterion.id in rubric.reversed_criteria and facet.value is not None:
            weight = min(weight, CONTESTED_POINTS)
            facet = _reverse(facet)
        rows.append(_row(criterion, facet, weight, 1.0 if criterion.id in whole else share))
    possible = sum(row.possible for row in rows)
    earned = sum(row.earned for row in rows if row.possible)
    points = 100 * earned / possible if possible else 0.0
    points += sum(row.earned for row in rows if not row.possible)
    gates = tuple(gate for gate in reading.gates if gate.id not in rubric.off)
    points = max(0.0, min([points, *(float(gate.cap) for gate in gates)]))
    return Score(points, band_of(points), tuple(rows), gates, rubric.version)


def _reverse(facet: Facet) -> Facet:
    value = 1 - (facet.value or 0.0)
    return Facet(value, Reason("reversed"), facet.lost, facet.earned, ())
