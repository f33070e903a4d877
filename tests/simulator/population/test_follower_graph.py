"""The follower graph is the same for equal arguments and has the shape of real ones."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from simulator.population import parameters
from simulator.population.facts.network import clustering, reciprocity
from simulator.population.facts.statistics import tail_exponent
from simulator.population.graph import Graph, generate

SHAPE = parameters().graph


def _pairs(start: np.ndarray, ids: np.ndarray) -> set[tuple[int, int]]:
    rows = np.repeat(np.arange(start.size - 1), np.diff(start))
    return set(zip(rows.tolist(), ids.tolist(), strict=True))


@pytest.fixture(scope="module")
def graph() -> Graph:
    return generate(20_000, 1, SHAPE)


@settings(max_examples=12, deadline=None)
@given(members=st.integers(100, 1_500), seed=st.integers(0, 2**31))
def test_followers_are_followees_read_the_other_way(members: int, seed: int) -> None:
    made = generate(members, seed, SHAPE)
    follows = _pairs(made.followee_start, made.followees)
    followed = _pairs(made.follower_start, made.followers)
    assert follows == {(reader, author) for author, reader in followed}


@settings(max_examples=12, deadline=None)
@given(members=st.integers(100, 1_500), seed=st.integers(0, 2**31))
def test_nobody_follows_themselves_or_anybody_twice_and_every_feed_is_full(
    members: int, seed: int
) -> None:
    made = generate(members, seed, SHAPE)
    pairs = _pairs(made.followee_start, made.followees)
    assert len(pairs) == made.followees.size
    assert all(reader != author for reader, author in pairs)
    assert np.diff(made.followee_start).min() >= SHAPE.feed


def test_equal_seeds_make_equal_graphs_of_several_blocks() -> None:
    one, other = generate(60_000, 5, SHAPE), generate(60_000, 5, SHAPE)
    assert one is not other
    assert np.array_equal(one.followees, other.followees)
    assert np.array_equal(one.followers, other.followers)


def test_another_seed_makes_another_graph() -> None:
    assert not np.array_equal(
        generate(1_000, 1, SHAPE).followees[:500], generate(1_000, 2, SHAPE).followees[:500]
    )


def test_follow_counts_returned_edges_and_triangles_are_like_those_of_real_networks(
    graph: Graph,
) -> None:
    assert 2.1 <= tail_exponent(np.diff(graph.follower_start), 50)[0] <= 2.6
    assert 0.15 <= reciprocity(graph, 1) <= 0.35
    assert 0.05 <= clustering(graph, 1) <= 0.2
    assert 17 <= graph.followees.size / graph.members <= 23


def test_most_friends_stay_within_the_circle(graph: Graph) -> None:
    rows = np.repeat(np.arange(graph.members), np.diff(graph.followee_start))
    inside = (rows % graph.circles == graph.followees % graph.circles).mean()
    assert inside > 20 / graph.circles
