"""Words of the simulator in the reader's language: kinds, channels, moves, reasons, parts."""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator import (
    CHANNELS,
    CRITERIA,
    DUTY_CRITERIA,
    KINDS,
    MUST,
    STATUSES,
    Locale,
    Reason,
    phrase,
)
from smm_academy.web.locale import gettext as _, ngettext

TINTS = 6


def sentence(reason: Mapping[str, Any] | None, locale: Locale) -> str:
    """Return a reason of a scorecard as a sentence; empty for none."""
    if reason is None:
        return ""
    return phrase(Reason(reason["code"], reason["values"]), locale)


def channel_title(channel: str, locale: Locale) -> str:
    """Return what a channel is called."""
    return CHANNELS[channel].title[locale]


def move_done(move: str) -> str:
    """Return what a move has done, for the thread and the debrief."""
    return {
        "open": _("Opened"),
        "reply": _("Reply sent"),
        "direct_message": _("Direct message sent"),
        "like": _("Liked"),
        "ask": _("Colleague asked"),
        "hide": _("Hidden"),
        "unhide": _("Shown again"),
        "delete": _("Deleted"),
        "report": _("Reported"),
        "block": _("Author blocked"),
        "save_evidence": _("Evidence saved"),
        "pin": _("Pinned"),
        "escalate": _("Escalated"),
        "assign": _("Assigned"),
        "label": _("Labelled"),
        "note": _("Note added"),
        "snooze": _("Snoozed"),
        "resolve": _("Resolved"),
        "no_action": _("No action"),
        "look_up": _("Brand book opened"),
        "wait": _("Waited"),
        "end_day": _("Day ended"),
        "open_news": _("Item read"),
        "pass_news": _("Passed on"),
        "leave_news": _("Left aside"),
        "publish": _("Published"),
        "schedule": _("Scheduled"),
        "cancel_post": _("Taken out of the queue"),
        "pause_queue": _("Queue paused"),
        "resume_queue": _("Queue running again"),
        "statement": _("Statement published"),
        "set_targeting": _("Targeting set"),
        "boost": _("Post boosted"),
        "take_request": _("Taken on"),
        "hand_over": _("Handed over"),
        "refuse_request": _("Declined"),
        "hand_in_report": _("Report handed in"),
    }[move]


def kind_title(kind: str, locale: Locale) -> str:
    """Return what a kind of message is called."""
    return KINDS[kind].title[locale]


def status_title(status: str, locale: Locale) -> str:
    """Return how a message stands, in a word."""
    return STATUSES[status][locale]


def criterion_title(criterion: str, locale: Locale) -> str:
    """Return what a criterion is called."""
    if criterion in CRITERIA:
        return CRITERIA[criterion].title[locale]
    title: str = DUTY_CRITERIA[criterion]["title"][locale]
    return title


def obligation(name: str, locale: Locale) -> str:
    """Return what a reply was to contain."""
    return MUST[name][locale] if name in MUST else name


def strength_title(strength: str) -> str:
    """Return how strong the evidence for a criterion is."""
    return str(
        {
            "strong": _("strong evidence"),
            "mixed": _("mixed evidence"),
            "practitioners differ": _("practitioners differ"),
        }.get(strength, strength)
    )


def part_titles() -> dict[str, str]:
    """Return what the parts of a shift's score are called."""
    return {
        "inbox": _("Replies"),
        "triage": _("Order of work"),
        "coverage": _("Nobody forgotten"),
        "content": _("Posts"),
        "targeting": _("Targeting"),
        "requests": _("Colleagues’ requests"),
        "report": _("Report"),
        "outcome": _("Mood of the community"),
    }


def duty_words(duties: Mapping[str, int]) -> list[str]:
    """Return what a day holds beside its messages: each duty with its size."""
    news, posts = duties.get("news", 0), duties.get("calendar", 0)
    requests = duties.get("requests", 0)
    said = {
        "news": ngettext("%(num)d item of news", "%(num)d items of news", news),
        "calendar": ngettext(
            "%(num)d post in the calendar", "%(num)d posts in the calendar", posts
        ),
        "audience": _("a budget to spend"),
        "requests": ngettext(
            "%(num)d request from a colleague", "%(num)d requests from colleagues", requests
        ),
        "report": _("the report"),
    }
    return [words for name, words in said.items() if duties.get(name)]


def intensity_titles() -> dict[str, str]:
    """Return what the tones of messages are called, the mildest first."""
    return {"mild": str(_("mild")), "usual": str(_("usual")), "strong": str(_("strong"))}


def warning(kinds: Sequence[str]) -> str:
    """Return what is hard to read in a shift, for the warning before it begins."""
    titles = {
        "self_harm": _("thoughts of suicide"),
        "abuse": _("threats and insults against a person"),
        "discrimination": _("an account of discrimination"),
        "vulgar_complaint": _("swearing"),
    }
    return ", ".join(str(titles[kind]) for kind in kinds)


def follow_up_titles() -> dict[str, str]:
    """Return what an author may write or do next, the best first."""
    return {
        "thanks": str(_("Thanks you")),
        "details": str(_("Sends what was asked for")),
        "next_question": str(_("Asks one thing more")),
        "still_waiting": str(_("Asks again, still waiting")),
        "not_helped": str(_("Says that it did not help")),
        "canned": str(_("Notices a template")),
        "fed_troll": str(_("Comes back for more attention")),
        "angrier": str(_("Answers in anger")),
        "promise_kept": str(_("Thanks you for a promise kept")),
        "promise_broken": str(_("Quotes a promise that was not kept")),
        "repost": str(_("Posts it again")),
        "bad_review": str(_("Writes a one-star review")),
    }


def tint_of(name: str) -> int:
    """Return the tint of a name's initials, 1 to 6, the same on every page."""
    return sum(map(ord, name)) % TINTS + 1


def span_of_minutes(minutes: int) -> str:
    """Return a span of simulated time in words."""
    if minutes < 60:  # noqa: PLR2004 - minutes in an hour
        return str(_("%(minutes)d min", minutes=minutes))
    if minutes >= 24 * 60:
        days = minutes // (24 * 60)
        return str(ngettext("%(num)d day", "%(num)d days", days))
    hours, rest = divmod(minutes, 60)
    if rest == 0:
        return str(_("%(hours)d h", hours=hours))
    return str(_("%(hours)d h %(minutes)d min", hours=hours, minutes=rest))
