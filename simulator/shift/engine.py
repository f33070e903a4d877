"""A day or a week at a brand's desk: the clock and the moves; its state is the fold of its moves.

Only moves spend simulated minutes; the one that ends a day spends its night as well. Equal
scenario, brand, seed and moves give an equal shift.
"""

import copy
import json
import unicodedata
import zlib
from dataclasses import replace
from functools import lru_cache
from typing import Any, Self

from simulator.brands import Brand
from simulator.days import Week
from simulator.moves import MOVES, Move
from simulator.population import Community, community
from simulator.scenarios import Scenario
from simulator.shift import events, office, refusals
from simulator.shift.cast import Cast
from simulator.shift.constants import community_sector
from simulator.shift.desk import Desk, view
from simulator.shift.effects import take_effect
from simulator.shift.events import Event
from simulator.shift.refusals import DESK_WIDE, MoveRefused
from simulator.shift.scene import Scene
from simulator.shift.state import Case, Made, Point, Sighting, State, from_plain, to_plain

ENGINE_VERSION = "5"
HOUR = 60
_WITHOUT_CONTROL = {"Cc", "Cf", "Cs", "Co"}


class Day:
    """A day or a campaign at a brand's desk, opened by `begin` or taken up by `restore`."""

    def __init__(self, scenario: Scenario, brand: Brand, seed: int) -> None:
        if scenario.brand != brand.id or scenario.locale != brand.locale:
            raise ValueError(
                f"the scenario {scenario.id} is of the brand {scenario.brand} in "
                f"{scenario.locale}, not of {brand.id} in {brand.locale}: give the brand it names"
            )
        self.scene = Scene(Cast(scenario, brand, seed), State())
        self.community = _community(scenario.members, seed, community_sector(brand.sector))

    @property
    def scenario(self) -> Scenario:
        """The scenario that is played."""
        return self.scene.cast.scenario

    @property
    def brand(self) -> Brand:
        """The brand whose desk it is."""
        return self.scene.cast.brand

    @property
    def seed(self) -> int:
        """The seed of every draw."""
        return self.scene.cast.seed

    @property
    def state(self) -> State:
        """What has happened so far."""
        return self.scene.state

    @property
    def week(self) -> Week:
        """The days of the shift."""
        return self.scenario.week

    @property
    def length(self) -> int:
        """Simulated minutes from beginning to end, nights included."""
        return self.scenario.ends - self.scenario.begins

    @property
    def is_over(self) -> bool:
        """Whether the day has ended."""
        return self.state.minute >= self.length

    @property
    def is_closed(self) -> bool:
        """Whether the desk's hours are over for today: only the day can be ended."""
        return self.week.is_closed(self.state.minute)

    def available(self, message_id: str) -> tuple[str, ...]:
        """Return the ids of the moves that are possible on a message now.

        Raises `MoveRefused` when there is no such message on the desk.
        """
        case = self._case(message_id)
        if self.is_over or self.is_closed:
            return ()
        return refusals.possible(case, self.scene.plan(case), self.state)

    def check(self, move: Move) -> None:
        """Raise `MoveRefused` when a move is not possible now; nothing changes either way."""
        if move.kind not in MOVES:
            raise MoveRefused("unknown_move", {"move": move.kind})
        if self.is_over:
            raise MoveRefused("over")
        refusals.check_hours(move, self.week, self.state.minute)
        if move.kind == "look_up":
            refusals.check_fact(move, self.brand)
            if move.message:
                self._case(move.message)
        elif MOVES[move.kind].duty:
            refusals.check_duty(move, office.standing(self.scene), self.brand, self.state)
        elif move.kind not in DESK_WIDE:
            case = self._case(move.message)
            plan = self.scene.plan(case)
            refusals.check_message(move, case, plan, self.state)
            morning = self.week.day(self.state.minute).begins
            refusals.check_words(_cleaned(move), case, plan, self.brand, self.state, morning)

    def apply(self, move: Move, after: int | None = None) -> tuple[Event, ...]:
        """Make a move and return what happened meanwhile, in order.

        ``after`` is the number of moves that its sender had seen, so that a repeated or late
        request never makes a move twice. Raises `MoveRefused`, changing nothing, when the move is
        not possible now.
        """
        made_before = len(self.state.made)
        if after is not None and after != made_before:
            raise MoveRefused("stale", {"seen": str(after), "made": str(made_before)})
        self.check(move)
        move = self._located(_cleaned(move))
        start = self.state.minute
        if move.kind == "wait":
            happened = self._wait(move.minutes)
        elif move.kind == "end_day":
            happened = self._run(self._morning())
        else:
            happened = self._run(start + MOVES[move.kind].minutes)
        made = Made(
            move.kind, self.state.minute, self.state.minute - start,
            move.message, move.text, move.to, move.minutes, move.item, dict(move.choices),
        )  # fmt: skip
        self.state.made.append(made)
        self._take_effect(made)
        if self.is_over:
            happened += self._close()
        return tuple(happened)

    def run_out(self) -> None:
        """Let everything that is left pass without another move."""
        if not self.is_over:
            self._run(self.length)
            self._close()

    def pass_until(self, minute: int) -> None:
        """Let the day pass to a minute, without a move."""
        if minute >= self.length:
            self.run_out()
        else:
            self._run(minute)

    def desk(self) -> Desk:
        """Return what may be seen at the desk; it holds no hidden truth."""
        return view(self.scene, self.available, is_over=self.is_over)

    def checksum(self) -> int:
        """Return a 32-bit checksum of the whole state, community included."""
        text = json.dumps(to_plain(self.state), sort_keys=True, ensure_ascii=False)
        return zlib.crc32(text.encode(), self.community.checksum())

    def snapshot(self) -> bytes:
        """Return the state as bytes: a cache, never needed, of `replay`."""
        head = json.dumps({**self._identity(), "state": to_plain(self.state)})
        packed = zlib.compress(head.encode(), 1)
        return len(packed).to_bytes(4, "big") + packed + self.community.snapshot()

    def restore(self, snapshot: bytes) -> None:
        """Take up the state of a snapshot of the same shift.

        Raises ``ValueError`` when the bytes are no snapshot, or one of another shift or engine.
        """
        try:
            size = int.from_bytes(snapshot[:4], "big")
            head: dict[str, Any] = json.loads(zlib.decompress(snapshot[4 : 4 + size]))
            state = from_plain(head["state"])
        except (ValueError, KeyError, TypeError, zlib.error) as error:
            raise ValueError(f"these bytes are no snapshot of a shift: {error}") from error
        for name, value in self._identity().items():
            if head.get(name) != value:
                raise ValueError(
                    f"the snapshot is of another shift: its {name} is {head.get(name)!r}, "
                    f"here it is {value!r}; replay the moves instead"
                )
        self.community.restore(snapshot[4 + size :])
        self.scene.state = state

    def fork(self) -> Self:
        """Return an independent copy at the same moment, to branch from."""
        twin = copy.copy(self)
        twin.community = copy.copy(self.community)
        twin.community.restore(self.community.snapshot())
        twin.scene = replace(self.scene, state=copy.deepcopy(self.state))
        return twin

    def _identity(self) -> dict[str, Any]:
        return {
            "engine": ENGINE_VERSION,
            "scenario": self.scenario.id,
            "brand": self.brand.id,
            "locale": self.scenario.locale,
            "seed": self.seed,
        }

    def begin(self) -> None:
        """Open the day: what colleagues have to say, and the messages of minute 0."""
        events.first_events(self.scene)
        self._note_community(0)
        self._run(0)

    def _case(self, message_id: str) -> Case:
        case = self.state.cases.get(message_id)
        if case is None:
            raise MoveRefused("unknown_message", {"message": message_id[:60]})
        return case

    def _run(self, until: int) -> list[Event]:
        """Let everything up to a minute happen, that minute included."""
        happened: list[Event] = []
        while (minute := self._next_minute()) is not None and minute <= until:
            happened += self._happen_at(minute)
        self.state.minute = max(self.state.minute, until)
        return happened

    def _wait(self, most: int) -> list[Event]:
        """Let time pass until the desk can notice something, its day ends, or ``most`` minutes."""
        ends = self.week.day(self.state.minute).ends
        limit = ends if most <= 0 else min(ends, self.state.minute + most)
        while (minute := self._next_minute()) is not None and minute <= limit:
            happened = self._happen_at(minute)
            if happened:
                return happened
        self.state.minute = max(self.state.minute, limit)
        return []

    def _morning(self) -> int:
        """Return when the desk opens again; after the last day that is the end."""
        morning = self.week.next_morning(self.state.minute)
        return self.length if morning is None else morning

    def _next_minute(self) -> int | None:
        """Return when the next event or full hour comes, ``None`` after the end."""
        hour = self._next_hour()
        pending = self.state.pending[0].minute if self.state.pending else None
        minute = hour if pending is None else min(pending, hour)
        return minute if minute <= self.length else None

    def _next_hour(self) -> int:
        """Return the minute of the first full hour that has not been lived yet."""
        lived = self.state.timeline[-1].minute
        clock = self.scenario.begins + lived
        return lived + HOUR - clock % HOUR

    def _happen_at(self, minute: int) -> list[Event]:
        """Let the next event or hour of a minute happen; an hour comes before its events."""
        self.state.minute = max(self.state.minute, minute)
        if self._next_hour() == minute:
            hour = self.week.hour(minute) - 1
            return events.live_hour(self.scene, self.community, hour, minute)
        event = events.happen(self.scene, self.state.pending.pop(0))
        return [] if event is None else [event]

    def _take_effect(self, made: Made) -> None:
        """Let a move that has been made do what it does."""
        if made.kind == "look_up":
            self.state.sightings.append(Sighting(made.minute, made.to, made.message))
        if made.kind == "end_day" and not self.is_over:
            self._brief()
        elif MOVES[made.kind].duty:
            office.take_effect(self.scene, made)
        elif made.kind not in DESK_WIDE:
            take_effect(self.scene, self.state.cases[made.message], made)

    def _located(self, move: Move) -> Move:
        """Return a move on the case that it belongs to: a statement is about the alarm's."""
        alarm = self.scenario.day.alarm
        if move.kind != "statement" or alarm is None:
            return move
        return replace(move, message=alarm.message)

    def _close(self) -> list[Event]:
        """Live the last, unfinished hour and close the day."""
        lived = self.state.timeline[-1].minute
        joined: list[Event] = []
        if lived < self.length:
            hour = self.week.hour(self.length - 1)
            joined = events.live_hour(self.scene, self.community, hour, self.length)
        return [*joined, Event(self.state.minute, "over")]

    def _brief(self) -> None:
        """Let colleagues tell what the new day begins with."""
        minute = self.state.minute
        events.brief(self.scene, self.week.day(minute).briefing, minute)

    def _note_community(self, minute: int) -> None:
        self.state.timeline.append(Point(minute, self.community.sentiment(), self.brand.followers))


def _cleaned(move: Move) -> Move:
    """Return a move whose texts are composed (NFC) and free of characters nobody can see."""
    if not move.text and not move.choices:
        return move
    choices = {name: _visible(value) for name, value in move.choices.items()}
    return replace(move, text=_visible(move.text), choices=choices)


def _visible(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (
        sign
        for sign in composed
        if sign in "\n\t\u200d" or unicodedata.category(sign) not in _WITHOUT_CONTROL
    )
    return "".join(kept)


@lru_cache(maxsize=8)
def _ground(members: int, seed: int, sector: str) -> tuple[Community, bytes]:
    made = community(members, seed, sector)
    return made, made.snapshot()


def _community(members: int, seed: int, sector: str) -> Community:
    """Return a fresh community; the graph, which never changes, is shared among copies."""
    made, fresh = _ground(members, seed, sector)
    twin = copy.copy(made)
    twin.restore(fresh)
    return twin
