"""A lesson file is read as its author meant it, and every error in it is named."""

import json

import pytest
from hypothesis import given, settings, strategies as st

from smm_academy.lessons.passages import LAST_PLACE, Exercise, Lesson, Source
from smm_academy.lessons.source import parse_lesson
from smm_academy.quizzes.questions import ChoiceKey
from smm_academy.revisions.markup import Heading
from smm_academy.revisions.records import from_plain, to_plain

PATH = "content/lessons/under-fire/angry.en.md"
FRONT = """---
title: Handling an angry customer
id: angry-customer
skills: [empathy, voice]
minutes: 12
level: intermediate
requires: [tone-of-voice]
objectives:
  - Reply publicly, within the brand's tone
quiz: crisis-basics
review: true
status: draft
---
"""
"""Thirteen lines, so that a body begins in line 14."""

BODY = """An opening.

## What stands there {#reading}

Text with *emphasis*.

:::check #first
What do you do first?
- ( ) Delete the comment
  > It is noticed.
- (x) Acknowledge
  > It cools.
why: Public first.
:::

More of the section.

:::simulator kind=complaint brand=lumo
Now you.
:::

## Wrapping up

:::key
- One thing.
- Another *thing*,
  on two lines.
:::

:::note title="By the way"
A note.
:::

:::warning
Careful.
:::

:::figure src=figures/a.svg alt="Two boxes, an arrow"
A caption.
:::

:::sources
- Coombs 2007, SCCT [strong]
- Trainers on silence [practitioners differ]
:::
"""


def read(body: str = BODY) -> Lesson:
    lesson, problems = parse_lesson(FRONT + body, PATH)
    assert problems == []
    assert lesson is not None
    return lesson


def places(text: str, path: str = PATH) -> list[str]:
    _, problems = parse_lesson(text, path)
    return [f"{problem.code} {problem.line}:{problem.column}" for problem in problems]


def test_the_front_matter_is_read() -> None:
    lesson = read()

    assert (lesson.id, lesson.locale, lesson.module) == ("angry-customer", "en", "under-fire")
    assert (lesson.skills, lesson.minutes, lesson.level) == (
        ("empathy", "voice"),
        12,
        "intermediate",
    )
    assert (lesson.requires, lesson.quiz) == (("tone-of-voice",), "crisis-basics")
    assert lesson.objectives == ("Reply publicly, within the brand's tone",)
    assert (lesson.review, lesson.status) == (True, "draft")


def test_a_place_in_the_module_may_be_named_and_is_the_last_without() -> None:
    placed, problems = parse_lesson(FRONT.replace("quiz:", "place: 3\nquiz:") + BODY, PATH)

    assert (placed.place if placed else 0, problems) == (3, [])
    assert read().place == LAST_PLACE


def test_passages_come_in_order_with_ids_that_do_not_depend_on_their_words() -> None:
    assert [passage.id for passage in read().passages] == [
        "start",
        "reading",
        "first",
        "after-first",
        "simulator-1",
        "section-2",
        "key-1",
        "note-1",
        "warning-1",
        "figure-1",
        "sources-1",
    ]


def test_a_translation_has_the_same_places_to_resume_at() -> None:
    translated = BODY.replace("Wrapping up", "Podsumowanie").replace("An opening.", "Początek.")

    assert [one.id for one in read(translated).passages] == [one.id for one in read().passages]


def test_a_further_note_moves_no_other_block() -> None:
    before = {passage.id for passage in read().passages}

    after = {passage.id for passage in read(BODY + "\n:::note\nNew.\n:::\n").passages}

    assert after == before | {"note-2"}


def test_headings_make_the_table_of_contents() -> None:
    lesson = read()

    assert lesson.contents == (
        Heading(2, "what-stands-there", "What stands there"),
        Heading(2, "wrapping-up", "Wrapping up"),
    )
    assert '<h2 id="what-stands-there">' in lesson.passages[1].html


