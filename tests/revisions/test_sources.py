"""Authored text is taken as people paste it, and problems point to where they are."""

import pytest
from hypothesis import given, settings, strategies as st

from smm_academy.revisions.sources import (
    Findings,
    Place,
    Problem,
    choose_from,
    cut_lines,
    decode,
    is_identifier,
    locale_of,
    nearest,
    slug,
    slug_of,
)


def test_bytes_that_are_not_utf_8_are_named_with_their_place() -> None:
    findings = Findings("a.en.md")

    text = decode("first\r\nzażółć".encode("cp1250"), findings)

    (problem,) = findings.problems
    assert str(problem) == (
        "a.en.md:2:3: error S101 the file is not in UTF-8. "
        "Fix: save it again with the encoding UTF-8"
    )
    assert text.startswith("first")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    findings = Findings("a.en.md")

    assert decode("\ufeff---".encode(), findings) == "---"
    assert decode("---".encode("utf-16"), findings) == "---"
    assert findings.problems == []


def test_a_comment_is_blanked_and_columns_stay() -> None:
    lines = cut_lines("a <!-- b\nc --> d\n`<!-- code -->`", Findings("a"))

    assert [line.text for line in lines] == ["a", "      d", "`<!-- code -->`"]


def test_lines_in_code_are_marked() -> None:
    lines = cut_lines("a\n```\n<!-- kept -->\n```\nb", Findings("a"))

    assert [line.in_code for line in lines] == [False, True, True, True, False]
    assert lines[2].text == "<!-- kept -->"


def test_a_non_breaking_space_stays_in_the_text_and_is_plain_in_structure() -> None:
    (line,) = cut_lines("-\u00a0w\u00a0domu", Findings("a"))

    assert (line.text, line.plain) == ("-\u00a0w\u00a0domu", "- w domu")


def test_an_invisible_character_is_named() -> None:
    findings = Findings("a")

    (line,) = cut_lines("ab\u200bc", findings)

    assert line.text == "ab c"
    assert [(one.code, one.column, one.severity) for one in findings.problems] == [
        ("S102", 3, "warning")
    ]


def test_the_same_problem_is_named_once() -> None:
    findings = Findings("a")

    findings.error(Place(1), "S101", "m", "f")
    findings.about("").error(Place(1), "S101", "m", "f")

    assert len(findings.problems) == 1


def test_a_problem_is_one_line_and_one_mapping() -> None:
    problem = Problem("a.md", 3, 4, "warning", "Q301", "every option is correct", "add one", "q1")

    assert str(problem) == ("a.md:3:4: warning Q301 [q1] every option is correct. Fix: add one")
    assert problem.as_json() == {
        "path": "a.md",
        "line": 3,
        "column": 4,
        "severity": "warning",
        "code": "Q301",
        "message": "every option is correct",
        "fix": "add one",
        "subject": "q1",
    }


@pytest.mark.parametrize(
    ("word", "meant"),
    [("shufle", "shuffle"), ("dificulty", "difficulty"), ("poll", "pool"), ("banana", None)],
)
def test_a_slip_of_the_fingers_is_recognised(word: str, meant: str | None) -> None:
    assert nearest(word, ["difficulty", "pool", "shuffle"]) == meant


def test_a_fix_offers_the_nearest_word_or_all_of_them() -> None:
    assert choose_from(["left", "right"], "rihgt") == "write right"
    assert choose_from(["left", "right"], "up") == "write one of: left, right"


@pytest.mark.parametrize(
    ("path", "locale", "name"),
    [
        ("content/quizzes/voice/basics.en.md", "en", "basics"),
        ("basics.pl.md", "pl", "basics"),
        ("basics.md", None, "basics"),
        ("basics.de.md", None, "basics"),
    ],
)
def test_a_file_name_tells_language_and_id(path: str, locale: str | None, name: str) -> None:
    assert (locale_of(path), slug_of(path)) == (locale, name)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_a_slug_is_empty_or_an_id(text: str) -> None:
    made = slug(text)

    assert made == "" or is_identifier(made)


def test_polish_letters_have_plain_ones_in_a_slug() -> None:
    assert slug("Zażółć gęślą jaźń!") == "zazolc-gesla-jazn"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_cutting(text: str) -> None:
    findings = Findings("a")

    lines = cut_lines(text, findings)

    assert all(len(line.text) == len(line.plain) for line in lines)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
