"""Differential item functioning and adverse impact."""

import numpy as np
import pytest

from smm_academy.measurement.dif import (
    classify_delta,
    compare_graded,
    count_tables,
    mantel_haenszel,
)
from smm_academy.measurement.impact import compare_selection

# R's data set UCBAdmissions: six departments, rows men and women, columns admitted and rejected.
BERKELEY = np.array(
    [
        [[512, 313], [89, 19]],
        [[353, 207], [17, 8]],
        [[120, 205], [202, 391]],
        [[138, 279], [131, 244]],
        [[53, 138], [94, 299]],
        [[22, 351], [24, 317]],
    ],
    dtype=float,
)
SMALL = np.array(
    [[[20, 15], [10, 18]], [[30, 22], [12, 25]], [[5, 3], [1, 6]], [[0, 1], [2, 4]]], dtype=float
)


@pytest.mark.parametrize(
    ("tables", "chi_square", "p_value", "ratio", "interval"),
    [
        (
            BERKELEY,
            1.426946228587,
            0.232263462817,
            0.904696828259,
            (0.771907361759, 1.060329764437),
        ),
        (SMALL, 9.114073456405, 0.002536503997, 2.767249445046, (1.472904101934, 5.199027880396)),
    ],
)
def test_the_test_agrees_with_r(
    tables: np.ndarray,
    chi_square: float,
    p_value: float,
    ratio: float,
    interval: tuple[float, float],
) -> None:
    found = mantel_haenszel(tables)

    assert found is not None
    assert found.chi_square == pytest.approx(chi_square, rel=1e-8)
    assert found.p_value == pytest.approx(p_value, rel=1e-8)
    assert found.odds_ratio == pytest.approx(ratio, rel=1e-8)
    assert found.interval == pytest.approx(interval, rel=1e-8)
    assert found.delta == pytest.approx(-2.35 * np.log(ratio))


@pytest.mark.parametrize(
    ("delta", "se", "p_value", "expected"),
    [
        (0.9, 0.1, 1e-9, "A"),
        (1.4, 0.1, 1e-9, "B"),
        (-1.4, 0.1, 1e-9, "B"),
        (1.6, 0.1, 1e-9, "C"),
        (-1.6, 0.1, 1e-9, "C"),
        (1.6, 0.4, 1e-3, "B"),
        (2.5, 1.4, 0.07, "A"),
    ],
)
def test_classes_follow_the_ets_rules(
    delta: float, se: float, p_value: float, expected: str
) -> None:
    assert classify_delta(delta, se, p_value) == expected


def test_tables_count_each_group_in_each_stratum() -> None:
    tables = count_tables([1, 0, 1, np.nan, 0], [False, False, True, True, True], [3, 3, 3, 3, 5])

    assert tables.tolist() == [[[1, 1], [1, 0]], [[0, 0], [0, 1]]]


def test_an_item_without_variance_or_without_a_second_group_says_nothing() -> None:
    everybody_right = count_tables([1, 1, 1, 1], [False, True, False, True], [1, 1, 1, 1])
    one_group = count_tables([1, 0, 1, 0], [False] * 4, [1, 1, 1, 1])

    assert mantel_haenszel(everybody_right) is None
    assert mantel_haenszel(one_group) is None


def test_swapping_the_groups_turns_the_sign() -> None:
    plain, swapped = mantel_haenszel(BERKELEY), mantel_haenszel(BERKELEY[:, ::-1])

    assert plain is not None
    assert swapped is not None
    assert swapped.delta == pytest.approx(-plain.delta)
    assert swapped.chi_square == pytest.approx(plain.chi_square)


def test_small_groups_are_marked() -> None:
    small, large = mantel_haenszel(SMALL), mantel_haenszel(BERKELEY)

    assert small is not None
    assert large is not None
    assert (small.enough, large.enough) == (False, True)


def test_a_graded_item_that_costs_one_group_half_a_point_is_class_c() -> None:
    random = np.random.default_rng(3)
    stratum = random.integers(0, 5, 2000)
    focal = random.random(2000) < 0.5
    scores = np.clip(np.round(stratum + random.normal(size=2000) - 0.5 * focal), 0, 4)

    biased = compare_graded(scores, focal, stratum)
    fair = compare_graded(scores, random.random(2000) < 0.5, stratum)

    assert biased is not None
    assert biased.difference < -0.3
    assert biased.ets_class == "C"
    assert fair is not None
    assert fair.ets_class == "A"


def test_a_graded_difference_is_the_focal_weighted_mean_of_the_gaps() -> None:
    found = compare_graded(
        [2, 0, 1, 3, 1, np.nan], [False, True, True, False, True, True], [1, 1, 1, 2, 2, 2]
    )

    assert found is not None
    assert found.difference == pytest.approx((2 * (0.5 - 2) + (1 - 3)) / 3)


def test_a_graded_item_alike_for_all_says_nothing() -> None:
    assert compare_graded([1, 1], [True, False], [1, 1]) is None
    assert compare_graded([], [], []) is None


def test_impact_below_100_a_group_gives_no_verdict() -> None:
    assert compare_selection((2, 40), (99, 100)).verdict == "insufficient"


def test_impact_stands_beside_its_exact_test_and_interval() -> None:
    found = compare_selection((30, 20), (100, 100))

    assert found.ratio == pytest.approx(2 / 3)
    assert found.p_value == pytest.approx(0.14120675, rel=1e-6)
    assert found.interval is not None
    assert found.interval[0] < 2 / 3 < found.interval[1]
    assert found.verdict == "review"


def test_equal_rates_are_not_reviewed_and_none_selected_has_no_ratio() -> None:
    assert compare_selection((50, 60), (200, 240)).verdict == "none_seen"
    assert compare_selection((0, 0), (200, 240)).ratio is None
    assert compare_selection((0, 50), (200, 240)).verdict == "review"


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="impossible"):
        compare_selection((5, 1), (4, 10))