def test_a_check_is_a_question_without_a_grade() -> None:
    passage = read().passage("first")

    assert passage is not None
    assert passage.question is not None
    assert passage.question.body_html == "<p>What do you do first?</p>"
    assert isinstance(passage.question.key, ChoiceKey)
    assert [option.feedback for option in passage.question.key.options] == [
        "<p>It is noticed.</p>",
        "<p>It cools.</p>",
    ]


def test_an_exercise_names_what_it_opens() -> None:
    passage = read().passage("simulator-1")

    assert passage is not None
    assert passage.exercise == Exercise("complaint", "lumo", "")
    assert passage.html == "<p>Now you.</p>"


def test_key_points_are_kept_one_by_one() -> None:
    assert read().key_points == ("One thing.", "Another <em>thing</em>, on two lines.")


def test_callouts_have_the_author_s_title_or_that_of_their_kind() -> None:
    lesson = read()
    note, warning = lesson.passage("note-1"), lesson.passage("warning-1")

    assert note is not None
    assert '<p class="callout-title">By the way</p>' in note.html
    assert warning is not None
    assert '<p class="callout-title">Warning</p>' in warning.html


def test_a_figure_shows_words_and_a_resolved_address() -> None:
    lesson, _ = parse_lesson(FRONT + BODY, PATH, resolve=lambda address: f"/media/{address}")

    assert lesson is not None
    shown = lesson.passages[-2].html
    assert '<img src="/media/figures/a.svg" alt="Two boxes, an arrow" loading="lazy">' in shown
    assert "<figcaption><p>A caption.</p></figcaption>" in shown


def test_sources_carry_their_strength() -> None:
    assert read().passages[-1].sources == (
        Source("Coombs 2007, SCCT", "strong"),
        Source("Trainers on silence", "practitioners differ"),
    )


def test_reading_takes_longer_in_the_language_that_is_read_more_slowly() -> None:
    words = "word " * 456

    english, _ = parse_lesson(FRONT + words, PATH)
    polish, _ = parse_lesson(FRONT + words, PATH.replace(".en.", ".pl."))

    assert english is not None
    assert polish is not None
    assert (english.words, english.reading_minutes, polish.reading_minutes) == (456, 2, 3)


def test_a_lesson_can_be_stored_as_json_and_read_back() -> None:
    assert from_plain(Lesson, json.loads(json.dumps(to_plain(read())))) == read()


def test_a_passage_that_is_gone_is_not_found() -> None:
    assert read().passage("gone") is None


def test_an_exercise_may_open_a_draft_to_mend() -> None:
    found = read(":::simulator task=mend brand=lumo\n:::\n").passage("simulator-1")

    assert found is not None
    assert found.exercise == Exercise("", "lumo", "", "mend")


BODIES = [
    ("L101 14:4", ":::chek\nWhat?\n:::\n"),
    ("L102 14:1", ":::note\nText\n"),
    ("L102 14:1", ":::note\nText\n:::key\n- A\n:::\n"),
    ("L103 15:1", "Text\n:::\n"),
    ("L104 17:9", ":::note #a\nx\n:::\n:::note #a\ny\n:::\n"),
    ("L105 14:1", "# Title\n"),
    ("L106 14:1", ""),
    ("L108 14:1", ":::note\n\n:::\n"),
    ("L109 15:16", ":::sources\n- Coombs 2007 [storng]\n:::\n"),
    ("L109 15:14", ":::sources\n- Coombs 2007\n:::\n"),
    ("L110 14:1", ":::simulator brand=lumo\n:::\n"),
    ("L112 14:1", ":::simulator task=mendd\n:::\n"),
    ("M101 14:1", ":::figure src=a.svg\n:::\n"),
    ("M101 14:17", ':::figure src=a alt=""\n:::\n'),
    ("M104 14:21", ':::figure src=a.svg alt="a.svg"\n:::\n'),
    ("M102 14:11", ':::figure src=https://example.com/a.svg alt="A"\n:::\n'),
    ("M102 14:1", ':::figure alt="A"\n:::\n'),
    ("Q203 16:3", ":::check\nWhat?\n- ( ) a\n- ( ) b\n:::\n"),
    ("Q207 14:1", ":::check\nWhat?\n:::\n"),
    ("S119 14:9", ":::note #A_b\nx\n:::\n"),
    ("S122 14:14", ":::simulator knd=complaint kind=praise\n:::\n"),
    ("S124 14:10", "## Title {#x\n"),
]

