"""The two days that every lived day is compared with: nobody at the desk, and an expert at it.

A policy looks at a day, hidden truth included, and returns the next move, or ``None`` to let
the rest of the day pass.
"""

from collections.abc import Callable
from typing import TypeAlias

from simulator.brands import Brand
from simulator.channels import CHANNELS
from simulator.judgement import model_answer
from simulator.judgement.action import ideal_moves
from simulator.moves import Move
from simulator.scenarios import Scenario
from simulator.shift import keeper, specialist
from simulator.shift.constants import phrases
from simulator.shift.engine import Day
from simulator.shift.refusals import MoveRefused
from simulator.shift.scoring import LEFT_ALONE
from simulator.shift.state import Case
from simulator.voices import FollowUp

Policy: TypeAlias = Callable[[Day], Move | None]

_SNOOZE = 60
_URGENT = 5
_MOST_ANSWERS = 2
_ANSWERED_AGAIN = frozenset(
    {
        *(FollowUp.NOT_HELPED, FollowUp.STILL_WAITING, FollowUp.NEXT_QUESTION, FollowUp.CANNED),
        FollowUp.PROMISE_BROKEN,
    }
)


def live(scenario: Scenario, brand: Brand, seed: int, policy: Policy) -> Day:
    """Return a day lived by a policy, at its end."""
    day = Day(scenario, brand, seed)
    day.begin()
    while not day.is_over:
        move = policy(day)
        if move is None:
            day.run_out()
        else:
            day.apply(move)
    return day


def nothing(_: Day) -> Move | None:
    """Leave the desk empty all day."""
    return None


def expert(day: Day) -> Move | None:
    """Do what is due, the gravest first: the alarm, grave cases, promises, duties, other cases."""
    if day.is_closed:
        return Move("end_day")
    alarm = specialist.at_the_alarm(day, lambda case: written_answer(day, case))
    if alarm is not None:
        return alarm
    cases = by_urgency(day)
    grave = [case for case in cases if day.scene.plan(case).severity >= _URGENT]
    small = [case for case in cases if day.scene.plan(case).severity < _URGENT]
    first = next((move for case in grave if (move := _next_move(day, case))), None)
    move = first or keeper.at_the_promises(day) or specialist.at_the_duties(day)
    if move is None:
        move = next((move for case in small if (move := _next_move(day, case))), None)
    return move or Move("wait", minutes=specialist.patience(day))


def by_urgency(day: Day) -> list[Case]:
    """Return the open cases, the gravest first, then by arrival; the expert's order."""
    return sorted(
        (case for case in day.state.cases.values() if not case.resolved),
        key=lambda case: (-day.scene.plan(case).severity, case.arrived, case.id),
    )


def is_possible(day: Day, move: Move) -> bool:
    """Tell whether a move would be taken now."""
    try:
        day.check(move)
    except MoveRefused:
        return False
    return True


def written_answer(day: Day, case: Case, variant: int = 0) -> str:
    """Return a model answer that fits the channel."""
    text = model_answer(day.scene.cast.item(case), variant)
    limit = CHANNELS[day.scene.plan(case).channel].reply_limit
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(".", 1)[0] + "."


def _next_move(day: Day, case: Case) -> Move | None:
    question = _question(day, case)
    if question is not None:
        return question
    if _is_waiting_for_colleague(day, case) and day.scene.plan(case).severity < _URGENT:
        return None
    item = day.scene.cast.item(case)
    done = day.scene.done(case)
    done |= {"reply"} if "statement" in done else set()
    due = ("no_action",) if item.kind in LEFT_ALONE else ideal_moves(item)
    for kind in due:
        if kind in done and kind != "escalate":
            continue
        for move in _moves_of(day, case, kind):
            if is_possible(day, move):
                return move
    return _follow_through(day, case)


def _question(day: Day, case: Case) -> Move | None:
    """Return the question to the colleague who knows what the brand book does not hold."""
    told = {answer.fact for answer in day.state.answers}
    words = _phrase(day, "question")
    for fact in day.scene.plan(case).ask:
        if fact in told:
            continue
        for colleague in day.brand.colleagues:
            move = Move("ask", case.id, words, colleague.id)
            if fact in colleague.answers and is_possible(day, move):
                return move
    return None


def _is_waiting_for_colleague(day: Day, case: Case) -> bool:
    return any(event.what == "told" and event.case == case.id for event in day.state.pending)


def _moves_of(day: Day, case: Case, kind: str) -> list[Move]:
    """Return the ways to make a move of a kind on a case."""
    if kind == "reply":
        return [Move(kind, case.id, written_answer(day, case))]
    if kind == "direct_message":
        return [Move(kind, case.id, _private_words(day, case))]
    contacts = [contact.id for contact in day.brand.contacts]
    due = day.scene.plan(case).escalate_to
    roles = {
        "escalate": list(due) or contacts[:1],
        "assign": [*due, *contacts][:1],
        "ask": [person.id for person in day.brand.colleagues][:1],
    }
    if kind in roles:
        words = _phrase(day, "question") if kind == "ask" else ""
        return [Move(kind, case.id, words, to) for to in roles[kind]]
    words = _phrase(day, kind) if kind in {"note", "no_action"} else ""
    return [Move(kind, case.id, words, minutes=_SNOOZE if kind == "snooze" else 0)]


def _follow_through(day: Day, case: Case) -> Move | None:
    """Answer whoever wrote again, then close the case."""
    last = case.turns[-1]
    if last.who == "author" and case.answered:
        variant = sum(made.kind == "reply" for made in day.state.moves_on(case.id))
        again = Move("reply", case.id, written_answer(day, case, variant))
        details = Move("direct_message", case.id, _varied(day, "expert_details"))
        if last.follow_up == FollowUp.DETAILS and is_possible(day, details):
            return details
        persists = variant <= _MOST_ANSWERS
        if persists and last.follow_up in _ANSWERED_AGAIN and is_possible(day, again):
            return again
    awaited = case.answered and any(
        event.what == "follow_up" and event.case == case.id for event in day.state.pending
    )
    close = Move("resolve", case.id)
    return close if not awaited and is_possible(day, close) else None


def _private_words(day: Day, case: Case) -> str:
    if day.scene.plan(case).kind == "personal_data":
        return _phrase(day, "personal_data")
    return _varied(day, "expert_messages")


def _varied(day: Day, section: str) -> str:
    """Return the next of several wordings, so that nobody gets the same words as another."""
    wordings = [row[day.scenario.locale] for row in phrases(section).values()]
    sent = {made.text for made in day.state.made}
    return next((words for words in wordings if words not in sent), wordings[0])


def _phrase(day: Day, name: str) -> str:
    return phrases("expert")[name][day.scenario.locale]
