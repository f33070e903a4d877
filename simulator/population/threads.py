"""What contributions become: posts that open threads, and comments drawn to live ones.

A thread draws comments by its appeal, its novelty and its popularity (Gomez, Kappen, Litvak and
Kaltenbrunner 2012). Which comment answers which is drawn only when somebody looks: `reply_tree`.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.members import normal_levels
from simulator.population.parameters import ThreadParameters

BRAND = -1


@dataclass(frozen=True, slots=True)
class Threads:
    """The live threads, oldest first; ``first`` is the number of the oldest one."""

    first: int
    born: NDArray[np.int64]
    author: NDArray[np.int64]
    tone: NDArray[np.float64]
    appeal: NDArray[np.float64]
    size: NDArray[np.int64]

    @property
    def next(self) -> int:
        return self.first + self.born.size


def no_threads() -> Threads:
    """Return the state before the first post."""
    none = np.empty(0, dtype=np.int64)
    return Threads(0, none, none, np.empty(0), np.empty(0), none)


def open_threads(
    threads: Threads,
    hour: int,
    posts: tuple[NDArray[np.int64], NDArray[np.float64]],
    shape: ThreadParameters,
    seed: int,
) -> Threads:
    """Add the hour's posts (authors, tones), `BRAND` among them; drop threads out of sight."""
    author, tone = posts
    number = np.arange(threads.next, threads.next + author.size)
    level = keyed.hash32(number, keyed.key(seed, "appeal")) >> np.uint32(20)
    appeal = _appeal_levels(shape.appeal_sigma)[level]
    appeal[author == BRAND] *= shape.brand_appeal
    old = int(np.searchsorted(threads.born, hour - shape.lifetime, side="right"))
    return Threads(
        threads.first + old,
        np.concatenate((threads.born[old:], np.full(author.size, hour))),
        np.concatenate((threads.author[old:], author)),
        np.concatenate((threads.tone[old:], tone)),
        np.concatenate((threads.appeal[old:], appeal)),
        np.concatenate((threads.size[old:], np.zeros(author.size, dtype=np.int64))),
    )


_LEVELS: dict[float, NDArray[np.float64]] = {}


def _appeal_levels(sigma: float) -> NDArray[np.float64]:
    if sigma not in _LEVELS:
        _LEVELS[sigma] = np.array([math.exp(sigma * z) for z in normal_levels()])
    return _LEVELS[sigma]


def choose_threads(
    threads: Threads, hour: int, words: NDArray[np.uint32], shape: ThreadParameters
) -> NDArray[np.int64]:
    """Return for each comment the place of its thread among the live ones (there must be one)."""
    fade = np.array([math.exp(-age / shape.novelty_hours) for age in range(shape.lifetime + 2)])
    weight = fade[np.clip(hour - threads.born, 0, shape.lifetime + 1)]
    weight *= threads.appeal
    weight *= 1.0 + shape.popularity * threads.size
    total = np.cumsum(weight)
    place: NDArray[np.int64] = np.searchsorted(total, words * (2.0**-32) * total[-1], side="right")
    return np.minimum(place, threads.born.size - 1)


def grow(threads: Threads, places: NDArray[np.int64]) -> Threads:
    """Count the comments into their threads."""
    return replace(threads, size=threads.size + np.bincount(places, minlength=threads.size.size))
