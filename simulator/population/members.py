"""Who the members are: fixed traits, drawn once by key.

Ids are laid out by visit class, the keenest first, so that the visitors of an hour are a few
strided draws and never a draw per member.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.parameters import Parameters

_STEP = 0.25  # width of a visit class in standard deviations of the log rate
_NORMAL_LEVELS = 4096


@dataclass(frozen=True, slots=True)
class Members:
    """Fixed traits. ``class_start`` has one entry more than ``class_rate`` (visits an hour).

    ``voice`` is the 32-bit threshold under which a visit ends in a contribution (0 for those who
    never post); ``disposition`` is the attitude in [-1, 1] to which a member returns.
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
    scores = [3.0 - _STEP * i for i in range(21)]
    upper = [1.0] + [normal.cdf(score - _STEP / 2) for score in scores[:-1]]
    lower = [*upper[1:], 0.0]
    edges = [round(members * (1.0 - share)) for share in upper] + [members]
    rates = tuple(
        min(math.exp(location + shape.visits_sigma * score), shape.visits_cap / 24.0)
        for score in scores
    )
    start = np.array(edges, dtype=np.int64)
    voice = np.zeros(members, dtype=np.uint32)
    for number, score in enumerate(scores):
        share = (upper[number] + lower[number]) / 2
        _give_voice(
            voice[start[number] : start[number + 1]],
            int(start[number]),
            seed,
            (score, share),
            constants,
        )
    return Members(start, rates, voice, _dispositions(members, seed, constants))


def _give_voice(
    voice: NDArray[np.uint32],
    first: int,
    seed: int,
    place: tuple[float, float],
    constants: Parameters,
) -> None:
    """Fill in the thresholds of one visit class; ``place`` is its score and rank share."""
    shape = constants.activity
    score, _share = place
    ids = np.arange(first, first + voice.size)
    odds = shape.posters / (1.0 - shape.posters) * math.exp(shape.voice_slope * score)
    posters = np.flatnonzero(
        keyed.hash32(ids, keyed.key(seed, "poster")) < keyed.threshold(odds / (1.0 + odds))
    )
    level = keyed.hash32(ids[posters], keyed.key(seed, "voice")) >> np.uint32(20)
    location = math.log(shape.voice_mean) - shape.voice_sigma**2 / 2
    table = np.array(
        [
            keyed.threshold(min(0.9, math.exp(location + shape.voice_sigma * z)))
            for z in normal_levels()
        ],
        dtype=np.uint32,
    )
    voice[posters] = table[level]


def normal_levels() -> tuple[float, ...]:
    """Return 4,096 equally likely standard normal values, ascending."""
    normal = NormalDist()
    return tuple(normal.inv_cdf((i + 0.5) / _NORMAL_LEVELS) for i in range(_NORMAL_LEVELS))


def _dispositions(members: int, seed: int, constants: Parameters) -> NDArray[np.float32]:
    """Draw attitudes so that a sector's shares of positive and negative tones come out."""
    mix, mood = constants.mix, constants.mood
    normal = NormalDist()
    low, high = normal.inv_cdf(mix.negative), normal.inv_cdf(1.0 - mix.positive)
    spread = 2 * mood.tone_edge / (high - low)
    centre = -mood.tone_edge - spread * low
    table = np.array(
        [max(-1.0, min(1.0, centre + spread * z * mood.spread)) for z in normal_levels()],
        dtype=np.float32,
    )
    level = keyed.hash32(np.arange(members), keyed.key(seed, "disposition")) >> np.uint32(20)
    return table[level]
