"""Calibration against published estimates and against brute-force optimisation."""

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from scipy.optimize import minimize

from benchmarks.simulated_answers import draw_answers, draw_graded, draw_two_way
from smm_academy.measurement.curves import FloatArray, IntArray
from smm_academy.measurement.expectation_maximisation import fit_items
from smm_academy.measurement.marginal_likelihood import Model, Priors
from smm_academy.measurement.observed_information import standard_errors
from tests.measurement.published import LSAT, expand_section

GRID = np.arange(-60, 61, 2) / 10
WEIGHT = np.exp(-(GRID**2) / 2)
WEIGHT /= WEIGHT.sum()


def marginal_depth(flat: FloatArray, codes: IntArray, steps: int, priors: Priors | None) -> float:
    """Minus the marginal log posterior, written out anew: rows of slope and intercepts."""
    rows = flat.reshape(codes.shape[1], 1 + steps)
    joint = np.zeros((len(codes), len(GRID)))
    for item, row in enumerate(rows):
        bounds = [np.ones_like(GRID), *(1 / (1 + np.exp(-row[0] * GRID - d)) for d in row[1:])]
        table = np.array(bounds) - np.array([*bounds[1:], np.zeros_like(GRID)])
        joint += np.where(
            codes[:, item, None] < 0, 0, np.log(np.maximum(table, 1e-300))[codes[:, item]]
        )
    height = np.log(np.exp(joint) @ WEIGHT).sum()
    if priors is not None:
        slope, rest = rows[:, 0], rows[:, 1:]
        height += np.sum(-np.log(slope) - np.log(slope) ** 2 / (2 * priors.slope**2))
        height -= np.sum(rest**2) / (2 * priors.intercept**2)
    return float(-height)


def second_differences(at: FloatArray, codes: IntArray, steps: int) -> FloatArray:
    """The Hessian of the depth by four-point differences."""
    step, size = 1e-3, len(at)
    found = np.zeros((size, size))
    for one in range(size):
        for other in range(one, size):
            corners = []
            for first, second in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
                moved = at.copy()
                moved[one] += first * step
                moved[other] += second * step
                corners.append(marginal_depth(moved, codes, steps, None))
            value = (corners[0] - corners[1] - corners[2] + corners[3]) / (4 * step**2)
            found[one, other] = found[other, one] = value
    return found


@pytest.mark.parametrize("model", ["1pl", "2pl"])
def test_section_6_agrees_with_ltm(model: Model) -> None:
    published = LSAT["section_6"][model]

    fit = fit_items(expand_section("section_6"), model)
    errors = standard_errors(fit)

    assert fit.log_likelihood == pytest.approx(published["log_likelihood"], abs=1e-3)
    assert fit.curves.slopes == pytest.approx(published["a"], abs=1e-3)
    assert fit.curves.thresholds[:, 0] == pytest.approx(published["b"], rel=1e-3)
    assert errors.slopes == pytest.approx(published["se_a"], abs=1e-3)
    assert errors.thresholds[:, 0] == pytest.approx(published["se_b"], abs=2e-3)


def test_section_7_agrees_with_mirt_in_the_two_parameter_model() -> None:
    published = LSAT["section_7"]["2pl"]

    fit = fit_items(expand_section("section_7"), "2pl")

    assert fit.log_likelihood == pytest.approx(published["log_likelihood"], abs=1e-3)
    assert fit.curves.slopes == pytest.approx(published["a"], abs=1e-3)
    assert fit.curves.intercepts[:, 0] == pytest.approx(published["d"], abs=1e-3)


def test_section_7_agrees_with_mirt_in_the_one_parameter_model() -> None:
    published = LSAT["section_7"]["1pl"]

    fit = fit_items(expand_section("section_7"), "1pl")

    assert fit.curves.intercepts[:, 0] == pytest.approx(published["d"], abs=1e-3)
    assert standard_errors(fit).intercepts[0, 0] == pytest.approx(
        published["first_se_d"], abs=1e-4
    )


def test_section_7_agrees_with_mirt_in_the_three_parameter_model() -> None:
    # The published fit stopped at mirt's default tolerance of 1e-4, short of the maximum.
    published = LSAT["section_7"]["3pl"]

    fit = fit_items(expand_section("section_7"), "3pl")
    errors = standard_errors(fit)

    assert fit.converged
    assert fit.curves.thresholds[:, 0] == pytest.approx(published["b"], abs=1e-2)
    assert fit.curves.floors[1] == pytest.approx(published["second_c"], abs=5e-3)
    assert errors.floors[1] == pytest.approx(published["second_se_c"], abs=5e-3)


def test_a_floor_that_vanishes_has_no_standard_error() -> None:
    fit = fit_items(expand_section("section_7"), "3pl")

    assert fit.curves.floors[0] < 1e-3
    assert np.isnan(standard_errors(fit).floors[0])


