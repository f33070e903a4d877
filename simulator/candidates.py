"""Simulated candidates: somebody of a known ability, who plays a shift well or badly by chance.

They are yardsticks for forms, not models of people: who has the same ability and the same luck
plays two days alike, so what differs in the scores is the days' own. On a message a candidate
does one of four things: leaves it, pastes a saved reply, answers half of what is due, or does all
that an expert does. Which one follows a graded response model (Samejima 1969) at known ability.
"""

import copy
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import NormalDist

from simulator import keyed
from simulator.brands import Brand
from simulator.experts import canned, novice
from simulator.moves import Move
from simulator.scenarios import Scenario
from simulator.shift.baselines import (
    Policy,
    expert,
    is_possible,
    live,
    nothing,
    written_answer,
)
from simulator.shift.engine import ENGINE_VERSION, Day
from simulator.shift.record import Record, write_record
from simulator.shift.scene import Scene
from simulator.shift.scoring import LEFT_ALONE
from simulator.shift.state import Case

LEFT, PASTED, HALF, WHOLE = range(4)
STEPS = (-2.25, -0.75, 0.75)
"""Abilities, in logits, at which half of the messages are handled so well or better."""
UNEVEN = 0.5
"""How far one candidate's ability differs between kinds of message, a standard deviation."""
LONGEST_PAUSE = 12
"""Minutes that the least able need between two messages; the most able need none."""
MOST_MOVES = 400
"""Who has made so many moves rests for the day."""
_AT_DUTIES: Mapping[int, Policy] = {PASTED: canned, HALF: novice, WHOLE: expert}
_HIDDEN = frozenset({"spam", "abuse", "personal_data"})
_SLOW = frozenset({"reply", "hide", "no_action"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of an ability in logits; ``person`` is who they are, ``occasion`` their luck.

    Of a crowd of ``persons``, each kind of message finds all strengths, and over ``occasions``
    each message finds all lucks (Latin hypercube, McKay 1979): means then need fewer days.
    """

    ability: float
    person: int
    occasion: int
    persons: int = 1
    occasions: int = 1

    def level(self, case: str, kind: str) -> int:
        """Return how well a message is handled, from `LEFT` to `WHOLE`."""
        strength = _stratum(("strength", kind), self.person, self.persons)
        luck = _stratum(("luck", case, self.person), self.occasion, self.occasions)
        stands = self.ability + UNEVEN * NormalDist().inv_cdf(strength) + _logit(luck)
        return sum(stands >= step for step in STEPS)

    @property
    def pause(self) -> int:
        """Minutes between two messages."""
        return round(LONGEST_PAUSE / (1.0 + math.exp(self.ability)))


def crowd(persons: int, occasions: int) -> list[list[Candidate]]:
    """Return, for each occasion, the same persons, who stand for N(0, 1) in order of ability."""
    normal = NormalDist()
    return [
        [
            Candidate(normal.inv_cdf((number + 0.5) / persons), number, day, persons, occasions)
            for number in range(persons)
        ]
        for day in range(occasions)
    ]


def play_candidates(
    scenario: Scenario, brand: Brand, seed: int, candidates: Iterable[Candidate]
) -> list[Record]:
    """Return the record of each candidate's day; nobody's and the expert's are lived once."""
    empty = live(scenario, brand, seed, nothing).state.timeline
    best = live(scenario, brand, seed, expert).state.timeline
    return [
        write_record(
            live(scenario, brand, seed, policy_of(candidate)).scene, ENGINE_VERSION, empty, best
        )
        for candidate in candidates
    ]


def policy_of(candidate: Candidate) -> Policy:
    """Return the policy by which a candidate plays."""

    def choose(day: Day) -> Move | None:
        if len(day.state.made) >= MOST_MOVES:
            return None
        if day.is_closed:
            return Move("end_day")
        rest = _rest(day, candidate)
        if rest is not None:
            return rest
        due = expert(_glimpse(day, ()))
        duty = _duty(day, candidate, due)
        if duty is not None:
            return duty
        for case in _in_order(day, candidate):
            move = _move_on(day, candidate, case)
            if move is not None and is_possible(day, move):
                return move
        return Move("wait", minutes=due.minutes if due and due.kind == "wait" else 0)

    return choose


def _rest(day: Day, candidate: Candidate) -> Move | None:
    """Return the wait that is left of the pause after the last message."""
    last = next((made for made in reversed(day.state.made) if made.kind in _SLOW), None)
    left = candidate.pause - (day.state.minute - last.minute) if last else 0
    return Move("wait", minutes=left) if left > 0 else None


def _in_order(day: Day, candidate: Candidate) -> list[Case]:
    """Return the open cases in the order in which a candidate turns to them.

    What is handled well is also recognised as grave; the rest waits in the order of arrival.
    """

    def gravity(case: Case) -> int:
        plan = day.scene.plan(case)
        return plan.severity if candidate.level(case.id, plan.kind) == WHOLE else 0

    cases = [case for case in day.state.cases.values() if not case.resolved]
    return sorted(cases, key=lambda case: (-gravity(case), case.arrived, case.id))


def _move_on(day: Day, candidate: Candidate, case: Case) -> Move | None:
    kind = day.scene.plan(case).kind
    level = candidate.level(case.id, kind)
    if level == WHOLE:
        move = expert(_glimpse(day, (case,)))
        return None if move is None or move.kind == "wait" else move
    if level == LEFT or any(made.message == case.id for made in day.state.made):
        return None
    if level == PASTED:
        return Move("reply", case.id, day.brand.saved_replies[0])
    if kind in _HIDDEN:
        return Move("hide", case.id)
    if kind in LEFT_ALONE:
        return Move("no_action", case.id)
    return Move("reply", case.id, _half(written_answer(day, case)))


def _duty(day: Day, candidate: Candidate, due: Move | None) -> Move | None:
    """Return what a candidate does about a duty beyond the inbox that an expert would do now."""
    if due is None or due.kind == "wait":
        return None
    policy = _AT_DUTIES.get(candidate.level(f"{due.kind}/{due.message}/{due.to}", due.kind))
    move = policy(_glimpse(day, ())) if policy else None
    if move is None or move.kind == "wait" or not is_possible(day, move):
        return None
    return move


def _glimpse(day: Day, cases: Iterable[Case]) -> Day:
    """Return the day as somebody sees it who has nothing but these cases before them."""
    seen = copy.copy(day)
    state = replace(day.state, cases={case.id: case for case in cases})
    seen.scene = Scene(day.scene.cast, state)
    return seen


def _half(text: str) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return " ".join(sentences[: max(1, math.ceil(0.5 * len(sentences)))])


def _stratum(purpose: tuple[str | int, ...], number: int, of: int) -> float:
    """Return a draw in (0, 1) from one of ``of`` equal parts, another one for each number."""
    inside = keyed.draw(number, "within", *purpose)
    return min(max((_places(purpose, of)[number % of] + inside) / of, 1e-6), 1.0 - 1e-6)


@lru_cache(maxsize=4096)
def _places(purpose: tuple[str | int, ...], of: int) -> tuple[int, ...]:
    """Return the numbers under ``of`` in an order of the purpose's own."""
    return tuple(sorted(range(of), key=lambda place: keyed.draw(place, "place", *purpose)))


def _logit(share: float) -> float:
    return math.log(share / (1.0 - share))
