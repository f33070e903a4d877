"""The day so far as the desk shows it: mood and followers, drawn and in numbers."""

from typing import Any, TypeAlias

from simulator import Desk
from smm_academy.shifts.queries import Setting
from smm_academy.web.locale import gettext as _

Reading: TypeAlias = tuple[int, float, int]
"""When, the mood, the followers."""

LEAST_MOOD, LEAST_FOLLOWERS = 0.02, 4
"""The least height of the drawings, so that a quiet day looks quiet."""


def timeline(setting: Setting, desk: Desk) -> dict[str, Any]:
    """Return the lines of mood and followers up to now, their scales and their table."""
    begins = setting.scenario.begins
    points = [(begins + one.minute, one.sentiment, one.followers) for one in desk.timeline]
    now = begins + desk.minute
    if points[-1][0] < now:
        points.append((now, *points[-1][1:]))
    first, last = _this_morning(setting, desk, points), points[-1]
    mood = [(minute, 100 * feeling) for minute, feeling, _number in points]
    followers = [(minute, float(number)) for minute, _feeling, number in points]
    return {
        "start": begins,
        "end": setting.scenario.ends,
        "lines": [
            {
                "title": str(_("Mood of the community")),
                "words": str(
                    _("%(first)+.1f this morning, %(last)+.1f now")
                    % {"first": 100 * first[1], "last": 100 * last[1]}
                ),
                "points": mood,
                **_scale(mood, 100 * LEAST_MOOD),
            },
            {
                "title": str(_("Followers")),
                "words": str(
                    _("%(first)d this morning, %(last)d now")
                    % {"first": first[2], "last": last[2]}
                ),
                "points": followers,
                **_scale(followers, LEAST_FOLLOWERS),
            },
        ],
        "head": [_("Time"), _("Mood"), _("Followers")],
        "rows": [
            [_clock(setting, minute), f"{100 * feeling:+.1f}", str(number)]
            for minute, feeling, number in points
        ],
    }


def _this_morning(setting: Setting, desk: Desk, points: list[Reading]) -> Reading:
    """Return how it stood when today's desk opened."""
    opened = setting.scenario.begins + desk.days[desk.day - 1].begins
    return [point for point in points if point[0] <= opened][-1]


def _clock(setting: Setting, minute: int) -> str:
    week = setting.scenario.week
    if week.is_campaign:
        return week.clock(minute - setting.scenario.begins)
    return f"{minute // 60}:{minute % 60:02d}"


def _scale(points: list[tuple[int, float]], least: float) -> dict[str, float]:
    values = [value for _minute, value in points]
    low, high = min(values), max(values)
    room = max(0.0, least - (high - low)) / 2 + 0.1 * (high - low)
    return {"low": low - room, "high": high + room}
