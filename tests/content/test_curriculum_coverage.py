"""What the shipped lessons, items, skills and figures promise, held against the files."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from ruamel.yaml import YAML

from simulator.kinds import KINDS
from smm_academy.lessons.passages import MODULES, Lesson
from smm_academy.lessons.source import parse_lesson
from smm_academy.quizzes.questions import Question, QuestionType
from smm_academy.quizzes.source import parse_quiz

CONTENT = Path(__file__).parents[2] / "content"
SKILLS = YAML(typ="safe").load((CONTENT / "skills.yaml").read_text(encoding="utf-8"))
IDS = [skill["id"] for skill in SKILLS["skills"]]


@cache
def lessons(locale: str) -> tuple[Lesson, ...]:
    paths = sorted((CONTENT / "lessons").glob(f"*/*.{locale}.md"))
    read = [parse_lesson(path.read_text(encoding="utf-8"), str(path))[0] for path in paths]
    return tuple(lesson for lesson in read if lesson is not None)


@cache
def items(locale: str) -> tuple[Question, ...]:
    paths = sorted((CONTENT / "quizzes").glob(f"*/*.{locale}.md"))
    quizzes = [parse_quiz(path.read_text(encoding="utf-8"), str(path))[0] for path in paths]
    return tuple(item for quiz in quizzes if quiz is not None for item in quiz.questions)


def test_the_thirteen_skills_stand_in_four_areas_with_words_in_both_languages() -> None:
    assert len(IDS) == len(set(IDS)) == 13
    assert {skill["area"] for skill in SKILLS["skills"]} == set(SKILLS["areas"])
    for skill in SKILLS["skills"]:
        for name in ("title", "meaning", "statement"):
            assert set(skill[name]) == {"en", "pl"}
    assert len(SKILLS["steps"]) == 4


def test_exceptions_name_only_kinds_that_the_simulator_has() -> None:
    named = {
        kind
        for criterion in SKILLS["criteria"].values()
        for exception in criterion.get("exceptions", ())
        for kind in exception.get("kinds", ())
    }
    assert named <= set(KINDS)


def test_gates_feed_no_skill() -> None:
    gates = [row for row in SKILLS["criteria"].values() if "gate" in row]
    assert len(gates) == 3
    assert not any("skills" in gate for gate in gates)


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_every_module_and_every_skill_is_taught(locale: str) -> None:
    taught = {skill for lesson in lessons(locale) for skill in lesson.skills}
    assert taught == set(IDS)
    assert {lesson.module for lesson in lessons(locale)} == set(MODULES)
    assert len(lessons(locale)) >= 24


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_a_lesson_holds_checks_an_exercise_key_points_and_sources(locale: str) -> None:
    for lesson in lessons(locale):
        kinds = Counter(passage.kind for passage in lesson.passages)
        assert kinds["check"] >= 2, lesson.id
        assert kinds["simulator"] >= 1, lesson.id
        assert kinds["sources"] == 1, lesson.id
        assert lesson.key_points, lesson.id
        assert 600 <= lesson.words <= 1500, (lesson.id, lesson.words)


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_each_skill_has_a_bank_to_practise_and_a_bank_to_be_assessed(locale: str) -> None:
    counted = Counter((item.skill, item.pool) for item in items(locale))
    for skill in IDS:
        assert counted[skill, "practice"] >= 25, skill
        assert counted[skill, "assessment"] >= 12, skill


def test_the_items_have_the_same_ids_in_both_languages() -> None:
    assert [item.id for item in items("en")] == [item.id for item in items("pl")]


def test_each_skill_is_asked_at_every_difficulty() -> None:
    for skill in IDS:
        asked = {item.difficulty for item in items("en") if item.skill == skill}
        assert asked == {1, 2, 3, 4, 5}, skill


@pytest.mark.parametrize("pool", ["practice", "assessment"])
def test_each_pool_asks_each_skill_at_every_difficulty(pool: str) -> None:
    for skill in IDS:
        own = [item for item in items("en") if (item.skill, item.pool) == (skill, pool)]
        assert {item.difficulty for item in own} == {1, 2, 3, 4, 5}, skill


def test_every_type_of_question_is_asked() -> None:
    assert {item.type for item in items("en")} == set(get_args(QuestionType))


def test_technical_fluency_is_asked_on_payloads() -> None:
    blocks = [item.block for item in items("en") if item.skill == "technical"]
    assert sum("```json" in block for block in blocks) >= 2


def test_an_exercise_names_a_kind_and_a_brand_that_exist() -> None:
    brands = {path.stem for path in (CONTENT / "brands").glob("*.yaml")}
    for lesson in lessons("en"):
        for passage in lesson.passages:
            if passage.exercise is not None:
                assert passage.exercise.kind in KINDS
                assert passage.exercise.brand in brands


@pytest.mark.parametrize("path", sorted((CONTENT / "lessons").glob("*/figures/*.svg")), ids=str)
def test_a_figure_speaks_follows_the_theme_and_styles_nothing_inline(path: Path) -> None:
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    labelled = root.get("aria-labelledby", "").split()
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert root.get("role") == "img"
    assert labelled
    assert set(labelled) <= ids
    assert "currentColor" in path.read_text(encoding="utf-8")
    assert not any(element.get("style") for element in root.iter())
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b|<style|<script", path.read_text(encoding="utf-8"))


def test_polish_never_speaks_to_the_reader_in_a_gendered_past() -> None:
    gendered = re.compile(r"\b\w+(?:łeś|łaś|łbyś|łabyś)\b")
    for path in CONTENT.rglob("*.pl.md"):
        assert not gendered.search(path.read_text(encoding="utf-8")), path.name
