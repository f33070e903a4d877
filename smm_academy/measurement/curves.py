"""Item response curves: the chance of each score at each ability, and what an answer tells.

One family holds all four models. A step curve is ``F_k(theta) = 1 / (1 + exp(-(a theta + d_k)))``,
the chance of reaching score k; the graded model (Samejima 1969) gives score k the chance
``F_k - F_(k+1)``; one step is the two-parameter model; a common slope the one-parameter model; a
floor c, the chance of a lucky guess, the three-parameter model. Difficulty is ``b = -d / a``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Parameters of a set of items, in logits.

    ``slopes`` has shape (items,); ``intercepts`` (items, steps), falling along a row, ``-inf``
    where an item has fewer steps than the longest; ``floors`` (items,), zero but for the
    three-parameter model.
    """

    slopes: FloatArray
    intercepts: FloatArray
    floors: FloatArray

    @property
    def steps(self) -> IntArray:
        """Return how many steps each item has: its highest score."""
        found: IntArray = np.isfinite(self.intercepts).sum(axis=1)
        return found

    @property
    def thresholds(self) -> FloatArray:
        """Return the difficulty of each step, ``nan`` where an item has none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = -self.intercepts / self.slopes[:, None]
        return np.where(np.isfinite(self.intercepts), found, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class StepTerms:
    """The parts that every probability and derivative is built from.

    ``reached`` is F_k and ``passed`` F_(k+1), shape (items, categories, points); ``pull``,
    (items, categories), is the derivative by either intercept of the log of the gap between them;
    ``graded`` is F_k - F_(k+1), ``kept`` the share of a score's chance that is not guessing.
    """

    reached: FloatArray
    passed: FloatArray
    pull: FloatArray
    graded: FloatArray
    kept: FloatArray
    log_chance: FloatArray


def from_difficulties(
    slopes: Sequence[float],
    thresholds: Sequence[Sequence[float]],
    floors: Sequence[float] | None = None,
) -> Curves:
    """Return curves from slopes and step difficulties.

    Raises ``ValueError`` when an item has no threshold or its thresholds do not rise (fall, for a
    negative slope).
    """
    longest = max((len(row) for row in thresholds), default=0)
    intercepts = np.full((len(thresholds), max(longest, 1)), -np.inf)
    for index, (slope, row) in enumerate(zip(slopes, thresholds, strict=True)):
        steps = -slope * np.asarray(row, dtype=np.float64)
        if not len(row) or np.any(np.diff(steps) >= 0):
            raise ValueError(
                f"Item {index + 1} has thresholds {list(row)}: give at least one, in rising order."
            )
        intercepts[index, : len(row)] = steps
    return Curves(
        np.asarray(slopes, dtype=np.float64),
        intercepts,
        np.zeros(len(slopes)) if floors is None else np.asarray(floors, dtype=np.float64),
    )


def step_terms(curves: Curves, theta: FloatArray) -> StepTerms:
    """Return the step terms at each ability.

    The chance is kept as ``expit(z_k) expit(-z_(k+1)) (1 - exp(d_(k+1) - d_k))``, equal to the
    difference of the two step curves but exact in the tails, where the difference cancels.
    """
    items = len(curves.slopes)
    edge = np.full((items, 1), np.inf)
    bounds = np.concatenate([edge, curves.intercepts, -edge], axis=1)
    upper, lower = bounds[:, :-1], bounds[:, 1:]
    present = np.isfinite(upper) | (upper > 0)
    closeness = np.exp(np.subtract(lower, upper, out=np.zeros_like(lower), where=present))
    gap = np.where(present, 1 - closeness, 1.0)
    pull = np.where(present, closeness / gap, 0.0)
    level = (curves.slopes[:, None] * theta)[:, None, :]
    high, low = level + upper[:, :, None], level + lower[:, :, None]
    log_graded = log_expit(high) + log_expit(-low) + np.log(gap)[:, :, None]
    log_graded[~present] = -np.inf
    graded = np.exp(log_graded)
    kept = np.ones_like(graded)
    log_chance = log_graded
    if np.any(curves.floors):
        floor = curves.floors[:, None, None]
        lucky = np.zeros_like(graded)
        lucky[:, 1:2] = floor
        chance = lucky + (1 - floor) * graded
        with np.errstate(divide="ignore"):
            log_chance = np.where(lucky > 0, np.log(chance), np.log1p(-floor) + log_graded)
        kept[:, 1] = ((1 - floor) * graded / np.where(chance > 0, chance, 1.0))[:, 1]
    return StepTerms(expit(high), expit(low), pull, graded, kept, log_chance)


def probabilities(curves: Curves, theta: FloatArray) -> FloatArray:
    """Return the chance of each score, shape (items, categories, points)."""
    return np.exp(step_terms(curves, theta).log_chance)


def log_derivatives(curves: Curves, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return first and second derivatives by ability of the log chance of each score."""
    terms = step_terms(curves, theta)
    slope = curves.slopes[:, None, None]
    base = slope * (1 - terms.reached - terms.passed)
    bend = -(slope**2) * (terms.reached * (1 - terms.reached) + terms.passed * (1 - terms.passed))
    first = terms.kept * base
    return first, terms.kept * (bend + base**2) - first**2


def information(curves: Curves, theta: FloatArray) -> FloatArray:
    """Return Fisher information about ability, shape (items, points), in 1 / logit squared."""
    terms = step_terms(curves, theta)
    base = curves.slopes[:, None, None] * (1 - terms.reached - terms.passed)
    found: FloatArray = np.sum(np.exp(terms.log_chance) * (terms.kept * base) ** 2, axis=1)
    return found


def sum_information(curves: Curves, theta: FloatArray) -> FloatArray:
    """Return the information of all items together, shape (points,)."""
    total: FloatArray = information(curves, theta).sum(axis=0)
    return total


def expected_scores(curves: Curves, theta: FloatArray) -> FloatArray:
    """Return the expected score of each item, shape (items, points), from 0 to its steps."""
    chance = probabilities(curves, theta)
    found: FloatArray = np.einsum("jkq,k->jq", chance, np.arange(chance.shape[1]))
    return found
