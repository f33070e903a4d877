"""How forms are brought to one scale, and how sure that is: rules without a simulator.

A single group of candidates of known ability takes every form (Kolen and Brennan 2014, section
2.2.1). Scores are linked by mean and sigma of their true scores in logits, so that 0 stays 0 and
100 stays 100; their error follows the binomial (Lord 1955); a form's difficulty is the shift of
the criteria's thresholds at which the graded response model (Samejima 1969) expects what the
candidates got.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from smm_academy.measurement.blueprint import thresholds_at
from smm_academy.shifts.equating import WHOLE, bring, log_odds

Numbers: TypeAlias = NDArray[np.float64]

_bring = np.vectorize(bring, otypes=[float])
_log_odds = np.vectorize(log_odds, otypes=[float])

FARTHEST = 6.0
"""No form is harder or easier than this, in logits."""
MOST_MESSAGES = 1000
"""A form in which luck plays no part counts as one of so many messages."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What persons of known ability got: points and mean steps, a row each, a column a day."""

    abilities: Numbers
    scores: Numbers
    steps: Numbers

    def without(self, person: int) -> "Crowd":
        """Return the crowd without one person."""
        return Crowd(*(np.delete(part, person, axis=0) for part in self._parts()))

    def _parts(self) -> tuple[Numbers, Numbers, Numbers]:
        return self.abilities, self.scores, self.steps


@dataclass(frozen=True, slots=True)
class Link:
    """How a form stands to the reference: logit of a score -> intercept + slope x logit.

    ``error`` is the standard error of an equated score that comes from the linking itself, in
    points; ``messages`` is of how many even messages the error of a single day would be.
    """

    intercept: float
    slope: float
    error: float
    messages: float
    difficulty: float
    difficulty_error: float


def link(form: Crowd, reference: Crowd, anchor: float) -> Link:
    """Return how a form is brought to the reference, whose difficulty is ``anchor``."""
    intercept, slope = mean_sigma(form, reference)
    raw = form.scores.mean(axis=1)

    def equated(own: Crowd, other: Crowd) -> Numbers:
        return np.asarray(_bring(raw, *mean_sigma(own, other)))

    def harder(own: Crowd, other: Crowd) -> Numbers:
        return np.array([difficulty_of(own) - difficulty_of(other)])

    is_reference = form is reference
    return Link(
        intercept,
        slope,
        0.0 if is_reference else float(np.sqrt(_variances(equated, form, reference).mean())),
        even_messages(_bring(form.scores, intercept, slope)),
        anchor + float(harder(form, reference)[0]),
        0.0 if is_reference else float(np.sqrt(_variances(harder, form, reference)[0])),
    )


def mean_sigma(form: Crowd, reference: Crowd) -> tuple[float, float]:
    """Return (intercept, slope): equal means and deviations of the true scores' logits."""
    own, other = (_log_odds(crowd.scores.mean(axis=1)) for crowd in (form, reference))
    slope = float(other.std() / own.std())
    return float(other.mean() - slope * own.mean()), slope


def even_messages(scores: Numbers) -> float:
    """Return n such that one day's variance is s (100 - s) / n, on the whole.

    The lucks of a crowd's days are strata, which spreads them: so the plain mean square of the
    deviations estimates the variance of a single day, not the one with one degree less.
    """
    true = scores.mean(axis=1)
    widest = float((true * (WHOLE - true)).mean())
    return widest / max(float(scores.var(axis=1).mean()), widest / MOST_MESSAGES)


def difficulty_of(crowd: Crowd) -> float:
    """Return the shift of the thresholds, in logits, that explains the crowd's mean steps."""
    got = float(crowd.steps.mean())

    def surplus(difficulty: float) -> float:
        return float(expected_steps(crowd.abilities, thresholds_at(difficulty)).mean()) - got

    return float(brentq(surplus, -FARTHEST, FARTHEST))


def expected_steps(abilities: Numbers, thresholds: Sequence[float]) -> Numbers:
    """Return the expected steps of a graded criterion with slope 1 at each ability."""
    above = [1.0 / (1.0 + np.exp(threshold - abilities)) for threshold in thresholds]
    return np.asarray(np.sum(above, axis=0))


def _variances(
    figure: Callable[[Crowd, Crowd], Numbers], form: Crowd, reference: Crowd
) -> Numbers:
    """Return the jackknife variances of a figure, leaving out one person after the other."""
    count = len(form.abilities)
    left = np.array([
        figure(form.without(person), reference.without(person)) for person in range(count)
    ])  # fmt: skip
    return np.asarray((count - 1) * left.var(axis=0))
