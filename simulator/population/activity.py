"""When members come and how one contribution calls for the next.

Visits of a class in an hour are stratified: the class is cut into as many equal strata as visits
are due and one member of each is drawn by key, so each member comes with the class's probability,
independently from hour to hour, at a cost in proportion to the visitors and not to the members.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.agenda import Agenda
from simulator.population.members import Members, characters
from simulator.population.parameters import ActivityParameters

HOUR = 3600
DAY = 24
WEEK = 7 * DAY
_DELAY_LEVELS = 4096
_MOST_CHILDREN = 4


def rhythm(hour: int, shape: ActivityParameters) -> float:
    """Return the factor on all activity in an hour; hour 0 is midnight, local time, of a Monday.

    The mean over a working day is 1.
    """
    mean = sum(shape.diurnal) / len(shape.diurnal)
    weekend = shape.weekend if hour % WEEK >= 5 * DAY else 1.0
    return shape.diurnal[hour % DAY] / mean * weekend


def visitors(
    members: Members, hour: int, shape: ActivityParameters, seed: int
) -> NDArray[np.int64]:
    """Return the ids of those who visit in an hour, ascending, nobody twice."""
    factor = rhythm(hour, shape)
    chance = np.array([-math.expm1(-rate * factor) for rate in members.class_rate])
    strata = np.ceil(np.diff(members.class_start) * chance).astype(np.int64)
    before = np.cumsum(strata) - strata
    nth = np.arange(int(strata.sum()))
    nth -= np.repeat(before, strata)
    first = np.repeat(members.class_start[:-1], strata)
    place = keyed.uniform(first + nth, keyed.key(seed, "visit", hour))
    place += nth
    place /= np.repeat(chance, strata)
    ids = place.astype(np.int64)
    ids += first
    ids = ids[ids < np.repeat(members.class_start[1:], strata)]
    keep = np.ones(ids.size, dtype=np.bool_)
    np.not_equal(ids[1:], ids[:-1], out=keep[1:])
    return ids[keep]


@lru_cache(maxsize=16)
def _awake(shape: ActivityParameters) -> NDArray[np.float64]:
    """Return for every hour of the week the chance that who is called back comes back."""
    return np.array([min(1.0, rhythm(hour, shape)) for hour in range(WEEK)])


@lru_cache(maxsize=16)
def delay_levels(shape: ActivityParameters) -> NDArray[np.int64]:
    """Return 4,096 equally likely delays in seconds of the power-law kernel, ascending."""
    tail = -shape.return_tail
    low, high = shape.return_shortest**tail, shape.return_longest**tail
    levels = [
        round((low + (high - low) * (i + 0.5) / _DELAY_LEVELS) ** (1.0 / tail))
        for i in range(_DELAY_LEVELS)
    ]
    table = np.array(levels, dtype=np.int64)
    table.setflags(write=False)
    return table


def returns(
    member: NDArray[np.int64], second: NDArray[np.int64], shape: ActivityParameters, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (member, second) of the contributions that these ones call forth from their authors.

    A branching (Hawkes) step: Poisson children, each after a delay with a power-law tail, thinned
    by the hour's rhythm, as nobody returns while asleep.
    """
    word = keyed.pair32(member, second, keyed.key(seed, "return"))
    children = np.zeros(member.size, dtype=np.int64)
    left, term = 1.0, math.exp(-shape.return_branching)
    for number in range(1, _MOST_CHILDREN + 1):
        left -= term
        children += word < keyed.threshold(left)
        term *= shape.return_branching / number
    parent = np.repeat(np.arange(member.size), children)
    nth = np.arange(parent.size) - np.repeat(np.cumsum(children) - children, children)
    child = keyed.pair32(second[parent] + nth, member[parent], keyed.key(seed, "delay"))
    due = second[parent] + delay_levels(shape)[child >> np.uint32(20)]
    chance = _awake(shape)[due // HOUR % WEEK]
    awake = keyed.uniform(child.astype(np.int64), keyed.key(seed, "awake")) < chance
    return member[parent[awake]], due[awake]


def speakers(
    members: Members,
    visits: tuple[NDArray[np.int64], NDArray[np.float32]],
    returning: Agenda,
    hour: int,
    shape: ActivityParameters,
    seed: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (member, second) of the hour's contributions, those of returning authors included.

    ``visits`` holds the visitors and their moods: strong feelings speak, bad ones more (row 33).
    Returns due later are filed in ``returning``.
    """
    ids, moods = visits
    open_to = np.flatnonzero(
        keyed.hash32(ids, keyed.key(seed, "voice", hour)) < members.voice[ids]
    )
    member, heat = ids[open_to], moods[open_to].astype(np.float64)
    drive = 1.0 + np.where(heat < 0, -shape.voice_negative * heat, shape.voice_positive * heat)
    drive /= 1.0 + max(shape.voice_negative, shape.voice_positive)
    toxic, fake = characters(member, shape, seed)
    drive[toxic | fake] = 1.0  # always aroused, or a machine
    member = member[keyed.uniform(member, keyed.key(seed, "drive", hour)) < drive]
    moment = keyed.hash32(member, keyed.key(seed, "second", hour))
    second = keyed.below(moment, np.full(member.size, HOUR)) + hour * HOUR
    due = returning.take(hour)
    members_so_far, seconds = [], []
    fresh = np.concatenate((member, due[0])), np.concatenate((second, due[1]))
    while fresh[0].size:
        members_so_far.append(fresh[0])
        seconds.append(fresh[1])
        again, when = returns(*fresh, shape, seed)
        soon = when < (hour + 1) * HOUR
        later = ~soon
        returning.add(when[later] // HOUR, np.stack((again[later], when[later])))
        fresh = again[soon], when[soon]
    if not seconds:
        return due[0], due[1]
    return np.concatenate(members_so_far), np.concatenate(seconds)
