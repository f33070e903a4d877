"""What the skill map says, and the forms of the review's rhythm and of a portfolio."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from smm_academy.measurement.curriculum import Curriculum, Skill
from smm_academy.measurement.skill_map import SkillEstimate, SkillMap, place
from smm_academy.progress.next_step import Advice, Step, Work, step_for
from smm_academy.progress.queries import Lately
from smm_academy.progress.weeks import GOALS
from smm_academy.web.forms import Form
from smm_academy.web.locale import gettext as _, ngettext

WHOLE = 100.0
SHORTEST_BAR = 5.0
NAME_CHARACTERS = 80
INTRODUCTION_CHARACTERS = 200


class RhythmForm(Form):
    """On how many days a week somebody wants to learn, and whether a letter comes."""

    days = RadioField(
        lazy_gettext("Days of learning a week"),
        [AnyOf([str(days) for days in GOALS], lazy_gettext("Choose from one to seven days."))],
        choices=[SelectChoice(str(days), str(days)) for days in GOALS],
        validate_choice=False,
    )
    digest = BooleanField(lazy_gettext("Write to me on Monday morning when something is due"))


class ComparisonForm(Form):
    """Whether somebody counts in the norm group, and whether they see a comparison."""

    left_out = BooleanField(lazy_gettext("Leave my checks out of the group"))
    hidden = BooleanField(lazy_gettext("Do not compare me: show me my own result alone"))


class PortfolioForm(Form):
    """A title, a name of the learner's choice, a line above, and the replies to show."""

    title = StringField(
        lazy_gettext("Title"),
        [
            DataRequired(lazy_gettext("Give the portfolio a title.")),
            Length(max=NAME_CHARACTERS, message=lazy_gettext("Keep it under 80 characters.")),
        ],
    )
    name = StringField(
        lazy_gettext("Your name, as it shall stand there"),
        [Length(max=NAME_CHARACTERS, message=lazy_gettext("Keep it under 80 characters."))],
    )
    introduction = StringField(
        lazy_gettext("A line of introduction"),
        [
            Length(
                max=INTRODUCTION_CHARACTERS, message=lazy_gettext("Keep it under 200 characters.")
            )
        ],
    )
    replies = SelectMultipleField(
        lazy_gettext("Replies"),
        [InputRequired(lazy_gettext("Choose at least one reply from the list."))],
        choices=[],
        validate_choice=False,
    )


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A row of the map; places are percent of the bar, two logits either side of the cut."""

    name: str
    url: str
    words: str
    level_title: str
    note: str
    own: float | None
    measured: float | None
    low: float | None
    high: float | None
    enough: bool
    action_title: str
    action_url: str


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """An area with its rows."""

    id: str
    title: str
    skills: tuple[SkillLine, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """What next, why, and the two buttons."""

    title: str
    why: str
    action_title: str
    action_url: str
    other_title: str
    other_url: str


def level_title(level: str) -> str:
    """Return the words for a level."""
    match level:
        case "starting":
            return _("starting")
        case "close":
            return _("close")
        case "at_level":
            return _("at level")
        case "mastered":
            return _("mastered")
        case _unmeasured:
            return _("not enough data")


def skill_groups(
    known: Curriculum,
    found: SkillMap,
    ratings: Mapping[str, int],
    work: Mapping[str, Work],
    locale: str,
) -> list[SkillGroup]:
    """Return the map, area by area."""
    return [
        SkillGroup(
            area,
            title[locale],
            tuple(
                _line(skill, found.skill(skill.id), ratings.get(skill.id), work, locale)
                for skill in known.skills
                if skill.area == area
            ),
        )
        for area, title in known.areas.items()
    ]


def headline(advice: Advice, known: Curriculum, found: SkillMap, locale: str) -> Headline:
    """Return the advice in words."""
    step, other = advice.step, advice.other
    name = known.skill(step.skill).title[locale] if step.skill else ""
    estimate = found.skill(step.skill) if step.skill else None
    titles = {
        "rate": _("First, your own view"),
        "begin": _("Answer your first message"),
        "overrated": _("Look again at: %(skill)s", skill=name),
        "weakest": _("Work on this next: %(skill)s", skill=name),
        "unmeasured": _("Find out about: %(skill)s", skill=name),
        "keep": _("Keep this fresh: %(skill)s", skill=name),
    }
    return Headline(
        titles[advice.reason],
        _why(advice, estimate),
        _action(step),
        step.url,
        _action(other) if other else "",
        other.url if other else "",
    )


def activity(done: Lately) -> list[tuple[str, str]]:
    """Return what was done lately as numbers with their words."""
    return [
        (
            str(done.answered),
            ngettext("message answered", "messages answered", done.answered),
        ),
        (str(done.shifts), ngettext("shift finished", "shifts finished", done.shifts)),
        (str(done.quizzes), ngettext("quiz taken", "quizzes taken", done.quizzes)),
        (str(done.lessons), ngettext("lesson read", "lessons read", done.lessons)),
        (
            str(done.reviewed),
            ngettext("question reviewed", "questions reviewed", done.reviewed),
        ),
    ]


def bar(low: float, high: float) -> tuple[float, float]:
    """Return from where to where an interval is drawn, in percent.

    One that lies beyond the scale shows as a stub at the scale's end, so that it is seen.
    """
    return min(place(low), WHOLE - SHORTEST_BAR), max(place(high), SHORTEST_BAR)


def _line(
    skill: Skill,
    estimate: SkillEstimate,
    rating: int | None,
    work: Mapping[str, Work],
    locale: str,
) -> SkillLine:
    measured = estimate.answers > 0
    step = step_for(skill.id, work)
    own = place(rating - 1.5) if rating is not None else None
    enough = estimate.level != "unmeasured"
    note = _note(estimate, rating)
    low, high = bar(estimate.low, estimate.high)
    return SkillLine(
        name=skill.title[locale],
        url=f"/progress/{skill.id}",
        words=_row_in_words(skill.title[locale], estimate, own, note),
        level_title=level_title(estimate.level),
        note=note,
        own=own,
        measured=place(estimate.mean) if enough else None,
        low=low if measured else None,
        high=high if measured else None,
        enough=enough,
        action_title=_action(step),
        action_url=step.url,
    )


def _note(estimate: SkillEstimate, rating: int | None) -> str:
    if estimate.level == "unmeasured":
        return str(ngettext("%(num)d more answer", "%(num)d more answers", estimate.needed))
    if rating is None:
        return ""
    if rating - 1.5 > estimate.high:
        return str(_("you rated it higher"))
    if rating - 1.5 < estimate.low:
        return str(_("you rated it lower"))
    return ""


def _row_in_words(name: str, estimate: SkillEstimate, own: float | None, note: str) -> str:
    parts = [f"{name}: {level_title(estimate.level)}"]
    if own is not None:
        parts.append(_("own rating %(value)d of 100", value=own))
    if estimate.level != "unmeasured":
        parts.append(
            _(
                "measured %(value)d, between %(low)d and %(high)d",
                value=place(estimate.mean),
                low=place(estimate.low),
                high=place(estimate.high),
            )
        )
    return ", ".join([*parts, note] if note else parts)


def _why(advice: Advice, estimate: SkillEstimate | None) -> str:
    if advice.reason == "rate" or estimate is None:
        return str(
            _(
                "Thirteen short statements, two minutes. Afterwards the map shows where what you "
                "believe and what was measured differ."
            )
        )
    whys = {
        "begin": _(
            "One message from a customer, one reply from you. You see at once what earned points "
            "and what is missing."
        ),
        "overrated": _(
            "You rate yourself higher here than your answers show so far. That is the gap that "
            "surprises people at work."
        ),
        "weakest": _("Of everything measured so far, this is where your answers are weakest."),
        "unmeasured": ngettext(
            "%(num)d more answer, and the map can say how good you are at this.",
            "%(num)d more answers, and the map can say how good you are at this.",
            max(1, estimate.needed),
        ),
        "keep": _("Everything is at level. A little practice keeps it there."),
    }
    return str(whys[advice.reason])


def _action(step: Step) -> str:
    if step.action == "rate":
        return _("Rate yourself · %(minutes)d min", minutes=step.minutes)
    if step.action == "drill":
        return _("Practise %(minutes)d min", minutes=step.minutes)
    if step.action == "quiz":
        return _("Quiz, %(minutes)d min", minutes=step.minutes)
    return _("Lesson, %(minutes)d min", minutes=step.minutes)
