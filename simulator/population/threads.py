"""What contributions become: posts that open threads, and comments drawn to live ones.

A thread draws comments by its appeal, its novelty and its popularity (Gomez, Kappen, Litvak and
Kaltenbrunner 2012). Which comment answers which is drawn only when somebody looks: `reply_tree`.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

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


@lru_cache(maxsize=16)
def _appeal_levels(sigma: float) -> NDArray[np.float64]:
    return np.array([math.exp(sigma * z) for z in normal_levels()])


def choose_threads(
    threads: Threads, hour: int, words: NDArray[np.uint32], shape: ThreadParameters
) -> NDArray[np.int64]:
    """Return for each comment the place of its thread among the live ones (there must be one)."""
    weight = _fading(shape)[np.clip(hour - threads.born, 0, shape.lifetime + 1)]
    weight *= threads.appeal
    weight *= 1.0 + shape.popularity * threads.size
    total = np.cumsum(weight)
    place: NDArray[np.int64] = np.searchsorted(total, words * (2.0**-32) * total[-1], side="right")
    return np.minimum(place, threads.born.size - 1)


@lru_cache(maxsize=16)
def _fading(shape: ThreadParameters) -> NDArray[np.float64]:
    return np.array([math.exp(-age / shape.novelty_hours) for age in range(shape.lifetime + 2)])


def grow(threads: Threads, places: NDArray[np.int64]) -> Threads:
    """Count the comments into their threads."""
    return replace(threads, size=threads.size + np.bincount(places, minlength=threads.size.size))


def reply_tree(
    number: NDArray[np.int64], size: NDArray[np.int64], shape: ThreadParameters, seed: int
) -> list[NDArray[np.int64]]:
    """Return for each thread which contribution every comment answers: 0 the post, k comment k.

    Comment t answers k with weight ``alpha d_k + tau^(t - k) + beta [k = 0]``, d the number of
    links that k has (Gomez et al. 2012: popularity, novelty, root bias). A pure function of
    (seed, thread number, size), and a longer thread keeps the tree of the shorter one.
    """
    return [
        _tree(int(each), int(count), shape, seed) for each, count in zip(number, size, strict=True)
    ]


def _tree(number: int, size: int, shape: ThreadParameters, seed: int) -> NDArray[np.int64]:
    parents: list[int] = []
    ends: list[int] = []  # both ends of every link: a uniform pick is a pick by popularity
    words = keyed.uniform(np.arange(3 * size), keyed.key(seed, "reply", number))
    fresh = 0.0
    for nth in range(1, size + 1):
        kind, pick = float(words[3 * nth - 3]), float(words[3 * nth - 2])
        fresh = shape.tree_novelty * (1.0 + fresh)
        popular = shape.tree_popularity * len(ends)
        at = kind * (shape.tree_root + fresh + popular)
        if at < shape.tree_root or nth == 1:
            parent = 0
        elif at < shape.tree_root + popular:
            parent = ends[int(pick * len(ends))]
        else:
            parent = _recent(pick, nth, shape.tree_novelty)
        parents.append(parent)
        ends += (parent, nth)
    return np.array(parents, dtype=np.int64)


def _recent(pick: float, nth: int, novelty: float) -> int:
    """Return k < nth drawn with weight novelty^(nth - k)."""
    left = 1.0 - pick * (1.0 - novelty**nth)
    return nth - max(1, min(nth, math.ceil(math.log(left) / math.log(novelty))))
