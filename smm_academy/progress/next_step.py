"""What to do next, and why: one headline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from smm_academy.measurement.skill_map import SkillEstimate, SkillMap

Reason: TypeAlias = Literal["rate", "begin", "overrated", "weakest", "unmeasured", "keep"]
Action: TypeAlias = Literal["rate", "lesson", "quiz", "drill"]

DRILLED = frozenset({"conversation", "empathy", "communication", "alignment", "voice"})
"""The skills that a reply to one message exercises (`content/skills.yaml`, criteria U1 to U14)."""

DRILL_MINUTES = 4
RATING_MINUTES = 2


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do for one skill; ids are empty where nothing is left."""

    lesson: str = ""
    lesson_title: str = ""
    lesson_minutes: int = 0
    quiz: str = ""
    quiz_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: which action, on what, for how many minutes."""

    action: Action
    skill: str
    url: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Advice:
    """The headline: a step, the reason for it, and another way where there is one."""

    step: Step
    reason: Reason
    other: Step | None = None


def advise(found: SkillMap, ratings: Mapping[str, int], work: Mapping[str, Work]) -> Advice:
    """Return what to do next.

    First the own rating, then a first message. After that the skill that somebody rates highest
    above what was measured, else the weakest measured one, else one that lacks answers.
    """
    if not ratings:
        step = Step("rate", "", "/progress/start", RATING_MINUTES)
        return Advice(step, "rate", Step("drill", "conversation", "/try", DRILL_MINUTES))
    if found.overall.answers == 0:
        return Advice(_practice("conversation"), "begin", _study("conversation", work))
    skill, reason = _worst(found, ratings)
    return Advice(step_for(skill, work), reason, _study(skill, work))


def step_for(skill: str, work: Mapping[str, Work]) -> Step:
    """Return the practice for a skill: a message where replies exercise it, else a quiz."""
    if skill in DRILLED:
        return _practice(skill)
    at_hand = work.get(skill, Work())
    if at_hand.quiz:
        return Step("quiz", skill, f"/quizzes/{at_hand.quiz}", at_hand.quiz_minutes)
    return _study(skill, work) or Step("quiz", skill, "/quizzes", at_hand.quiz_minutes or 5)


def _worst(found: SkillMap, ratings: Mapping[str, int]) -> tuple[str, Reason]:
    measured = [estimate for estimate in found.skills if estimate.level != "unmeasured"]
    over = [one for one in measured if _place(ratings, one.skill) > one.high]
    if over:
        return max(over, key=lambda one: _place(ratings, one.skill) - one.mean).skill, "overrated"
    weak = [one for one in measured if one.level in {"starting", "close"}]
    if weak:
        return min(weak, key=lambda one: one.mean).skill, "weakest"
    open_ones = [one for one in found.skills if one.level == "unmeasured"]
    if open_ones:
        return max(open_ones, key=_nearest_to_known).skill, "unmeasured"
    return min(found.skills, key=lambda one: one.mean).skill, "keep"


def _nearest_to_known(estimate: SkillEstimate) -> tuple[int, float]:
    return -estimate.needed, estimate.se


def _place(ratings: Mapping[str, int], skill: str) -> float:
    """Return where a step stands in logits, one logit apart; far below where there is none."""
    return ratings[skill] - 1.5 if skill in ratings else float("-inf")


def _practice(skill: str) -> Step:
    return Step("drill", skill, f"/practice/drill?skill={skill}", DRILL_MINUTES)


def _study(skill: str, work: Mapping[str, Work]) -> Step | None:
    at_hand = work.get(skill, Work())
    if not at_hand.lesson:
        return None
    return Step("lesson", skill, f"/learn/{at_hand.lesson}", at_hand.lesson_minutes)
