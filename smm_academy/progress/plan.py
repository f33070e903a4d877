"""The plan: what to do next, at most seven steps, worked out anew from the evidence each time.

Skills come weakest first, a guess counting like a measure: what is not known yet is taken for what
the rest suggests. Each of the first three that has work gives a lesson, then practice: a message
where replies exercise the skill, else a quiz. A lesson waits for those that it requires; the first
of them that is neither read nor in the plan stands in its place. What was done since a moment, the
last check as a rule, is ticked for the skills of the plan.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from smm_academy.lessons.course import LessonCard
from smm_academy.measurement.blueprint import SKILLS
from smm_academy.measurement.skill_map import SkillEstimate, SkillMap, compare_rating
from smm_academy.progress.next_step import DRILL_MINUTES, DRILLED
from smm_academy.quizzes.queries import QuizCard

Kind: TypeAlias = Literal["lesson", "quiz", "drill"]
Ground: TypeAlias = Literal[
    "before", "overrated", "weak", "unclear", "untouched", "keep", "apply", "practise", "done"
]

FOCUS = 3
OPEN_A_SKILL = 2
MOST_OPEN = 5
MOST_DONE = 2
_MET = frozenset({"at_level", "mastered"})


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step: what, for which skill, for how many minutes, on what ground, and whether it is done.

    ``key`` names the lesson or quiz, and is the skill for a drill. ``target`` is the title of the
    lesson that this one comes before; ``needed`` counts the answers that would measure the skill.
    """

    kind: Kind
    skill: str
    key: str
    title: str
    minutes: int
    ground: Ground
    target: str = ""
    needed: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to do in the reader's language, in the order of teaching."""

    lessons: Sequence[LessonCard]
    quizzes: Sequence[QuizCard]


@dataclass(frozen=True, slots=True)
class Done:
    """What was finished since the plan began: lessons, quizzes passed, skills in messages."""

    lessons: Collection[str] = field(default_factory=frozenset)
    quizzes: Collection[str] = field(default_factory=frozenset)
    drilled: Collection[str] = field(default_factory=frozenset)


def make_plan(
    found: SkillMap, ratings: Mapping[str, int], shelf: Shelf, done: Done
) -> tuple[PlanStep, ...]:
    """Return the plan that a map suggests: ticked steps first, then the open ones in order."""
    ticked: list[PlanStep] = []
    waiting: list[PlanStep] = []
    focused = 0
    for skill in order_skills(found):
        if focused == FOCUS:
            break
        taken = {(step.kind, step.key) for step in [*ticked, *waiting]}
        chain = _open_steps(found.skill(skill), ratings.get(skill), shelf, done, waiting)
        fresh = [step for step in chain if (step.kind, step.key) not in taken][:OPEN_A_SKILL]
        past = _done_steps(skill, shelf, done)
        ticked += [step for step in past if (step.kind, step.key) not in taken]
        waiting += fresh
        focused += bool(fresh)
    return (*ticked[:MOST_DONE], *waiting[:MOST_OPEN])


def order_skills(found: SkillMap) -> list[str]:
    """Return the skills in the order in which they need work.

    First those not at level, by what is thought of them; of equals the less certain one. Then
    those at level, which are kept fresh.
    """

    def need(estimate: SkillEstimate) -> tuple[bool, float, float, int]:
        met = estimate.level in _MET
        return met, round(estimate.mean, 9), -estimate.se, SKILLS.index(estimate.skill)

    return [estimate.skill for estimate in sorted(found.skills, key=need)]


def ready_lesson(
    wanted: LessonCard, cards: Mapping[str, LessonCard], planned: Collection[str] = ()
) -> LessonCard:
    """Return the lesson to read first on the way to one: it, or one that it waits for.

    ``planned`` are lessons that will have been read by then.
    """
    passed = {wanted.lesson.id, *planned}
    card = wanted
    while True:
        before = [
            cards[name]
            for name in card.lesson.requires
            if name in cards and not cards[name].finished and name not in passed
        ]
        if not before:
            return card
        card = before[0]
        passed.add(card.lesson.id)


def _open_steps(
    estimate: SkillEstimate,
    rating: int | None,
    shelf: Shelf,
    done: Done,
    waiting: Sequence[PlanStep],
) -> list[PlanStep]:
    skill, ground, needed = estimate.skill, _ground(estimate, rating), estimate.needed
    planned = {step.key for step in waiting if step.kind == "lesson"}
    steps = _next_lesson(skill, ground, needed, shelf, planned)
    taught = any(step.ground == ground for step in steps)
    if skill in DRILLED and skill not in done.drilled:
        why: Ground = "practise" if taught else ground
        steps.append(PlanStep("drill", skill, skill, "", DRILL_MINUTES, why, needed=needed))
    quiz = next((card for card in shelf.quizzes if skill in card.skills and not card.passed), None)
    if quiz is not None:
        why = "apply" if taught else ground
        steps.append(
            PlanStep("quiz", skill, quiz.id, quiz.title, quiz.minutes, why, needed=needed)
        )
    return steps


def _next_lesson(
    skill: str, ground: Ground, needed: int, shelf: Shelf, planned: Collection[str]
) -> list[PlanStep]:
    """Return the next lesson on a skill, or the one before it; nothing where all are planned."""
    wanted = next(
        (
            card
            for card in shelf.lessons
            if skill in card.lesson.skills and not card.finished and card.lesson.id not in planned
        ),
        None,
    )
    if wanted is None:
        return []
    cards = {card.lesson.id: card for card in shelf.lessons}
    lesson = ready_lesson(wanted, cards, planned).lesson
    target = ""
    if lesson.id != wanted.lesson.id:
        ground, target = "before", wanted.lesson.title
    return [
        PlanStep("lesson", skill, lesson.id, lesson.title, lesson.minutes, ground, target, needed)
    ]


def _done_steps(skill: str, shelf: Shelf, done: Done) -> list[PlanStep]:
    lessons = [
        PlanStep(
            "lesson",
            skill,
            card.lesson.id,
            card.lesson.title,
            card.lesson.minutes,
            "done",
            done=True,
        )
        for card in shelf.lessons
        if card.finished and card.lesson.id in done.lessons and skill in card.lesson.skills
    ]
    quizzes = [
        PlanStep("quiz", skill, card.id, card.title, card.minutes, "done", done=True)
        for card in shelf.quizzes
        if card.passed and card.id in done.quizzes and skill in card.skills
    ]
    drill = PlanStep("drill", skill, skill, "", DRILL_MINUTES, "done", done=True)
    return [*lessons, *quizzes, *([drill] if skill in done.drilled else [])]


def _ground(estimate: SkillEstimate, rating: int | None) -> Ground:
    if rating is not None and compare_rating(rating + 1, estimate).belief == "higher":
        return "overrated"
    if estimate.level in _MET:
        return "keep"
    if estimate.level == "unmeasured":
        return "unclear" if estimate.answers else "untouched"
    return "weak"
