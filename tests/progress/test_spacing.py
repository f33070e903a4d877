"""When a review comes back: the published intervals, whole days, nothing left to chance."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from smm_academy.progress.spacing import LONGEST_DAYS, Memory, Rating, remembered

DAY = date(2026, 10, 20)
AGAIN, HARD, GOOD, EASY = Rating

INITIAL_STABILITY = {AGAIN: 0.212, HARD: 1.2931, GOOD: 2.3065, EASY: 8.2956}
"""The first four of the 21 parameters that FSRS-6 is published with."""


def intervals(*ratings: Rating) -> list[int]:
    """Return how many days lie between reviews that are each answered on the day they are due."""
    memory, today, found = None, DAY, []
    for rating in ratings:
        memory = remembered(memory, rating, today)
        found.append((memory.due_on - today).days)
        today = memory.due_on
    return found


@pytest.mark.parametrize("rating", list(Rating))
def test_the_first_answer_gives_the_published_stability(rating: Rating) -> None:
    memory = remembered(None, rating, DAY)

    assert memory.stability == pytest.approx(INITIAL_STABILITY[rating])
    assert memory.due_on == DAY + timedelta(days=max(1, round(INITIAL_STABILITY[rating])))


def test_what_is_known_again_and_again_comes_ever_more_rarely() -> None:
    assert intervals(GOOD, GOOD, GOOD, GOOD) == [2, 11, 46, 163]


def test_what_was_forgotten_comes_back_tomorrow_and_then_grows_more_slowly() -> None:
    after_slip = intervals(GOOD, GOOD, AGAIN, GOOD, GOOD)

    assert after_slip[2] == 1
    assert after_slip[4] < intervals(GOOD, GOOD, GOOD, GOOD, GOOD)[4]


def test_after_as_many_days_as_its_stability_nine_of_ten_are_known() -> None:
    memory = remembered(remembered(None, GOOD, DAY), GOOD, DAY + timedelta(days=2))

    # FSRS-6's forgetting curve, its decay being the last parameter.
    decay = -0.1542
    factor = 0.9 ** (1 / decay) - 1
    days = (memory.due_on - memory.reviewed_on).days
    assert math.isclose((1 + factor * days / memory.stability) ** decay, 0.9, abs_tol=0.005)


@given(
    st.lists(st.tuples(st.sampled_from(list(Rating)), st.integers(0, 400)), min_size=1, max_size=9)
)
def test_every_history_gives_one_answer_that_lies_ahead(history: list[tuple[Rating, int]]) -> None:
    memories: list[Memory | None] = [None, None]
    for number in range(2):
        today = DAY
        for rating, late in history:
            today += timedelta(days=1 + late)
            memory = remembered(memories[number], rating, today)
            memories[number] = memory
            assert 1 <= (memory.due_on - today).days <= LONGEST_DAYS
            assert memory.stability > 0
            assert 1 <= memory.difficulty <= 10

    assert memories[0] == memories[1]


@given(st.integers(1, 300), st.floats(0.3, 200), st.floats(1, 10))
def test_a_better_answer_never_comes_back_sooner(late: int, stability: float, hard: float) -> None:
    before = Memory(stability, hard, DAY, DAY + timedelta(days=1))
    today = DAY + timedelta(days=late)

    days = [remembered(before, rating, today).due_on for rating in Rating]

    assert days == sorted(days)
