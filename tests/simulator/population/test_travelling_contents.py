"""Contents travel along follow edges, once per reader; storms can be lit and calmed."""

import numpy as np
import pytest

from simulator.population import Effect, Run, community, live
from simulator.population.cascades import circulate, draw_contents, no_travel, release

MEMBERS = 3_000


@pytest.fixture(scope="module")
def run() -> Run:
    return live(community(MEMBERS, 2), 24 * 10)


def _storm(seed: int, calm: float = 1.0, heat: float = 1.0) -> Run:
    world = community(MEMBERS, seed)
    live(world, 10)
    hubs = np.argsort(-np.diff(world.graph.follower_start), kind="stable")[:8]

    def desk(hour: int, _: object) -> list[Effect]:
        if hour == 10:
            return [Effect(int(hub), -0.5, heat=heat) for hub in hubs]
        return [Effect(0, 0.0, calm=calm)] if hour in (14, 16, 18) else []

    return live(world, 60, desk)


def test_nobody_passes_a_content_on_twice(run: Run) -> None:
    pairs = set(zip(run.shared.content.tolist(), run.shared.child.tolist(), strict=True))
    assert len(pairs) == run.shared.child.size > 0


def test_everybody_has_it_from_somebody_whom_they_follow(run: Run) -> None:
    graph = run.community.graph
    for parent, child in zip(run.shared.parent, run.shared.child, strict=True):
        row = graph.followees[graph.followee_start[child] : graph.followee_start[child + 1]]
        assert parent in row


def test_narrow_contents_stay_in_their_circle(run: Run) -> None:
    world = run.community
    constants = world.constants
    opened = run.said.opens
    posts = (
        np.arange(np.count_nonzero(opened)),
        run.said.member[opened],
        run.said.tone[opened],
    )
    fresh = draw_contents(posts, 0, constants.spread, constants.appeal, 2)
    travel = no_travel()
    release(travel, fresh, 0, constants.spread)
    for hour in range(1, 48):
        adoptions, _ = circulate(travel, world.graph, hour, constants.spread, 2)
        at = np.searchsorted(fresh.number, adoptions.content)
        narrow = ~fresh.broad[at]
        circle = fresh.author[at] % world.graph.circles
        assert np.all(adoptions.child[narrow] % world.graph.circles == circle[narrow])


def test_a_storm_grows_with_its_heat_and_costs_mood() -> None:
    weak, strong = _storm(3, heat=0.3), _storm(3, heat=1.0)
    assert strong.shared.child.size > 2 * weak.shared.child.size
    assert strong.sentiment[-1] < weak.sentiment[-1]


def test_calming_words_shrink_a_storm_and_fuel_feeds_it() -> None:
    calmed, plain, fuelled = (_storm(4, calm=factor) for factor in (0.7, 1.0, 1.15))
    assert calmed.shared.child.size < plain.shared.child.size < fuelled.shared.child.size


def test_common_draws_make_the_effect_of_a_calming_word_far_more_precise() -> None:
    pairs = [(_storm(seed, 0.7), _storm(seed, 1.0)) for seed in range(20, 28)]
    calmed = np.array([one.sentiment[-1] for one, _ in pairs])
    plain = np.array([other.sentiment[-1] for _, other in pairs])
    common = (calmed - plain).var()
    independent = calmed.var() + plain.var()
    assert independent > 2 * common
