"""What the result of a skill check says: in words first, on the scale of the own rating."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smm_academy.measurement.curriculum import Curriculum
from smm_academy.measurement.skill_map import (
    SELF_RATINGS,
    Belief,
    SkillEstimate,
    SkillMap,
    compare_place,
    place,
)
from smm_academy.progress.forms import SkillLine, bar, level_title
from smm_academy.web.locale import gettext as _, ngettext

ONE_STEP = 1.0
TWO_STEPS = 2.0


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The words of a result, the rows of its first figure, and what the own rating adds."""

    title: str
    lead: str
    lines: tuple[SkillLine, ...]
    rated: bool
    gap: str
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    stopped: str
    precision: str


def check_result(
    known: Curriculum,
    found: SkillMap,
    ratings: Mapping[str, int],
    stopped: str,
    locale: str,
) -> CheckResult:
    """Return the result of a check: ``found`` is its own map, ``ratings`` those before it."""
    steps = [step[locale] for step in known.steps]
    overall, answers = found.overall, found.overall.answers
    beliefs = {
        area.skill: compare_place(own, area).belief
        for area in found.areas
        if (own := own_place(_of_area(known, ratings, area.skill))) is not None
    }
    own = own_place(ratings)
    return CheckResult(
        _title(overall.level),
        _lead(overall, steps),
        tuple(
            _line(estimate, title, own_place(given), steps)
            for estimate, title, given in (
                (overall, _("All answers together"), ratings),
                *(
                    (area, known.areas[area.skill][locale], _of_area(known, ratings, area.skill))
                    for area in found.areas
                ),
            )
        ),
        bool(ratings),
        _gap("unknown" if own is None else compare_place(own, overall).belief),
        tuple(known.areas[area][locale] for area, one in beliefs.items() if one == "higher"),
        tuple(known.areas[area][locale] for area, one in beliefs.items() if one == "lower"),
        _stopped(stopped, answers),
        _precision((overall.high - overall.low) / 2),
    )


def own_place(ratings: Mapping[str, int]) -> float | None:
    """Return where ratings put somebody, in logits: the mean of their steps from 0 to 3."""
    places = [SELF_RATINGS[step] for step in ratings.values()]
    return sum(places) / len(places) if places else None


def step_at(logits: float) -> int:
    """Return the step of the own rating, from 0 to 3, in whose reach a value lies."""
    return min(len(SELF_RATINGS) - 1, max(0, math.floor(logits) + 2))


def _of_area(known: Curriculum, ratings: Mapping[str, int], area: str) -> dict[str, int]:
    inside = {skill.id for skill in known.skills if skill.area == area}
    return {skill: step for skill, step in ratings.items() if skill in inside}


def _title(level: str) -> str:
    titles = {
        "starting": _("You know now where to begin"),
        "close": _("You are close to what the job asks for"),
        "at_level": _("You are at the level that the job asks for"),
        "mastered": _("You are well above what the job asks for"),
    }
    return str(titles.get(level, _("Too few answers to say yet")))


def _lead(overall: SkillEstimate, steps: Sequence[str]) -> str:
    if not overall.answers:
        return str(
            _("Nothing was answered, so nothing was measured. Take the check when you like.")
        )
    low, high = _span(overall, steps)
    if low == high:
        return str(_("On the scale of your own rating, your answers lie at “%(step)s”.", step=low))
    return str(
        _(
            "On the scale of your own rating, your answers lie between “%(low)s” and “%(high)s”.",
            low=low,
            high=high,
        )
    )


def _span(estimate: SkillEstimate, steps: Sequence[str]) -> tuple[str, str]:
    return steps[step_at(estimate.low)], steps[step_at(estimate.high)]


def _line(
    estimate: SkillEstimate, title: str, own: float | None, steps: Sequence[str]
) -> SkillLine:
    enough = estimate.level != "unmeasured"
    low, high = _span(estimate, steps)
    note = ""
    if not enough:
        note = ngettext("%(num)d more answer", "%(num)d more answers", max(1, estimate.needed))
    elif own is not None:
        note = {
            "higher": _("you rated it higher"),
            "lower": _("you rated it lower"),
        }.get(compare_place(own, estimate).belief, "")
    left, right = bar(estimate.low, estimate.high)
    words = [f"{title}: {level_title(estimate.level)}"]
    if estimate.answers:
        words.append(_("between “%(low)s” and “%(high)s”", low=low, high=high))
    return SkillLine(
        name=title,
        url="",
        words=", ".join([*words, note] if note else words),
        level_title=level_title(estimate.level),
        note=note,
        own=None if own is None else place(own),
        measured=place(estimate.mean) if enough else None,
        low=left if estimate.answers else None,
        high=right if estimate.answers else None,
        enough=enough,
        action_title="",
        action_url="",
    )


def _gap(belief: Belief) -> str:
    gaps = {
        "fitting": _("What you believe of yourself and what you answered fit together."),
        "higher": _(
            "You rated yourself higher than your answers show. Better to learn it here than from "
            "a customer."
        ),
        "lower": _(
            "You rated yourself lower than your answers show. You can trust yourself with more "
            "than you thought."
        ),
        "unknown": _("There are too few answers to hold against your own view."),
    }
    return str(gaps[belief])


def _stopped(reason: str, answers: int) -> str:
    counted = ngettext("%(num)d question counted.", "%(num)d questions counted.", answers)
    reasons = {
        "precise": _("The check ended because more questions would hardly change the result."),
        "longest": _("The check ended at 30 questions, the most that it asks."),
        "exhausted": _("The check ended because no question was left that is new to you."),
        "left": _("You ended the check. The fewer answers, the wider the bars."),
        "expired": _("The check was open for seven days and then counted as it stood."),
    }
    return f"{reasons.get(reason, '')} {counted}".strip()


def _precision(half: float) -> str:
    if half <= ONE_STEP:
        return str(
            _(
                "In 19 of 20 cases the true place lies within the bar: "
                "less than one step of the scale either way."
            )
        )
    if half <= TWO_STEPS:
        return str(
            _(
                "In 19 of 20 cases the true place lies within the bar, "
                "and the bar is wide: up to two steps of the scale either way."
            )
        )
    return str(_("So few answers say hardly anything: the bar covers almost the whole scale."))
