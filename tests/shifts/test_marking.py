"""The marker pen: which words of a reply carry a mark, and how marks are drawn together."""

from __future__ import annotations

from typing import Any

from hypothesis import given, strategies as st

from smm_academy.shifts.marking import mark_pieces


def row(
    earned: tuple[tuple[int, int], ...] = (), lost: tuple[tuple[int, int], ...] = ()
) -> dict[str, Any]:
    return {"earned_spans": earned, "lost_spans": lost}


def test_neighbouring_words_of_one_line_are_one_stretch() -> None:
    pieces = mark_pieces("The flu vaccine is safe.", [(2, row(earned=((4, 7), (8, 15))))])

    assert pieces == [("The ", "", ""), ("flu vaccine", "earned", 2), (" is safe.", "", "")]


def test_a_short_word_between_two_marks_of_one_line_is_marked_with_them() -> None:
    pieces = mark_pieces("until the noon", [(2, row(earned=((0, 5), (10, 14))))])

    assert pieces == [("until the noon", "earned", 2)]


def test_marks_of_two_lines_stay_apart() -> None:
    pieces = mark_pieces("sorry today", [(1, row(earned=((0, 5),))), (2, row(earned=((6, 11),)))])

    assert pieces == [("sorry", "earned", 1), (" ", "", ""), ("today", "earned", 2)]


def test_a_sentence_end_keeps_marks_apart() -> None:
    pieces = mark_pieces("sorry. today", [(1, row(earned=((0, 5), (7, 12))))])

    assert [piece[0] for piece in pieces] == ["sorry", ". ", "today"]


def test_a_mark_holds_no_space_at_its_edges() -> None:
    pieces = mark_pieces("it takes 60 days.", [(4, row(lost=((8, 17),)))])

    assert pieces == [("it takes ", "", ""), ("60 days.", "lost", 4)]


def test_what_crossed_a_red_line_is_marked_above_all_else() -> None:
    gate = {"spans": ((8, 19),)}

    pieces = mark_pieces("call me 601 234 567", [(2, row(earned=((8, 19),)))], gates=[gate])

    assert pieces == [("call me ", "", ""), ("601 234 567", "lost", "")]


@given(
    text=st.text(max_size=80),
    spans=st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=6),
)
def test_the_pieces_are_the_reply_and_nothing_else(
    text: str, spans: list[tuple[int, int]]
) -> None:
    ordered = tuple((min(span), max(span)) for span in spans)

    pieces = mark_pieces(text, [(1, row(earned=ordered)), (2, row(lost=ordered[:2]))])

    assert "".join(piece[0] for piece in pieces) == text
