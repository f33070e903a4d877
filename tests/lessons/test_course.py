"""The course: modules with how far one is, the map, the sheets."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, strategies as st

from smm_academy.accounts.models import HOUSE
from smm_academy.lessons.course import Branch, LessonCard, course_map, modules_of
from smm_academy.lessons.passages import Lesson
from smm_academy.lessons.queries import in_teaching_order
from smm_academy.lessons.source import parse_lesson
from smm_academy.quizzes.questions import ChoiceKey
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.operations import Draft, publish
from smm_academy.revisions.records import to_plain
from smm_academy.web.application import Academy
from tests.conftest import CONTENT
from tests.people import Visitor


def card(name: str, *requires: str, finished: bool = False, begun: bool = False) -> LessonCard:
    lesson, _ = parse_lesson(
        "---\ntitle: A\nskills: [voice]\nminutes: 10\n---\n" + "word " * 500,
        "content/lessons/career/a.en.md",
    )
    assert lesson is not None
    own: Lesson = replace(lesson, id=name, title=name, requires=requires)
    return LessonCard(own, begun or finished, finished)


def drawn(branches: tuple[Branch, ...]) -> list[object]:
    return [
        [one.card.lesson.id, *drawn(one.branches)] if one.branches else one.card.lesson.id
        for one in branches
    ]


def names(branches: tuple[Branch, ...]) -> list[str]:
    return [name for one in branches for name in [one.card.lesson.id, *names(one.branches)]]


def test_a_lesson_hangs_on_the_one_it_builds_on() -> None:
    cards = [card("a"), card("b", "a"), card("c", "b"), card("d", "a"), card("e")]

    assert drawn(course_map(cards)) == [["a", ["b", "c"], "d"], "e"]


def test_of_several_requirements_the_furthest_on_carries_the_lesson() -> None:
    cards = [card("a"), card("b", "a"), card("c", "b", "a")]

    branch = course_map(cards)[0].branches[0].branches[0]

    assert branch.card.lesson.id == "c"
    assert [lesson.id for lesson in branch.also] == ["a"]


def test_lessons_are_taught_at_their_places_but_after_what_they_require() -> None:
    lessons = [
        replace(card(name, *requires).lesson, module=module, place=place)
        for name, module, place, requires in (
            ("labels", "under-fire", 3, ()),
            ("reviews", "under-fire", 1, ("anger",)),
            ("anger", "under-fire", 2, ()),
            ("replies", "a-day-at-work", 9, ()),
        )
    ]

    assert [one.id for one in in_teaching_order(lessons)] == [
        "replies",
        "anger",
        "reviews",
        "labels",
    ]


def test_the_module_under_fire_begins_with_anger_and_reviews() -> None:
    lessons = [
        lesson
        for path in sorted((CONTENT / "lessons" / "under-fire").glob("*.en.md"))
        if (lesson := parse_lesson(path.read_text("utf-8"), path.as_posix())[0])
    ]

    taught = [one.id for one in in_teaching_order(lessons)]

    assert taught[:2] == ["the-angry-customer", "negative-reviews"]
    assert taught[-1] == "labels-and-law"


def test_what_is_not_published_holds_nothing_up() -> None:
    assert drawn(course_map([card("a", "gone")])) == ["a"]


def test_the_map_says_what_fits_now() -> None:
    cards = [
        card("a", finished=True),
        card("b", "a", begun=True),
        card("c", "a"),
        card("d", "b"),
    ]

    (root,) = course_map(cards)

    assert root.state == "finished"
    assert [one.state for one in root.branches] == ["started", "ready"]
    assert root.branches[0].branches[0].state == "later"


@given(st.lists(st.lists(st.integers(0, 7), max_size=3), max_size=8))
def test_each_lesson_stands_on_the_map_once_even_in_a_circle(required: list[list[int]]) -> None:
    cards = [
        card(str(number), *(str(one) for one in sorted(set(needs))))
        for number, needs in enumerate(required)
    ]

    assert sorted(names(course_map(cards))) == [str(number) for number in range(len(cards))]


def test_a_module_adds_up_what_its_lessons_ask() -> None:
    (module,) = modules_of([card("a", finished=True), card("b")])

    assert (module.id, module.minutes, module.reading_minutes, module.finished) == (
        "career",
        20,
        6,
        1,
    )


def test_the_course_says_how_much_of_a_module_is_finished(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    before = visitor.opens("/learn").text
    visitor.opens("/learn/smm-smo-seo")
    visitor.sends("/learn/smm-smo-seo/finish")

    after = visitor.opens("/learn").text

    assert not re.search(r"\b1 of \d+ finished", before)
    assert re.search(r"\b1 of \d+ finished", after)


def test_a_sheet_holds_questions_and_their_answers_at_the_end(sqlite_app: Academy) -> None:
    path = CONTENT / "lessons" / "under-fire" / "negative-reviews.en.md"
    lesson, _ = parse_lesson(path.read_text("utf-8"), path.as_posix())
    assert lesson is not None
    question = next(one.question for one in lesson.passages if one.question)

    html = Visitor(sqlite_app).opens("/learn/modules/under-fire/sheet").html

    asked, answers = html.split('id="answers"')
    assert question.body_html in asked
    assert question.why_html not in asked
    assert question.why_html in answers
    assert isinstance(question.key, ChoiceKey)
    for option in question.key.options:
        assert option.html in asked
        assert (option.html in answers) == option.correct
    assert "print.css" in html


def test_every_module_has_a_sheet_in_both_languages(sqlite_app: Academy) -> None:
    for language in ("en", "pl"):
        visitor = Visitor(sqlite_app, language)
        sheets = [link for link in visitor.opens("/learn").links if link.endswith("/sheet")]

        assert len(sheets) == 5
        assert {visitor.opens(sheet).status for sheet in sheets} == {200}


def test_a_module_that_is_not_there_has_no_sheet(sqlite_app: Academy) -> None:
    assert Visitor(sqlite_app).opens("/learn/modules/nothing/sheet").status == 404


EVERY_TYPE = """---
title: Every type
id: every-type
skills: [voice]
---
Text.

:::check
How many?
= 42 ± 1
:::

:::check
Which word?
= wordone
:::

:::check
Match.
- rowone -> labelone
- rowtwo -> labeltwo
:::

:::check type=order
Order.
1. stepone
2. steptwo
:::

:::check
It counts {{=viewsgap|clicksgap}}.
:::

:::check
Which fit?
- [x] optionone
- [x] optiontwo
- [ ] optionthree
:::
"""


@pytest.mark.usefixtures("nothing_parsed")
def test_a_sheet_shows_every_type_of_question_and_its_answer(
    sqlite_app: Academy, noon: datetime
) -> None:
    lesson, problems = parse_lesson(EVERY_TYPE, "content/lessons/career/every-type.en.md")
    assert problems == []
    draft = Draft(ChainKind.LESSON, "every-type", "en", EVERY_TYPE, to_plain(lesson))
    sqlite_app.database.run(lambda session: publish(session, HOUSE, draft, noon).id)

    html = Visitor(sqlite_app).opens("/learn/modules/career/sheet").html

    asked, answers = (part.split("Every type")[1] for part in html.split('id="answers"'))
    for word in ("rowone", "labeltwo", "stepone", "clicksgap", "optionthree", "paper-gap"):
        assert word in asked
    for word in ("42", "wordone", "labelone", "steptwo", "viewsgap", "optiontwo"):
        assert word in answers
    assert "wordone" not in asked
    assert "clicksgap" not in answers
    assert "optionthree" not in answers
