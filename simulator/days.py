"""The days of a shift: one, or several of a week with the nights between them.

Minutes count from the beginning of the shift and run through the nights: there is one clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.brands import Locale

HOUR, DAY = 60, 24 * 60
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of a week as packs name them, in order."""
MOST_DAYS = len(WEEKDAYS)
_SHORT: Mapping[Locale, tuple[str, ...]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "pl": ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
}
# People are asleep from eleven to seven; what would wake them waits until they get up.
_SLEEP, _RISE = 23 * HOUR, 7 * HOUR


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The hours of one day at the desk; ``weekday`` is 0 for Monday.

    ``begins`` and ``ends`` are minutes of the shift; ``title`` and ``goal`` are empty where the
    shift has no other day.
    """

    weekday: int
    begins: int
    ends: int
    title: str = ""
    goal: str = ""
    briefing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """When the desk is open: its days in order. ``opens`` is the first beginning, after midnight.

    A shift of one day is a week of one.
    """

    opens: int
    locale: Locale
    days: tuple[DayPlan, ...] = field(default_factory=tuple)

    @property
    def is_campaign(self) -> bool:
        """Whether there is a night between two of its days."""
        return len(self.days) > 1

    @property
    def length(self) -> int:
        """Minutes from the first beginning to the last end."""
        return self.days[-1].ends

    def place(self, minute: int) -> int:
        """Return the place of the day that a minute belongs to; a night belongs to its evening."""
        begun = [at for at, day in enumerate(self.days) if day.begins <= minute]
        return begun[-1] if begun else 0

    def day(self, minute: int) -> DayPlan:
        """Return the day that a minute belongs to."""
        return self.days[self.place(minute)]

    def next_morning(self, minute: int) -> int | None:
        """Return when the desk opens again, ``None`` after the last day."""
        after = self.place(minute) + 1
        return self.days[after].begins if after < len(self.days) else None

    def is_closed(self, minute: int) -> bool:
        """Tell whether the day's hours are over and another day is still to come."""
        return self.day(minute).ends <= minute and self.next_morning(minute) is not None

    def open_minutes(self, since: int, until: int) -> int:
        """Return how long the desk was open between two minutes; nights do not count."""
        if not self.is_campaign:
            return until - since
        spans = ((max(since, day.begins), min(until, day.ends)) for day in self.days)
        return sum(max(0, end - start) for start, end in spans)

    def weekday(self, minute: int) -> int:
        """Return the day of the week of a minute, 0 for Monday."""
        return (self.days[0].weekday + (self.opens + minute) // DAY) % MOST_DAYS

    def clock(self, minute: int) -> str:
        """Return a minute as a time of day: ``10:42``, or ``Wed 10:42`` where there are more."""
        total = self.opens + minute
        time = f"{total // HOUR % 24:02d}:{total % HOUR:02d}"
        return f"{self.name(minute)} {time}" if self.is_campaign else time

    def name(self, minute: int) -> str:
        """Return the short name of a minute's day of the week."""
        return _SHORT[self.locale][self.weekday(minute)]

    def hour(self, minute: int) -> int:
        """Return the hour of the community that a minute lies in, from Monday's midnight on."""
        return self.days[0].weekday * 24 + (self.opens + minute) // HOUR

    def awake(self, minute: int) -> int:
        """Return when somebody who meant to write at a minute does: not in their sleep."""
        time = (self.opens + minute) % DAY
        if not self.is_campaign or _RISE <= time < _SLEEP:
            return minute
        rest = _RISE - time if time < _RISE else DAY - time + _RISE
        return minute + rest + time % HOUR


def week_of(opens: int, closes: int, locale: Locale, days: tuple[DayPlan, ...] = ()) -> Week:
    """Return the week of a shift; without days it is the one from beginning to end."""
    return Week(opens, locale, days or (DayPlan(0, 0, closes - opens),))
