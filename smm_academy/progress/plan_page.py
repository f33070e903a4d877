"""What the plan says: each step with its reason in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from smm_academy.measurement.curriculum import Curriculum
from smm_academy.progress.plan import PlanStep
from smm_academy.web.locale import gettext as _, ngettext


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A step as it is shown; ``kind`` and ``skill`` in words, ``why`` one sentence."""

    kind: str
    title: str
    url: str
    skill: str
    minutes: int
    why: str
    done: bool


def plan_lines(steps: Sequence[PlanStep], known: Curriculum, locale: str) -> tuple[PlanLine, ...]:
    """Return the steps of a plan in words."""
    return tuple(
        PlanLine(
            _kind(step),
            step.title or _("Answer a customer"),
            _url(step),
            known.skill(step.skill).title[locale],
            step.minutes,
            _why(step),
            step.done,
        )
        for step in steps
    )


def _kind(step: PlanStep) -> str:
    return str({"lesson": _("Lesson"), "quiz": _("Quiz"), "drill": _("Message")}[step.kind])


def _url(step: PlanStep) -> str:
    return {
        "lesson": f"/learn/{step.key}",
        "quiz": f"/quizzes/{step.key}",
        "drill": f"/practice/drill?skill={step.key}",
    }[step.kind]


def _why(step: PlanStep) -> str:
    if step.ground == "before":
        return str(_("It comes before “%(title)s”, which is about this skill.", title=step.target))
    if step.ground == "unclear":
        return str(
            ngettext(
                "Your answers here do not settle it yet; %(num)d more will.",
                "Your answers here do not settle it yet; %(num)d more will.",
                max(1, step.needed),
            )
        )
    whys = {
        "overrated": _("You rated yourself higher here than your answers show."),
        "weak": _("Your answers here are below the level that the job asks for."),
        "untouched": _("Nothing is known about this skill of yours yet."),
        "keep": _("This is at level; a little practice keeps it there."),
        "apply": _("A few questions show what has stayed, and make the map surer."),
        "practise": _("Reading about it is not doing it: one reply, scored line by line."),
        "done": _("Done. It counts on the map."),
    }
    return str(whys[step.ground])
