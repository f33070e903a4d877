"""Policies that play a shift: nothing, canned, novice, expert, industry.

They are yardsticks. ``expert`` and ``nothing`` live with the shift, which is compared with them;
``industry`` answers as seldom and as late as brands were measured to.
"""

import math
import re
from collections.abc import Mapping

from simulator import keyed
from simulator.brands import Brand
from simulator.moves import Move
from simulator.scenarios import Scenario
from simulator.shift import apprentice
from simulator.shift.baselines import Policy, expert, is_possible, nothing, written_answer
from simulator.shift.engine import Day
from simulator.shift.play import start
from simulator.shift.record import Record
from simulator.shift.state import Case

# Sprout 2015: 7 of 8 messages unanswered; Einwiller and Steilen 2015: 53 % of complaints
# answered, median 46 min, from which sigma is derived (`reference` rows 23 and 24).
_INDUSTRY_SHARE = 0.12
_INDUSTRY_COMPLAINTS = 0.53
_INDUSTRY_MEDIAN = 46.0
_INDUSTRY_SIGMA = 2.19
# A beginner needs time between two messages, in minutes.
_NOVICE_PAUSE = 15
_NOVICE_GOOD, _NOVICE_HALF = 0.15, 0.55


def canned(day: Day) -> Move | None:
    """Paste a saved reply under every message, in the order of arrival; say yes to the rest."""
    if day.is_closed:
        return Move("end_day")
    for case in _untouched(day):
        praise = day.scene.plan(case).kind == "praise"
        saved = day.brand.saved_replies
        move = Move("reply", case.id, saved[1 if praise and len(saved) > 1 else 0])
        if is_possible(day, move):
            return move
    return apprentice.on_autopilot(day) or Move("wait")


def novice(day: Day) -> Move | None:
    """Answer in the order of arrival and late, often with half of what is due.

    The other duties are done in between, as well as a beginner can.
    """
    if day.is_closed:
        return Move("end_day")
    wrote = [made for made in day.state.made if made.kind in {"reply", "hide"}]
    if wrote and day.state.minute < wrote[-1].minute + _NOVICE_PAUSE:
        rest = wrote[-1].minute + _NOVICE_PAUSE - day.state.minute
        return apprentice.at_the_duties(day) or Move("wait", minutes=rest)
    for case in _untouched(day):
        move = _novice_move(day, case)
        if move is not None and is_possible(day, move):
            return move
    return apprentice.at_the_duties(day) or Move("wait", minutes=apprentice.patience(day))


def industry(day: Day) -> Move | None:
    """Answer about half of the complaints and an eighth of the rest, after hours."""
    if day.is_closed:
        return Move("end_day")
    later: list[int] = []
    for case in _untouched(day):
        due = _industry_minute(day, case)
        if due is None:
            continue
        move = Move("reply", case.id, _industry_words(day, case))
        if due > day.state.minute:
            later.append(due)
        elif is_possible(day, move):
            return move
    waits = [minute - day.state.minute for minute in later]
    limit = apprentice.patience(day)
    waits += [limit] if limit else []
    return apprentice.at_the_duties(day) or Move("wait", minutes=min(waits, default=0))


POLICIES: Mapping[str, Policy] = {
    "nothing": nothing,
    "canned": canned,
    "novice": novice,
    "expert": expert,
    "industry": industry,
}
"""Policy by name."""


def play(scenario: Scenario, brand: Brand, seed: int, policy: str) -> Record:
    """Return the record of a shift played by a policy.

    Raises ``ValueError`` when there is no such policy.
    """
    if policy not in POLICIES:
        raise ValueError(f"there is no policy {policy!r}: choose one of {', '.join(POLICIES)}")
    shift = start(scenario, brand, seed)
    while not shift.is_over:
        move = POLICIES[policy](shift)
        if move is None:
            shift.run_out()
        else:
            shift.apply(move)
    return shift.finish()


def _untouched(day: Day) -> list[Case]:
    """Return the cases that nobody has acted on, in the order of arrival."""
    touched = {made.message for made in day.state.made}
    cases = [case for case in day.state.cases.values() if case.id not in touched]
    return sorted(cases, key=lambda case: (case.arrived, case.id))


def _novice_move(day: Day, case: Case) -> Move | None:
    kind = day.scene.plan(case).kind
    if kind in {"spam", "abuse", "personal_data"}:
        return Move("hide", case.id)
    luck = keyed.draw(day.seed, "novice", case.id)
    if kind in {"troll", "peer_talk", "satire", "political_bait"} and luck < _NOVICE_HALF:
        return Move("no_action", case.id)
    return Move("reply", case.id, _novice_words(day, case, luck))


def _novice_words(day: Day, case: Case, luck: float) -> str:
    """Return a whole answer, or half of one, or a saved reply with its beginning."""
    whole = written_answer(day, case)
    sentences = re.split(r"(?<=[.!?])\s+", whole)
    half = " ".join(sentences[: max(1, math.ceil(0.5 * len(sentences)))])
    if luck < _NOVICE_GOOD:
        return whole
    if luck < _NOVICE_HALF:
        return half
    return f"{sentences[0]} {day.brand.saved_replies[0]}"


def _industry_minute(day: Day, case: Case) -> int | None:
    share = _INDUSTRY_SHARE
    if day.scene.temper(case).failure:
        share = _INDUSTRY_COMPLAINTS
    if keyed.draw(day.seed, "industry", case.id) >= share:
        return None
    total = sum(keyed.draw(day.seed, "industry delay", case.id, part) for part in range(4))
    deviation = (total - 2.0) * math.sqrt(3.0)
    return case.arrived + round(_INDUSTRY_MEDIAN * math.exp(_INDUSTRY_SIGMA * deviation))


def _industry_words(day: Day, case: Case) -> str:
    saved = day.brand.saved_replies
    return saved[int(keyed.draw(day.seed, "industry words", case.id) * len(saved))]
