"""Cut scores set by a panel: bookmark and modified Angoff, from worksheet to theta.

A cut is the panel's judgement, so it comes with the standard error of that judgement. Bookmark
with response probability .67 (Mitzel, Lewis, Patz and Green 2001); modified Angoff in two rounds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from smm_academy.measurement.curves import Curves, FloatArray, expected_scores, probabilities

RESPONSE_PROBABILITY = 0.67
FEWEST_JUDGES = 8
_FURTHEST = 8.0


@dataclass(frozen=True, slots=True)
class BookmarkPage:
    """A page of the ordered booklet: an item's step and where it is mastered, in logits."""

    page: int
    item: str
    step: int
    location: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A panel's cut in logits with its standard error, each judge's own cut, and ``enough``.

    ``raw`` is the expected score at the cut where the method sets one (Angoff), else ``None``.
    ``enough`` is false below eight judges.
    """

    theta: float
    se: float
    judges: tuple[float, ...]
    raw: float | None
    enough: bool


def order_booklet(
    ids: Sequence[str], curves: Curves, probability: float = RESPONSE_PROBABILITY
) -> tuple[BookmarkPage, ...]:
    """Return the bookmark worksheet: every step of every item, easiest first.

    A step's location is the ability that reaches it with the given probability. Raises
    ``ValueError`` for an item that falls as ability rises, or whose floor is above it.
    """
    pages = []
    for place, name in enumerate(ids):
        slope, floor = curves.slopes[place], curves.floors[place]
        if slope <= 0 or floor >= probability:
            raise ValueError(
                f'The item "{name}" cannot be placed in a booklet: its slope must be above 0 '
                f"and its floor below {probability:g}."
            )
        odds = (probability - floor) / (1 - probability)
        for step in range(int(curves.steps[place])):
            location = (np.log(odds) - curves.intercepts[place, step]) / slope
            pages.append((float(location), name, step + 1))
    return tuple(
        BookmarkPage(page, name, step, location)
        for page, (location, name, step) in enumerate(sorted(pages), start=1)
    )


def place_bookmarks(booklet: Sequence[BookmarkPage], marks: Sequence[int]) -> Cut:
    """Return the cut of a panel's bookmarks.

    A judge's mark is the first page that a person at the cut would *not* answer; the judge's cut
    is the location of the page before (of the first page, for a mark on it). Raises ``ValueError``
    for a mark outside 1 to one past the last page, or without judges.
    """
    if not marks or not booklet:
        raise ValueError("A bookmark needs a booklet and at least one judge.")
    for judge, mark in enumerate(marks, start=1):
        if not 1 <= mark <= len(booklet) + 1:
            raise ValueError(f"Judge {judge}'s mark {mark} is not from 1 to {len(booklet) + 1}.")
    return _summarise([booklet[max(0, mark - 2)].location for mark in marks])


def rate_items(ratings: ArrayLike, curves: Curves) -> Cut:
    """Return the cut of a modified Angoff round.

    ``ratings`` is (judges, items): the score that each judge expects of a person at the cut, for
    right or wrong a chance from 0 to 1. A judge's sum is mapped to theta through the test
    characteristic curve. Raises ``ValueError`` for a rating off the scale or a sum that no
    ability reaches (below the floors).
    """
    table = np.atleast_2d(np.asarray(ratings, dtype=np.float64))
    if table.shape[1] != len(curves.slopes) or not len(table):
        raise ValueError(f"Each judge rates all {len(curves.slopes)} items.")
    if not np.all((table >= 0) & (table <= curves.steps)):
        raise ValueError("A rating lies outside 0 to the item's highest score.")
    sums = table.sum(axis=1)
    cut = _summarise([score_to_theta(float(total), curves) for total in sums])
    return Cut(cut.theta, cut.se, cut.judges, float(sums.mean()), cut.enough)


def score_to_theta(score: float, curves: Curves) -> float:
    """Return the ability whose expected score is the given one.

    Scores beyond what abilities from -8 to 8 expect are put at that end. Raises ``ValueError``
    when the score lies outside 0 to the highest.
    """
    if not 0 <= score <= int(curves.steps.sum()):
        raise ValueError(f"The score {score:g} is not from 0 to {int(curves.steps.sum())}.")

    def excess(theta: float) -> float:
        return float(expected_scores(curves, np.array([theta])).sum()) - score

    if excess(-_FURTHEST) >= 0:
        return -_FURTHEST
    if excess(_FURTHEST) <= 0:
        return _FURTHEST
    return float(brentq(excess, -_FURTHEST, _FURTHEST, xtol=1e-10))


def chance_sheet(curves: Curves, theta: float) -> FloatArray:
    """Return the chance of each item's scores at a cut, (items, scores), for round two."""
    return probabilities(curves, np.array([theta]))[:, :, 0]


def _summarise(cuts: Sequence[float]) -> Cut:
    spread = float(np.std(cuts, ddof=1) / np.sqrt(len(cuts))) if len(cuts) > 1 else float("nan")
    return Cut(float(np.mean(cuts)), spread, tuple(cuts), None, len(cuts) >= FEWEST_JUDGES)