@pytest.mark.parametrize("priors", [None, Priors()])
@pytest.mark.parametrize("steps", [1, 2])
def test_a_general_optimiser_finds_the_same_maximum(steps: int, priors: Priors | None) -> None:
    random = np.random.default_rng(20 + steps)
    curves = draw_two_way(random, 5) if steps == 1 else draw_graded(random, 5, steps)
    codes = draw_answers(random, curves, random.normal(size=400))
    codes[random.random(codes.shape) < 0.1] = -1
    start = np.concatenate([curves.slopes[:, None], curves.intercepts], axis=1).ravel()

    best = minimize(
        marginal_depth, start, (codes, steps, priors), method="BFGS", options={"gtol": 1e-6}
    )
    fit = fit_items(codes, "2pl" if steps == 1 else "grm", priors)

    rows = best.x.reshape(codes.shape[1], 1 + steps)
    assert fit.curves.slopes == pytest.approx(rows[:, 0], abs=1e-3)
    assert fit.curves.intercepts == pytest.approx(rows[:, 1:], abs=1e-3)
    assert fit.log_likelihood == pytest.approx(
        -marginal_depth(best.x, codes, steps, None), abs=1e-3
    )


@pytest.mark.parametrize("steps", [1, 2])
def test_standard_errors_agree_with_the_inverse_hessian(steps: int) -> None:
    random = np.random.default_rng(30 + steps)
    curves = draw_two_way(random, 5) if steps == 1 else draw_graded(random, 5, steps)
    codes = draw_answers(random, curves, random.normal(size=600))
    codes[random.random(codes.shape) < 0.1] = -1

    fit = fit_items(codes, "2pl" if steps == 1 else "grm")
    errors = standard_errors(fit)

    rows = np.concatenate([fit.curves.slopes[:, None], fit.curves.intercepts], axis=1)
    covariance = np.linalg.inv(second_differences(rows.ravel(), codes, steps))
    spread = np.sqrt(np.diag(covariance)).reshape(rows.shape)
    assert errors.slopes == pytest.approx(spread[:, 0], rel=1e-3)
    assert errors.intercepts == pytest.approx(spread[:, 1:], rel=1e-3)
    by_slope, by_step = rows[0, 1] / rows[0, 0] ** 2, -1 / rows[0, 0]
    block = covariance[:2, :2]
    delta = np.array([by_slope, by_step])
    assert errors.thresholds[0, 0] == pytest.approx(np.sqrt(delta @ block @ delta), rel=1e-3)


def test_the_log_prior_is_told_apart_from_the_log_likelihood() -> None:
    codes = expand_section("section_6")

    plain, shrunk = fit_items(codes, "2pl"), fit_items(codes, "2pl", Priors())

    assert shrunk.log_likelihood < plain.log_likelihood
    assert plain.log_prior == 0
    assert shrunk.log_prior < 0


def test_order_of_people_and_items_does_not_matter() -> None:
    random = np.random.default_rng(7)
    codes = draw_answers(random, draw_two_way(random, 6), random.normal(size=300))
    order = random.permutation(6)

    plain = fit_items(codes, "2pl")
    mixed = fit_items(codes[random.permutation(300)][:, order], "2pl")

    assert mixed.curves.slopes == pytest.approx(plain.curves.slopes[order], abs=1e-4)
    assert mixed.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-6)


def test_a_large_sample_started_from_a_part_reaches_the_same_place() -> None:
    random = np.random.default_rng(8)
    curves = draw_two_way(random, 16)
    codes = draw_answers(random, curves, random.normal(size=14_000))

    fit = fit_items(codes, "2pl")

    assert fit.converged
    assert np.abs(fit.curves.slopes - curves.slopes).max() < 0.15
    assert np.abs(fit.curves.intercepts - curves.intercepts).max() < 0.15


def test_a_nearly_flat_floor_does_not_keep_the_fit_from_settling() -> None:
    random = np.random.default_rng(4)
    curves = draw_two_way(random, 40)
    codes = draw_answers(random, curves, random.normal(size=300))

    fit = fit_items(codes, "3pl", Priors())

    assert fit.converged
    assert fit.rounds < 300


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_no_other_parameters_are_likelier_than_the_fitted_ones(seed: int) -> None:
    random = np.random.default_rng(seed)
    curves = draw_graded(random, 5, 2)
    codes = draw_answers(random, curves, random.normal(size=200))
    assume(all(len(np.unique(column)) == 3 for column in codes.T))

    fit = fit_items(codes, "grm", Priors())

    rows = np.concatenate([fit.curves.slopes[:, None], fit.curves.intercepts], axis=1)
    best = marginal_depth(rows.ravel(), codes, 2, Priors())
    for _ in range(5):
        nearby = rows + random.normal(0, 0.02, rows.shape)
        assert marginal_depth(nearby.ravel(), codes, 2, Priors()) >= best - 1e-6
