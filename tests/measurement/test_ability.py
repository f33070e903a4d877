"""Ability by EAP and MAP, against brute force and against published estimates."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

from benchmarks.simulated_answers import draw_answers, draw_graded, draw_two_way
from smm_academy.measurement.ability import estimate_eap, estimate_map
from smm_academy.measurement.curves import Curves, IntArray, from_difficulties
from smm_academy.measurement.expectation_maximisation import fit_items
from tests.measurement.published import LSAT, expand_section


def chance(curves: Curves, codes: IntArray, theta: float) -> float:
    """The likelihood of one person's answers, written out anew from the definition."""
    product = 1.0
    for item, code in enumerate(codes):
        if code < 0:
            continue
        steps = curves.intercepts[item][np.isfinite(curves.intercepts[item])]
        reached = [1.0, *(1 / (1 + np.exp(-curves.slopes[item] * theta - steps))), 0.0]
        plain = reached[code] - reached[code + 1]
        floor = curves.floors[item]
        product *= floor * (code == 1) + (1 - floor) * plain
    return product


def integrate_posterior(curves: Curves, codes: IntArray) -> tuple[float, float]:
    def moment(power: int) -> float:
        def weigh(theta: float) -> float:
            return theta**power * chance(curves, codes, theta) * np.exp(-(theta**2) / 2)

        return quad(weigh, -6, 6, epsabs=1e-15, limit=200)[0]

    mean = moment(1) / moment(0)
    return mean, np.sqrt(moment(2) / moment(0) - mean**2)


@pytest.mark.parametrize("kind", ["two_way", "guessing", "graded"])
def test_eap_agrees_with_numerical_integration(kind: str) -> None:
    random = np.random.default_rng(11)
    curves = draw_graded(random, 12, 3) if kind == "graded" else draw_two_way(random, 12)
    if kind == "guessing":
        curves = Curves(curves.slopes, curves.intercepts, np.full(12, 0.2))
    codes = draw_answers(random, curves, random.normal(size=6))
    codes[0, :5] = -1

    found = estimate_eap(curves, codes)

    for person, row in enumerate(codes):
        mean, se = integrate_posterior(curves, row)
        assert found.mean[person] == pytest.approx(mean, abs=1e-5)
        assert found.se[person] == pytest.approx(se, abs=1e-5)


@pytest.mark.parametrize("kind", ["two_way", "guessing", "graded"])
def test_map_agrees_with_a_general_optimiser(kind: str) -> None:
    random = np.random.default_rng(12)
    curves = draw_graded(random, 12, 3) if kind == "graded" else draw_two_way(random, 12)
    if kind == "guessing":
        curves = Curves(curves.slopes, curves.intercepts, np.full(12, 0.2))
    codes = draw_answers(random, curves, random.normal(size=6))

    found = estimate_map(curves, codes)

    for person, row in enumerate(codes):

        def depth(theta: float, row: IntArray = row) -> float:
            return theta**2 / 2 - np.log(chance(curves, row, theta))

        best = minimize_scalar(depth, bounds=(-5, 5), options={"xatol": 1e-10}, method="bounded").x
        bend = (depth(best + 1e-3) - 2 * depth(best) + depth(best - 1e-3)) / 1e-6
        assert found.mean[person] == pytest.approx(best, abs=1e-5)
        assert found.se[person] == pytest.approx(bend**-0.5, abs=1e-4)


def test_abilities_agree_with_those_published_for_mirt() -> None:
    answers = expand_section("section_7")
    fit = fit_items(answers, "2pl")
    patterns = np.array([[int(mark) for mark in format(place, "05b")] for place in range(6)])

    eap, mode = estimate_eap(fit.curves, patterns), estimate_map(fit.curves, patterns)

    assert eap.mean == pytest.approx(LSAT["section_7"]["2pl"]["eap"], abs=1e-3)
    assert mode.mean == pytest.approx(LSAT["section_7"]["2pl"]["map"], abs=1e-3)


@pytest.mark.parametrize(("pattern", "name"), [(0, "all_wrong"), (1, "all_right")])
def test_the_ends_of_section_7_agree_with_mirt_to_four_digits(pattern: int, name: str) -> None:
    fit = fit_items(expand_section("section_7"), "2pl")

    eap = estimate_eap(fit.curves, np.full((1, 5), pattern))

    assert [eap.mean[0], eap.se[0]] == pytest.approx(LSAT["section_7"]["2pl"][name], abs=1e-4)


def test_who_answered_nothing_gets_the_prior() -> None:
    curves = from_difficulties([1.0, 1.0], [[0.0], [1.0]])
    nothing = np.full((1, 2), -1)

    eap, mode = estimate_eap(curves, nothing), estimate_map(curves, nothing)

    assert (eap.mean[0], eap.se[0]) == pytest.approx((0, 1), abs=1e-6)
    assert (mode.mean[0], mode.se[0]) == pytest.approx((0, 1), abs=1e-9)


def test_nobody_gives_an_empty_estimate() -> None:
    curves = from_difficulties([1.0], [[0.0]])
    nobody = np.empty((0, 1), dtype=np.int64)

    assert len(estimate_map(curves, nobody).mean) == 0
    assert len(estimate_eap(curves, nobody).mean) == 0


def test_all_right_and_all_wrong_stay_finite_and_mirror_each_other() -> None:
    curves = from_difficulties([1.0] * 30, [[0.0]] * 30)
    codes = np.vstack([np.ones(30), np.zeros(30)]).astype(np.int64)

    eap, mode = estimate_eap(curves, codes), estimate_map(curves, codes)

    assert eap.mean[0] == pytest.approx(-eap.mean[1])
    assert mode.mean[0] == pytest.approx(-mode.mean[1])
    assert 2 < mode.mean[0] < 4


def test_an_answer_of_half_weight_moves_less_than_a_whole_one() -> None:
    curves = from_difficulties([1.0], [[0.0]])
    codes = np.array([[1], [1], [1]])

    found = estimate_eap(curves, codes, np.array([[1.0], [0.5], [0.0]]))

    assert found.mean[0] > found.mean[1] > found.mean[2]
    assert found.mean[2] == pytest.approx(0, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_items_does_not_matter(seed: int) -> None:
    random = np.random.default_rng(seed)
    curves = draw_two_way(random, 8)
    codes = draw_answers(random, curves, random.normal(size=3))
    order = random.permutation(8)
    shuffled = Curves(curves.slopes[order], curves.intercepts[order], curves.floors[order])

    assert estimate_eap(shuffled, codes[:, order]).mean == pytest.approx(
        estimate_eap(curves, codes).mean, abs=1e-12
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_one_more_right_answer_never_lowers_the_estimate(seed: int) -> None:
    random = np.random.default_rng(seed)
    curves = draw_two_way(random, 8)
    codes = draw_answers(random, curves, random.normal(size=1))
    codes[0, 0] = 0
    better = codes.copy()
    better[0, 0] = 1

    assert estimate_eap(curves, better).mean[0] > estimate_eap(curves, codes).mean[0]
    assert estimate_map(curves, better).mean[0] > estimate_map(curves, codes).mean[0]
