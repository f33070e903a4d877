"""Patterns match as regular expressions do, and never take long."""

import re
import time

import pytest
from hypothesis import given, settings, strategies as st

from smm_academy.quizzes.patterns import PatternError, read_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("UGC|user[- ]generated content", "User-generated content", True),
        ("UGC|user[- ]generated content", "usergenerated content", False),
        ("zasi[ęe]g(u|i)?", "Zasięgu", True),
        (r"\d+ ?%", "50 %", True),
        (r"\D+", "5", False),
        ("a{2,3}", "aaaa", False),
        ("a{2,}", "aaaa", True),
        ("(ab)*c", "ababc", True),
        ("[^a-c]x", "bx", False),
        (r"[\d,]+", "1,2", True),
        ("[]x]", "]", True),
        ("^whole$", "whole", True),
        ("part", "a part", False),
        (r"a\.b", "axb", False),
        ("", "", True),
        ("(?:a|b)c", "bc", True),
    ],
)
def test_a_pattern_fits_the_whole_answer(pattern: str, text: str, fits: bool) -> None:
    assert read_pattern(pattern).matches(text) is fits


@pytest.mark.parametrize(
    ("pattern", "column"),
    [
        ("(?=a)", 0),
        ("a{99}", 1),
        ("a{3,2}", 1),
        ("a{x}", 1),
        ("[b-a]", 0),
        ("[a", 0),
        ("x(a", 1),
        ("a)", 1),
        ("*a", 0),
        (r"(a)\1", 3),
        ("a\\", 1),
        ("a^b", 1),
        ("((a{50}){50}){50}", 12),
        ("a" * 201, 0),
    ],
)
def test_what_cannot_be_matched_safely_is_refused(pattern: str, column: int) -> None:
    with pytest.raises(PatternError) as refused:
        read_pattern(pattern)

    assert refused.value.column == column


def test_a_pattern_made_to_take_long_does_not() -> None:
    evil = read_pattern("(a*)*(a|a)*(a*a*a*)*b")
    start = time.perf_counter()

    fits = evil.matches("a" * 200)

    assert not fits
    assert time.perf_counter() - start < 1


def test_a_long_answer_never_fits() -> None:
    assert not read_pattern("a*").matches("a" * 201)


SAFE = st.recursive(
    st.sampled_from(["a", "b", "ab", "[ab]", "[^a]", "."]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, inner).map("".join),
        inner.map(lambda one: f"(?:{one})?"),
        inner.map(lambda one: f"(?:{one}){{1,2}}"),
    ),
    max_leaves=5,
)


@settings(deadline=None)
@given(SAFE, st.text("abc", max_size=6))
def test_patterns_agree_with_the_standard_library(pattern: str, text: str) -> None:
    assert read_pattern(pattern).matches(text) is bool(re.fullmatch(pattern, text))


@settings(deadline=None)
@given(st.text("ab()[]|*+?{}\\^$-,12", max_size=12))
def test_a_pattern_is_read_or_refused(pattern: str) -> None:
    try:
        read_pattern(pattern).matches("ab")
    except PatternError as refused:
        assert 0 <= refused.column <= len(pattern)  # noqa: PT017 - either outcome is right
