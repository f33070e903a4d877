"""Patience, speed and silence act as surveys and experiments found."""

import numpy as np
import pytest

from simulator.population import Cases, Industry, Run, community, live, parameters
from simulator.population.care import patience, speed_factor

SHAPE = parameters().care


@pytest.fixture(scope="module")
def served() -> tuple[Run, Cases]:
    world = community(8_000, 7)
    desk = Industry(world)
    run = live(world, 24 * 20, desk)
    return run, desk.cases


def test_a_reply_loses_worth_with_the_logarithm_of_time() -> None:
    worth = speed_factor(np.array([0.5, 4.0, 8.0, 16.0, 10_000.0]), SHAPE)
    assert worth[0] == worth[1] == 1.0
    assert worth[1] - worth[2] == pytest.approx(worth[2] - worth[3])
    assert worth[4] == SHAPE.speed_least


def test_complainants_wait_less_long_than_others() -> None:
    ids = np.arange(20_000)
    asking = patience(ids, np.zeros(ids.size, dtype=np.bool_), SHAPE, 1)
    complaining = patience(ids, np.ones(ids.size, dtype=np.bool_), SHAPE, 1)
    assert np.median(complaining) < np.median(asking)
    assert (asking < 60).mean() == pytest.approx(0.53, abs=0.02)


def test_correcting_appeases_and_asking_does_not(served: tuple[Run, Cases]) -> None:
    _, cases = served
    answered = cases.answered & cases.complaint
    types, content = cases.types[answered], cases.justice[answered] > 0
    assert content[types[:, 3]].mean() > content[~types[:, 3]].mean() + 0.1
    assert content[types[:, 0]].mean() < content[~types[:, 0]].mean() + 0.08


def test_silence_loses_more_customers_than_an_answer(served: tuple[Run, Cases]) -> None:
    _, cases = served
    alone, answered = cases.complaint & ~cases.answered, cases.complaint & cases.answered
    assert cases.leaves[alone].mean() > cases.leaves[answered].mean() + 0.1
    assert cases.acts[alone].mean() > cases.acts[answered].mean()


def test_cases_are_what_asks_or_complains_and_nothing_else(served: tuple[Run, Cases]) -> None:
    run, cases = served
    calling = np.count_nonzero(
        np.isin(run.said.intent, (2, 3)) & (run.said.second < 24 * 19 * 3600)
    )
    assert cases.member.size >= calling
    assert cases.member.size <= np.count_nonzero(np.isin(run.said.intent, (2, 3)))
