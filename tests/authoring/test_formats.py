"""What the page on the content formats shows is what the readers take."""

import re
from pathlib import Path

import pytest

from smm_academy.lessons.source import parse_lesson
from smm_academy.quizzes.source import parse_quiz
from smm_academy.shifts.packs import read_packs

PAGE = Path(__file__).parents[2] / "content" / "README.md"
EXAMPLES = re.findall(r"```markdown\n(---\n.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
QUIZZES = [one for one in EXAMPLES if "pool:" in one]
LESSONS = [one for one in EXAMPLES if "pool:" not in one]


@pytest.mark.parametrize("example", QUIZZES)
def test_the_example_of_a_quiz_has_no_error(example: str) -> None:
    quiz, problems = parse_quiz(example, "example.en.md")

    assert problems == []
    assert quiz is not None
    assert quiz.questions


@pytest.mark.parametrize("example", LESSONS)
def test_the_example_of_a_lesson_has_no_error(example: str) -> None:
    lesson, problems = parse_lesson(example, "example.en.md")

    assert problems == []
    assert lesson is not None


def test_the_page_shows_an_example_of_each() -> None:
    assert (len(LESSONS), len(QUIZZES)) == (1, 1)


def test_the_examples_of_brand_scenario_and_day_have_no_error() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    brand = next(one for one in blocks if one.startswith("id: kropka\n"))
    scenario = next(one for one in blocks if one.startswith("id: kropka-morning\n"))
    day = next(one for one in blocks if one.startswith("day:\n"))

    found = read_packs(
        {"brands/kropka.yaml": brand, "scenarios/kropka-morning.yaml": scenario + day}
    )

    assert found.errors == ()
    assert set(found.scenarios) == {"kropka-morning"}
