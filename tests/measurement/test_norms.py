"""Norms: percentiles from a hundred people on, with an interval that holds what it promises."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.stats import norm

from smm_academy.measurement.norms import (
    EXACT_FROM,
    FEWEST,
    GRID,
    Measured,
    NormGroup,
    Percentile,
    gather_group,
    rank_ability,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
abilities = st.floats(-3.5, 3.5)
errors = st.floats(0.05, 1.0)
groups = st.lists(abilities, min_size=FEWEST, max_size=130)


def group_of(scores: list[float], se: float = 0.0) -> NormGroup:
    return gather_group([Measured(score, se, FIRST) for score in scores])


def even_group(people: int) -> NormGroup:
    return group_of(np.linspace(-2, 2, people).tolist())


def ranked(ability: float, se: float, group: NormGroup) -> Percentile:
    found = rank_ability(ability, se, group)
    assert found is not None
    return found


def test_below_a_hundred_people_there_is_no_percentile_and_no_share_is_kept() -> None:
    group = even_group(FEWEST - 1)

    assert (group.people, group.shares) == (99, ())
    assert rank_ability(0.0, 0.3, group) is None


def test_a_group_of_nobody_has_no_days() -> None:
    assert gather_group([]) == NormGroup(0, None, None, ())


def test_a_group_states_how_many_it_is_and_when_they_answered() -> None:
    members = [Measured(0.0, 0.4, FIRST + timedelta(days=one)) for one in range(120)]

    group = gather_group(members)

    assert (group.people, group.first, group.last) == (120, FIRST, FIRST + timedelta(days=119))


@pytest.mark.parametrize(("people", "half_width"), [(100, 9.8), (200, 6.9), (400, 4.9)])
def test_without_an_error_of_ones_own_the_interval_is_the_binomial_one(
    people: int, half_width: float
) -> None:
    found = ranked(0.0, 0.0, even_group(people))

    assert found.rank == pytest.approx(50, abs=0.6)
    assert (found.high - found.low) / 2 == pytest.approx(half_width, abs=0.6)
    assert found.precision == ("exact" if people >= EXACT_FROM else "band")


def test_in_a_large_group_the_interval_is_that_of_ones_own_error() -> None:
    group = group_of(norm.ppf((np.arange(20_000) + 0.5) / 20_000).tolist())

    found = ranked(0.5, 0.4, group)

    expected = 100 * norm.cdf([0.5 - 1.96 * 0.4, 0.5 + 1.96 * 0.4])
    assert (found.low, found.high) == pytest.approx(tuple(expected), abs=1)


def test_the_ends_of_the_norms_keep_an_interval() -> None:
    group = even_group(150)
    lowest, highest = ranked(-9, 0.0, group), ranked(9, 0.0, group)

    assert (lowest.rank, lowest.low) == (0, 0)
    assert (highest.rank, highest.high) == (100, 100)
    assert lowest.high > 0
    assert highest.low < 100


@given(groups, abilities, errors)
@settings(max_examples=60, deadline=None)
def test_a_percentile_lies_in_its_interval_and_the_interval_in_the_whole(
    scores: list[float], ability: float, se: float
) -> None:
    found = ranked(ability, se, group_of(scores, 0.4))

    assert 0 <= found.low <= found.rank <= found.high <= 100
    assert found.low < found.high


@given(groups, abilities, st.floats(0.0, 2.0), errors)
@settings(max_examples=60, deadline=None)
def test_who_is_abler_never_stands_lower(
    scores: list[float], ability: float, more: float, se: float
) -> None:
    group = group_of(scores, 0.4)
    less, abler = ranked(ability, se, group), ranked(ability + more, se, group)

    assert abler.rank >= less.rank - 1e-9
    assert abler.low >= less.low - 1e-6
    assert abler.high >= less.high - 1e-6


@given(groups, abilities, errors, st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_group_says_nothing(
    scores: list[float], ability: float, se: float, random: object
) -> None:
    turned = list(scores)
    random.shuffle(turned)  # type: ignore[attr-defined]

    assert ranked(ability, se, group_of(turned, 0.4)) == ranked(ability, se, group_of(scores, 0.4))


@given(groups, abilities, errors)
@settings(max_examples=30, deadline=None)
def test_the_mirrored_person_stands_at_the_mirrored_place(
    scores: list[float], ability: float, se: float
) -> None:
    found = ranked(ability, se, group_of(scores, 0.4))
    mirrored = ranked(-ability, se, group_of([-one for one in scores], 0.4))

    assert found.rank == pytest.approx(100 - mirrored.rank, abs=0.01)
    assert found.low == pytest.approx(100 - mirrored.high, abs=0.01)


@given(groups, st.integers(2, 5))
@settings(max_examples=30, deadline=None)
def test_more_people_of_the_same_kind_narrow_the_interval(scores: list[float], times: int) -> None:
    few, many = group_of(scores, 0.4), group_of(scores * times, 0.4)
    wide, narrow = ranked(0.0, 0.2, few), ranked(0.0, 0.2, many)

    assert narrow.high - narrow.low <= wide.high - wide.low + 1e-6
    assert narrow.rank == pytest.approx(wide.rank, abs=0.01)


def test_shares_rise_from_nobody_to_everybody() -> None:
    shares = np.array(group_of(np.linspace(-2, 2, 200).tolist(), 0.4).shares)

    assert len(shares) == len(GRID)
    assert (np.diff(shares) >= 0).all()
    assert (shares[0], shares[-1]) == (0, 1)


def test_the_interval_covers_where_somebody_truly_stands() -> None:
    # Everybody N(0, 1); a check with error .4 gives the posterior mean under that prior.
    random = np.random.default_rng(7)
    se, covered, ranks, times = 0.4, 0, [], 600
    noise = np.sqrt(se**2 / (1 - se**2))

    def check(people: int) -> tuple[np.ndarray, np.ndarray]:
        theta = random.normal(size=people)
        return theta, (1 - se**2) * (theta + noise * random.normal(size=people))

    for _ in range(times):
        _, others = check(150)
        (theta,), (found,) = check(1)
        place = ranked(float(found), se, group_of(others.tolist(), se))
        truly = 100 * norm.cdf(theta)
        covered += place.low <= truly <= place.high
        ranks.append(place.rank - truly)

    assert 0.93 <= covered / times <= 0.98
    assert abs(float(np.mean(ranks))) < 2
