"""Who the members are: fixed traits, drawn once by key.

Ids are laid out by visit class, the keenest first, so that the visitors of an hour are a few
strided draws and never a draw per member.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.parameters import ActivityParameters, Parameters

_LEVELS = 4096
_CLASS_SCORES = tuple(3.0 - 0.25 * i for i in range(21))  # log rates in standard deviations
_HIGHEST_VOICE = 0.9


@dataclass(frozen=True, slots=True)
class Members:
    """Fixed traits. ``class_start`` has one entry more than ``class_rate`` (visits an hour).

    ``voice`` is the 32-bit threshold under which a visit ends in a contribution when the member
    is most aroused (0 for those who never post); ``disposition`` is the attitude in [-1, 1] to
    which a member returns.
    """

    class_start: NDArray[np.int64]
    class_rate: tuple[float, ...]
    voice: NDArray[np.uint32]
    disposition: NDArray[np.float32]


def draw_members(members: int, seed: int, constants: Parameters) -> Members:
    """Return the traits of ``members`` people in id order."""
    shape = constants.activity
    normal = NormalDist()
    location = math.log(shape.visits_per_day / 24.0) - shape.visits_sigma**2 / 2
    half = (_CLASS_SCORES[0] - _CLASS_SCORES[1]) / 2
    above = [0.0, *(1.0 - normal.cdf(score - half) for score in _CLASS_SCORES[:-1]), 1.0]
    start = np.array([round(members * share) for share in above], dtype=np.int64)
    rates = tuple(
        min(math.exp(location + shape.visits_sigma * score), shape.visits_cap / 24.0)
        for score in _CLASS_SCORES
    )
    voice = np.zeros(members, dtype=np.uint32)
    for number, score in enumerate(_CLASS_SCORES):
        _give_voices(voice, np.arange(start[number], start[number + 1]), score, shape, seed)
    return Members(start, rates, voice, _dispositions(members, seed, constants))


def characters(
    ids: NDArray[np.int64], shape: ActivityParameters, seed: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which of those who post are toxic, and which are fake accounts."""
    word = keyed.uniform(ids, keyed.key(seed, "character"))
    toxic = word < shape.toxic
    return toxic, ~toxic & (word < shape.toxic + shape.fake)


def _give_voices(
    voice: NDArray[np.uint32],
    ids: NDArray[np.int64],
    score: float,
    shape: ActivityParameters,
    seed: int,
) -> None:
    """Set the thresholds of one visit class: who posts at all, and how readily."""
    odds = shape.posters / (1.0 - shape.posters) * math.exp(shape.voice_slope * score)
    poster = keyed.threshold(odds / (1.0 + odds))
    ids = ids[keyed.hash32(ids, keyed.key(seed, "poster")) < poster]
    rank = keyed.uniform(ids, keyed.key(seed, "voice"))
    toxic, fake = characters(ids, shape, seed)
    rank[fake] *= shape.fake_drive
    rank[toxic] = 1.0 - (1.0 - rank[toxic]) / shape.toxic_drive
    voice[ids] = _voice_table(shape)[(rank * _LEVELS).astype(np.int64)]


@lru_cache(maxsize=16)
def _voice_table(shape: ActivityParameters) -> NDArray[np.uint32]:
    location = math.log(shape.voice_mean) - shape.voice_sigma**2 / 2
    levels = [
        keyed.threshold(min(_HIGHEST_VOICE, math.exp(location + shape.voice_sigma * z)))
        for z in normal_levels()
    ]
    return np.array(levels, dtype=np.uint32)


@lru_cache(maxsize=1)
def normal_table() -> NDArray[np.float64]:
    """Return `normal_levels` as an array, not to be written to."""
    table = np.array(normal_levels())
    table.setflags(write=False)
    return table


@lru_cache(maxsize=1)
def normal_levels() -> tuple[float, ...]:
    """Return 4,096 equally likely standard normal values, ascending."""
    normal = NormalDist()
    return tuple(normal.inv_cdf((i + 0.5) / _LEVELS) for i in range(_LEVELS))


def _dispositions(members: int, seed: int, constants: Parameters) -> NDArray[np.float32]:
    """Draw attitudes from the sector's clipped normal distribution."""
    mix = constants.mix
    table = np.clip(mix.centre + mix.spread * normal_table(), -1.0, 1.0).astype(np.float32)
    level = keyed.hash32(np.arange(members), keyed.key(seed, "disposition")) >> np.uint32(20)
    dispositions: NDArray[np.float32] = table[level]
    return dispositions
