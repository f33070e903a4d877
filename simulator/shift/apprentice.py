"""What a beginner does beside the inbox: about half of it right, and little of it early.

And what somebody does there who says yes to everything.
"""

from collections.abc import Iterator, Sequence

from simulator import keyed
from simulator.duties import (
    Standing,
    at_all,
    options,
    report as report_rules,
    report_figures,
    report_minute,
    requests,
)
from simulator.duties.posts import best_choices
from simulator.duties.work import pauses
from simulator.moves import Move
from simulator.shift import office
from simulator.shift.engine import Day
from simulator.workday import Brief

# How often a beginner is right, and how often one falls for an idea that should be dropped.
_RIGHT, _FALLS_FOR_IT = 0.5, 0.3
_NOTICES, _SLOW = 0.5, 25
_REPORT_BEFORE = 40
_WORDS = "We cannot do that."


def at_the_duties(day: Day) -> Move | None:
    """Return the next thing that a beginner does beside the inbox, ``None`` for nothing."""
    found = office.standing(day.scene)
    if found.day.is_empty:
        return None
    return next(_done(day, found), None)


def on_autopilot(day: Day) -> Move | None:
    """Return a move of somebody who says yes to everything and takes the last of each list."""
    found = office.standing(day.scene)
    for request in found.day.requests:
        move = Move("take_request", item=request.id)
        if at_all(move, found) is None:
            return move
    for brief in found.day.briefs:
        if not brief.drop and at_all(Move("publish", item=brief.id), found) is None:
            last = {name: ids[-1] for name, ids in options(brief).items()}
            return Move("publish", item=brief.id, choices=last)
    return None


def patience(day: Day) -> int:
    """Return how long a beginner waits at most before the report; 0 for no limit."""
    found = office.standing(day.scene)
    if found.day.report is None or any(deed.kind == "hand_in_report" for deed in found.made):
        return 0
    return max(0, found.length - _REPORT_BEFORE - found.now)


def _done(day: Day, found: Standing) -> Iterator[Move]:
    yield from _paused(found)
    yield from _posts(found)
    yield from _targeting(found)
    yield from _requests(found)
    yield from _news(found)
    yield from _report(day, found)


def _luck(found: Standing, *step: str) -> float:
    return keyed.draw(found.page.seed, "apprentice", *step)


def _paused(found: Standing) -> Iterator[Move]:
    alarm = found.day.alarm
    if alarm is None or not alarm.minute + _SLOW <= found.now < alarm.until:
        return
    if not pauses(found.made) and _luck(found, "pause") < _NOTICES:
        yield Move("pause_queue")


def _posts(found: Standing) -> Iterator[Move]:
    for brief in found.day.briefs:
        if brief.drop and _luck(found, brief.id, "drop") > _FALLS_FOR_IT:
            continue
        if at_all(Move("publish", item=brief.id), found) is None:
            yield Move("publish", item=brief.id, choices=_choices(found, brief))


def _choices(found: Standing, brief: Brief) -> dict[str, str]:
    best = best_choices(brief, found.page.locale)
    return {
        name: _half_right(found, best[name], ids, brief.id, name)
        for name, ids in options(brief).items()
    }


def _half_right(found: Standing, right: str, ids: Sequence[str], *step: str) -> str:
    if _luck(found, *step) < _RIGHT:
        return right
    return keyed.choose(ids, found.page.seed, "apprentice choice", *step)


def _targeting(found: Standing) -> Iterator[Move]:
    """Spread the money evenly over everybody, strangers included."""
    campaign = found.day.campaign
    if campaign is None or any(deed.kind == "set_targeting" for deed in found.made):
        return
    share = int(campaign.budget / len(campaign.segments))
    if share:
        yield Move(
            "set_targeting", choices={f"spend.{row.id}": str(share) for row in campaign.segments}
        )


def _requests(found: Standing) -> Iterator[Move]:
    for request in found.day.requests:
        best = requests.ideal(request)
        move = Move("take_request", item=request.id)
        if _luck(found, request.id) < _RIGHT:
            text = best.text or _WORDS if best.move == "refuse_request" else ""
            move = Move(best.move, item=request.id, text=text, to=best.to)
        if at_all(move, found) is None:
            yield move


def _news(found: Standing) -> Iterator[Move]:
    for news in found.day.news:
        if _luck(found, news.id) > _RIGHT:
            continue
        moves = [Move("open_news", item=news.id)]
        if news.right == "pass_on":
            moves.append(Move("pass_news", item=news.id, to=news.to[0]))
        elif news.right == "leave":
            moves.append(Move("leave_news", item=news.id))
        yield from (move for move in moves if at_all(move, found) is None)


def _report(day: Day, found: Standing) -> Iterator[Move]:
    plan = found.day.report
    if plan is None or found.now < found.length - _REPORT_BEFORE:
        return
    if at_all(Move("hand_in_report"), found) is not None:
        return
    figures = report_figures(found, office.inbox(day.scene, report_minute(found)))
    best = dict(report_rules.ideal(plan, figures).choices)
    for name in list(best):
        if _luck(found, "report", name) >= _RIGHT:
            best.pop(name)
    yield Move("hand_in_report", choices=best or {"conclusion": plan.conclusions[-1].id})
