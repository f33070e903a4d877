"""The follower graph: who reads whom.

Ids are laid out so that nothing needs sorting twice. Member ``i`` belongs to circle
``i % circles``; a circle is a small interest community whose members stand on a ring. Each member
follows, in this order: friends (near on the ring, always mutual: reciprocity and triangles),
members of the own circle (the active ones more often), followees of followees (triadic closure),
and anybody by popularity (a shifted rank power law: the tail of the follower counts). Every pick
is a pure function of (seed, member, slot), so rows can be made in blocks of any size.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.parameters import GraphParameters

_SLOTS = 512
_OPEN_SLOTS = 4  # the first slots are never closures, so that closures can build on them
_RANK_SEGMENTS = 4096
_DEGREE_LEVELS = 4096
_EDGES_PER_BLOCK = 1 << 19
_EDGES_PER_TRANSPOSE = 1 << 22
_CACHED_MEMBERS = 50_000
_MEMBER_BITS = 20
_MEMBER_MASK = (1 << _MEMBER_BITS) - 1


@dataclass(frozen=True, slots=True)
class Graph:
    """Both directions of the follow relation as compressed sparse rows.

    ``followees[followee_start[i]:followee_start[i + 1]]`` are the members whom ``i`` reads,
    ascending, at least ``feed`` of them; ``followers`` are those who read ``i``.
    """

    followee_start: NDArray[np.int64]
    followees: NDArray[np.int32]
    follower_start: NDArray[np.int64]
    followers: NDArray[np.int32]
    circles: int

    @property
    def members(self) -> int:
        return self.followee_start.size - 1


def generate(members: int, seed: int, shape: GraphParameters) -> Graph:
    """Return the graph of ``members`` people; equal arguments give equal arrays.

    Graphs of up to 50,000 members are kept, as a desk asks for the same one many times.
    """
    if members <= _CACHED_MEMBERS:
        return _kept(members, seed, shape)
    return _Maker(members, seed, shape).graph()


@lru_cache(maxsize=4)
def _kept(members: int, seed: int, shape: GraphParameters) -> Graph:
    return _Maker(members, seed, shape).graph()


class _Maker:
    """Makes one graph, block by block of members."""

    def __init__(self, members: int, seed: int, shape: GraphParameters) -> None:
        self.members = members
        self.shape = shape
        self.circles = max(1, members // shape.circle_size)
        self.keys = {
            name: keyed.key(seed, f"graph {name}")
            for name in ("degree", "friend", "kind", "target", "popularity")
        }
        self.degrees = _degree_levels(shape)
        self.rank_floor, self.rank_width = _rank_segments(members, shape)
        self.by_popularity = self._order_by_popularity()

    def _order_by_popularity(self) -> NDArray[np.int32]:
        """Rank members: the more active (lower id) tend to be the more popular."""
        ids = np.arange(self.members)
        score = keyed.hash32(ids, self.keys["popularity"]).astype(np.float32)
        score *= np.float32(2.0**-32 * self.shape.popularity_noise)
        score += (ids / np.float32(self.members)).astype(np.float32)
        return np.argsort(score, kind="stable").astype(np.int32)

    def graph(self) -> Graph:
        """Return the graph; its arrays are shared by all who ask for it and cannot be written."""
        step = max(1, _EDGES_PER_BLOCK // int(self.shape.followees_mean + 1))
        start = np.zeros(self.members + 1, dtype=np.int64)
        followees = np.empty(int(self.members * self.shape.followees_mean), dtype=np.int32)
        end = 0
        for first in range(0, self.members, step):
            block = np.arange(first, min(first + step, self.members), dtype=np.int64)
            targets, count = self._rows(block)
            start[first + 1 : first + 1 + block.size] = end + np.cumsum(count)
            end += targets.size
            if end > followees.size:
                followees.resize(end + _EDGES_PER_BLOCK, refcheck=False)
            followees[end - targets.size : end] = targets
        followees.resize(end, refcheck=False)
        follower_start, followers = _transpose(start, followees, self.members)
        for array in (start, followees, follower_start, followers):
            array.setflags(write=False)
        return Graph(start, followees, follower_start, followers, self.circles)

    def _rows(self, block: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the followees of a block, row after row without repeats, and the row lengths."""
        row, target = self._friends(block)
        friends = np.bincount(row, minlength=block.size)
        level = keyed.hash32(block, self.keys["degree"]) >> np.uint32(20)
        wanted = self.degrees[level] - friends
        np.clip(wanted, _OPEN_SLOTS, _SLOTS - 1, out=wanted)
        end = np.cumsum(wanted)
        rows = np.repeat(np.arange(block.size), wanted)
        slots = np.arange(int(end[-1])) - np.repeat(end - wanted, wanted)
        picks = self._picks(block[rows], slots)
        pairs = np.concatenate((row, rows))
        pairs <<= _MEMBER_BITS
        pairs |= np.concatenate((target, picks))
        pairs = _without_repeats(pairs, block)
        count = np.bincount(pairs >> _MEMBER_BITS, minlength=block.size)
        step = self.shape.friend_distance
        while (short := np.flatnonzero(count < self.shape.feed)).size:
            more = self._suggested(block, short, self.shape.feed - count[short], step)
            step += self.shape.feed
            pairs = _without_repeats(np.concatenate((pairs, more)), block)
            count = np.bincount(pairs >> _MEMBER_BITS, minlength=block.size)
        return (pairs & _MEMBER_MASK).astype(np.int32), count

    def _suggested(
        self,
        block: NDArray[np.int64],
        short: NDArray[np.int64],
        missing: NDArray[np.int64],
        step: int,
    ) -> NDArray[np.int64]:
        """Return pairs that lengthen rows too short to fill a feed: further ring neighbours."""
        row = np.repeat(short, missing)
        nth = np.arange(row.size) - np.repeat(np.cumsum(missing) - missing, missing)
        ahead = (block[row] + (step + 1 + nth) * self.circles) % self.members
        return row << _MEMBER_BITS | ahead

    def _friends(self, block: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return (row, friend) pairs: each pair on the ring is decided once, for both sides."""
        circle = block % self.circles
        place = block // self.circles
        length = (self.members - 1 - circle) // self.circles + 1
        limit = keyed.threshold(self.shape.friend_probability)
        rows: list[NDArray[np.int64]] = []
        friends: list[NDArray[np.int64]] = []
        for offset in range(1, self.shape.friend_distance + 1):
            ahead = (place + offset) % length * self.circles + circle
            behind = (place - offset) % length * self.circles + circle
            for other, decider in ((ahead, block), (behind, behind)):
                word = keyed.hash32(decider * _SLOTS + offset, self.keys["friend"])
                yes = np.flatnonzero(word < limit)
                rows.append(yes)
                friends.append(other[yes])
        return np.concatenate(rows), np.concatenate(friends)

    def _picks(self, members: NDArray[np.int64], slots: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the target of each (member, slot): own circle, anybody, or friend of a friend."""
        kind, target = self._words(members, slots)
        picks = self._direct(members, kind, target)
        closing = kind >> np.uint32(16) < np.uint32(self.shape.closure_share * 65536)
        closing &= slots >= _OPEN_SLOTS
        at = np.flatnonzero(closing)
        first = (target[at] & np.uint32(3)).astype(np.int64)
        second = (target[at] >> np.uint32(2) & np.uint32(3)).astype(np.int64)
        between = self._direct(members[at], *self._words(members[at], first))
        picks[at] = self._direct(between, *self._words(between, second))
        return picks

    def _words(
        self, members: NDArray[np.int64], slots: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        entity = members * _SLOTS
        entity += slots
        return (
            keyed.hash32(entity, self.keys["kind"]),
            keyed.hash32(entity, self.keys["target"]),
        )

    def _direct(
        self,
        members: NDArray[np.int64],
        kind: NDArray[np.uint32],
        target: NDArray[np.uint32],
    ) -> NDArray[np.int64]:
        """Return a target in the own circle (towards its active end) or by world popularity."""
        word = target.astype(np.uint64)
        segment = word >> np.uint64(20)
        rank = (word & np.uint64(0xFFFFF)) * self.rank_width[segment]
        rank >>= np.uint64(20)
        rank += self.rank_floor[segment]
        picks: NDArray[np.int64] = self.by_popularity[rank].astype(np.int64)
        inside = kind & np.uint32(0xFFFF)
        near = np.flatnonzero(inside < np.uint32(self.shape.circle_share * 65536))
        word = word[near]
        square = word * word >> np.uint64(32)
        word = square * word >> np.uint64(32)
        circle = members[near] % self.circles
        length = (self.members - 1 - circle) // self.circles + 1
        picks[near] = keyed.below(word.astype(np.uint32), length) * self.circles + circle
        return picks


def _without_repeats(pairs: NDArray[np.int64], block: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return (row, target) pairs ascending, each once, nobody with themselves."""
    pairs = np.sort(pairs)
    keep = pairs & _MEMBER_MASK != block[pairs >> _MEMBER_BITS]
    keep[1:] &= pairs[1:] != pairs[:-1]
    kept: NDArray[np.int64] = pairs[keep]
    return kept


def _degree_levels(shape: GraphParameters) -> NDArray[np.int64]:
    """Return 4,096 quantiles of the lognormal number of followees."""
    normal = NormalDist()
    location = math.log(shape.followees_mean) - shape.followees_sigma**2 / 2
    levels = [
        math.exp(location + shape.followees_sigma * normal.inv_cdf((i + 0.5) / _DEGREE_LEVELS))
        for i in range(_DEGREE_LEVELS)
    ]
    return np.array([max(shape.feed, min(round(level), _SLOTS - 1)) for level in levels])


def _rank_segments(
    members: int, shape: GraphParameters
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the first rank and the width of equally likely pieces of the rank power law.

    Rank r is drawn with density (r + r0)^(-1 / (gamma - 1)), which gives follower counts a tail
    of exponent gamma (reference: shifted rank power law).
    """
    power = 1.0 - 1.0 / (shape.gamma - 1.0)
    low = shape.rank_shift**power
    high = (members + shape.rank_shift) ** power
    edges = [
        (low + (high - low) * i / _RANK_SEGMENTS) ** (1.0 / power) - shape.rank_shift
        for i in range(_RANK_SEGMENTS + 1)
    ]
    bounds = np.array([min(max(int(edge), 0), members) for edge in edges], dtype=np.uint64)
    bounds[-1] = members
    floor = bounds[:-1]
    width = np.maximum(bounds[1:] - floor, np.uint64(1))
    return np.minimum(floor, np.uint64(members - 1)), width


def _transpose(
    start: NDArray[np.int64], followees: NDArray[np.int32], members: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Turn rows of followees into rows of followers, a range of targets at a time."""
    follower_start = np.zeros(members + 1, dtype=np.int64)
    np.cumsum(np.bincount(followees, minlength=members), out=follower_start[1:])
    followers = np.empty(followees.size, dtype=np.int32)
    low = 0
    while low < members:
        reach = follower_start[low] + _EDGES_PER_TRANSPOSE
        high = max(low + 1, int(np.searchsorted(follower_start, reach, side="right")) - 1)
        pairs = _edges_into(start, followees, low, high)
        pairs.sort()
        pairs &= 0xFFFFFFFF
        followers[follower_start[low] : follower_start[high]] = pairs
        low = high
    return follower_start, followers


def _edges_into(
    start: NDArray[np.int64], followees: NDArray[np.int32], low: int, high: int
) -> NDArray[np.int64]:
    """Return ``target << 32 | source`` of all edges whose target lies in [low, high)."""
    members = start.size - 1
    step = max(1, members * _EDGES_PER_BLOCK // max(1, followees.size))
    found: list[NDArray[np.int64]] = []
    for first in range(0, members, step):
        last = min(first + step, members)
        targets = followees[start[first] : start[last]]
        sources = np.repeat(np.arange(first, last), np.diff(start[first : last + 1]))
        if low > 0 or high < members:
            inside = np.flatnonzero((targets >= low) & (targets < high))
            targets, sources = targets[inside], sources[inside]
        pairs = targets.astype(np.int64)
        pairs <<= 32
        pairs |= sources
        found.append(pairs)
    return np.concatenate(found)
