"""Norms: where a score stands among others, told only when there are enough of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import numpy as np
from scipy.stats import beta

Precision: TypeAlias = Literal["band", "exact"]

FEWEST = 100
EXACT_FROM = 400


@dataclass(frozen=True, slots=True)
class NormGroup:
    """The people a score is compared with: who, how many, and when they answered."""

    name: str
    scores: tuple[float, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Percentile:
    """A percentile rank, 0 to 100, with its 95 % interval (Clopper and Pearson 1934).

    Between 100 and 399 people ``precision`` is ``band`` and only ``low`` to ``high`` should be
    shown. The group's name, number and dates are shown beside it.
    """

    rank: float
    low: float
    high: float
    precision: Precision
    group: str
    people: int
    first: date
    last: date


def rank_score(score: float, group: NormGroup) -> Percentile | None:
    """Return the percentile of a score, ties counting half; ``None`` below 100 people."""
    people = len(group.scores)
    if people < FEWEST:
        return None
    others = np.asarray(group.scores)
    below = float((others < score).sum() + (others == score).sum() / 2)
    low = float(beta.ppf(0.025, below, people - below + 1)) if below > 0 else 0.0
    high = float(beta.ppf(0.975, below + 1, people - below)) if below < people else 1.0
    return Percentile(
        100 * below / people,
        100 * low,
        100 * high,
        "exact" if people >= EXACT_FROM else "band",
        group.name,
        people,
        group.first,
        group.last,
    )


def share_below(scores: Sequence[float], cut: float) -> float:
    """Return the share of scores under a cut; raises ``ValueError`` when there are none."""
    if not scores:
        raise ValueError("There are no scores to take a share of.")
    return sum(score < cut for score in scores) / len(scores)
