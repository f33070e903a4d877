"""How an answer moves a skill, how time widens it, and which level it stands for."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, strategies as st

from benchmarks.simulated_answers import FIRST_DAY, later
from smm_academy.measurement.curves import from_difficulties, information, log_derivatives
from smm_academy.measurement.mastery import (
    Answer,
    Level,
    SkillState,
    chance_above,
    choose_level,
    let_drift,
    update_state,
    weigh_answer,
)

RIGHT = Answer(1.0, (0.0,), 1)
WRONG = Answer(1.0, (0.0,), 0)


def state_at(chance: float, se: float = 0.35, days: int = 5, tasks: int = 3) -> SkillState:
    """A state whose chance of lying above 0 is the given one."""
    low, high = -5.0, 5.0
    for _ in range(80):
        middle = (low + high) / 2
        if chance_above(middle, se, 0.0) < chance:
            low = middle
        else:
            high = middle
    return SkillState(high, se**2, 40, days, tasks, FIRST_DAY)


@given(
    st.floats(-3, 3), st.floats(0.3, 2.5), st.floats(-2, 1), st.floats(0.1, 2), st.integers(0, 2)
)
def test_an_answer_weighs_what_the_graded_curves_say(
    ability: float, slope: float, place: float, gap: float, step: int
) -> None:
    curves = from_difficulties([slope], [[place, place + gap]])
    point = np.array([ability])

    derivative, told = weigh_answer(ability, Answer(slope, (place, place + gap), step))

    assert derivative == pytest.approx(log_derivatives(curves, point)[0][0, step, 0], abs=1e-9)
    assert told == pytest.approx(information(curves, point)[0, 0], abs=1e-9)


def test_one_right_answer_moves_the_mean_as_computed_by_hand() -> None:
    state = update_state(SkillState(), RIGHT, FIRST_DAY)

    assert state.variance == pytest.approx(1 / 1.25)
    assert state.mean == pytest.approx(0.5 / 1.25)
    assert (state.answers, state.days, state.tasks) == (1, 1, 0)


def test_a_hinted_answer_counts_half_and_a_known_item_nothing() -> None:
    hinted = update_state(SkillState(), Answer(1.0, (0.0,), 1, weight=0.5), FIRST_DAY)
    known = update_state(SkillState(), Answer(1.0, (0.0,), 1, weight=0.0), FIRST_DAY)

    assert hinted.mean == pytest.approx(0.5 * 0.5 / 1.125)
    assert known == SkillState()


@given(st.lists(st.booleans(), max_size=60))
def test_every_answer_narrows_and_right_ones_raise(rights: list[bool]) -> None:
    state = SkillState()
    for right in rights:
        moved = update_state(state, RIGHT if right else WRONG, FIRST_DAY)
        assert moved.variance < state.variance
        assert (moved.mean > state.mean) == right
        state = moved


def test_a_year_without_answers_widens_the_interval() -> None:
    state = SkillState(0.5, 0.1, 20, 3, 1, FIRST_DAY)

    grown = let_drift(state, later(100))

    assert grown.variance == pytest.approx(0.3)
    assert grown.mean == 0.5


def test_drift_ends_at_the_prior() -> None:
    assert let_drift(SkillState(0.5, 0.1, 20, 3, 1, FIRST_DAY), later(5000)).variance == 1.0


def test_a_late_answer_counts_without_drift_and_keeps_the_newest_time() -> None:
    state = update_state(SkillState(), RIGHT, later(10))

    moved = update_state(state, RIGHT, later(3))

    assert moved.answers == 2
    assert moved.last_at == later(10)
    assert moved.variance < state.variance


def test_answers_of_one_date_are_one_day() -> None:
    state = update_state(SkillState(), RIGHT, FIRST_DAY)
    state = update_state(state, RIGHT, FIRST_DAY + timedelta(hours=3))
    state = update_state(state, RIGHT, later(1))

    assert state.days == 2


@pytest.mark.parametrize(
    ("chance", "level"),
    [
        (0.49, "starting"),
        (0.51, "close"),
        (0.79, "close"),
        (0.81, "at_level"),
        (0.94, "at_level"),
        (0.96, "mastered"),
    ],
)
def test_levels_follow_the_chance_of_lying_above_the_cut(chance: float, level: Level) -> None:
    assert choose_level(state_at(chance), 0.0, "unmeasured") == level


def test_four_answers_or_a_wide_error_are_not_measured() -> None:
    few = SkillState(2.0, 0.1, 4, 2, 1, FIRST_DAY)
    wide = SkillState(2.0, 0.61**2, 9, 2, 1, FIRST_DAY)

    assert choose_level(few, 0.0, "unmeasured") == "unmeasured"
    assert choose_level(wide, 0.0, "mastered") == "unmeasured"


@pytest.mark.parametrize(
    "state",
    [state_at(0.99, se=0.45), state_at(0.99, days=1)],
    ids=["error above .40", "one day only"],
)
def test_mastery_needs_precision_and_two_days(state: SkillState) -> None:
    assert choose_level(state, 0.0, "unmeasured") == "at_level"


def test_a_duty_is_mastered_only_with_a_task_in_the_simulator() -> None:
    read_only = state_at(0.99, tasks=0)

    assert choose_level(read_only, 0.0, "unmeasured", duty=True) == "at_level"
    assert choose_level(read_only, 0.0, "unmeasured", duty=False) == "mastered"


@pytest.mark.parametrize(
    ("chance", "level"),
    [(0.86, "mastered"), (0.84, "at_level"), (0.69, "close"), (0.39, "starting")],
)
def test_a_held_level_falls_only_a_tenth_below_its_bound(chance: float, level: Level) -> None:
    assert choose_level(state_at(chance), 0.0, "mastered") == level
