"""The shape of the follower graph: row 4 of the fact table."""

import numpy as np

from simulator import keyed
from simulator.population.facts.fact import Fact, judge
from simulator.population.facts.statistics import tail_exponent
from simulator.population.graph import Graph
from simulator.population.record import Run

_SAMPLE = 1_500
_MOST_NEIGHBOURS = 3_000


def shape_of_graph(run: Run) -> tuple[Fact, ...]:
    """Row 4: exponent of the follower counts, share of returned edges, local clustering."""
    graph, seed = run.community.graph, run.community.seed
    counts = np.diff(graph.follower_start)
    return (
        judge("graph.gamma", tail_exponent(counts, max(50, counts.size // 400))[0]),
        judge("graph.reciprocity", reciprocity(graph, seed)),
        judge("graph.clustering", clustering(graph, seed)),
    )


def reciprocity(graph: Graph, seed: int) -> float:
    """Return the share of follow edges that are returned, over the rows of sampled members."""
    edges = returned = 0
    for member in _sample(graph, seed, "reciprocity"):
        followees = _followees(graph, member)
        edges += followees.size
        returned += int(np.isin(followees, _followers(graph, member)).sum())
    return returned / max(1, edges)


def clustering(graph: Graph, seed: int) -> float:
    """Return the mean share of linked pairs among a member's neighbours, direction ignored.

    Over sampled members with 2 to 3,000 neighbours.
    """
    shares: list[float] = []
    for member in _sample(graph, seed, "clustering"):
        around = np.union1d(_followees(graph, member), _followers(graph, member)).astype(np.int64)
        if not 1 < around.size <= _MOST_NEIGHBOURS:
            continue
        rows = [_followees(graph, other) for other in around.tolist()]
        sources = np.repeat(around, [row.size for row in rows])
        targets = np.concatenate(rows).astype(np.int64)
        inside = around[np.minimum(np.searchsorted(around, targets), around.size - 1)] == targets
        sources, targets = sources[inside], targets[inside]
        low, high = np.minimum(sources, targets), np.maximum(sources, targets)
        links = np.unique(low * graph.members + high).size
        shares.append(2.0 * links / (around.size * (around.size - 1)))
    return float(np.mean(shares)) if shares else float("nan")


def _sample(graph: Graph, seed: int, purpose: str) -> list[int]:
    words = keyed.hash32(np.arange(_SAMPLE), keyed.key(seed, purpose))
    picked: list[int] = keyed.below(words, np.full(_SAMPLE, graph.members)).tolist()
    return picked


def _followees(graph: Graph, member: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return graph.followees[graph.followee_start[member] : graph.followee_start[member + 1]]


def _followers(graph: Graph, member: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return graph.followers[graph.follower_start[member] : graph.follower_start[member + 1]]
