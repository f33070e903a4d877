"""How contents travel along the follow edges: most never, a few to a circle, very few to all.

A content is broad (of interest to anybody) or narrow (to its author's circle only); spreading on
the graph alone would make every large cascade viral (Goel, Munagala, Sharma and Zhang 2015).
A reader decides once per content, whoever passes it on.
"""

import math
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population import appeal
from simulator.population.agenda import Agenda
from simulator.population.graph import Graph
from simulator.population.parameters import AppealParameters, SpreadParameters

_MEMBER_BITS = 20  # a community has at most 2**20 members
_LEVELS = 4096
_NOBODY = -1


class Pace(IntEnum):
    """How long a content stays of interest: hours, a day, or the days of a storm."""

    FLEETING = 0
    LASTING = 1
    STORM = 2


@dataclass(frozen=True, slots=True)
class Contents:
    """What can still be passed on, in order of ``number`` (that of its thread).

    ``rate`` is the chance that a reader of a fresh copy passes it on; a `Pace` of storm marks
    outrage at the brand, which is broad.
    """

    number: NDArray[np.int64]
    author: NDArray[np.int64]
    born: NDArray[np.int64]
    rate: NDArray[np.float64]
    tone: NDArray[np.float64]
    broad: NDArray[np.bool_]
    pace: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Adoptions:
    """Who passed on what they had from whom, in an hour; one entry each."""

    content: NDArray[np.int64]
    parent: NDArray[np.int64]
    child: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Exposures:
    """Who saw a copy in an hour: readers and the places of the contents among the live ones."""

    place: NDArray[np.int64]
    reader: NDArray[np.int64]


@dataclass(slots=True)
class Travel:
    """Contents under way: the live ones, who has taken over what, who passes on when.

    ``due`` holds (content, parent, child); the author's own post has no parent.
    """

    contents: Contents
    adopted: NDArray[np.int64]
    due: Agenda


Posts: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
"""Thread number, author and tone of the posts of an hour, in order of the number."""


def no_travel() -> Travel:
    """Return the state before anything was shared."""
    none = np.empty(0, dtype=np.int64)
    flags = np.empty(0, dtype=np.bool_), np.empty(0, dtype=np.uint8)
    return Travel(Contents(none, none, none, np.empty(0), np.empty(0), *flags), none, Agenda(3))


def draw_contents(
    posts: Posts, hour: int, shape: SpreadParameters, charge: AppealParameters, seed: int
) -> Contents:
    """Return the hour's posts that anybody would pass on."""
    number, author, tone = posts
    some = np.flatnonzero(
        keyed.hash32(number, keyed.key(seed, "shareable")) < keyed.threshold(shape.shareable)
    )
    number, author, tone = number[some], author[some], tone[some]
    level = keyed.hash32(number, keyed.key(seed, "share rate")) >> np.uint32(20)
    rate = _rates(shape)[level] * appeal.share_factor(
        tone,
        appeal.charged_words(number, charge.moral_share, keyed.key(seed, "moral")),
        appeal.charged_words(number, charge.outgroup_share, keyed.key(seed, "outgroup")),
        charge,
    )
    broad = keyed.hash32(number, keyed.key(seed, "broad")) < keyed.threshold(shape.broad)
    lasts = keyed.hash32(number, keyed.key(seed, "lasting")) < keyed.threshold(shape.lasting)
    cap = np.where(lasts, shape.lasting_cap, shape.fleeting_cap)
    rate = np.minimum(np.where(broad, rate * shape.broad_rate, rate), cap)
    pace = np.where(lasts, Pace.LASTING, Pace.FLEETING).astype(np.uint8)
    return Contents(number, author, np.full(number.size, hour), rate, tone, broad, pace)


def add_storms(fresh: Contents, posts: Posts, rates: NDArray[np.float64], hour: int) -> Contents:
    """Make storms of the first posts of the hour, as many as there are rates."""
    number, author, tone = posts
    number, author, tone = number[: rates.size], author[: rates.size], tone[: rates.size]
    rest = np.flatnonzero(~np.isin(fresh.number, number))
    storms = Contents(
        number,
        author,
        np.full(rates.size, hour),
        rates,
        tone,
        np.ones(rates.size, dtype=np.bool_),
        np.full(rates.size, Pace.STORM, dtype=np.uint8),
    )
    return Contents(
        *(
            np.concatenate((getattr(storms, name), getattr(fresh, name)[rest]))
            for name in Contents.__dataclass_fields__
        )
    )


def release(travel: Travel, fresh: Contents, hour: int, shape: SpreadParameters) -> None:
    """Put new contents on their way; their authors' followers see them in the next hour."""
    old = travel.contents
    keep = hour - old.born <= shape.lifetime
    fields = Contents.__dataclass_fields__
    travel.contents = Contents(
        *(np.concatenate((getattr(old, name)[keep], getattr(fresh, name))) for name in fields)
    )
    oldest = int(travel.contents.number[0]) if travel.contents.number.size else 0
    gone = np.searchsorted(travel.adopted, oldest << _MEMBER_BITS)
    mine = _pair(fresh.number, fresh.author)
    travel.adopted = np.sort(np.concatenate((travel.adopted[gone:], mine)))
    nobody = np.full(fresh.number.size, _NOBODY)
    rows = np.stack((fresh.number, nobody, fresh.author))
    travel.due.add(np.full(fresh.number.size, hour + 1), rows)


