"""Randomness by key, not by order: a draw is a pure function of (seed, purpose, step, entity).

A counter-based hash stands in for a stream of random numbers, so that a world in which one
decision differs keeps every other draw, and a replay needs no recorded generator state.
Two 32-bit keys enter before both multiplications: a single additive key would make two steps
shifted copies of each other.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Key: TypeAlias = tuple[np.uint32, np.uint32]
Choice = TypeVar("Choice")

_FIRST = np.uint32(0x85EBCA6B)
_SECOND = np.uint32(0xC2B2AE35)
_UNIT = 2.0**-32


@lru_cache(maxsize=1024)  # the keys of a purpose without a step are asked for every hour
def key(seed: int, purpose: str, *step: int | str) -> Key:
    """Return the two 32-bit keys of a purpose at a step; equal on every machine."""
    text = "\x1f".join((str(seed), purpose, *map(str, step)))
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return np.uint32(int.from_bytes(digest[:4], "little")), np.uint32(
        int.from_bytes(digest[4:], "little")
    )


def hash32(entities: NDArray[np.integer], keys: Key) -> NDArray[np.uint32]:
    """Return one uniform 32-bit word per entity (murmur3's finaliser, keyed before each round)."""
    word = entities.astype(np.uint32)
    if word.size == 0:
        return word
    word ^= keys[0]
    word ^= word >> np.uint32(16)
    word *= _FIRST
    word ^= keys[1]
    word ^= word >> np.uint32(13)
    word *= _SECOND
    word ^= word >> np.uint32(16)
    return word


def uniform(entities: NDArray[np.integer], keys: Key) -> NDArray[np.float64]:
    """Return one number in [0, 1) per entity."""
    unit = hash32(entities, keys).astype(np.float64)
    unit *= _UNIT
    return unit


def pair32(left: NDArray[np.integer], right: NDArray[np.integer], keys: Key) -> NDArray[np.uint32]:
    """Return one uniform 32-bit word per ordered pair of entities."""
    return hash32(hash32(left, keys) ^ right.astype(np.uint32), keys)


def pair_uniform(
    left: NDArray[np.integer], right: NDArray[np.integer], keys: Key
) -> NDArray[np.float64]:
    """Return one number in [0, 1) per ordered pair of entities."""
    unit = pair32(left, right, keys).astype(np.float64)
    unit *= _UNIT
    return unit


def below(words: NDArray[np.uint32], limits: NDArray[np.integer]) -> NDArray[np.int64]:
    """Turn uniform 32-bit words into whole numbers in [0, limit), in integer arithmetic alone."""
    scaled = words.astype(np.uint64)
    scaled *= limits.astype(np.uint64)
    scaled >>= np.uint64(32)
    return scaled.astype(np.int64)


def threshold(probability: float) -> np.uint32:
    """Return the word under which a 32-bit hash falls with this probability (clipped to 0..1)."""
    return np.uint32(min(max(probability, 0.0) * 2.0**32, 2.0**32 - 1))


def draw(seed: int, purpose: str, *step: int | str) -> float:
    """Return a single number in [0, 1) for one purpose and step."""
    text = "\x1f".join((str(seed), purpose, *map(str, step)))
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "little") >> 11) * 2.0**-53


def choose(options: Sequence[Choice], seed: int, purpose: str, *step: int | str) -> Choice:
    """Return one of the options, each equally likely.

    Raises ``IndexError`` when there are none.
    """
    return options[int(draw(seed, purpose, *step) * len(options))]
