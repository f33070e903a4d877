"""What the expert does beside the inbox: the model answers of the duties, as moves.

Nothing is hidden from the expert; every move here is what the debrief shows as done best.
"""

from collections.abc import Callable, Iterator

from simulator.duties import (
    REPORT_OPENS,
    Standing,
    at_all,
    report as report_rules,
    report_figures,
    report_minute,
    requests,
    targeting,
)
from simulator.duties.posts import activity, best_choices
from simulator.duties.work import outings, pauses, report_of
from simulator.moves import MOVES, Move
from simulator.shift import office
from simulator.shift.engine import Day
from simulator.shift.state import Case
from simulator.workday import Alarm, Brief, News

# The report is written when most of the day can be told, and early enough to be finished.
_REPORT_BEFORE = 45
_LEAST_REASON = "."


def at_the_alarm(day: Day, words: Callable[[Case], str]) -> Move | None:
    """Return what an alarm calls for now: pause, escalate, state; ``words`` writes a statement."""
    alarm, found = day.scenario.day.alarm, office.standing(day.scene)
    if alarm is None or alarm.minute > found.now:
        return None
    if _should_pause(found, alarm):
        return Move("pause_queue")
    case = day.state.cases.get(alarm.message)
    if case is None:
        return None
    done = day.scene.done(case)
    told = {made.to for made in day.state.moves_on(case.id) if made.kind == "escalate"}
    for role in alarm.escalate_to[:1]:
        if role not in told and not told & set(alarm.escalate_to):
            return Move("escalate", case.id, to=role)
    if alarm.statement_within and not done & {"statement", "reply"}:
        return Move("statement", text=words(case))
    return None


def at_the_duties(day: Day) -> Move | None:
    """Return the next thing to do beside inbox and alarm, ``None`` where nothing is due."""
    found = office.standing(day.scene)
    if found.day.is_empty:
        return None
    return next(_due(day, found), None)


def patience(day: Day) -> int:
    """Return how long to wait at most, so that the report is not forgotten; 0 for no limit."""
    found = office.standing(day.scene)
    if found.day.report is None or report_of(found.made) is not None:
        return 0
    return max(0, found.length - _REPORT_BEFORE - found.now)


def _due(day: Day, found: Standing) -> Iterator[Move]:
    yield from _news(found)
    yield from _targeting(found)
    yield from _posts(found)
    yield from _requests(found)
    yield from _resumed(found)
    yield from _report(day, found)


def _should_pause(found: Standing, alarm: Alarm) -> bool:
    if found.now >= alarm.until or _stands_still(found):
        return False
    waiting = [row for row in outings(found.day, found.made, found.now) if row.fate == "waiting"]
    held = any(start >= alarm.minute for start, _ in pauses(found.made))
    return not held or any(row.minute < alarm.until for row in waiting)


def _stands_still(found: Standing) -> bool:
    stretches = pauses(found.made)
    return bool(stretches) and stretches[-1][1] is None


def _resumed(found: Standing) -> Iterator[Move]:
    alarm = found.day.alarm
    if not _stands_still(found) or (alarm is not None and alarm.until > found.now):
        return
    if any(row.fate == "waiting" for row in outings(found.day, found.made, found.now)):
        yield Move("resume_queue")


def _news(found: Standing) -> Iterator[Move]:
    for news in found.day.news:
        if news.minute > found.now:
            continue
        for move in _news_moves(news):
            if at_all(move, found) is None:
                yield move


def _news_moves(news: News) -> Iterator[Move]:
    yield Move("open_news", item=news.id)
    if news.right == "pass_on":
        yield Move("pass_news", item=news.id, to=news.to[0])
    elif news.right == "leave":
        yield Move("leave_news", item=news.id, text=news.why or _LEAST_REASON)


def _requests(found: Standing) -> Iterator[Move]:
    for request in found.day.requests:
        best = requests.ideal(request)
        text = best.text or _LEAST_REASON if best.move == "refuse_request" else ""
        move = Move(best.move, item=request.id, text=text, to=best.to)
        if at_all(move, found) is None:
            yield move


def _targeting(found: Standing) -> Iterator[Move]:
    campaign = found.day.campaign
    if campaign is None or any(deed.kind == "set_targeting" for deed in found.made):
        return
    yield Move("set_targeting", choices=targeting.ideal(campaign, found.page.seed).choices)


def _posts(found: Standing) -> Iterator[Move]:
    for brief in found.day.briefs:
        if brief.drop or at_all(Move("publish", item=brief.id), found) is not None:
            continue
        move = _best_outing(found, brief)
        if move is not None:
            yield move


def _best_outing(found: Standing, brief: Brief) -> Move | None:
    """Return the best slot that is left, else publishing now; nothing goes out in an alarm."""
    news = next((row for row in found.day.news if row.post == brief.id), None)
    last = found.length if news is None else news.until
    soonest = found.now + MOVES["schedule"].minutes
    if news is not None and news.minute > found.now:
        return None
    choices = best_choices(brief, found.page.locale)
    free = [
        slot
        for slot in brief.slots
        if soonest < slot <= last and not _troubled(found, slot) and not _stands_still(found)
    ]
    if free:
        best = max(free, key=lambda slot: (activity(found.page, slot), -slot))
        return Move("schedule", item=brief.id, minutes=best, choices=choices)
    if _troubled(found, soonest):
        return None
    return Move("publish", item=brief.id, choices=choices)


def _troubled(found: Standing, minute: int) -> bool:
    """Tell whether something bad that is known by now is going on at a minute."""
    alarm = found.day.alarm
    return alarm is not None and alarm.minute <= found.now and minute < alarm.until


def _report(day: Day, found: Standing) -> Iterator[Move]:
    plan = found.day.report
    if plan is None or found.now < found.length - min(_REPORT_BEFORE, REPORT_OPENS):
        return
    if at_all(Move("hand_in_report"), found) is None:
        minute = report_minute(found)
        figures = report_figures(found, office.inbox(day.scene, minute))
        yield Move("hand_in_report", choices=report_rules.ideal(plan, figures).choices)
