"""The search is pure: it finds the same numbers on any executor, and better ones than before."""

from concurrent.futures import ProcessPoolExecutor

import pytest

from simulator.population.calibrate import Plan, Task, distance, fit

PLAN = Plan(
    names=("activity.posters", "activity.voice_mean"),
    generations=2,
    candidates=4,
    seeds=1,
    members=1_000,
    days=6,
    rows=(1, 2, 3),
)


def test_a_process_pool_finds_the_same_numbers_as_one_process() -> None:
    with ProcessPoolExecutor(2) as pool:
        assert fit(PLAN, pool.map) == fit(PLAN)


def test_the_search_never_ends_worse_than_it_began() -> None:
    found = fit(PLAN)
    assert found.distance <= found.distance_before
    assert list(found.history) == sorted(found.history, reverse=True)


def test_constants_far_from_life_are_far_from_the_facts() -> None:
    def at(posters: float) -> float:
        theta = (("activity.posters", posters),)
        return distance(Task(theta, 1, 2_000, 10, (1, 2, 3), "retail"))

    assert at(0.02) > at(0.4) + 0.5


def test_a_name_that_is_no_constant_is_refused() -> None:
    with pytest.raises(ValueError, match=r"activity\.nonsense"):
        fit(Plan(names=("activity.nonsense",)))


def test_rows_that_one_run_cannot_show_are_refused() -> None:
    with pytest.raises(ValueError, match="19"):
        Plan(rows=(1, 19))