SETTINGS = [
    ("S115 3:1", "title: A\nskils: [voice]\nskills: [voice]\n"),
    ("S116 3:9", "title: A\nskills: {voice: 1}\n"),
    ("S116 3:10", "title: A\nminutes: soon\nskills: [voice]\n"),
    ("S116 3:9", "title: A\nreview: maybe\nskills: [voice]\n"),
    ("S117 1:1", "title: A\n"),
    ("S118 3:8", "title: A\nlevel: begginer\nskills: [voice]\n"),
]


@pytest.mark.parametrize(("expected", "body"), BODIES)
def test_an_error_in_the_body_is_named_where_it_stands(expected: str, body: str) -> None:
    assert expected in places(FRONT + body)


@pytest.mark.parametrize(("expected", "settings"), SETTINGS)
def test_an_error_in_the_front_matter_is_named_where_it_stands(
    expected: str, settings: str
) -> None:
    assert expected in places(f"---\n{settings}---\nText.\n")


def test_a_lesson_stands_in_a_module() -> None:
    assert places(FRONT + "Text.\n", "content/lessons/undr-fire/a.en.md") == ["L107 1:1"]
    assert places(FRONT + "Text.\n", "angry.en.md") == []


def test_a_lesson_s_file_name_tells_its_language() -> None:
    assert places(FRONT + "Text.\n", "content/lessons/under-fire/a.md") == ["S120 1:1"]


def test_a_lesson_with_an_error_is_not_taken_and_all_its_errors_are_named() -> None:
    text = FRONT + ":::chek\nx\n:::\n\n:::sources\n- a\n- b\n:::\n"

    lesson, _ = parse_lesson(text, PATH)

    assert lesson is None
    assert places(text) == ["L101 14:4", "L109 19:4", "L109 20:4"]


def test_a_broken_check_stops_only_itself() -> None:
    text = FRONT + "Text.\n\n:::check\nWhat?\n- ( ) a\n- ( ) b\n:::\n\nMore.\n"

    lesson, problems = parse_lesson(text, PATH)

    assert [problem.subject for problem in problems] == ["check-1"]
    assert lesson is not None
    assert [passage.id for passage in lesson.passages] == ["start", "after-check-1"]


def test_blocks_in_code_are_not_blocks() -> None:
    lesson = read("```\n:::note\n## no heading\n```\n")

    assert [passage.kind for passage in lesson.passages] == ["prose"]


LINES = st.lists(
    st.sampled_from(
        [
            ":::check",
            ":::simulator kind=complaint",
            ":::key",
            ":::figure src=a",
            ":::sources",
            ":::",
            "## T",
            "### T {#a}",
            "# T",
            "- (x) a",
            "- ( ) b",
            "a [strong]",
            "```",
            "<!--",
            "-->",
            "",
        ]
    ),
    max_size=14,
)


@settings(deadline=None)
@given(LINES)
def test_no_order_of_lines_breaks_the_reader(lines: list[str]) -> None:
    lesson, problems = parse_lesson(FRONT + "\n".join(lines), PATH)

    assert (lesson is None) == any(
        problem.severity == "error" and not problem.subject for problem in problems
    )
    if lesson:
        ids = [passage.id for passage in lesson.passages]
        assert len(set(ids)) == len(ids)
