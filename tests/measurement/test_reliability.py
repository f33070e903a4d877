"""Reliability, decisions at a cut and standard setting."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from smm_academy.measurement.curves import expected_scores, from_difficulties, probabilities
from smm_academy.measurement.decisions import (
    band_at_cut,
    expect_cut_quality,
    observe_cut_quality,
)
from smm_academy.measurement.reliability import (
    coefficient_alpha,
    coefficient_omega,
    difference_error,
    marginal_reliability,
    measurement_error,
)
from smm_academy.measurement.standards import (
    chance_sheet,
    order_booklet,
    place_bookmarks,
    rate_items,
    score_to_theta,
)

# R's data set attitude: 30 departments, seven ratings. Alpha from psych, omega from factanal.
ATTITUDE = np.loadtxt(Path(__file__).with_name("attitude.csv"), delimiter=",", skiprows=1)


def test_alpha_agrees_with_psych() -> None:
    assert coefficient_alpha(ATTITUDE) == pytest.approx(0.84314277, abs=1e-7)


def test_omega_agrees_with_a_maximum_likelihood_factor() -> None:
    assert coefficient_omega(ATTITUDE) == pytest.approx(0.85632694, abs=1e-4)


def test_omega_recovers_the_reliability_that_items_were_drawn_with() -> None:
    random = np.random.default_rng(2)
    loading = np.array([0.8, 0.7, 0.6, 0.5, 0.4])
    noise = random.normal(size=(40_000, 5)) * np.sqrt(1 - loading**2)
    scores = random.normal(size=(40_000, 1)) * loading + noise
    truth = loading.sum() ** 2 / (loading.sum() ** 2 + (1 - loading**2).sum())

    assert coefficient_omega(scores) == pytest.approx(truth, abs=0.01)
    assert coefficient_alpha(scores) < truth


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([[1, 0, 1]], "two people"),
        ([[1, 0, 1], [1, 0, 1]], "Every total is the same"),
        ([[1, 0, np.nan], [0, 0, 1]], "complete rows"),
    ],
)
def test_a_table_that_tells_nothing_is_refused(scores: list[list[float]], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        coefficient_alpha(scores)


def test_omega_refuses_an_item_without_variance() -> None:
    with pytest.raises(ValueError, match="items that vary"):
        coefficient_omega([[1, 0, 1], [0, 1, 1], [1, 1, 1]])


def test_marginal_reliability_is_one_less_the_mean_squared_error() -> None:
    assert marginal_reliability([0.3, 0.5]) == pytest.approx(1 - 0.17)
    with pytest.raises(ValueError, match="at least one"):
        marginal_reliability([])


def test_errors_of_scores_and_of_differences() -> None:
    assert measurement_error(10, 0.91) == pytest.approx(3)
    assert difference_error(0.3, 0.4) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("se", "cut", "accuracy", "consistency", "borderline"),
    [
        (0.20, 0.0, 0.937, 0.912, 0.16),
        (0.30, 0.0, 0.907, 0.869, 0.23),
        (0.30, 0.5, 0.918, 0.885, 0.20),
        (0.40, 0.5, 0.892, 0.848, 0.26),
        (0.60, 0.0, 0.828, 0.763, 0.39),
    ],
)
def test_decisions_at_a_cut_are_as_good_as_simulation_showed(
    se: float, cut: float, accuracy: float, consistency: float, borderline: float
) -> None:
    found = expect_cut_quality(se, cut)

    assert found.accuracy == pytest.approx(accuracy, abs=0.002)
    assert found.consistency == pytest.approx(consistency, abs=0.002)
    assert found.borderline == pytest.approx(borderline, abs=0.006)


def test_observed_quality_averages_over_people() -> None:
    found = observe_cut_quality(np.array([0.0, 3.0]), np.array([0.3, 0.3]))

    assert found.accuracy == pytest.approx(0.75, abs=1e-6)
    assert found.borderline == pytest.approx(0.5)
    with pytest.raises(ValueError, match="at least one person"):
        observe_cut_quality(np.array([]), np.array([]))


@given(st.floats(-3, 3), st.floats(0.1, 1))
def test_bands_surround_the_cut(mean: float, se: float) -> None:
    band = band_at_cut(mean, se, 0.0)

    assert (band == "borderline") == (abs(mean) <= se)
    assert band in {"borderline", "above" if mean > 0 else "below"}


def test_a_booklet_is_ordered_by_where_two_in_three_succeed() -> None:
    curves = from_difficulties([1.0, 2.0, 1.0], [[0.5], [-0.5], [-2.0, 1.5]])

    booklet = order_booklet(["a", "b", "c"], curves)

    assert [(page.item, page.step) for page in booklet] == [("c", 1), ("b", 1), ("a", 1), ("c", 2)]
    at_page = probabilities(curves, np.array([booklet[1].location]))[1, 1, 0]
    assert at_page == pytest.approx(0.67)


def test_a_floor_counts_in_a_booklets_location() -> None:
    curves = from_difficulties([1.2], [[0.3]], [0.2])
    (page,) = order_booklet(["a"], curves)

    assert probabilities(curves, np.array([page.location]))[0, 1, 0] == pytest.approx(0.67)


def test_bookmarks_average_to_a_cut_with_its_error() -> None:
    curves = from_difficulties([1.0] * 4, [[-1.0], [0.0], [1.0], [2.0]])
    booklet = order_booklet(list("abcd"), curves)

    cut = place_bookmarks(booklet, [2, 3, 3, 4])

    pages = [booklet[mark - 2].location for mark in (2, 3, 3, 4)]
    assert cut.theta == pytest.approx(np.mean(pages))
    assert cut.se == pytest.approx(np.std(pages, ddof=1) / 2)
    assert not cut.enough
    assert place_bookmarks(booklet, [3] * 8).enough


def test_bookmarks_outside_the_booklet_are_refused() -> None:
    booklet = order_booklet(["a"], from_difficulties([1.0], [[0.0]]))

    with pytest.raises(ValueError, match="Judge 2's mark 3"):
        place_bookmarks(booklet, [1, 3])
    with pytest.raises(ValueError, match="at least one judge"):
        place_bookmarks(booklet, [])
    with pytest.raises(ValueError, match="cannot be placed"):
        order_booklet(["a"], from_difficulties([1.0], [[0.0]], [0.7]))


def test_angoff_ratings_map_through_the_characteristic_curve() -> None:
    curves = from_difficulties([1.0, 1.5], [[0.0], [-1.0, 1.0]])
    truth = 0.4
    expected = expected_scores(curves, np.array([truth]))[:, 0]

    cut = rate_items(np.vstack([expected, expected]), curves)

    assert cut.theta == pytest.approx(truth, abs=1e-8)
    assert cut.raw == pytest.approx(expected.sum())
    assert cut.se == pytest.approx(0, abs=1e-9)


def test_scores_off_the_curve_are_put_at_its_end_or_refused() -> None:
    curves = from_difficulties([1.0], [[0.0]], [0.2])

    assert score_to_theta(0.1, curves) == -8
    assert score_to_theta(1.0, curves) == 8
    with pytest.raises(ValueError, match="from 0 to 1"):
        score_to_theta(1.5, curves)
    with pytest.raises(ValueError, match="outside 0"):
        rate_items([[1.2]], curves)
    with pytest.raises(ValueError, match="all 1 items"):
        rate_items([[0.2, 0.3]], curves)


def test_the_sheet_for_the_second_round_shows_chances_at_the_cut() -> None:
    sheet = chance_sheet(from_difficulties([1.0], [[0.0]]), 0.0)

    assert sheet.tolist() == [[0.5, 0.5]]
