"""The plan: weakest first, nothing twice, nothing before what it builds on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st

from smm_academy.lessons.course import LessonCard
from smm_academy.lessons.passages import Lesson
from smm_academy.measurement.blueprint import SKILLS
from smm_academy.measurement.skill_map import EvidenceRow, SkillMap, map_skills
from smm_academy.progress.plan import (
    FOCUS,
    MOST_DONE,
    MOST_OPEN,
    Done,
    PlanStep,
    Shelf,
    make_plan,
    order_skills,
    ready_lesson,
)
from smm_academy.quizzes.queries import QuizCard

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def card(
    name: str, *skills: str, requires: tuple[str, ...] = (), finished: bool = False
) -> LessonCard:
    lesson = Lesson(
        id=name,
        locale="en",
        title=f"Lesson {name}",
        module="what-smm-is",
        skills=skills,
        minutes=8,
        level="basic",
        requires=requires,
        objectives=(),
        quiz="",
        review=False,
        status="published",
        passages=(),
        contents=(),
        key_points=(),
        words=100,
    )
    return LessonCard(lesson, finished, finished)


def quiz(name: str, *skills: str, passed: bool = False) -> QuizCard:
    return QuizCard(name, f"Quiz {name}", "en", skills, 10, 8, int(passed), None, passed)


def rows(skill: str, answers: str) -> list[EvidenceRow]:
    """Return evidence on a skill: ``1`` for right, ``0`` for wrong."""
    return [
        EvidenceRow(skill, int(step), 1, 1.0, (0.0,), NOON + timedelta(minutes=number))
        for number, step in enumerate(answers)
    ]


def mapped(**answers: str) -> SkillMap:
    found = [row for skill, given_ones in answers.items() for row in rows(skill, given_ones)]
    return map_skills(found, NOON + timedelta(hours=1))


FULL = Shelf(
    [card(f"on-{skill}", skill) for skill in SKILLS],
    [quiz(f"q-{skill}", skill) for skill in SKILLS],
)


def test_the_weakest_skill_comes_first_with_its_lesson_and_then_its_practice() -> None:
    found = mapped(content="000000", voice="111111", growth="110110")

    plan = make_plan(found, {}, FULL, Done())

    assert (plan[0].kind, plan[0].key) == ("lesson", "on-content")
    assert (plan[1].kind, plan[1].key, plan[1].ground) == ("quiz", "q-content", "apply")
    assert "voice" not in {step.skill for step in plan}


def test_a_reply_is_practised_by_a_message_where_replies_exercise_the_skill() -> None:
    plan = make_plan(mapped(empathy="0000000"), {}, FULL, Done())

    assert [(step.kind, step.ground) for step in plan[:2]][1] == ("drill", "practise")


def test_what_is_done_since_is_ticked_and_not_asked_again() -> None:
    found = mapped(content="000000")
    lessons = [replace(one, finished=one.lesson.id == "on-content") for one in FULL.lessons]

    plan = make_plan(
        found, {}, Shelf(lessons, FULL.quizzes), Done(lessons=frozenset({"on-content"}))
    )

    assert (plan[0].key, plan[0].done, plan[0].ground) == ("on-content", True, "done")
    assert next(step.key for step in plan if not step.done) == "q-content"


def test_the_plan_turns_to_other_skills_when_evidence_comes_in() -> None:
    before = make_plan(mapped(content="000000", growth="010010"), {}, FULL, Done())
    after = make_plan(mapped(content="000000111111111111111", growth="010010"), {}, FULL, Done())

    assert before[0].skill == "content"
    assert after[0].skill != "content"


def test_the_first_of_the_lessons_that_are_missing_comes_in_its_place_and_says_why() -> None:
    shelf = Shelf(
        [card("a"), card("b", requires=("a",)), card("c", "content", requires=("b", "gone"))], []
    )

    (first, *_rest) = make_plan(mapped(content="000000"), {}, shelf, Done())

    assert (first.key, first.ground, first.target) == ("a", "before", "Lesson c")


def test_lessons_in_a_circle_keep_nobody_waiting() -> None:
    shelf = [card("a", "content", requires=("b",)), card("b", requires=("a",))]

    assert ready_lesson(shelf[0], {one.lesson.id: one for one in shelf}).lesson.id == "b"


def test_rating_oneself_above_the_interval_is_a_ground() -> None:
    plan = make_plan(
        mapped(content="000100001000", voice="110111011"), {"content": 3}, FULL, Done()
    )

    assert plan[0].ground == "overrated"


def test_without_evidence_every_skill_is_untouched() -> None:
    grounds = {step.ground for step in make_plan(mapped(), {}, FULL, Done())}

    assert grounds <= {"untouched", "apply", "practise"}


def test_when_all_is_finished_nothing_is_left_to_do_but_messages() -> None:
    shelf = Shelf(
        [replace(one, finished=True) for one in FULL.lessons],
        [replace(one, passed=True) for one in FULL.quizzes],
    )

    plan = make_plan(mapped(content="000"), {}, shelf, Done())

    assert {step.kind for step in plan} == {"drill"}
    assert make_plan(mapped(), {}, shelf, Done(drilled=frozenset(SKILLS)))[MOST_DONE:] == ()


@st.composite
def courses(draw: st.DrawFn) -> Shelf:
    """Courses whose lessons build on lessons that stand before them, some of them read."""
    lessons: list[LessonCard] = []
    for number in range(draw(st.integers(0, 12))):
        names = [one.lesson.id for one in lessons]
        requires = draw(st.lists(st.sampled_from(names), unique=True, max_size=3)) if names else []
        skills = draw(st.lists(st.sampled_from(SKILLS), unique=True, min_size=1, max_size=2))
        lessons.append(
            card(f"l{number}", *skills, requires=(*requires, "gone"), finished=draw(st.booleans()))
        )
    quizzes = [
        quiz(f"q{number}", draw(st.sampled_from(SKILLS)), passed=draw(st.booleans()))
        for number in range(draw(st.integers(0, 8)))
    ]
    return Shelf(lessons, quizzes)


EVIDENCE = st.dictionaries(st.sampled_from(SKILLS), st.text("01", max_size=12), max_size=13)
RATINGS = st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 3))
NAMES = st.frozensets(st.sampled_from([f"{kind}{n}" for kind in "lq" for n in range(12)]))


@st.composite
def plans(draw: st.DrawFn) -> tuple[SkillMap, Shelf, tuple[PlanStep, ...]]:
    found, shelf = mapped(**draw(EVIDENCE)), draw(courses())
    done = Done(draw(NAMES), draw(NAMES), draw(st.frozensets(st.sampled_from(SKILLS))))
    ratings = draw(RATINGS)
    plan = make_plan(found, ratings, shelf, done)
    assert plan == make_plan(found, ratings, shelf, done)
    return found, shelf, plan


@given(plans())
def test_no_plan_asks_for_what_is_finished_or_for_anything_twice(
    case: tuple[SkillMap, Shelf, tuple[PlanStep, ...]],
) -> None:
    _found, shelf, plan = case
    finished = {one.lesson.id for one in shelf.lessons if one.finished}
    passed = {one.id for one in shelf.quizzes if one.passed}
    asked = [(step.kind, step.key) for step in plan]

    assert len(set(asked)) == len(asked)
    for step in plan:
        if step.kind == "lesson":
            assert (step.key in finished) == step.done
        if step.kind == "quiz":
            assert (step.key in passed) == step.done


@given(plans())
def test_every_plan_is_short_and_holds_only_what_there_is(
    case: tuple[SkillMap, Shelf, tuple[PlanStep, ...]],
) -> None:
    _found, shelf, plan = case
    there = {one.lesson.id for one in shelf.lessons} | {one.id for one in shelf.quizzes}

    assert sum(not step.done for step in plan) <= MOST_OPEN
    assert sum(step.done for step in plan) <= MOST_DONE
    assert {step.key for step in plan if step.kind != "drill"} <= there
    assert all(step.minutes > 0 for step in plan)


@given(plans())
def test_no_lesson_comes_before_what_it_builds_on(
    case: tuple[SkillMap, Shelf, tuple[PlanStep, ...]],
) -> None:
    _found, shelf, plan = case
    cards = {one.lesson.id: one for one in shelf.lessons}
    read = {name for name, one in cards.items() if one.finished}
    for step in plan:
        if step.kind == "lesson" and not step.done:
            assert set(cards[step.key].lesson.requires) & cards.keys() <= read
            read.add(step.key)


@given(plans())
def test_the_open_steps_follow_the_order_of_need(
    case: tuple[SkillMap, Shelf, tuple[PlanStep, ...]],
) -> None:
    found, _shelf, plan = case
    order = order_skills(found)
    places = [order.index(step.skill) for step in plan if not step.done]
    below = [one.skill for one in found.skills if one.level not in {"at_level", "mastered"}]
    means = [found.skill(skill).mean for skill in order[: len(below)]]

    assert places == sorted(places)
    assert len(set(places)) <= FOCUS
    assert set(order[: len(below)]) == set(below)
    assert all(one <= other + 1e-6 for one, other in pairwise(means))
