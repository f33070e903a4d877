"""What the pages of the review say: how much is due, what comes when, how the week goes."""

from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date, get_day_names

from smm_academy.progress.cards import Card, Outlook, Portion
from smm_academy.progress.cues import cue_of
from smm_academy.progress.spacing import Rating, remembered
from smm_academy.progress.weeks import Rhythm, Week
from smm_academy.revisions.markup import words_of
from smm_academy.web.locale import gettext as _, ngettext

DAYS_IN_DAYS = 14
DAYS_IN_WEEKS = 60
PAST_WEEKS = 6


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the review: where the day's review stands, and the way on."""

    title: str
    lead: str
    action: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the four answers to a key point: its number and key, its word, when it comes back."""

    value: int
    title: str
    back: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of this week: its short name, whether somebody learned on it, whether it is today."""

    name: str
    learned: bool
    today: bool
    words: str


@dataclass(frozen=True, slots=True)
class PastWeek:
    """A week that is over, in numbers and in words."""

    name: str
    count: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class WeekPanel:
    """The week as the page shows it."""

    title: str
    note: str
    grace: str
    row: str
    days: tuple[Day, ...]


def head_of(portion: Portion, ahead: Outlook) -> Head:
    """Return the head of the review's page; no action where nothing is due."""
    if not portion.due and portion.answered:
        return Head(_("Done for today"), _("Everything that was due is answered."), "")
    if not portion.due and ahead.tomorrow + ahead.soon + ahead.later:
        return Head(_("Nothing to review today"), _("What you learned is still fresh."), "")
    if not portion.due:
        return Head(_("Nothing to review yet"), "", "")
    if portion.answered and portion.is_over:
        left = ngettext(
            "%(num)d more question is due. It keeps until another day.",
            "%(num)d more questions are due. They keep until another day.",
            portion.due,
        )
        return Head(_("That is enough for today"), left, _("Another few minutes"))
    title = ngettext(
        "%(num)d question to review today", "%(num)d questions to review today", portion.due
    )
    lead = _(
        "Key points of lessons you finished and questions you missed. A few at a time, about "
        "%(minutes)d min.",
        minutes=portion.minutes,
    )
    return Head(title, lead, _("Go on") if portion.answered else _("Begin"))


def ahead_words(ahead: Outlook) -> str:
    """Return what comes when, in one sentence; empty when nothing does."""
    parts = [
        _("tomorrow %(num)d", num=ahead.tomorrow) if ahead.tomorrow else "",
        _("within a week %(num)d", num=ahead.soon) if ahead.soon else "",
        _("later %(num)d", num=ahead.later) if ahead.later else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def cue(card: Card) -> str:
    """Return what a key point is asked by."""
    return cue_of(words_of(card.html))


def choices(card: Card, today: date) -> list[Choice]:
    """Return the four answers to a key point, each with the day on which it comes back."""
    titles = {
        Rating.AGAIN: _("Forgotten"),
        Rating.HARD: _("With effort"),
        Rating.GOOD: _("Remembered"),
        Rating.EASY: _("At once"),
    }
    return [
        Choice(
            rating.value, title, back_words(remembered(card.memory, rating, today).due_on, today)
        )
        for rating, title in titles.items()
    ]


def back_words(day: date, today: date) -> str:
    """Return when something comes back, as one says it."""
    days = (day - today).days
    if days <= 1:
        return _("tomorrow")
    if days < DAYS_IN_DAYS:
        return ngettext("in %(num)d day", "in %(num)d days", days)
    if days < DAYS_IN_WEEKS:
        return ngettext("in %(num)d week", "in %(num)d weeks", round(days / 7))
    return ngettext("in %(num)d month", "in %(num)d months", round(days / 30.4))


def week_panel(rhythm: Rhythm, today: date, locale: str) -> WeekPanel:
    """Return the week as the page shows it; nothing in it blames."""
    this = rhythm.this
    names = get_day_names("abbreviated", context="stand-alone", locale=locale)
    return WeekPanel(
        title=_title(this),
        note=_note(this),
        grace=_grace(rhythm.grace),
        row=ngettext("%(num)d week in a row", "%(num)d weeks in a row", rhythm.row)
        if rhythm.row > 1
        else "",
        days=tuple(
            Day(
                names[number],
                learned,
                this.monday + timedelta(days=number) == today,
                _("learned") if learned else _("no learning"),
            )
            for number, learned in enumerate(this.learned)
        ),
    )


def past_weeks(rhythm: Rhythm, locale: str) -> list[PastWeek]:
    """Return the newest of the weeks that are over, oldest first."""
    return [_past(week, locale) for week in rhythm.past[-PAST_WEEKS:]]


def _title(this: Week) -> str:
    if this.days > this.goal:
        return ngettext("%(num)d day this week", "%(num)d days this week", this.days)
    goal = ngettext("%(num)d day this week", "%(num)d days this week", this.goal)
    return _("%(days)s of %(goal)s", days=this.days, goal=goal)


def _note(this: Week) -> str:
    if this.reached:
        return _("The goal is reached. Anything more is extra.")
    if this.days:
        return _("A lesson, a quiz, a reply or a review: any of them makes a day count.")
    return _("The week is open. Any lesson, quiz, reply or review makes a day count.")


def _grace(days: int) -> str:
    if not days:
        return _("No day of grace in hand; a week that reaches its goal brings one back.")
    return ngettext(
        "%(num)d day of grace in hand: where a day is missing, the week still counts.",
        "%(num)d days of grace in hand: where a day is missing, the week still counts.",
        days,
    )


def _past(week: Week, locale: str) -> PastWeek:
    states = {
        "kept": _("goal reached"),
        "bridged": _("with grace"),
        "light": _("a lighter week"),
    }
    begins = format_date(week.monday, "d MMM", locale=locale)
    count = _("%(days)d of %(goal)d", days=week.days, goal=week.goal)
    if week.days > week.goal:
        count = ngettext("%(num)d day", "%(num)d days", week.days)
    return PastWeek(begins, count, week.state, states[week.state])
