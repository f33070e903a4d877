"""Norms: where somebody stands among others, told only when there are enough of them.

What is known of everybody is an estimate with an error, and estimates scatter less than the
abilities behind them. So neither side of the comparison is taken at its face:

- The group is the mean of its members' posteriors, N(estimate, error), at the points of a grid:
  the share of the group below each ability (plausible values without the drawing, Mislevy 1991).
  Only these shares are kept, so that nobody's own figure is in a stored norm.
- The person is their posterior too. At each of its quantiles the share below is uncertain because
  the group is a sample: its posterior is the beta distribution of a binomial share with Jeffreys's
  prior (Brown, Cai and DasGupta 2001; for percentile norms Crawford, Garthwaite and Slick 2009).
  The interval is that of the mixture of these: it holds the error of the person and of the group.

The person may be one of the group; with a hundred people and more that moves nothing that is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import numpy as np
from scipy.special import betainc
from scipy.stats import norm

from smm_academy.measurement.curves import FloatArray

Precision: TypeAlias = Literal["band", "exact"]

FEWEST = 100
EXACT_FROM = 400
GRID: FloatArray = np.linspace(-6.0, 6.0, 241)
"""The abilities, in logits, at which the share of a group is kept."""

_QUANTILES: FloatArray = norm.ppf((np.arange(101) + 0.5) / 101)
_TAIL = 0.025
_HALVINGS = 40
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """What somebody was found to be, in logits with the standard error, and on which day."""

    ability: float
    se: float
    day: date


@dataclass(frozen=True, slots=True)
class NormGroup:
    """The people that somebody is compared with: how many, when they answered, how able.

    ``shares`` has the share of them below each point of ``GRID``; it is empty below 100 people,
    and the days are ``None`` where there is nobody.
    """

    people: int
    first: date | None
    last: date | None
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Percentile:
    """How many in 100 of a group are less able than somebody, with the 95 % interval.

    Between 100 and 399 people ``precision`` is ``band`` and only ``low`` to ``high`` are shown.
    """

    rank: float
    low: float
    high: float
    precision: Precision


def gather_group(members: Sequence[Measured]) -> NormGroup:
    """Return the norm group that people make; each of them once is for the caller to see to."""
    days = [one.day for one in members]
    first, last = (min(days), max(days)) if days else (None, None)
    if len(members) < FEWEST:
        return NormGroup(len(members), first, last, ())
    below = np.zeros(len(GRID))
    for one in members:
        below += _chance_below(one)
    shares = np.round(below / len(members), _DIGITS)
    return NormGroup(len(members), first, last, tuple(shares.tolist()))


def rank_ability(ability: float, se: float, group: NormGroup) -> Percentile | None:
    """Return where an estimate stands in a group; ``None`` below 100 people."""
    if group.people < FEWEST or not group.shares:
        return None
    places = np.interp(ability + se * _QUANTILES, GRID, group.shares)
    counts = places * group.people
    rises, falls = counts + 0.5, group.people - counts + 0.5
    rank = float(places.mean())
    return Percentile(
        100 * rank,
        100 * min(rank, _quantile(_TAIL, rises, falls)),
        100 * max(rank, _quantile(1 - _TAIL, rises, falls)),
        "exact" if group.people >= EXACT_FROM else "band",
    )


def _chance_below(one: Measured) -> FloatArray:
    """Return the chance that somebody's ability lies below each point of the grid."""
    if one.se <= 0:
        return np.where(one.ability < GRID, 1.0, 0.5 * (one.ability == GRID))
    below: FloatArray = norm.cdf((GRID - one.ability) / one.se)
    return below


def _quantile(share: float, rises: FloatArray, falls: FloatArray) -> float:
    """Return a quantile of the even mixture of beta distributions, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if float(betainc(rises, falls, middle).mean()) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
