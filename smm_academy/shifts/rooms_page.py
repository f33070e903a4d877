"""The rooms of a full day beside the inbox: which there are, what waits in each, the alarm."""

from typing import Any

from simulator import MOVES, Desk, DeskDuties, Locale, Move
from smm_academy.errors import NotFound
from smm_academy.shifts import words
from smm_academy.shifts.audience_page import audience_room
from smm_academy.shifts.calendar_page import STATEMENT, calendar_room
from smm_academy.shifts.desk_forms import ROOMS, Place, Room
from smm_academy.shifts.queries import Setting
from smm_academy.shifts.report_page import report_room
from smm_academy.web.locale import gettext as _, ngettext

ICONS: dict[Room, str] = {
    "inbox": "messages",
    "news": "open_news",
    "calendar": "schedule",
    "audience": "set_targeting",
    "requests": "take_request",
    "report": "hand_in_report",
}
ROOMS_BY_DUTY: dict[str, tuple[Room, ...]] = {
    "watch": ("news",),
    "calendar": ("calendar",),
    "targeting": ("audience", "calendar"),
    "requests": ("requests",),
    "report": ("report",),
}
"""Where the moves of a duty are made; a post is boosted where it stands."""

FIRST_KEY = 4
"""The keys 1 to 3 open the tabs of the third pane."""


def titles() -> dict[Room, str]:
    """Return what the rooms are called."""
    return {
        "inbox": _("Inbox"),
        "news": _("News"),
        "calendar": _("Calendar"),
        "audience": _("Audience"),
        "requests": _("Requests"),
        "report": _("Report"),
    }


def rooms(setting: Setting, desk: Desk, current: Room, url: str) -> list[dict[str, Any]]:
    """Return the rooms of a day with what waits in each; none where there is only the inbox."""
    if desk.duties is None:
        return []
    named, waits, there = titles(), waiting(desk, desk.duties), rooms_of(setting)
    return [
        {
            "id": room,
            "title": named[room],
            "icon": ICONS[room],
            "waits": waits[room],
            "waits_words": ngettext("%(num)d waits", "%(num)d wait", waits[room]),
            "current": room == current,
            "url": Place(room).address(url) if room != "inbox" else url,
            "key": str(FIRST_KEY + number),
        }
        for number, room in enumerate(ROOMS)
        if room in there
    ]


def rooms_of(setting: Setting) -> set[Room]:
    """Return the rooms that a scenario has."""
    day = setting.scenario.day
    there: dict[Room, bool] = {
        "inbox": True,
        "news": bool(day.news),
        "calendar": bool(day.briefs or day.queue),
        "audience": day.campaign is not None,
        "requests": bool(day.requests),
        "report": day.report is not None,
    }
    return {room for room, is_there in there.items() if is_there}


def waiting(desk: Desk, duties: DeskDuties) -> dict[Room, int]:
    """Return how much waits for a decision in each room."""
    campaign, report = duties.campaign, duties.report
    return {
        "inbox": sum(message.waited is not None for message in desk.messages),
        "news": sum(not (item.decided or item.used) for item in duties.news),
        "calendar": sum(not brief.fate for brief in duties.briefs),
        "audience": int(campaign is not None and campaign.remaining == campaign.budget),
        "requests": sum(not request.decided for request in duties.requests),
        "report": int(report is not None and "hand_in_report" in report.available),
    }


def undone(desk: Desk, url: str) -> list[tuple[str, str]]:
    """Return what a full day still holds besides its messages: words and where they lead."""
    duties = desk.duties
    if duties is None:
        return []
    rows: list[tuple[str, Room]] = []
    if news := waiting(desk, duties)["news"]:
        said = ngettext(
            "%(num)d item of news without a decision.",
            "%(num)d items of news without a decision.",
            news,
        )
        rows.append((said, "news"))
    if requests := waiting(desk, duties)["requests"]:
        said = ngettext(
            "%(num)d colleague waits for a word.", "%(num)d colleagues wait for a word.", requests
        )
        rows.append((said, "requests"))
    if duties.campaign is not None and duties.campaign.remaining == duties.campaign.budget:
        rows.append((_("The budget has not been used."), "audience"))
    ends = desk.days[-1].ends
    if (
        duties.report is not None
        and not duties.report.handed_in
        and desk.minutes_left + desk.minute >= ends
    ):
        rows.append((_("The report has not been handed in."), "report"))
    return [(said, Place(room).address(url)) for said, room in rows]


