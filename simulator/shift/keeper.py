"""How an expert keeps a promise: whoever can do it is told, and its author has word in time."""

from collections.abc import Iterator

from simulator.judgement.model_answer import subject_of
from simulator.moves import Move
from simulator.shift import promises
from simulator.shift.constants import phrases
from simulator.shift.engine import Day
from simulator.shift.refusals import MoveRefused
from simulator.shift.state import Case, Promise

# A promise that was given today is kept when so little of its time is left.
_IN_GOOD_TIME = 60


def at_the_promises(day: Day) -> Move | None:
    """Return what the promises that fall due before the desk opens again call for now."""
    if not day.week.is_campaign:
        return None
    return next(_due(day), None)


def _due(day: Day) -> Iterator[Move]:
    asked = {event.case for event in day.state.pending if event.what == "told"}
    for promise in sorted(promises.opened(day.scene), key=lambda one: (one.due, one.given)):
        if not _is_time(day, promise):
            continue
        case = day.state.cases.get(promise.case)
        if case is None or case.id in asked:
            continue
        for move in _steps(day, case, promise):
            if _is_possible(day, move):
                yield move


def _is_time(day: Day, promise: Promise) -> bool:
    """Tell whether a promise falls due before tomorrow, and is old enough or nearly due."""
    now, week = day.state.minute, day.week
    last = week.day(now).ends
    morning = week.next_morning(now)
    if promise.due < now or (morning is not None and promise.due > morning):
        return False
    return promise.given < week.day(now).begins or min(promise.due, last) - now <= _IN_GOOD_TIME


def _steps(day: Day, case: Case, promise: Promise) -> Iterator[Move]:
    plan = day.scene.plan(case)
    words = phrases("expert")["question"][day.scenario.locale]
    told = {answer.fact for answer in day.state.answers if answer.case == case.id}
    for fact in plan.confirms:
        for colleague in day.brand.colleagues:
            if fact not in told and fact in colleague.answers:
                yield Move("ask", case.id, words, colleague.id)
    if promise.of_deed and not promises.is_told(day.scene, case):
        yield Move("ask", case.id, words, day.brand.colleagues[0].id)
    text = kept_words(day, case)
    yield Move("reply", case.id, text)
    yield Move("direct_message", case.id, text)


def kept_words(day: Day, case: Case) -> str:
    """Return a message that comes back to a promise with what colleagues have told since."""
    locale = day.scenario.locale
    facts = day.scene.plan(case).confirms
    told = [row.text for row in day.state.answers if row.case == case.id and row.fact in facts]
    subject = subject_of(day.scene.cast.item(case))
    sent = {made.text for made in day.state.made}
    end = told[-1] if told else phrases("expert")["seen_to"][locale]
    texts = [
        row[locale].format(subject=subject, told=end) for row in phrases("expert_kept").values()
    ]
    start = len(sent) % len(texts)
    ordered = texts[start:] + texts[:start]
    return next((text for text in ordered if text not in sent), ordered[0])


def _is_possible(day: Day, move: Move) -> bool:
    try:
        day.check(move)
    except MoveRefused:
        return False
    return True
