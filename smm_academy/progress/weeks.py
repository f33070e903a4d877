"""A goal for the week, with days of grace: what is missed is never held against anybody.

Weeks begin on Monday, in the learner's own zone. A week is *kept* with as many days of learning as
its goal asks. Where days are missing, days of grace step in (*bridged*), as long as there was one
day of learning at all; a kept week gives one back. Any other week is *light*, and costs nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
LOOK_BACK = 12
"""So many weeks are looked at; what lies further back is at rest."""

MOST_GRACE = 2
DEFAULT_GOAL = 3
GOALS = range(1, 8)

State: TypeAlias = Literal["kept", "bridged", "light", "running"]


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday: on which of its seven days somebody learned, and the goal."""

    monday: date
    learned: tuple[bool, ...]
    goal: int
    state: State

    @property
    def days(self) -> int:
        """Return on how many days somebody learned."""
        return sum(self.learned)

    @property
    def reached(self) -> bool:
        """Tell whether the goal is reached."""
        return self.days >= self.goal


@dataclass(frozen=True, slots=True)
class Rhythm:
    """This week, the ones before it (oldest first), the days of grace in hand.

    ``row`` counts the weeks on end, up to the last one, that were kept or bridged.
    """

    this: Week
    past: tuple[Week, ...]
    grace: int
    row: int


def local_day(moment: datetime, zone: str) -> date:
    """Return the day on which a moment falls for somebody in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def first_monday(today: date) -> date:
    """Return the Monday from which weeks are looked at."""
    return monday_of(today) - LOOK_BACK * WEEK


def rhythm_of(days: Collection[date], goals: Mapping[date, int], today: date) -> Rhythm:
    """Return how the weeks went, from the days of learning and the goals by their first Monday.

    Nothing is said of weeks before the first day of learning that is known.
    """
    this = monday_of(today)
    since = first_monday(today)
    known = [monday_of(day) for day in days if since <= day <= today]
    monday, grace, past = min(known, default=this), MOST_GRACE, []
    while monday < this:
        week, grace = _judged(monday, days, goals, grace)
        past.append(week)
        monday += WEEK
    row = 0
    for week in reversed(past):
        if week.state == "light":
            break
        row += 1
    learned = _learned(this, days)
    return Rhythm(Week(this, learned, goal_in(goals, this), "running"), tuple(past), grace, row)


def goal_in(goals: Mapping[date, int], monday: date) -> int:
    """Return the goal of a week: the newest that was chosen by then."""
    chosen = [first for first in goals if first <= monday]
    return goals[max(chosen)] if chosen else DEFAULT_GOAL


def _judged(
    monday: date, days: Collection[date], goals: Mapping[date, int], grace: int
) -> tuple[Week, int]:
    """Return a week that is over, and the days of grace in hand after it."""
    learned, goal = _learned(monday, days), goal_in(goals, monday)
    missing = goal - sum(learned)
    if missing <= 0:
        return Week(monday, learned, goal, "kept"), min(MOST_GRACE, grace + 1)
    if any(learned) and missing <= grace:
        return Week(monday, learned, goal, "bridged"), grace - missing
    return Week(monday, learned, goal, "light"), grace


def _learned(monday: date, days: Collection[date]) -> tuple[bool, ...]:
    return tuple(monday + timedelta(days=number) in days for number in range(7))
