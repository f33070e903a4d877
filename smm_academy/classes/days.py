"""Days of a class in its own zone: when one ends, what is late, when a class is over."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=400)
"""How far ahead a class may be kept: a school year; browsers keep no cookie for longer."""

USUAL = timedelta(days=300)
ONE_DAY = timedelta(days=1)


def end_of_day(day: date, zone: str) -> datetime:
    """Return the moment at which a day ends: the midnight after it, by the clocks of the zone."""
    return datetime.combine(day + ONE_DAY, time(), ZoneInfo(zone))


def day_of(at: datetime, zone: str) -> date:
    """Return the day that a moment falls on in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def is_late(done_at: datetime | None, due_on: date | None, zone: str, at: datetime) -> bool:
    """Tell whether work was done, or still waits to be done, after its day has ended."""
    return due_on is not None and (done_at or at) >= end_of_day(due_on, zone)


def is_over(retention_on: date, zone: str, at: datetime) -> bool:
    """Tell whether a class's last day has ended."""
    return at >= end_of_day(retention_on, zone)
