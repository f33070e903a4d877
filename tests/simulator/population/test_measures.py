"""The measures give what is known of known cases, so that a fact can fail."""

import math

import numpy as np
import pytest

from simulator.population.facts import statistics


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def test_gini_is_zero_for_equal_amounts_and_near_one_for_a_single_owner() -> None:
    assert statistics.gini(np.full(100, 7)) == pytest.approx(0.0)
    assert statistics.gini(np.array([0] * 999 + [5])) == pytest.approx(0.999)


@pytest.mark.parametrize("exponent", [2.1, 2.4, 2.9])
def test_the_exponent_of_a_power_law_is_found_again(
    rng: np.random.Generator, exponent: float
) -> None:
    sizes = np.floor(5 * (1 - rng.random(40_000)) ** (-1 / (exponent - 1))).astype(np.int64)
    assert statistics.tail_exponent(sizes)[0] == pytest.approx(exponent, abs=0.12)


def test_a_thin_tail_is_no_power_law_of_the_expected_kind(rng: np.random.Generator) -> None:
    assert statistics.tail_exponent(rng.poisson(20, 20_000))[0] > 3.5


def test_a_poisson_process_is_not_bursty_and_would_fail_the_fact(
    rng: np.random.Generator,
) -> None:
    values = [statistics.burstiness(rng.exponential(1.0, 30)) for _ in range(400)]
    assert abs(float(np.median(values))) < 0.05


def test_a_clock_is_as_regular_as_can_be() -> None:
    assert statistics.burstiness(np.full(50, 3.0)) == pytest.approx(-1.0, abs=0.01)


def test_heavy_gaps_are_bursty(rng: np.random.Generator) -> None:
    assert statistics.burstiness(rng.pareto(1.2, 400) + 0.01) > 0.3


def test_memory_tells_alternating_from_clustered_gaps() -> None:
    assert statistics.memory(np.array([1.0, 9.0] * 20)) < -0.9
    assert statistics.memory(np.array([1.0] * 20 + [9.0] * 20)) > 0.8


@pytest.mark.parametrize("exponent", [0.7, 1.0, 1.6])
def test_the_exponent_of_a_cut_power_law_is_found_again(
    rng: np.random.Generator, exponent: float
) -> None:
    low, high, word = 60.0, 86_400.0, rng.random(60_000)
    if exponent == 1.0:
        gaps = low * (high / low) ** word
    else:
        slope = 1 - exponent
        gaps = (low**slope + word * (high**slope - low**slope)) ** (1 / slope)
    assert statistics.interval_exponent(gaps, low, high) == pytest.approx(exponent, abs=0.02)


def test_rank_correlation_ignores_scale_and_shares_ties() -> None:
    left = np.array([1.0, 2.0, 3.0, 4.0])
    assert statistics.rank_correlation(left, np.exp(left)) == pytest.approx(1.0)
    assert statistics.rank_correlation(left, -left) == pytest.approx(-1.0)
    assert math.isnan(statistics.rank_correlation(left[:2], left[:2]))


def test_two_harmonics_explain_a_daily_wave_but_no_noise(rng: np.random.Generator) -> None:
    angle = 2 * np.pi * np.arange(24) / 24
    assert statistics.harmonic_fit(3 + np.cos(angle) + np.sin(2 * angle)) == pytest.approx(1.0)
    assert statistics.harmonic_fit(rng.random(24)) < 0.7
