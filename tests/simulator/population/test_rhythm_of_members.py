"""Members come and speak at the rates and rhythms that they were given."""

import numpy as np
import pytest

from simulator.population import community, live, parameters
from simulator.population.activity import HOUR, returns, rhythm, visitors
from simulator.population.members import characters, draw_members

CONSTANTS = parameters()
MEMBERS = 5_000


def test_nobody_visits_twice_in_an_hour_and_ids_ascend() -> None:
    traits = draw_members(MEMBERS, 3, CONSTANTS)
    for hour in range(24):
        ids = visitors(traits, hour, CONSTANTS.activity, 3)
        assert np.all(np.diff(ids) > 0)
        assert ids.size == 0 or (ids[0] >= 0 and ids[-1] < MEMBERS)


def test_each_visit_class_comes_as_often_as_its_rate_says() -> None:
    traits = draw_members(MEMBERS, 3, CONSTANTS)
    hours = range(24 * 20)
    came = np.zeros(MEMBERS)
    for hour in hours:
        came[visitors(traits, hour, CONSTANTS.activity, 3)] += 1
    expected = [
        sum(-np.expm1(-rate * rhythm(hour, CONSTANTS.activity)) for hour in hours)
        for rate in traits.class_rate
    ]
    seen = np.add.reduceat(came, traits.class_start[:-1]) / np.diff(traits.class_start)
    many = np.diff(traits.class_start) > 100
    assert seen[many] == pytest.approx(np.array(expected)[many], rel=0.05)


def test_a_night_is_quiet_and_an_evening_busy() -> None:
    factors = [rhythm(hour, CONSTANTS.activity) for hour in range(24)]
    assert factors.index(min(factors)) in range(3, 6)
    assert factors.index(max(factors)) in range(19, 23)
    assert sum(factors) == pytest.approx(24.0)


def test_who_is_called_back_comes_later_and_within_two_days() -> None:
    member = np.arange(4_000)
    second = np.full(4_000, 20 * HOUR)
    again, when = returns(member, second, CONSTANTS.activity, 3)
    assert np.all(when > 20 * HOUR)
    assert np.all(when <= 20 * HOUR + CONSTANTS.activity.return_longest)
    assert 0.8 < again.size / member.size / CONSTANTS.activity.return_branching < 1.1


def test_a_few_toxic_accounts_write_far_more_than_their_share() -> None:
    run = live(community(MEMBERS, 4), 24 * 20)
    written = np.bincount(run.said.member, minlength=MEMBERS)
    toxic, _ = characters(np.arange(MEMBERS), CONSTANTS.activity, 4)
    share = written[toxic].sum() / written.sum()
    accounts = np.count_nonzero(toxic & (written > 0)) / np.count_nonzero(written)
    assert share > 3 * accounts


def test_contents_of_an_hour_lie_in_that_hour_in_order_of_time() -> None:
    world = community(MEMBERS, 5)
    for hour in range(30):
        second = world.step(hour).contributions.second
        assert np.all(np.diff(second) >= 0)
        assert np.all(second // HOUR == hour)
