"""How an instructor weighs the rubric, and what that would do to replies that are stored."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any, cast

from simulator import (
    CONTESTED,
    CONTESTED_POINTS,
    CRITERIA,
    Record,
    Rubric,
    reweigh,
    reweigh_record,
)

MOST_POINTS = 100
SHOWN = 8
"""So many of the replies that would move most are shown."""

WEIGHED = {row.id: row.weight for row in CRITERIA.values() if row.weight}
"""Criterion -> points in the house's rubric."""

DEDUCTED = {row.id: row.deduction for row in CRITERIA.values() if row.deduction}
"""Criterion -> points that it takes away; it can be switched off, its size is the house's."""

TURNABLE = CONTESTED
"""Criteria on which practitioners differ: their advice may be turned round."""

TURNED_POINTS = CONTESTED_POINTS
"""What a line that is turned round counts at most."""

BANDS = ("weak", "fair", "strong")


@dataclass(frozen=True, slots=True)
class Weighting:
    """Points by criterion, what is switched off, and which contested advice is turned round.

    Red lines stay as they are, for everybody.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHED))
    off: frozenset[str] = frozenset()
    turned: frozenset[str] = frozenset()

    @property
    def is_house(self) -> bool:
        """Whether it is the house's own."""
        return dict(self.weights) == WEIGHED and not self.off and not self.turned

    @property
    def rubric(self) -> Rubric:
        """The rubric that it makes."""
        return Rubric(weights=self.weights, off=self.off, reversed_criteria=self.turned)

    def as_json(self) -> dict[str, Any]:
        """Return it as a sitting keeps it: empty for the house's own."""
        if self.is_house:
            return {}
        return {
            "weights": dict(self.weights),
            "off": sorted(self.off),
            "reversed": sorted(self.turned),
        }

    def changes(self) -> list[tuple[str, float | None]]:
        """Return whose points differ from the house's: criterion, points or ``None`` for off."""
        return [
            (name, None if name in self.off else self.weights.get(name, 0.0))
            for name in (*WEIGHED, *DEDUCTED)
            if name in self.off or (name in WEIGHED and self.weights.get(name) != WEIGHED[name])
        ]


HOUSE = Weighting()


def line_title(criterion: str, locale: str) -> str:
    """Return what a line of the rubric is called."""
    return CRITERIA[criterion].title[locale]


def weighting_of(kept: Mapping[str, Any]) -> Weighting:
    """Return the weighting that a sitting or a class keeps; the house's for nothing."""
    if not kept:
        return HOUSE
    return Weighting(
        {**WEIGHED, **kept["weights"]},
        frozenset(kept["off"]),
        frozenset(kept.get("reversed", ())),
    )


def weighed(record: Mapping[str, Any], kept: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a finished record under the weighting that its sitting keeps."""
    weighting = weighting_of(kept)
    if weighting.is_house:
        return record
    return reweigh_record(cast("Record", record), weighting.rubric)


@dataclass(frozen=True, slots=True)
class Moved:
    """A stored reply whose score would move."""

    message: Mapping[str, Any]
    before: float
    after: float
    locale: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """A message of a stored record (plain JSON), and whether its reply may be read."""

    message: Any
    locale: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What another weighting does to stored replies.

    ``bands`` counts replies by (band before, band after); ``moved`` holds those that move most.
    """

    replies: int
    mean_before: float
    mean_after: float
    bands: Mapping[tuple[str, str], int]
    moved: Sequence[Moved]


def effect_of(stored: Iterable[Stored], before: Weighting, after: Weighting) -> Effect | None:
    """Return what changing a weighting would do to stored replies; ``None`` without any."""
    scored = [
        (one, reweigh(one.message, before.rubric), reweigh(one.message, after.rubric))
        for one in stored
    ]
    if not scored:
        return None
    moved = sorted(scored, key=lambda row: -abs(row[2].score - row[1].score))[:SHOWN]
    return Effect(
        len(scored),
        fmean(was.score for _one, was, _now in scored),
        fmean(now.score for _one, _was, now in scored),
        Counter((was.band, now.band) for _one, was, now in scored),
        [
            Moved(one.message, was.score, now.score, one.locale, one.shared)
            for one, was, now in moved
            if abs(now.score - was.score) >= 0.5  # noqa: PLR2004 - less is not a point
        ],
    )
