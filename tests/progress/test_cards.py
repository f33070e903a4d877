"""Which cards are asked today, in which order, and by which cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from smm_academy.authoring.reading import Library
from smm_academy.progress.cards import (
    PORTION,
    Card,
    due_cards,
    known,
    outlook,
    portion_of,
)
from smm_academy.progress.cues import cue_of
from smm_academy.progress.spacing import Memory
from smm_academy.revisions.markup import words_of

TODAY = date(2026, 11, 23)
DAYS = timedelta(days=1)


def card(name: str, due: int = 0, reviewed: int | None = None) -> Card:
    """Return a card that is due so many days from today."""
    memory = None
    if reviewed is not None:
        memory = Memory(3.0, 5.0, TODAY + reviewed * DAYS, TODAY + due * DAYS)
    return Card(f"point:{name}/1", "en", name, "/", TODAY + due * DAYS, "x", memory=memory)


def test_the_longest_due_comes_first_and_nothing_before_its_day() -> None:
    cards = [card("new"), card("later", 1), card("old", -3)]

    assert [one.title for one in due_cards(cards, TODAY)] == ["old", "new"]


def test_points_of_one_lesson_are_mixed_with_others_the_same_way_every_time() -> None:
    cards = [
        Card(f"point:{lesson}/{number}", "en", lesson, "/", TODAY, "x")
        for lesson in ("one", "two", "three")
        for number in range(1, 6)
    ]

    lessons = [one.title for one in due_cards(cards, TODAY)]

    assert lessons != sorted(lessons, key=("one", "two", "three").index)
    assert due_cards(reversed(cards), TODAY) == due_cards(cards, TODAY)


def test_a_portion_ends_after_ten_whatever_is_left() -> None:
    due = [card(f"due{number}") for number in range(14)]
    done = [card(f"done{number}", 5, reviewed=0) for number in range(PORTION)]

    begun = portion_of([*due, *done[:3]], TODAY)
    over = portion_of([*due, *done], TODAY)

    assert (begun.number, begun.size, begun.is_over) == (4, 10, False)
    assert (over.due, over.is_over) == (14, True)
    assert (over.number, over.size) == (1, 10)


def test_the_last_of_a_short_portion_is_the_last() -> None:
    portion = portion_of([card("last"), card("done", 2, reviewed=0)], TODAY)

    assert (portion.number, portion.size) == (2, 2)
    assert not portion.is_over
    assert portion_of([card("done", 2, reviewed=0)], TODAY).is_over


def test_what_is_missed_again_comes_back_although_it_seemed_known() -> None:
    memory = Memory(60.0, 4.0, TODAY - 9 * DAYS, TODAY + 50 * DAYS)
    missed_today, missed_before = card("item", 1), card("item", -9)

    assert known(missed_today, memory).due_on == TODAY + DAYS
    assert known(missed_before, memory).due_on == TODAY + 50 * DAYS


def test_everything_is_counted_once_in_what_comes_when() -> None:
    found = outlook([card(str(due), due) for due in (-2, 0, 1, 1, 2, 7, 8, 300)], TODAY)

    assert (found.due, found.tomorrow, found.soon, found.later) == (2, 2, 2, 2)


@pytest.mark.parametrize(
    ("point", "cue"),
    [
        ("Spam and cheats: hide, report, block, warn once.", "Spam and cheats: …"),
        ("Promise only what the brand book allows; inventing is no help.", "Promise only what …"),
        ("Where the wishes collide, honesty decides.", "Where the wishes …"),
        ("Own the true part first.", "Own the true …"),
        ("Two words", "Two …"),
        ("A very long head that is nearly all there is: yes.", "A very long head …"),
    ],
)
def test_a_cue_is_the_head_or_the_first_words(point: str, cue: str) -> None:
    assert cue_of(point) == cue


def test_every_shipped_point_has_a_cue_that_leaves_something_to_recall(library: Library) -> None:
    points = [
        words_of(point) for draft in library.drafts for point in draft.parsed.get("key_points", ())
    ]

    assert len(points) > 200
    for point in points:
        shown = cue_of(point)
        assert shown.endswith("…")
        assert point.startswith(re.sub(r"[:]? …$", "", shown)[:20])
        assert len(shown) <= 0.75 * len(point) + 3, point


@given(st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=30))
def test_no_point_is_given_away_whole(words: Sequence[str]) -> None:
    point = " ".join(words)

    assert len(cue_of(point).split()) <= max(2, len(point.split()))
