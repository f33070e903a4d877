"""Keyed draws for one text: the n-th draw is a pure function of (seed, purpose, entity, n)."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

from simulator.keyed import draw

Choice = TypeVar("Choice")


class Dice:
    """A counter over `simulator.keyed.draw`; two dice with the same key roll alike."""

    def __init__(self, seed: int, purpose: str, entity: str) -> None:
        self._key = (seed, purpose, entity)
        self._count = 0

    def unit(self) -> float:
        """Return the next number in [0, 1)."""
        seed, purpose, entity = self._key
        self._count += 1
        return draw(seed, purpose, entity, self._count)

    def below(self, limit: int) -> int:
        """Return the next whole number in [0, limit)."""
        return int(self.unit() * limit)

    def chance(self, probability: float) -> bool:
        """Return true with the given probability."""
        return self.unit() < probability

    def choose(self, options: Sequence[Choice]) -> Choice:
        """Return one of the options, each equally likely."""
        return options[self.below(len(options))]

    def weigh(self, options: Sequence[Choice], weights: Sequence[float]) -> Choice:
        """Return one of the options, likely in proportion to its weight."""
        sums = list(accumulate(weights))
        return options[min(bisect_right(sums, self.unit() * sums[-1]), len(options) - 1)]
