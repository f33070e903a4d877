"""Item response curves."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from smm_academy.measurement.curves import (
    Curves,
    expected_scores,
    from_difficulties,
    information,
    log_derivatives,
    probabilities,
    sum_information,
)

logits = st.floats(-4, 4)
slopes = st.floats(0.2, 3)


def test_two_way_chance_is_the_logistic_of_slope_times_distance() -> None:
    curves = from_difficulties([1.5], [[0.4]])

    chance = probabilities(curves, np.array([1.0]))

    assert chance[0, 1, 0] == pytest.approx(1 / (1 + np.exp(-1.5 * 0.6)), abs=1e-12)


def test_a_floor_lifts_the_chance_of_the_least_able() -> None:
    curves = from_difficulties([2.0], [[0.0]], [0.25])

    chance = probabilities(curves, np.array([-20.0, 0.0, 20.0]))[0, 1]

    assert chance == pytest.approx([0.25, 0.625, 1.0], abs=1e-9)


def test_graded_chances_are_differences_of_the_step_curves() -> None:
    theta = np.linspace(-3, 3, 7)
    curves = from_difficulties([1.2], [[-1.0, 0.3, 1.1]])
    steps = 1 / (1 + np.exp(-1.2 * (theta - np.array([[-1.0], [0.3], [1.1]]))))
    bounds = np.vstack([np.ones_like(theta), steps, np.zeros_like(theta)])

    chance = probabilities(curves, theta)[0]

    assert chance == pytest.approx(bounds[:-1] - bounds[1:], abs=1e-12)


def test_items_with_fewer_steps_give_higher_scores_no_chance() -> None:
    curves = from_difficulties([1.0, 1.0], [[0.0], [-1.0, 1.0]])

    chance = probabilities(curves, np.array([0.5]))

    assert chance[0, 2, 0] == 0
    assert chance.sum(axis=1) == pytest.approx(1)


@given(slopes, st.lists(logits, min_size=1, max_size=5, unique=True), st.floats(-40, 40))
def test_chances_sum_to_one_at_any_ability(slope: float, steps: list[float], theta: float) -> None:
    thresholds = np.sort(steps) + 1e-3 * np.arange(len(steps))

    chance = probabilities(from_difficulties([slope], [thresholds.tolist()]), np.array([theta]))

    assert chance.sum() == pytest.approx(1, abs=1e-12)
    assert np.all(chance > 0)


def test_two_way_information_is_slope_squared_times_p_times_q() -> None:
    curves = from_difficulties([1.7], [[-0.2]])
    theta = np.linspace(-4, 4, 9)
    right = probabilities(curves, theta)[0, 1]

    assert information(curves, theta)[0] == pytest.approx(1.7**2 * right * (1 - right), abs=1e-12)


def test_three_parameter_information_is_birnbaums() -> None:
    curves = from_difficulties([1.4], [[0.3]], [0.2])
    theta = np.linspace(-3, 3, 13)
    right = probabilities(curves, theta)[0, 1]
    birnbaum = 1.4**2 * (1 - right) / right * ((right - 0.2) / 0.8) ** 2

    assert information(curves, theta)[0] == pytest.approx(birnbaum, abs=1e-12)


@given(slopes, logits, st.floats(0.1, 2), st.floats(-3, 3), st.sampled_from([0.0, 0.2]))
def test_derivatives_agree_with_differences(
    slope: float, place: float, gap: float, theta: float, floor: float
) -> None:
    steps = [place] if floor else [place, place + gap]
    curves = from_difficulties([slope], [steps], [floor])
    points = np.array([theta - 1e-4, theta, theta + 1e-4])
    heights = np.log(probabilities(curves, points))[0]

    first, second = log_derivatives(curves, points)

    assert first[0, :, 1] == pytest.approx((heights[:, 2] - heights[:, 0]) / 2e-4, abs=1e-5)
    curvature = (first[0, :, 2] - first[0, :, 0]) / 2e-4
    assert second[0, :, 1] == pytest.approx(curvature, abs=1e-4)


def test_information_of_a_test_is_the_sum_of_its_items() -> None:
    curves = from_difficulties([1.0, 2.0], [[0.0], [1.0]])
    theta = np.array([-1.0, 0.0, 1.0])

    assert sum_information(curves, theta) == pytest.approx(information(curves, theta).sum(axis=0))


def test_expected_score_rises_from_nothing_to_all_steps() -> None:
    curves = from_difficulties([1.0], [[-1.0, 1.0]])

    expected = expected_scores(curves, np.array([-30.0, 0.0, 30.0]))[0]

    assert expected == pytest.approx([0, 1, 2], abs=1e-9)


def test_thresholds_come_back_as_given() -> None:
    curves = from_difficulties([0.8, -1.2], [[-0.5, 0.9], [0.4]])

    assert curves.thresholds[0] == pytest.approx([-0.5, 0.9])
    assert curves.thresholds[1, 0] == pytest.approx(0.4)
    assert np.isnan(curves.thresholds[1, 1])
    assert curves.steps.tolist() == [2, 1]


def test_thresholds_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="rising order"):
        from_difficulties([1.0], [[0.5, 0.5]])


def test_tail_chances_keep_their_digits() -> None:
    curves = Curves(np.array([4.0]), np.array([[30.0, 20.0]]), np.zeros(1))

    chance = probabilities(curves, np.array([6.0]))[0, 0, 0]

    assert chance == pytest.approx(np.exp(-54.0), rel=1e-9)
