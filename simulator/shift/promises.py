"""Promises: kept, or remembered and quoted back.

A promise of contact (*I will write to you by 2 p.m.*) is kept by writing in time. A promise that
something is done by another day (*your money will be back by Wednesday*) is kept by seeing to it:
whoever can do it has been told, and its author has then had word in time. What falls due after
the end of the shift is not due yet. An hour that passes is quoted at once, a day the morning
after.
"""

from simulator.brands import Locale
from simulator.channels import CHANNELS
from simulator.days import DAY
from simulator.shift import justice
from simulator.shift.constants import number
from simulator.shift.deadlines import Deadline, deadlines, words_beside
from simulator.shift.scene import Scene
from simulator.shift.state import Case, Pending, Promise, Turn
from simulator.voices import FollowUp

# Moves that tell somebody who can see to a matter.
_TOLD = frozenset({"ask", "escalate", "assign"})
_LATEST, _EARLIEST = 75, 15
# Fewer words than this are a greeting.
_LEAST_WORDS = 6
# An answer that pleased so little is not thanked for, whatever it keeps.
_HARDLY = -0.2


def due(text: str, locale: Locale, now: int) -> int | None:
    """Return when a text promises to write again today, in minutes after midnight, or ``None``.

    ``now`` is when it was sent, on the same clock. The first promise counts.
    """
    for found in deadlines(text, locale, now):
        if not found.of_deed and not found.days and found.minute and found.minute > now:
            return found.minute
    return None


def note(scene: Scene, case: Case) -> None:
    """Remember what the newest words of a thread promise: the first word and the first deed.

    What falls due after the shift is not remembered, nor in a campaign what was written where the
    desk cannot write again, as under a review.
    """
    if not scene.temper(case).waits:
        return
    week, turn = scene.cast.scenario.week, case.turns[-1]
    if week.is_campaign and not can_write(scene, case):
        return
    sent = week.opens + turn.minute
    weekday = week.weekday(turn.minute) if week.is_campaign else None
    noted = set()
    for found in deadlines(turn.text, scene.cast.scenario.locale, sent % DAY, weekday):
        minute = _minute(scene, found, turn.minute)
        if minute is None or found.of_deed in noted:
            continue
        noted.add(found.of_deed)
        promise = Promise(case.id, turn.minute, minute, found.words, found.of_deed)
        scene.state.promises.append(promise)
        wakes = _wakes(scene, found, minute)
        if wakes is not None:
            at = str(len(scene.state.promises) - 1)
            scene.schedule(Pending(wakes, "promise", case.id, at))


def _minute(scene: Scene, found: Deadline, sent: int) -> int | None:
    """Return when a promise falls due, ``None`` where that is past, or after the shift."""
    week = scene.cast.scenario.week
    midnight = sent - (week.opens + sent) % DAY + found.days * DAY
    if found.minute is not None:
        minute = midnight + found.minute
        return minute if sent < minute < week.length else None
    if not week.is_campaign:
        return None
    closing = [day.ends for day in week.days if midnight <= day.begins < midnight + DAY]
    return closing[0] if closing and closing[0] > sent else None


def _wakes(scene: Scene, found: Deadline, minute: int) -> int | None:
    """Return when an author comes back to a promise; by a whole day: on the morning after."""
    if found.minute is not None:
        return minute
    week = scene.cast.scenario.week
    morning = week.next_morning(minute)
    if morning is None:
        return minute
    return morning + _EARLIEST + minute % (_LATEST - _EARLIEST)


def opened(scene: Scene) -> tuple[Promise, ...]:
    """Return the promises that are still to be kept."""
    return tuple(row for row in scene.state.promises if row.settled is None)


def is_open(scene: Scene, case: Case) -> bool:
    """Tell whether a promise to an author is still to fall due."""
    return any(row.case == case.id for row in opened(scene))


def is_told(scene: Scene, case: Case) -> bool:
    """Tell whether somebody who can see to a matter knows; who was asked has to have answered."""
    waiting = any(event.what == "told" and event.case == case.id for event in scene.state.pending)
    return bool(_TOLD & scene.done(case)) and not waiting


def can_write(scene: Scene, case: Case) -> bool:
    """Tell whether the desk can still write to an author."""
    channel = CHANNELS[scene.plan(case).channel]
    used = channel.replies is not None and len(case.replies(public=True)) >= channel.replies
    done = scene.done(case)
    return "block" not in done and not case.deleted and not (case.hidden or used)


def keep(scene: Scene, case: Case) -> None:
    """Settle the promises that the newest words keep; whoever waited a night says thanks.

    A greeting keeps nothing, nor does a sentence that only puts the same promise off.
    """
    turn = case.turns[-1]
    week = scene.cast.scenario.week
    waited = False
    for promise in opened(scene):
        if promise.case != case.id or turn.minute > promise.due:
            continue
        if promise.of_deed and not is_told(scene, case):
            continue
        if _beside(scene, turn, of_deed=promise.of_deed) < _LEAST_WORDS:
            continue
        promise.kept, promise.settled = True, turn.minute
        waited |= week.place(promise.given) < week.place(turn.minute)
    if waited and (case.satcom is None or case.satcom > _HARDLY):
        _thank(scene, case)


def _beside(scene: Scene, turn: Turn, *, of_deed: bool) -> int:
    week, locale = scene.cast.scenario.week, scene.cast.scenario.locale
    weekday = week.weekday(turn.minute) if week.is_campaign else None
    now = (week.opens + turn.minute) % DAY
    return words_beside(turn.text, locale, now, weekday, of_deed=of_deed)


def _thank(scene: Scene, case: Case) -> None:
    case.feeling.trust = min(1.0, case.feeling.trust + number("promise.kept_trust"))
    scene.push(case, number("promise.kept_seen"))
    scene.state.pending = [
        event
        for event in scene.state.pending
        if event.what != "follow_up" or event.case != case.id or event.detail not in _INSTEAD
    ]
    if scene.plan(case).channel != "review_card":
        minute = scene.cast.scenario.week.awake(scene.state.minute + _EARLIEST)
        kept = FollowUp.PROMISE_KEPT.value
        scene.schedule(Pending(minute, "follow_up", case.id, kept))


_INSTEAD = frozenset({FollowUp.THANKS.value, FollowUp.NOT_HELPED.value})


def fall_due(scene: Scene, case: Case, promise: Promise) -> None:
    """Let a promise fall due: where it was not kept, its author quotes it back."""
    if promise.settled is not None:
        return
    promise.settled = scene.state.minute
    if case.deleted or "block" in scene.done(case):
        return
    justice.cool(case.feeling, scene.state.minute)
    case.feeling.anger = min(1.0, case.feeling.anger + number("promise.anger"))
    case.feeling.trust = max(0.0, case.feeling.trust - number("promise.trust"))
    case.feeling.failures += 1
    scene.push(case, -number("promise.seen"))
    if scene.plan(case).channel != "review_card":
        broken = FollowUp.PROMISE_BROKEN.value
        minute = scene.cast.scenario.week.awake(scene.state.minute)
        scene.schedule(Pending(minute, "follow_up", case.id, broken))


def quoted(scene: Scene, case: Case) -> str:
    """Return the words of the promise that an author comes back to after a night, or none."""
    if not scene.cast.scenario.week.is_campaign:
        return ""
    return next(
        (
            row.words
            for row in reversed(scene.state.promises)
            if row.case == case.id and row.settled
        ),
        "",
    )
