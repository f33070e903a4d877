"""A community that lives: the state of all members and its step of one hour."""

import json
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population import activity, mood, threads
from simulator.population.agenda import Agenda
from simulator.population.graph import Graph, generate
from simulator.population.members import Members, draw_members
from simulator.population.parameters import Parameters, parameters

FEWEST, MOST = 100, 1_000_000
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Effect:
    """What a move of the desk did to a member.

    ``change`` in [-1, 1] moves the member's mood; ``reach`` in [0, 1] is the share of all members
    who see the exchange (0: nobody else; above 0 the member's followers see it in any case).
    """

    member: int
    change: float
    reach: float = 0.0


@dataclass(frozen=True, slots=True)
class Contributions:
    """What members wrote in an hour, in order of time; one entry each.

    ``second`` counts from hour 0, ``thread`` is the thread's number, ``opens`` says whether the
    contribution is the post that opens it, ``tone`` is in [-1, 1].
    """

    member: NDArray[np.int64]
    second: NDArray[np.int64]
    thread: NDArray[np.int64]
    opens: NDArray[np.bool_]
    tone: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HourReport:
    """What happened in one hour."""

    hour: int
    visitors: int
    posts: int
    comments: int
    joined: int
    left: int
    contributions: Contributions = field(repr=False)


def community(members: int, seed: int, sector: str = "retail") -> "Community":
    """Return a synthetic community at hour 0, midnight of a Monday, local time.

    Raises ``ValueError`` for a number of members outside 100 to 1,000,000.
    """
    return Community(members, seed, parameters(sector))


