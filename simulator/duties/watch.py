"""The morning watch and the alarm: news used in time, a queue that stops when it must (C2, C3)."""

from collections.abc import Sequence

from simulator.duties.constants import number
from simulator.duties.sheets import Ideal, Line, Sheet, line
from simulator.duties.work import (
    NEWS_ENDS,
    Decision,
    Deed,
    Outing,
    decision,
    is_reason,
    outing_of,
    pauses,
)
from simulator.judgement.reading import Reason
from simulator.workday import Alarm, News, Queued, Workday

NEWS_WEIGHT, QUEUED_WEIGHT, ALARM_WEIGHT = 2.0, 2.0, 4.0
_LATE, _WRONG_ROLE, _UNREASONED = 0.25, 0.25, 0.5
BEFORE_MEMBERS = "before_members"


def judge_news(news: News, made: Sequence[Deed], rows: Sequence[Outing]) -> Sheet:
    """Return the sheet of an item of news: put to its use inside its window, or left alone."""
    done = decision(made, news.id, NEWS_ENDS)
    outing = outing_of(rows, news.post)
    out = outing if outing is not None and outing.fate == "out" else None
    if news.right == "post":
        found, minute = _used(news, out), out.minute if out else None
    elif news.right == "pass_on":
        found, minute = _passed(news, done), done.minute if done else None
    else:
        found, minute = _left(done, out), done.minute if done else None
    early = (
        news.right != "leave"
        and minute is not None
        and news.members_from is not None
        and minute < news.members_from
    )
    return Sheet(
        "content", "news", news.id, news.title, NEWS_WEIGHT, (found,), (), ideal_news(news),
        why=news.why, context=BEFORE_MEMBERS if early else "", minute=minute,
    )  # fmt: skip


def ideal_news(news: News) -> Ideal:
    """Return what an expert does with an item of news."""
    moves = {"post": "publish", "pass_on": "pass_news"}
    to = news.to[0] if news.to else ""
    by = None if news.right == "leave" else news.until
    return Ideal(moves.get(news.right, "leave_news"), news.why, to, by=by)


def _used(news: News, out: Outing | None) -> Line:
    if out is None:
        return line("C2", 0.0, Reason("C2.unused"))
    if out.minute <= news.until:
        return line("C2", 1.0, Reason("C2.in_time"))
    return line("C2", _LATE, Reason("C2.late"))


def _passed(news: News, done: Decision | None) -> Line:
    if done is None or done.kind != "pass_news":
        return line("C2", 0.0, Reason("C2.not_passed"))
    if done.to not in news.to:
        return line("C2", _WRONG_ROLE, Reason("C2.wrong_role"))
    if done.minute > news.until:
        return line("C2", _LATE, Reason("C2.late"))
    return line("C2", 1.0, Reason("C2.passed"))


def _left(done: Decision | None, out: Outing | None) -> Line:
    """Judge news that is best left alone; without a reason that is worth half, as in the inbox."""
    if out is not None:
        return line("C2", 0.0, Reason("C2.trap"))
    if done is not None and done.kind == "pass_news":
        return line("C2", _UNREASONED, Reason("C2.needless"))
    if done is not None and is_reason(done.text):
        return line("C2", 1.0, Reason("C2.left"))
    return line("C2", _UNREASONED, Reason("C2.left_silently"))


def judge_queued(
    post: Queued, day: Workday, made: Sequence[Deed], rows: Sequence[Outing]
) -> Sheet | None:
    """Return the sheet of a post of the queue, ``None`` where it went out as it should."""
    outing = outing_of(rows, post.id)
    fate = outing.fate if outing is not None else "waiting"
    alarm = day.alarm
    stops = alarm is not None and must_stop(post, alarm)
    if not stops and fate in {"out", "waiting"}:
        return None
    ideal: Ideal | None = None
    if stops and alarm is not None:
        found = _stopped(post, alarm, made, fate)
        ideal = Ideal("pause_queue", by=alarm.minute + alarm.pause_within)
    else:
        found = line("C3", 0.0, Reason("C3.stopped_needlessly"))
    return Sheet(
        "content", "queued", post.id, post.title, QUEUED_WEIGHT, (found,), (), ideal,
        minute=post.minute,
    )  # fmt: skip


def must_stop(post: Queued, alarm: Alarm) -> bool:
    """Tell whether a queued post is due while something bad is going on."""
    return alarm.minute <= post.minute < alarm.until


def _stopped(post: Queued, alarm: Alarm, made: Sequence[Deed], fate: str) -> Line:
    if fate == "out":
        return line("C3", 0.0, Reason("C3.ran_on"))
    held = [deed.minute for deed in made if deed.kind == "cancel_post" and deed.item == post.id]
    held += [start for start, _ in pauses(made) if start < post.minute]
    in_time = [minute for minute in held if minute <= alarm.minute + alarm.pause_within]
    if in_time:
        return line("C3", 1.0, Reason("C3.stopped"))
    return line("C3", _UNREASONED, Reason("C3.stopped_late"))


def _pause_after(minute: int, made: Sequence[Deed]) -> int | None:
    """Return when the queue stood still at or after a minute, ``None`` where it never did."""
    for start, end in pauses(made):
        if end is None or end > minute:
            return max(start, minute)
    return None


def alarm_times(alarm: Alarm, made: Sequence[Deed]) -> dict[str, int | None]:
    """Return when the queue stood still, the matter was escalated and the statement stood."""
    told = [
        deed.minute
        for deed in made
        if deed.kind == "escalate"
        and alarm.message
        and deed.message == alarm.message
        and deed.to in alarm.escalate_to
    ]
    said = [
        deed.minute
        for deed in made
        if deed.kind == "statement"
        or (deed.kind == "reply" and alarm.message and deed.message == alarm.message)
    ]
    return {
        "pause": _pause_after(alarm.minute, made),
        "escalate": min(told, default=None),
        "statement": min(said, default=None),
    }


def judge_alarm(alarm: Alarm, made: Sequence[Deed]) -> Sheet:
    """Return the sheet of the alarm: paused, escalated and stated within its clock."""
    times = alarm_times(alarm, made)
    limits = alarm.limits
    shares = {name: _promptness(times[name], alarm.minute, limits[name]) for name in limits}
    wanting = [name for name, share in shares.items() if share < 1.0]
    reason = (
        Reason("C2.alarm_part", {"wanting": f"@{','.join(f'alarm.{name}' for name in wanting)}"})
        if wanting
        else Reason("C2.alarm_met")
    )
    found = line("C2", sum(shares.values()) / len(shares), reason)
    first = [minute for minute in times.values() if minute is not None]
    return Sheet(
        "content", "alarm", "alarm", alarm.title, ALARM_WEIGHT, (found,), (),
        Ideal("pause_queue", by=alarm.minute + alarm.pause_within),
        minute=min(first, default=None),
    )  # fmt: skip


def _promptness(minute: int | None, start: int, within: int) -> float:
    """Return 1 inside the limit, 0 from four times it on, linear between, as for messages."""
    if minute is None:
        return 0.0
    late = (minute - start - within) / (within * (number("alarm.limit") - 1.0))
    return min(1.0, max(0.0, 1.0 - late))
