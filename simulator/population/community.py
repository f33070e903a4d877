"""A community that lives: the state of all members and its step of one hour."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population import activity, cascades, contributions, mood, packing, reviews
from simulator.population.agenda import Agenda
from simulator.population.cascades import Adoptions, Contents, Exposures, Pace
from simulator.population.contributions import Contributions, Voices
from simulator.population.effects import Effect, touch
from simulator.population.graph import Graph, generate
from simulator.population.members import Members, draw_members
from simulator.population.parameters import Parameters, parameters
from simulator.population.reviews import Experiences
from simulator.population.threads import BRAND, Threads, no_threads, open_threads

FEWEST, MOST = 100, 1_000_000


@dataclass(frozen=True, slots=True)
class HourReport:
    """What happened in one hour; ``reached`` counts the copies of contents that were seen."""

    hour: int
    visitors: int
    posts: int
    comments: int
    shares: int
    reached: int
    joined: int
    left: int
    contributions: Contributions = field(repr=False)
    adoptions: Adoptions = field(repr=False)
    experiences: Experiences = field(repr=False)


def community(
    members: int, seed: int, sector: str = "retail", theta: Mapping[str, float] | None = None
) -> "Community":
    """Return a synthetic community at hour 0, midnight of a Monday, local time.

    ``theta`` replaces constants of parameters.json by name (``section.constant``). Raises
    ``ValueError`` for a number of members outside 100 to 1,000,000 or an unknown constant.
    """
    return Community(members, seed, parameters(sector, theta))


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
        self._presence = 0.0
        self.graph: Graph = generate(members, seed, constants.graph)
        self.traits: Members = draw_members(members, seed, constants)
        self.minds = mood.first_minds(self.traits, seed, constants.mood)
        self.threads = no_threads()
        self.travel = cascades.no_travel()
        self.returning = Agenda(2)
        self.hour = 0

    @property
    def presence(self) -> float:
        """How visibly the brand answers its reviews, in [0, 1]; may be set at any hour."""
        return self._presence

    @presence.setter
    def presence(self, share: float) -> None:
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"presence is a share in [0, 1], not {share}")
        self._presence = share

    @property
    def followers(self) -> int:
        """How many members follow the brand."""
        return int(np.count_nonzero(self.minds.following))

    def sentiment(self) -> float:
        """Return the mean mood, in [-1, 1]."""
        return float(self.minds.mood.mean(dtype=np.float64))

    def step(self, hour: int, effects: Sequence[Effect] = ()) -> HourReport:
        """Live through one hour, the effects of the desk first.

        Raises ``ValueError`` when the hour is already past or an effect is out of its range;
        the community is then as before.
        """
        if hour < self.hour:
            raise ValueError(
                f"hour {hour} is past: this community has lived until hour {self.hour}; "
                "restore a snapshot to go back"
            )
        for effect in effects:
            effect.check(self.members)
        constants, seed = self.constants, self.seed
        touch(self.minds, self.graph, effects, hour, constants.mood, seed)
        for effect in effects:
            if effect.calm != 1.0:
                cascades.calm(self.travel, effect.calm)
        ids, feeling = self._visit(hour)
        adoptions, exposures = cascades.circulate(
            self.travel, self.graph, hour, constants.spread, seed
        )
        angry = self._impress(adoptions, exposures)
        liking = self.minds.attitude[ids].astype(np.float64) - constants.mix.centre
        bought = reviews.live_through(ids, liking, hour, self.presence, constants.reviews, seed)
        self._remember(bought)
        voices = self._voices(hour, ids, feeling, (angry, effects))
        said, live = contributions.write(
            voices, self.minds.mood, self.threads, hour, constants, seed
        )
        self._publish(hour, said, live, effects)
        keys = keyed.key(seed, "following", hour)
        joined, left = mood.reconsider(self.minds, ids, constants.mood, keys)
        self.hour = hour + 1
        posts = int(np.count_nonzero(said.opens))
        return HourReport(
            hour=hour,
            visitors=ids.size,
            posts=posts,
            comments=said.member.size - posts,
            shares=adoptions.child.size,
            reached=exposures.reader.size,
            joined=joined,
            left=left,
            contributions=said,
            adoptions=adoptions,
            experiences=bought,
        )

    def _visit(self, hour: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Let the hour's visitors read their feeds; return them and their moods after it."""
        constants, seed = self.constants, self.seed
        ids = activity.visitors(self.traits, hour, constants.activity, seed)
        keys = keyed.key(seed, "feed", hour)
        seen = mood.read_feed(self.graph, self.minds.mood, ids, constants.graph.feed, keys)
        feeling = mood.settle(self.minds, self.traits.disposition, ids, seen, constants.mood)
        return ids, feeling

    def _impress(self, adoptions: Adoptions, exposures: Exposures) -> Adoptions:
        """Let what was seen move those who saw it; return the adoptions of outrage."""
        live, constants = self.travel.contents, self.constants
        tone = live.tone[exposures.place]
        stormy = live.pace == Pace.STORM
        weight = np.where(
            stormy[exposures.place], constants.storm.impression, constants.spread.impression
        )
        weight[tone < 0] *= constants.mood.negativity
        mood.shift(self.minds, exposures.reader, tone * weight, constants.mood)
        place = np.searchsorted(live.number, adoptions.content)
        hot = stormy[place]
        angry = Adoptions(adoptions.content[hot], adoptions.parent[hot], adoptions.child[hot])
        anger = np.full(angry.child.size, -constants.storm.anger)
        mood.shift(self.minds, angry.child, anger, constants.mood)
        return angry

    def _remember(self, bought: Experiences) -> None:
        """Let good and bad experiences move moods and attitudes."""
        change = (
            bought.stars - self.constants.reviews.neutral_stars
        ) * self.constants.mood.experience
        mood.shift(self.minds, bought.member, change, self.constants.mood)

    def _voices(
        self,
        hour: int,
        ids: NDArray[np.int64],
        feeling: NDArray[np.float32],
        outrage: tuple[Adoptions, Sequence[Effect]],
    ) -> Voices:
        """Return who speaks in the hour: visitors, those called back, those in a storm."""
        shape, seed = self.constants.activity, self.seed
        angry, effects = outrage
        member, second = activity.speakers(
            self.traits, (ids, feeling), self.returning, hour, shape, seed
        )
        keys = keyed.key(seed, "storm voice")
        words = keyed.pair32(angry.child, angry.content, keys)
        loud = np.flatnonzero(words < keyed.threshold(self.constants.storm.speak))
        sparks = np.array([effect.member for effect in effects if effect.heat > 0], dtype=np.int64)
        storm = np.concatenate((sparks, angry.child[loud]))
        moment = keyed.hash32(storm, keyed.key(seed, "storm second", hour))
        when = keyed.below(moment, np.full(storm.size, activity.HOUR)) + hour * activity.HOUR
        opening = self.threads.next + np.arange(sparks.size)
        thread = np.concatenate((opening, angry.content[loud]))
        count = member.size
        member, second = np.concatenate((member, storm)), np.concatenate((second, when))
        thread = np.concatenate((np.full(count, -1), thread))
        opens = np.zeros(member.size, dtype=np.bool_)
        opens[count : count + sparks.size] = True
        order = np.lexsort((member, second))
        return Voices(member[order], second[order], thread[order], opens[order])

    def _publish(
        self, hour: int, said: Contributions, live: Threads, effects: Sequence[Effect]
    ) -> None:
        """Open the hour's threads, the brand's own among them, and send contents on their way."""
        constants, seed = self.constants, self.seed
        opened = np.flatnonzero(said.opens)
        opened = opened[np.argsort(said.thread[opened], kind="stable")]
        authors, tones = said.member[opened], said.tone[opened]
        posts = said.thread[opened], authors, tones
        if hour % activity.DAY in constants.threads.brand_post_hours:
            authors = np.append(authors, BRAND)
            tones = np.append(tones, constants.threads.brand_tone)
        self.threads = open_threads(live, hour, (authors, tones), constants.threads, seed)
        fresh = cascades.draw_contents(posts, hour, constants.spread, constants.appeal, seed)
        heats = np.array([effect.heat for effect in effects if effect.heat > 0])
        fresh = cascades.add_storms(fresh, posts, heats * constants.storm.rate, hour)
        cascades.release(self.travel, fresh, hour, constants.spread)

    def snapshot(self) -> bytes:
        """Return the state as bytes, without the graph and the traits, which follow from it."""
        return packing.pack(self._head(), self._arrays())

    def checksum(self) -> int:
        """Return a 32-bit checksum of the whole state."""
        return packing.checksum(self._head(), self._arrays())

    def restore(self, taken: bytes) -> None:
        """Take up the state of a snapshot of the same community.

        Raises ``ValueError`` when the bytes are no snapshot or one of another community.
        """
        head, arrays = packing.unpack(taken)
        here = self._identity()
        for name, value in here.items():
            if head.get(name) != value:
                raise ValueError(
                    f"the snapshot is of another community: its {name} is {head.get(name)!r}, "
                    f"here it is {value!r}"
                )
        self.hour, self.presence = head["hour"], head["presence"]
        self.minds = mood.Minds(**_part(arrays, "minds"))
        self.threads = Threads(head["first"], **_part(arrays, "threads"))
        travel = _part(arrays, "travel")
        self.travel = cascades.Travel(
            Contents(**_part(arrays, "contents")),
            travel["adopted"],
            Agenda.of_table(travel["due"]),
        )
        self.returning = Agenda.of_table(arrays["returning"])

    def _identity(self) -> dict[str, object]:
        return {
            "members": self.members,
            "seed": self.seed,
            "sector": self.constants.sector,
            "constants": zlib.crc32(repr(self.constants).encode()),
        }

    def _head(self) -> dict[str, object]:
        state = {"hour": self.hour, "first": self.threads.first, "presence": self.presence}
        return {**self._identity(), **state}

    def _arrays(self) -> packing.Arrays:
        parts: dict[str, mood.Minds | Threads | Contents] = {
            "minds": self.minds,
            "threads": self.threads,
            "contents": self.travel.contents,
        }
        arrays = {
            f"{name}.{each.name}": getattr(part, each.name)
            for name, part in parts.items()
            for each in fields(part)
            if each.name != "first"
        }
        arrays["travel.adopted"] = self.travel.adopted
        arrays["travel.due"] = self.travel.due.table()
        arrays["returning"] = self.returning.table()
        return arrays


def _part(arrays: packing.Arrays, name: str) -> packing.Arrays:
    return {
        key.removeprefix(f"{name}."): array
        for key, array in arrays.items()
        if key.startswith(f"{name}.")
    }
