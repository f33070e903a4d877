"""The days of a recorded campaign, each with its own parts, and the promises of the whole."""

from collections.abc import Mapping, Sequence
from typing import TypedDict, cast

from simulator.duties import Sheet
from simulator.shift import scoring
from simulator.shift.desk import DeskDay, desk_days, desk_promises
from simulator.shift.scene import Scene
from simulator.shift.scoring import Marked
from simulator.shift.state import Point


class RecordedDay(TypedDict):
    """One day of a campaign: its messages by where they arrived, and how it went.

    ``parts`` and ``score`` are of what arrived that day; a night belongs to the morning after.
    ``carried`` counts the messages that called for an action and had none when the desk closed.
    """

    number: int
    weekday: str
    title: str
    goal: str
    begins: int
    ends: int
    messages: list[str]
    consequences: int
    handled: int
    carried: int
    parts: dict[str, float | None]
    score: float
    sentiment_start: float
    sentiment_end: float


class RecordedPromise(TypedDict):
    """A promise: to whom, in which words, when, until when, and what became of it."""

    message: str
    name: str
    words: str
    given: int
    due: int
    clock: str
    of_deed: bool
    status: str


def chapters(
    scene: Scene,
    marked: Sequence[Marked],
    sheets: Sequence[Sheet],
    nothing: Sequence[Point],
    expert: Sequence[Point],
) -> list[RecordedDay]:
    """Return the days of a campaign; none where there is only one."""
    week = scene.cast.scenario.week
    if not week.is_campaign:
        return []
    lines = [scene.state.timeline, nothing, expert]
    items = days_of_items(scene)
    found, since = [], 0
    for day in desk_days(week):
        rows = [row for row in marked if since <= row.case.arrived <= day.ends]
        own = [sheet for sheet in sheets if items.get(sheet.item, len(week.days)) == day.number]
        ends = [_mood(line, day.ends) for line in lines]
        parts = scoring.parts(rows, own, ends[0], (ends[1], ends[2]))
        found.append(_chapter(day, rows, parts, (_mood(lines[0], day.begins), ends[0])))
        since = day.ends + 1
    return found


def _chapter(
    day: DeskDay,
    rows: Sequence[Marked],
    parts: Mapping[str, float | None],
    moods: tuple[float, float],
) -> RecordedDay:
    own = [row for row in rows if row.counts]
    due = [row for row in own if row.needs_action]
    handled = [row for row in due if row.first is not None and row.first <= day.ends]
    return RecordedDay(
        number=day.number,
        weekday=day.weekday,
        title=day.title,
        goal=day.goal,
        begins=day.begins,
        ends=day.ends,
        messages=[row.case.id for row in own],
        consequences=len(rows) - len(own),
        handled=len(handled),
        carried=len(due) - len(handled),
        parts=dict(parts),
        score=scoring.total(parts),
        sentiment_start=moods[0],
        sentiment_end=moods[1],
    )


def days_of_items(scene: Scene) -> dict[str, int]:
    """Return the number of the day that brought each item of the other duties."""
    day, week = scene.cast.scenario.day, scene.cast.scenario.week
    minutes = {row.id: row.minute for row in day.news}
    minutes |= {row.id: row.minute for row in day.queue}
    minutes |= {row.id: row.minute for row in day.briefs}
    minutes |= {row.id: row.minute for row in day.requests}
    found = {name: week.place(minute) + 1 for name, minute in minutes.items()}
    if day.alarm is not None:
        found["alarm"] = week.place(day.alarm.minute) + 1
    return found


def _mood(line: Sequence[Point], minute: int) -> float:
    """Return the mood of the community at a minute: that of the last point by then."""
    return [point.sentiment for point in line if point.minute <= minute][-1]


def promises_of(scene: Scene) -> list[RecordedPromise]:
    """Return the promises of a shift, those that fell due first at the head."""
    names = RecordedPromise.__annotations__
    return [
        cast("RecordedPromise", {name: getattr(row, name) for name in names})
        for row in desk_promises(scene)
    ]