def calm(travel: Travel, factor: float) -> None:
    """Multiply the rate of every live storm: what an answer does to its growth."""
    contents = travel.contents
    stormy = contents.pace == Pace.STORM
    rate = np.where(stormy, np.minimum(contents.rate * factor, 1.0), contents.rate)
    travel.contents = replace(contents, rate=rate)


def circulate(
    travel: Travel, graph: Graph, hour: int, shape: SpreadParameters, seed: int
) -> tuple[Adoptions, Exposures]:
    """Let those who are due pass on what they took over; return them, and who saw it.

    Of those who see a copy some take it over, each once per content, to pass it on later.
    """
    contents = travel.contents
    number, parent, sharer = travel.due.take(hour)
    place = np.searchsorted(contents.number, number)
    alive = np.flatnonzero(place < contents.number.size)
    alive = alive[contents.number[place[alive]] == number[alive]]
    place, parent, sharer = place[alive], parent[alive], sharer[alive]
    copy, reader = _readers(contents, graph, place, sharer)
    shown = place[copy]
    chance = contents.rate * _freshness(hour - contents.born, contents.pace, shape)
    limit = (np.minimum(chance, 1.0) * (2.0**32 - 1)).astype(np.uint32)
    word = keyed.pair32(contents.number[shown], reader, keyed.key(seed, "share"))
    takes = np.flatnonzero(word < limit[shown])
    pairs, at = np.unique(_pair(contents.number[shown[takes]], reader[takes]), return_index=True)
    fresh = ~_holds(travel.adopted, pairs)
    pairs, at = pairs[fresh], takes[at[fresh]]
    travel.adopted = np.sort(np.concatenate((travel.adopted, pairs)))
    rows = np.stack((contents.number[shown[at]], sharer[copy[at]], reader[at]))
    level = keyed.pair32(rows[2], rows[0], keyed.key(seed, "share delay")) >> np.uint32(20)
    stormy = (contents.pace[shown[at]] == Pace.STORM).astype(np.int64)
    travel.due.add(hour + _waits(shape)[stormy, level], rows)
    passed = np.flatnonzero(parent != _NOBODY)
    adoptions = Adoptions(contents.number[place[passed]], parent[passed], sharer[passed])
    return adoptions, Exposures(shown, reader)


def _readers(
    contents: Contents, graph: Graph, place: NDArray[np.int64], sharer: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (number of the copy, reader) for the sharers' followers who care for the content."""
    first = graph.follower_start[sharer]
    count = graph.follower_start[sharer + 1] - first
    copy = np.repeat(np.arange(sharer.size), count)
    edge = np.arange(copy.size) + np.repeat(first - (np.cumsum(count) - count), count)
    reader = graph.followers[edge].astype(np.int64)
    near = reader % graph.circles == (contents.author[place] % graph.circles)[copy]
    interested = np.flatnonzero(near | contents.broad[place][copy])
    return copy[interested], reader[interested]


def _pair(content: NDArray[np.int64], member: NDArray[np.int64]) -> NDArray[np.int64]:
    return content << _MEMBER_BITS | member


def _holds(held: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.bool_]:
    place = np.minimum(np.searchsorted(held, wanted), max(0, held.size - 1))
    return held[place] == wanted if held.size else np.zeros(wanted.size, dtype=np.bool_)


def _freshness(
    age: NDArray[np.int64], pace: NDArray[np.uint8], shape: SpreadParameters
) -> NDArray[np.float64]:
    fresh: NDArray[np.float64] = _fading(shape)[pace, np.clip(age, 0, shape.lifetime + 1)]
    return fresh


@lru_cache(maxsize=16)
def _fading(shape: SpreadParameters) -> NDArray[np.float64]:
    """Return a row for each `Pace`, a column per hour of age."""
    fades = (shape.fleeting_hours, shape.lasting_hours, shape.storm_hours)
    hours = range(shape.lifetime + 2)
    return np.array([[math.exp(-hour / fade) for hour in hours] for fade in fades])


@lru_cache(maxsize=16)
def _rates(shape: SpreadParameters) -> NDArray[np.float64]:
    """Return equally likely share rates with a Pareto tail, ascending."""
    levels = [
        shape.rate_least * (1.0 - (i + 0.5) / _LEVELS) ** (-1.0 / shape.rate_tail)
        for i in range(_LEVELS)
    ]
    return np.array(levels)


@lru_cache(maxsize=16)
def _waits(shape: SpreadParameters) -> NDArray[np.int64]:
    """Return equally likely whole hours (at least 1) until somebody passes a content on.

    A row for ordinary contents and one for storms, with a power-law tail.
    """
    tail = -shape.wait_tail
    high = shape.wait_longest**tail
    rows = []
    for shortest in (shape.wait_shortest, shape.storm_wait_shortest):
        low = shortest**tail
        hours = [
            (low + (high - low) * (i + 0.5) / _LEVELS) ** (1.0 / tail) for i in range(_LEVELS)
        ]
        rows.append([max(1, math.ceil(hour)) for hour in hours])
    return np.array(rows, dtype=np.int64)
