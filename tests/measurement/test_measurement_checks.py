"""The six checks of the measurement, by simulation; benchmarks/measurement.py has them in full."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.measurement import (
    measure_check,
    measure_coverage,
    measure_map,
    measure_mastery,
    measure_null_dif,
    measure_null_impact,
    measure_recovery,
    shipped_bank,
)
from benchmarks.simulated_answers import draw_bank
from smm_academy.measurement.selection import EMPLOYER_CHECK, LEARNER_CHECK

FIT_TIME = "from benchmarks.measurement import measure_fit_time; print(measure_fit_time(1000, 3))"


@pytest.mark.parametrize(("people", "slope", "place"), [(500, 0.20, 0.24), (1000, 0.14, 0.17)])
def test_calibration_recovers_the_parameters(people: int, slope: float, place: float) -> None:
    found = measure_recovery(people, replications=6)

    assert found[0] <= slope
    assert found[1] <= place


def test_calibration_of_1000_by_40_takes_well_under_a_second() -> None:
    # In a process of its own: the matrix library's waiting threads count as processor time.
    found = subprocess.run(
        [sys.executable, "-c", FIT_TIME],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert float(found.stdout) < 0.5


def test_an_adaptive_check_is_short_right_and_balanced() -> None:
    bank = draw_bank(np.random.default_rng(2), 300, 5)

    found = measure_check(bank, replace(EMPLOYER_CHECK, longest=100), people=250, seed=2)

    assert 18 <= found.mean_items <= 24
    assert found.error <= 0.32
    assert 0.92 <= found.coverage <= 0.98
    assert found.highest_exposure <= 0.60
    assert found.widest_share_gap <= 0.05


def test_the_learners_check_on_the_shipped_bank_takes_about_22_items() -> None:
    found = measure_check(shipped_bank(), LEARNER_CHECK, people=120, seed=3)

    assert 20 <= found.mean_items <= 25
    assert found.error <= 0.44
    assert found.highest_exposure <= 0.60


def test_fair_items_are_hardly_ever_class_c() -> None:
    assert measure_null_dif(people=200, replications=15) <= 0.02


@pytest.mark.parametrize("people", [10, 50, 99])
def test_fair_pools_below_100_a_group_raise_no_alarm(people: int) -> None:
    assert measure_null_impact(people, pools=100) == 0


def test_the_intervals_of_a_skill_cover_the_truth() -> None:
    for share in measure_coverage(learners=600).values():
        assert 0.92 <= share <= 0.97


@pytest.mark.parametrize(("distance", "low", "high"), [(-0.3, 0.0, 0.05), (0.5, 0.80, 1.0)])
def test_mastery_is_for_those_above_the_cut(distance: float, low: float, high: float) -> None:
    assert low <= measure_mastery(distance, learners=400) <= high


def test_the_map_covers_the_truth_whatever_the_skills_share() -> None:
    for shared in (0.3, 1.0):
        found = measure_map(rows=130, people=60, shared=shared)
        assert min(found.values()) >= 0.88
