"""What is wrong with a text, said in the reader's language."""

from __future__ import annotations

import pytest

from smm_academy.revisions.sources import Problem
from smm_academy.writing.differences import as_written, compare
from smm_academy.writing.sentences import is_translated, say


def problem(code: str, message: str, fix: str) -> Problem:
    return Problem("a.md", 3, 1, "error", code, message, fix)


@pytest.mark.parametrize(
    ("language", "what", "fix"),
    [
        (
            "en",
            "No option is marked correct (question starts at line 9).",
            "Put (x) before the right answer.",
        ),
        (
            "pl",
            "Żadna odpowiedź nie jest zaznaczona jako dobra (pytanie zaczyna się w wierszu 9).",
            "Postaw (x) przed dobrą odpowiedzią.",
        ),
    ],
)
def test_a_problem_is_said_in_the_readers_language(language: str, what: str, fix: str) -> None:
    found = problem(
        "Q203",
        "no option is marked correct (question starts at line 9)",
        "put (x) before the right answer",
    )

    said = say(found, language)

    assert (said.line, said.what, said.fix) == (3, what, fix)


def test_what_has_no_polish_words_yet_is_said_in_english() -> None:
    said = say(problem("X999", "something {odd} happened", "look"), "pl")

    assert said.what == "Something {odd} happened."
    assert not is_translated("X999", "something {odd} happened")


def test_words_with_braces_are_kept_in_a_polish_sentence() -> None:
    said = say(problem("S115", "the key {x} is not known here", "leave it out"), "pl")

    assert said.what == "Klucz {x} jest tu nieznany."


def test_a_comparison_counts_and_numbers_lines() -> None:
    found = compare("a\nb\nc\n", "a\nB\nc\n")

    assert (found.added, found.removed) == (1, 1)
    assert [(one.kind, one.before, one.after) for one in found.stretches[0][:3]] == [
        ("same", 1, 1),
        ("removed", 2, 0),
        ("added", 0, 2),
    ]


@pytest.mark.parametrize(
    ("typed", "before", "kept"),
    [
        ("a\r\nb", "a\nc", "a\nb"),
        ("a\r\nb", "a\r\nc", "a\r\nb"),
        ("a\r\nc", "a\nc", "a\nc"),
        ("\ufeffa\r\nb", "a\nc", "a\nb"),
        ("a\r\nb", "\ufeffa\nc", "\ufeffa\nb"),
    ],
)
def test_what_a_browser_sends_keeps_the_form_of_the_file(
    typed: str, before: str, kept: str
) -> None:
    assert as_written(typed, before) == kept
