"""Reviews: who buys, what they live through, who tells of it (Hu, Zhang and Pavlou 2009).

Those who like a brand buy more (purchasing bias); those with an extreme experience report it more
often (under-reporting of moderates). The two make stars J-shaped out of a single-peaked quality.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.members import normal_levels, normal_table
from simulator.population.parameters import ReviewParameters

_BAD_STARS = 2


@dataclass(frozen=True, slots=True)
class Experiences:
    """Purchases of an hour: who, how good it was in stars, whether they wrote, how many words."""

    member: NDArray[np.int64]
    stars: NDArray[np.int64]
    written: NDArray[np.bool_]
    words: NDArray[np.int64]


def live_through(
    visitors: NDArray[np.int64],
    liking: NDArray[np.float64],
    hour: int,
    presence: float,
    shape: ReviewParameters,
    seed: int,
) -> Experiences:
    """Return the purchases of an hour's visitors and the reviews that come of them.

    ``liking`` is the visitors' attitude above the sector's ordinary one; ``presence`` in [0, 1]
    says how visibly the brand answers its reviews, which brings out the content and makes trivial
    complaints rarer and longer (Proserpio and Zervas 2017).
    """
    keys = keyed.key(seed, "buy", hour)
    likely = keyed.uniform(visitors, keys)
    buys = np.flatnonzero(likely < shape.buy * np.clip(1.0 + shape.buy_bias * liking, 0.0, None))
    member, liking = visitors[buys], liking[buys]
    level = keyed.hash32(member, keyed.key(seed, "quality", hour)) >> np.uint32(20)
    quality = normal_table()[level] + shape.taste * liking
    stars = 1 + np.searchsorted(np.array(shape.star_cuts), quality)
    chance = np.array(shape.report)[stars - 1]
    chance = (
        chance
        * np.array([1.0 + (factor - 1.0) * presence for factor in shape.presence_report])[
            stars - 1
        ]
    )
    written = keyed.uniform(member, keyed.key(seed, "review", hour)) < chance * shape.report_base
    return Experiences(member, stars, written, _words(member, stars, hour, presence, shape, seed))


def _words(
    member: NDArray[np.int64],
    stars: NDArray[np.int64],
    hour: int,
    presence: float,
    shape: ReviewParameters,
    seed: int,
) -> NDArray[np.int64]:
    """Return how long the reviews are (or would be), in words: lognormal, by stars."""
    level = keyed.hash32(member, keyed.key(seed, "words", hour)) >> np.uint32(20)
    length = np.array(shape.words)[stars - 1] * _spreads(shape)[level]
    length = np.where(
        stars <= _BAD_STARS, length * (1.0 + shape.presence_words * presence), length
    )
    words: NDArray[np.int64] = np.maximum(np.rint(length), 1.0).astype(np.int64)
    return words


@lru_cache(maxsize=16)
def _spreads(shape: ReviewParameters) -> NDArray[np.float64]:
    return np.array([math.exp(shape.words_sigma * z) for z in normal_levels()])