def alarm(desk: Desk, url: str) -> dict[str, Any] | None:
    """Return the alarm with its clock: each duty with how long is left for it, or when done."""
    if desk.duties is None or desk.duties.alarm is None:
        return None
    found, duties = desk.duties.alarm, desk.duties
    if found.minute < desk.days[desk.day - 1].begins:
        return None
    named = {
        "pause": (_("Pause the queue"), Place("calendar").address(url)),
        "escalate": (_("Escalate"), Place(message=found.message).address(url)),
        "statement": (_("Publish a statement"), Place("calendar", STATEMENT).address(url)),
    }
    return {
        "title": found.title,
        "clock": found.clock,
        "can_pause": "pause_queue" in duties.available,
        "steps": [
            {
                "id": name,
                "title": named[name][0],
                "url": named[name][1],
                "done": found.done.get(name, ""),
                "late": name not in found.done and left < 0,
                "words": _time_words(found.done.get(name, ""), left),
            }
            for name, left in found.left.items()
        ],
    }


def _time_words(done: str, left: int) -> str:
    if done:
        return _("done at %(clock)s", clock=done)
    if left < 0:
        return _("%(span)s late", span=words.span_of_minutes(-left))
    return _("%(span)s left", span=words.span_of_minutes(left))


def room(setting: Setting, desk: Desk, place: Place, locale: Locale, url: str) -> dict[str, Any]:
    """Return what a room shows. Raises `NotFound` for one that the day has not."""
    duties = desk.duties
    if duties is None or place.room not in rooms_of(setting):
        raise NotFound("There is no such room at this desk.")
    if place.room == "news":
        return _news(setting, desk, duties, place, url)
    if place.room == "calendar":
        return calendar_room(setting, desk, duties, place, locale, url)
    if place.room == "audience":
        return audience_room(duties, locale)
    if place.room == "report":
        return report_room(duties, locale)
    return _requests(setting, desk, duties, place, url)


def last_done(move: Move | None, desk: Desk, place: Place) -> str:
    """Return what the last move did, where it was made in this room about what is open here."""
    if move is None or move.item not in {"", place.item}:
        return ""
    if place.room not in ROOMS_BY_DUTY.get(MOVES[move.kind].duty, ()):
        return ""
    return f"{words.move_done(move.kind)} · {desk.clock}"


def contacts(setting: Setting) -> list[tuple[str, str]]:
    """Return to whom something can be handed over: ids and titles."""
    return [(contact.id, contact.title) for contact in setting.brand.contacts]


def _news(
    setting: Setting, desk: Desk, duties: DeskDuties, place: Place, url: str
) -> dict[str, Any]:
    roles = dict(contacts(setting))
    rows = [
        {
            "id": item.id,
            "title": item.title,
            "source": item.source,
            "clock": item.clock,
            "age": words.span_of_minutes(max(0, desk.minute - item.minute)),
            "text": item.text,
            "tone": "done" if item.decided or item.used else "open" if item.text else "new",
            "status": _("used") if item.used else _news_status(item.decided, read=bool(item.text)),
            "decided": words.move_done(item.decided) if item.decided else "",
            "used": item.used,
            "to": roles.get(item.to, ""),
            "can": item.available,
            "url": Place("news", item.id).address(url),
        }
        for item in sorted(duties.news, key=lambda one: -one.minute)
    ]
    opened = next((row for row in rows if row["id"] == place.item and row["text"]), None)
    return {"rows": rows, "opened": opened, "roles": contacts(setting)}


def _news_status(decided: str, *, read: bool) -> str:
    if decided:
        return words.move_done(decided).casefold()
    return _("read") if read else _("unread")


def _requests(
    setting: Setting, desk: Desk, duties: DeskDuties, place: Place, url: str
) -> dict[str, Any]:
    roles = dict(contacts(setting))
    rows = []
    for request in sorted(duties.requests, key=lambda one: -one.minute):
        name, _comma, role = request.colleague.partition(", ")
        rows.append(
            {
                "id": request.id,
                "author": name,
                "role": role,
                "tint": words.tint_of(name),
                "clock": request.clock,
                "age": words.span_of_minutes(max(0, desk.minute - request.minute)),
                "text": request.text,
                "tone": "done" if request.decided else "new",
                "status": words.move_done(request.decided).casefold()
                if request.decided
                else _("waits"),
                "decided": words.move_done(request.decided) if request.decided else "",
                "to": roles.get(request.to, ""),
                "reply": request.reply,
                "can": request.available,
                "url": Place("requests", request.id).address(url),
            }
        )
    opened = next((row for row in rows if row["id"] == place.item), None)
    return {"rows": rows, "opened": opened, "roles": contacts(setting)}
