"""The calendar of a full day: what is out or queued, ideas for posts, the hours of members."""

from typing import Any

from simulator import DUTY_TABLES, Desk, DeskDuties, Locale
from smm_academy.shifts import words
from smm_academy.shifts.desk_forms import Place
from smm_academy.shifts.queries import Setting
from smm_academy.shifts.typed_figures import Money
from smm_academy.web.locale import gettext as _

STATEMENT = "statement"
"""What the address of the calendar calls the statement; no pack names a post so."""

HOUR, DAY = 60, 24 * 60
SHOWN_FIGURES = ("reach", "impressions", "reactions", "comments", "shares", "clicks", "actions")


def calendar_room(
    setting: Setting, desk: Desk, duties: DeskDuties, place: Place, locale: Locale, url: str
) -> dict[str, Any]:
    """Return the calendar with one post, idea or the statement open, or the day as a whole."""
    posts = [_post(setting, row, url) for row in duties.calendar]
    briefs = [_brief(row, url) for row in duties.briefs]
    post = next((row for row in posts if row["id"] == place.item), None)
    brief = next((row for row in briefs if row["id"] == place.item), None)
    can_state = STATEMENT in duties.available
    return {
        "posts": posts,
        "briefs": briefs,
        "is_paused": duties.is_paused,
        "can": duties.available,
        "statement": can_state,
        "stated": duties.alarm.done.get(STATEMENT, "") if duties.alarm is not None else "",
        "statement_url": Place("calendar", STATEMENT).address(url),
        "stating": can_state and place.item == STATEMENT,
        # An idea that went out or waits is shown as the post that it has become.
        "post": post if brief is None or not brief["can"] else None,
        "brief": brief if brief is not None and brief["can"] else None,
        "hours": _hours(setting, desk, duties),
        "campaign": _campaign(duties, locale),
    }


def fate_words(fate: str) -> str:
    """Return what became of a post, in a word."""
    return {
        "waiting": _("queued"),
        "out": _("published"),
        "stopped": _("held back by the pause"),
        "cancelled": _("taken out"),
    }[fate]


def figure_titles() -> dict[str, str]:
    """Return what the figures under a post are called."""
    return {
        "reach": _("Reach"),
        "impressions": _("Impressions"),
        "reactions": _("Reactions"),
        "comments": _("Comments"),
        "shares": _("Shares"),
        "clicks": _("Clicks"),
        "actions": _("Actions"),
    }


def label_place(note: str) -> str:
    """Return where the words of a label stand."""
    return {
        "start": _("at the beginning of the post"),
        "end": _("at the end of the post"),
        "platform": _("by the platform’s own switch"),
    }.get(note, "")


def _post(setting: Setting, row: Any, url: str) -> dict[str, Any]:  # noqa: ANN401 - a DeskPost of the simulator
    formats, titles = DUTY_TABLES["formats"], figure_titles()
    return {
        "id": row.item,
        "clock": row.clock,
        "title": row.title,
        "text": row.text,
        "format": formats[row.format][setting.brand.locale] if row.format else "",
        "is_queued": row.is_queued,
        "fate": row.fate,
        "tone": {"waiting": "waiting", "out": "done"}.get(row.fate, "open"),
        "status": fate_words(row.fate),
        "figures": [(titles[name], row.figures[name]) for name in SHOWN_FIGURES if row.figures],
        "can": row.available,
        "url": Place("calendar", row.item).address(url),
    }


def _brief(row: Any, url: str) -> dict[str, Any]:  # noqa: ANN401 - a DeskBrief of the simulator
    relations = {
        "paid": _("Paid: its maker gets money for it."),
        "gifted": _("Gifted: its maker got something for it."),
        "staff": _("Made by somebody who works here."),
    }
    legends = {
        "variant": _("Wording"),
        "format": _("Format"),
        "audience": _("Who sees it"),
        "picture": _("Picture and rights to it"),
        "alt": _("Alternative text of the picture"),
        "label": _("Mark as advertising"),
    }
    return {
        "id": row.id,
        "title": row.title,
        "goal": row.goal,
        "relation": relations.get(row.relation, ""),
        "fields": [
            {
                "name": name,
                "legend": legends[name],
                "long": name in {"variant", "alt"},
                "options": [
                    (one.id, one.title or _("No mark"), label_place(one.note)) for one in options
                ],
            }
            for name, options in row.options.items()
        ],
        "slots": [
            (slot.minute, slot.clock, round(100 * slot.activity))
            for slot in row.slots
            if slot.is_free
        ],
        "fate": row.fate,
        "status": fate_words(row.fate) if row.fate else _("idea"),
        "tone": "done" if row.fate in {"out", "waiting"} else "new",
        "can": row.available,
        "url": Place("calendar", row.id).address(url),
    }


def _hours(setting: Setting, desk: Desk, duties: DeskDuties) -> dict[str, Any]:
    """Return how active members are, hour by hour, with the shift's hours and its posts."""
    today = desk.days[desk.day - 1]
    opens = setting.scenario.begins + today.begins
    midnight = opens - opens % DAY - setting.scenario.begins
    begins, ends = opens % DAY, opens % DAY + today.ends - today.begins
    best = max(range(24), key=lambda hour: duties.hours[hour])
    within = [hour for hour in range(24) if begins <= hour * HOUR < ends]
    best_within = max(within or [best], key=lambda hour: duties.hours[hour])
    return {
        "bars": [
            (hour, round(100 * activity), begins - HOUR < hour * HOUR < ends)
            for hour, activity in enumerate(duties.hours)
        ],
        "now": round((desk.minute - midnight) / HOUR, 2),
        "posts": [
            round((row.minute - midnight) / HOUR, 2)
            for row in duties.calendar
            if row.fate in {"waiting", "out"} and 0 <= row.minute - midnight < DAY
        ],
        "words": _(
            "Members are most active at %(best)s; within your hours at %(within)s.",
            best=f"{best}:00",
            within=f"{best_within}:00",
        ),
    }


def _campaign(duties: DeskDuties, locale: Locale) -> dict[str, Any] | None:
    campaign = duties.campaign
    if campaign is None:
        return None
    return {
        "segments": [(row.id, row.title) for row in campaign.segments],
        "bids": [(row.id, row.title) for row in campaign.bids],
        "left": Money(campaign.currency, locale)(campaign.remaining),
        "currency": campaign.currency,
        "words": words.move_done("boost"),
    }
