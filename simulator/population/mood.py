"""How members feel: fast mood, slow attitude, trust in the brand, and whether they follow it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.graph import Graph
from simulator.population.members import Members
from simulator.population.parameters import MoodParameters

Floats = NDArray[np.float32]

_READERS = 8192  # at once: what they read then stays in the cache


@dataclass(slots=True)
class Minds:
    """What members feel; float32 in [-1, 1] (trust in [0, 1]), one entry a member."""

    mood: Floats
    attitude: Floats
    trust: Floats
    following: NDArray[np.bool_]


def first_minds(members: Members, seed: int, shape: MoodParameters) -> Minds:
    """Return the state of mind before anything has happened."""
    ids = np.arange(members.disposition.size)
    following = keyed.hash32(ids, keyed.key(seed, "following")) < keyed.threshold(shape.following)
    trust = members.disposition * np.float32(0.5) + np.float32(0.5)
    return Minds(members.disposition.copy(), members.disposition.copy(), trust, following)


def read_feed(
    graph: Graph, mood: Floats, ids: NDArray[np.int64], feed: int, keys: keyed.Key
) -> Floats:
    """Return the mean mood of the followees whom each visitor sees: a window in the row."""
    seen = np.empty(ids.size, dtype=np.float32)
    for first in range(0, ids.size, _READERS):
        part = ids[first : first + _READERS]
        start = graph.followee_start[part]
        room = graph.followee_start[part + 1] - start
        room -= feed - 1
        start += keyed.below(keyed.hash32(part, keys), room)
        window = start + np.arange(feed)[:, np.newaxis]
        authors = graph.followees.take(window, mode="clip")
        total = mood.take(authors, mode="clip").sum(axis=0, dtype=np.float32)
        seen[first : first + _READERS] = total
    seen *= np.float32(1.0 / feed)
    return seen


def settle(
    minds: Minds, disposition: Floats, ids: NDArray[np.int64], seen: Floats, shape: MoodParameters
) -> Floats:
    """Move the visitors' moods by what they have seen; return the new moods.

    Attitudes follow moods slowly and return to dispositions, trust follows attitudes.
    """
    mood, attitude = minds.mood[ids], minds.attitude[ids]
    gap = seen - mood
    gap[np.abs(gap) >= np.float32(shape.confidence)] = 0.0
    gap *= np.float32(shape.pull)
    mood += np.float32(shape.recovery) * (attitude - mood)
    mood += gap
    attitude += np.float32(shape.learning) * (mood - attitude)
    attitude += np.float32(shape.anchor) * (disposition[ids] - attitude)
    trust = minds.trust[ids]
    trust += np.float32(shape.learning) * (np.float32(0.5) * (attitude + np.float32(1.0)) - trust)
    minds.mood[ids] = mood
    minds.attitude[ids] = attitude
    minds.trust[ids] = trust
    return mood


def shift(
    minds: Minds, ids: NDArray[np.int64], change: NDArray[np.floating], shape: MoodParameters
) -> None:
    """Change moods at once (repeats add up), attitudes and trust by a part of it, in range."""
    step = change.astype(np.float32)
    np.add.at(minds.mood, ids, step)
    np.add.at(minds.attitude, ids, step * np.float32(shape.attitude_share))
    np.add.at(minds.trust, ids, step * np.float32(shape.trust_gain))
    minds.mood[ids] = np.clip(minds.mood[ids], -1.0, 1.0)
    minds.attitude[ids] = np.clip(minds.attitude[ids], -1.0, 1.0)
    minds.trust[ids] = np.clip(minds.trust[ids], 0.0, 1.0)


def reconsider(
    minds: Minds, ids: NDArray[np.int64], shape: MoodParameters, keys: keyed.Key
) -> tuple[int, int]:
    """Let visitors leave a brand that they resent and join one that they like; (joined, left).

    Who trusts the brand forgives it; who does not is slow to join.
    """
    feeling = minds.mood[ids].astype(np.float64)
    word = keyed.uniform(ids, keys)
    follows = minds.following[ids]
    trust = minds.trust[ids].astype(np.float64)
    leaving = ids[follows & (word < -shape.leave * feeling * (1.0 - trust))]
    joining = ids[~follows & (word < shape.join * feeling * trust)]
    minds.following[leaving] = False
    minds.following[joining] = True
    return int(joining.size), int(leaving.size)
