"""Two days of three communities, bit for bit: a change here is a new engine version."""

import pytest

from simulator.population import Effect, community

GOLDEN = {1: 1153143744, 2: 1211081787, 3: 2504859711}


@pytest.mark.parametrize("seed", sorted(GOLDEN))
def test_two_days_with_a_storm_end_in_the_same_state_as_ever(seed: int) -> None:
    world = community(2_000, seed)
    for hour in range(48):
        world.step(hour, [Effect(5, -0.6, 0.05, heat=0.8)] if hour == 9 else ())
    assert world.checksum() == GOLDEN[seed]
