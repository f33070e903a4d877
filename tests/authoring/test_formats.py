"""What the page on the content formats shows is what the readers take."""

import re
from pathlib import Path

import pytest

from smm_academy.lessons.source import parse_lesson
from smm_academy.quizzes.source import parse_quiz

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
