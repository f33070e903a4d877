"""A campaign on the pages: which day it is, what was promised, what a day leaves behind."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator import Desk, Locale
from smm_academy.shifts import words
from smm_academy.shifts.desk_forms import Place
from smm_academy.web.locale import gettext as _, ngettext

DONE = frozenset({"answered", "passed_on", "hidden", "deleted", "left", "resolved"})
"""How a message stands that nobody has to see to any more."""

LEAST_CHANGE = 1
"""A change of mood below one point is none."""


def today(desk: Desk) -> dict[str, Any] | None:
    """Return which day of a campaign it is, ``None`` in a shift of one day."""
    if len(desk.days) == 1:
        return None
    day = desk.days[desk.day - 1]
    return {
        "words": day_words(desk.day, len(desk.days)),
        "title": day.title,
        "goal": day.goal,
        "weekday": day.weekday,
        "closes": day.closes,
        "closed": desk.is_closed,
        "last": desk.day == len(desk.days),
    }


def day_words(day: int, days: int) -> str:
    """Return where somebody stands in a campaign."""
    return str(_("Day %(day)d of %(days)d", day=day, days=days))


def shown_messages(desk: Desk) -> list[Any]:
    """Return the messages that the list holds: today's, and of earlier days what is still open."""
    begins = desk.days[desk.day - 1].begins
    owed = {promise.message for promise in desk.promises if promise.status == "open"}
    return [
        message
        for message in desk.messages
        if message.minute >= _evening(desk)
        or message.status not in DONE
        or message.id in owed
        or any(turn.minute >= begins for turn in message.thread)
        or any(move.minute >= begins for move in message.moves)
    ]


def _evening(desk: Desk) -> int:
    """Return when the desk closed the day before; what came in since is of today."""
    return desk.days[desk.day - 2].ends if desk.day > 1 else 0


def promises(desk: Desk, url: str) -> list[dict[str, Any]]:
    """Return the promises that are still to be kept, what falls due first at the head."""
    until = _morning(desk)
    return [
        {
            "name": promise.name,
            "tint": words.tint_of(promise.name),
            "words": promise.words,
            "clock": promise.clock,
            "today": promise.due < until,
            "hint": ""
            if promise.told or not promise.of_deed
            else str(_("Nobody who can do it knows yet: ask or escalate, then write.")),
            "url": Place(message=promise.message).address(url),
        }
        for promise in desk.promises
        if promise.status == "open"
    ]


def _morning(desk: Desk) -> int:
    """Return when the next day begins; what falls due before is still today's."""
    following = desk.days[desk.day :]
    return following[0].begins if following else desk.days[-1].ends + 1


def evening(desk: Desk, locale: Locale, url: str) -> dict[str, Any]:
    """Return what a day leaves behind: what was handled, what carries over, what falls due."""
    day = desk.days[desk.day - 1]
    arrived = [one for one in desk.messages if one.minute >= _evening(desk)]
    open_ones = [one for one in shown_messages(desk) if one.status not in DONE]
    tomorrow = desk.days[desk.day] if desk.day < len(desk.days) else None
    until = tomorrow.ends if tomorrow else day.ends
    owed = [row for row in desk.promises if row.status == "open"]
    kept = [
        row for row in desk.promises if row.status == "kept" and (row.settled or 0) >= day.begins
    ]
    moods = [point.sentiment for point in desk.timeline if point.minute <= day.begins]
    change = round(100 * (desk.timeline[-1].sentiment - (moods[-1] if moods else 0)))
    return {
        "day": day_words(desk.day, len(desk.days)),
        "title": day.title,
        "tomorrow": tomorrow,
        "left": max(0, day.ends - desk.minute),
        "left_words": words.span_of_minutes(max(0, day.ends - desk.minute)),
        "mood": _mood_words(change),
        "figures": [
            (len(arrived), str(_("came in"))),
            (sum(one.status in DONE for one in arrived), str(_("handled"))),
            (len(open_ones), str(_("carry over"))),
            (len(kept), str(_("promises kept"))),
        ],
        "open": [_row(one, locale, url) for one in open_ones],
        "tonight": [_promise(row, url) for row in owed if row.due < _morning(desk)],
        "due": [_promise(row, url) for row in owed if _morning(desk) <= row.due <= until],
        "later": sum(row.due > until for row in owed),
    }


def _row(message: Any, locale: Locale, url: str) -> dict[str, Any]:  # noqa: ANN401 - a DeskMessage of the simulator
    return {
        "author": message.name,
        "tint": words.tint_of(message.name),
        "text": message.thread[-1].text,
        "status": words.status_title(message.status, locale),
        "url": Place(message=message.id).address(url),
    }


def _promise(row: Any, url: str) -> dict[str, Any]:  # noqa: ANN401 - a DeskPromise of the simulator
    return {
        "name": row.name,
        "tint": words.tint_of(row.name),
        "words": row.words,
        "clock": row.clock,
        "url": Place(message=row.message).address(url),
    }


def _mood_words(change: int) -> str:
    if abs(change) < LEAST_CHANGE:
        return str(_("The community feels as it did this morning."))
    return str(
        ngettext(
            "Mood of the community since the morning: %(change)+d point.",
            "Mood of the community since the morning: %(change)+d points.",
            abs(change),
            change=change,
        )
    )


def chapters(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the days of a recorded campaign with their parts; none where there was one."""
    titles = words.part_titles()
    return [
        {
            "number": row["number"],
            "weekday": row["weekday"],
            "title": row["title"],
            "score": round(row["score"]),
            "change": round(100 * (row["sentiment_end"] - row["sentiment_start"])),
            "arrived": len(row["messages"]),
            "handled": row["handled"],
            "carried": row["carried"],
            "parts": [
                (titles[name], round(value))
                for name, value in row["parts"].items()
                if value is not None
            ],
        }
        for row in record.get("days", ())
    ]


def settled(record: Mapping[str, Any], url: str) -> dict[str, list[dict[str, Any]]]:
    """Return the promises of a record: the broken ones first, then those kept and not yet due."""
    rows = record.get("promises", ())
    return {
        status: [_recorded(row, url) for row in rows if row["status"] == status]
        for status in ("broken", "kept", "open")
    }


def _recorded(row: Mapping[str, Any], url: str) -> dict[str, Any]:
    return {
        "name": row["name"],
        "words": row["words"],
        "clock": row["clock"],
        "url": f"{url}#{row['message']}",
    }


def count_words(rows: Mapping[str, Iterable[Any]]) -> str:
    """Return how many promises were kept, broken and are still open, in a sentence."""
    kept, broken = len(list(rows["kept"])), len(list(rows["broken"]))
    parts = [
        ngettext("%(num)d promise kept", "%(num)d promises kept", kept),
        ngettext("%(num)d broken", "%(num)d broken", broken),
    ]
    if waiting := len(list(rows["open"])):
        parts.append(ngettext("%(num)d not yet due", "%(num)d not yet due", waiting))
    return ", ".join(map(str, parts))


def clock_of(record: Mapping[str, Any], minute: int) -> str:
    """Return a minute of a recorded shift as a time of day, in a campaign with its weekday."""
    total = record["begins"] + minute
    time = f"{total // 60 % 24}:{total % 60:02d}"
    names = {
        (record["begins"] + day["begins"]) // (24 * 60): day["weekday"]
        for day in record.get("days", ())
    }
    return f"{names.get(total // (24 * 60), '')} {time}".strip()
