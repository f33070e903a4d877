"""Figures of one item, against tables worked by hand and answers simulated with a known truth."""

from __future__ import annotations

import math

import numpy as np
import pytest

from smm_academy.measurement.item_statistics import (
    compare_groups,
    item_rest_correlation,
    rest_abilities,
    share_interval,
    shares_by_third,
    split_thirds,
)


def test_the_interval_of_a_share_is_wilsons() -> None:
    # Newcombe 1998, table I: 81 of 263, and 0 of 20.
    assert share_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert share_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)


@pytest.mark.parametrize(("count", "people"), [(1, 0), (3, 2), (-1, 2)])
def test_a_share_of_nobody_has_no_interval(count: int, people: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share_interval(count, people)


def test_the_correlation_of_a_small_table_is_as_worked_by_hand() -> None:
    # Means 2/3 and 2: sum of products 2, squares 4/3 and 10.
    right, rest = [1, 1, 1, 1, 0, 0], [2, 4, 3, 1, 2, 0]

    assert item_rest_correlation(right, rest) == pytest.approx(2 / math.sqrt(4 / 3 * 10))


def test_who_answered_nothing_else_is_left_out_of_the_correlation() -> None:
    assert item_rest_correlation([1, 0, 1], [1.0, -1.0, math.nan]) == pytest.approx(1)
    assert item_rest_correlation([1, 1], [0.0, 1.0]) is None
    assert item_rest_correlation([1, 0], [math.nan, math.nan]) is None


def test_an_answer_does_not_count_towards_the_ability_that_judges_it() -> None:
    rest, whole = rest_abilities([0, 0, 1], [True, False, True], [1, 1, 1], [0.0, 0.0, 0.0])

    assert rest[0] < 0 < rest[1]
    assert rest[0] == pytest.approx(-rest[1])
    assert whole[:2] == pytest.approx([0, 0], abs=1e-9)
    assert math.isnan(rest[2])
    assert whole[2] > 0


def test_hard_items_answered_rightly_show_more_than_easy_ones() -> None:
    # As in an adaptive check: both have one of two right, of other difficulty.
    _, whole = rest_abilities([0, 0, 1, 1], [1, 0, 1, 0], [1] * 4, [1.5, 1.5, -1.5, -1.5])

    assert whole[0] > 0 > whole[2]


def test_thirds_keep_equals_together() -> None:
    assert split_thirds([3.0, 1.0, 2.0, math.nan]).tolist() == [2, 0, 1, -1]
    assert split_thirds([1.0, 1.0, 1.0]).tolist() == [1, 1, 1]
    assert split_thirds([]).tolist() == []


def test_shares_are_of_each_third() -> None:
    thirds = np.array([0, 0, 1, 2, 2, 2, -1])

    assert shares_by_third([1, 0, 1, 1, 1, 0, 1], thirds) == (0.5, 1.0, pytest.approx(2 / 3))
    assert shares_by_third([True], np.array([1])) == (None, 1.0, None)


def simulate(people: int, shift: float, seed: int) -> tuple[list[bool], list[bool], list[float]]:
    """Answers of two groups of unlike ability to an item that is harder for the second."""
    chance = np.random.default_rng(seed)
    focal = np.arange(people) % 2 == 1
    theta = chance.normal(size=people) - 0.5 * focal
    ability = theta + chance.normal(scale=0.3, size=people)
    right = chance.random(people) < 1 / (1 + np.exp(shift * focal - theta))
    return right.tolist(), focal.tolist(), ability.tolist()


def test_a_planted_difference_between_languages_is_found_and_ability_alone_is_not() -> None:
    fair = [compare_groups(*simulate(1000, 0.0, seed)) for seed in range(40)]
    unfair = [compare_groups(*simulate(1000, 1.2, seed)) for seed in range(40)]

    assert sum(one is not None and one.ets_class == "C" for one in fair) <= 1
    assert sum(one is not None and one.ets_class != "A" for one in unfair) >= 36
    assert all(one is not None and one.delta < 0 for one in unfair)


def test_one_language_alone_is_compared_with_nothing() -> None:
    assert compare_groups([True, False], [True, True], [0.0, 1.0]) is None
    assert compare_groups([], [], []) is None