class Community:
    """Members as arrays, moved by the hour; equal seeds and effects give bit-equal states."""

    def __init__(self, members: int, seed: int, constants: Parameters) -> None:
        if not FEWEST <= members <= MOST:
            raise ValueError(
                f"a community has {FEWEST} to {MOST:,} members, not {members:,}: "
                "choose a number in that range"
            )
        self.members = members
        self.seed = seed
        self.constants = constants
        self.graph: Graph = generate(members, seed, constants.graph)
        self.traits: Members = draw_members(members, seed, constants)
        self.minds = mood.first_minds(self.traits, seed, constants.mood)
        self.threads = threads.no_threads()
        self.agenda = Agenda(2)
        self.hour = 0

    @property
    def followers(self) -> int:
        """How many members follow the brand."""
        return int(np.count_nonzero(self.minds.following))

    def sentiment(self) -> float:
        """Return the mean mood, in [-1, 1]."""
        return float(self.minds.mood.mean(dtype=np.float64))

    def step(self, hour: int, effects: Sequence[Effect] = ()) -> HourReport:
        """Live through one hour, the effects of the desk first.

        Raises ``ValueError`` when the hour is already past or an effect is out of its range.
        """
        if hour < self.hour:
            raise ValueError(
                f"hour {hour} is past: this community has lived until hour {self.hour}; "
                "restore a snapshot to go back"
            )
        self._apply(hour, effects)
        shape = self.constants.mood
        ids = activity.visitors(self.traits, hour, self.constants.activity, self.seed)
        seen = mood.read_feed(
            self.graph,
            self.minds.mood,
            ids,
            self.constants.graph.feed,
            keyed.key(self.seed, "feed", hour),
        )
        feeling = mood.settle(self.minds, self.traits.disposition, ids, seen, shape)
        member, second = self._speakers(hour, ids, feeling)
        said = self._contribute(hour, member, second)
        joined, left = mood.reconsider(
            self.minds, ids, shape, keyed.key(self.seed, "following", hour)
        )
        self.hour = hour + 1
        posts = int(np.count_nonzero(said.opens))
        return HourReport(hour, ids.size, posts, member.size - posts, joined, left, said)

    def _apply(self, hour: int, effects: Sequence[Effect]) -> None:
        shape = self.constants.mood
        everybody = np.arange(self.members if any(e.reach > 0 for e in effects) else 0)
        for number, effect in enumerate(effects):
            _check(effect, self.members)
            mood.shift(self.minds, np.array([effect.member]), np.array([effect.change]), shape)
            if effect.reach == 0:
                continue
            key = keyed.key(self.seed, "witness", hour, number, effect.member)
            sees = keyed.hash32(everybody, key) < keyed.threshold(effect.reach)
            first, end = self.graph.follower_start[effect.member : effect.member + 2]
            sees[self.graph.followers[first:end]] = True
            sees[effect.member] = False
            witnesses = np.flatnonzero(sees)
            weight = shape.witness * (shape.negativity if effect.change < 0 else 1.0)
            mood.shift(
                self.minds, witnesses, np.full(witnesses.size, effect.change * weight), shape
            )

    def _speakers(
        self, hour: int, ids: NDArray[np.int64], feeling: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return (member, second) of the hour's contributions in order of time."""
        shape = self.constants.activity
        open_to = np.flatnonzero(
            keyed.hash32(ids, keyed.key(self.seed, "voice", hour)) < self.traits.voice[ids]
        )
        member, heat = ids[open_to], feeling[open_to].astype(np.float64)
        drive = 1.0 + np.where(heat < 0, -shape.voice_negative * heat, shape.voice_positive * heat)
        drive /= 1.0 + max(shape.voice_negative, shape.voice_positive)
        member = member[keyed.uniform(member, keyed.key(self.seed, "drive", hour)) < drive]
        place = keyed.hash32(member, keyed.key(self.seed, "second", hour))
        second = keyed.below(place, np.full(member.size, activity.HOUR)) + hour * activity.HOUR
        due = self.agenda.take(hour)
        members, seconds = [member, due[0]], [second, due[1]]
        fresh = np.concatenate(members), np.concatenate(seconds)
        while fresh[0].size:
            again, when = activity.returns(*fresh, shape, self.seed)
            soon = when < (hour + 1) * activity.HOUR
            later = ~soon
            self.agenda.add(when[later] // activity.HOUR, np.stack((again[later], when[later])))
            fresh = again[soon], when[soon]
            members.append(fresh[0])
            seconds.append(fresh[1])
        member, second = np.concatenate(members), np.concatenate(seconds)
        order = np.lexsort((member, second))
        return member[order], second[order]

    def _contribute(
        self, hour: int, member: NDArray[np.int64], second: NDArray[np.int64]
    ) -> Contributions:
        """Turn the hour's contributions into posts and comments."""
        shape = self.constants.threads
        opens = keyed.pair32(member, second, keyed.key(self.seed, "opens")) < keyed.threshold(
            shape.post_share
        )
        comments = np.flatnonzero(~opens)
        live = self.threads
        if live.born.size == 0:
            opens[:] = True
            comments = comments[:0]
        own = self.minds.mood[member].astype(np.float64)
        around = own.copy()
        thread = np.empty(member.size, dtype=np.int64)
        if comments.size:
            words = keyed.pair32(
                member[comments], second[comments], keyed.key(self.seed, "thread")
            )
            places = threads.choose_threads(live, hour, words, shape)
            around[comments] = live.tone[places]
            thread[comments] = live.first + places
            live = threads.grow(live, places)
        noise = keyed.pair32(member, second, keyed.key(self.seed, "noise")) * 2.0**-31 - 1.0
        tone = shape.own_weight * own + shape.tone_weight * around + shape.noise_weight * noise
        tone /= shape.own_weight + shape.tone_weight
        tone = np.clip(tone, -1.0, 1.0)
        thread[opens] = live.next + np.arange(np.count_nonzero(opens))
        authors, tones = member[opens], tone[opens]
        if hour % activity.DAY in shape.brand_post_hours:
            authors = np.append(authors, threads.BRAND)
            tones = np.append(tones, 0.2)
        self.threads = threads.open_threads(live, hour, (authors, tones), shape, self.seed)
        return Contributions(member, second, thread, opens, tone)

    def checksum(self) -> int:
        """Return a 32-bit checksum of the whole state."""
        total = 0
        for array in self._arrays().values():
            total = zlib.crc32(np.ascontiguousarray(array).tobytes(), total)
        return zlib.crc32(f"{self.hour} {self.threads.first}".encode(), total)

    def _arrays(self) -> dict[str, NDArray[np.generic]]:
        live, minds = self.threads, self.minds
        return {
            "mood": minds.mood,
            "attitude": minds.attitude,
            "trust": minds.trust,
            "following": minds.following,
            "born": live.born,
            "author": live.author,
            "tone": live.tone,
            "appeal": live.appeal,
            "size": live.size,
            "agenda": self.agenda.table(),
        }

    def _identity(self) -> dict[str, object]:
        constants = zlib.crc32(repr(self.constants).encode())
        return {
            "format": _FORMAT,
            "members": self.members,
            "seed": self.seed,
            "sector": self.constants.sector,
            "constants": constants,
        }

    def snapshot(self) -> bytes:
        """Return the state as bytes: a line of JSON, then the arrays, little-endian, packed.

        The graph and the traits are left out: they follow from members, seed and constants.
        """
        arrays = self._arrays()
        head = {
            **self._identity(),
            "hour": self.hour,
            "first": self.threads.first,
            "arrays": [
                [name, array.dtype.str, list(array.shape)] for name, array in arrays.items()
            ],
        }
        body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays.values())
        return json.dumps(head).encode() + b"\n" + zlib.compress(body, 1)

    def restore(self, snapshot: bytes) -> None:
        """Take up the state of a snapshot of the same community.

        Raises ``ValueError`` when the bytes are no snapshot or one of another community.
        """
        try:
            line, body = snapshot.split(b"\n", 1)
            head = json.loads(line)
            raw = zlib.decompress(body)
            arrays: dict[str, NDArray[np.generic]] = {}
            at = 0
            for name, kind, dimensions in head["arrays"]:
                count = math.prod(dimensions)
                part = np.frombuffer(raw, dtype=kind, count=count, offset=at)
                arrays[name] = part.reshape(dimensions).copy()
                at += part.nbytes
        except (ValueError, KeyError, TypeError, zlib.error) as error:
            raise ValueError(f"these bytes are no snapshot of a community: {error}") from error
        for name, value in self._identity().items():
            if head.get(name) != value:
                raise ValueError(
                    f"the snapshot is of another community: its {name} is {head.get(name)!r}, "
                    f"here it is {value!r}"
                )
        self._take_up(head, arrays)

    def _take_up(self, head: dict[str, int], arrays: dict[str, NDArray[np.generic]]) -> None:
        self.hour = head["hour"]
        names = ("mood", "attitude", "trust", "following")
        self.minds = mood.Minds(*(arrays[name] for name in names))  # type: ignore[arg-type]
        names = ("born", "author", "tone", "appeal", "size")
        self.threads = threads.Threads(head["first"], *(arrays[name] for name in names))  # type: ignore[arg-type]
        self.agenda = Agenda.of_table(arrays["agenda"])  # type: ignore[arg-type]


def _check(effect: Effect, members: int) -> None:
    if not 0 <= effect.member < members:
        raise ValueError(f"member {effect.member} is not in 0..{members - 1}")
    if not -1 <= effect.change <= 1:
        raise ValueError(f"an effect's change is in [-1, 1], not {effect.change}")
    if not 0 <= effect.reach <= 1:
        raise ValueError(
            f"an effect's reach is a share of all members in [0, 1], not {effect.reach}"
        )
