"""What a move of the desk does to the community."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.graph import Graph
from simulator.population.mood import Minds, shift
from simulator.population.parameters import MoodParameters


@dataclass(frozen=True, slots=True)
class Effect:
    """What a move of the desk (or its silence) did to a member.

    ``change`` in [-1, 1] moves the member's mood; ``reach`` in [0, 1] is the share of all members
    who see the exchange; the member's own followers are 20 times as likely to see it.
    ``heat`` in [0, 1] above 0 makes the member's message an outrage that others pass on, at 1 as
    readily as they ever do; ``calm`` in [0.5, 2] multiplies the growth of every storm under way
    (an apology about .85, empathy .80, compensation offered in public 1.15).
    """

    member: int
    change: float
    reach: float = 0.0
    heat: float = 0.0
    calm: float = 1.0

    def check(self, members: int) -> None:
        """Raise ``ValueError`` where a figure is out of its range."""
        if not 0 <= self.member < members:
            raise ValueError(f"member {self.member} is not in 0..{members - 1}")
        for name, value, low, high in (
            ("change", self.change, -1.0, 1.0),
            ("reach", self.reach, 0.0, 1.0),
            ("heat", self.heat, 0.0, 1.0),
            ("calm", self.calm, 0.5, 2.0),
        ):
            if not low <= value <= high:
                raise ValueError(f"an effect's {name} is in [{low:g}, {high:g}], not {value}")


def touch(
    minds: Minds,
    graph: Graph,
    effects: Sequence[Effect],
    hour: int,
    shape: MoodParameters,
    seed: int,
) -> None:
    """Move the moods of those meant and, less, of those who see it; what is bad weighs more."""
    seen = any(effect.reach > 0 for effect in effects)
    everybody = np.arange(graph.members if seen else 0)
    for number, effect in enumerate(effects):
        shift(minds, np.array([effect.member]), np.array([effect.change]), shape)
        if effect.reach > 0:
            key = keyed.key(seed, "witness", hour, number, effect.member)
            witnesses = _witnesses(graph, effect, everybody, shape, key)
            weight = shape.witness * (shape.negativity if effect.change < 0 else 1.0)
            shift(minds, witnesses, np.full(witnesses.size, effect.change * weight), shape)


def _witnesses(
    graph: Graph,
    effect: Effect,
    everybody: NDArray[np.int64],
    shape: MoodParameters,
    key: keyed.Key,
) -> NDArray[np.int64]:
    word = keyed.hash32(everybody, key)
    sees = word < keyed.threshold(effect.reach)
    first, end = graph.follower_start[effect.member : effect.member + 2]
    near = graph.followers[first:end]
    sees[near] = word[near] < keyed.threshold(effect.reach * shape.witness_lift)
    sees[effect.member] = False
    return np.flatnonzero(sees)
