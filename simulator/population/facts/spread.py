"""How contents travel: rows 10 and 11 of the fact table."""

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population import cascades
from simulator.population.facts.fact import Fact, judge
from simulator.population.facts.statistics import rank_correlation
from simulator.population.record import Run

_CONTENTS = 400_000
_BATCH = 50_000  # bounds the memory of the exposures
_LARGE = 100

Measured: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
"""Size, depth and virality of the contents that were reshared."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Cascades of ``contents`` probe contents: size, depth and virality of those reshared."""

    contents: int
    size: NDArray[np.int64]
    depth: NDArray[np.int64]
    virality: NDArray[np.float64]


def grow_cascades(run: Run, contents: int = _CONTENTS) -> Trees:
    """Let probe contents, written by the run's authors in its tones, travel its graph.

    The rule is the one of the community's hour; moods are left alone. A content's day does not
    matter to its spread, so all start at hour 0.
    """
    batches = [
        _grow(run, first, min(first + _BATCH, contents)) for first in range(0, contents, _BATCH)
    ]
    size, depth, virality = (np.concatenate(column) for column in zip(*batches, strict=True))
    return Trees(contents, size, depth, virality)


def _grow(run: Run, first: int, end: int) -> Measured:
    """Let the probe contents from ``first`` to ``end`` travel; return what their trees measure."""
    world = run.community
    constants, seed = world.constants, world.seed
    number = np.arange(first, end)
    of_post = np.flatnonzero(run.said.opens)
    pick = keyed.hash32(number, keyed.key(seed, "probe"))
    source = of_post[keyed.below(pick, np.full(number.size, of_post.size))]
    posts = (number, run.said.member[source], run.said.tone[source])
    travel = cascades.no_travel()
    fresh = cascades.draw_contents(posts, 0, constants.spread, constants.appeal, seed)
    cascades.release(travel, fresh, 0, constants.spread)
    parts: list[cascades.Adoptions] = []
    for hour in range(1, constants.spread.lifetime + 1):
        if travel.due.empty:
            break
        adoptions, _ = cascades.circulate(travel, world.graph, hour, constants.spread, seed)
        parts.append(adoptions)
    return _trees(parts, fresh)


def cascade_sizes(trees: Trees) -> tuple[Fact, ...]:
    """Row 10: contents never reshared, reshared once removed, further, and 100 times or more."""
    total = trees.contents
    return (
        judge("cascades.none", 1.0 - trees.size.size / total),
        judge("cascades.one_generation", np.count_nonzero(trees.depth == 1) / total),
        judge("cascades.deeper", np.count_nonzero(trees.depth > 1) / total),
        judge("cascades.hundred", np.count_nonzero(trees.size >= _LARGE) / total),
    )


def structural_virality(trees: Trees) -> tuple[Fact, ...]:
    """Row 11: structural virality (mean distance in the tree) of large cascades, and its size."""
    large = trees.size >= _LARGE
    size, virality = trees.size[large], trees.virality[large]
    return (
        judge("cascades.size_virality", rank_correlation(size, virality)),
        judge("cascades.virality", float(virality.mean()) if virality.size else math.nan),
    )


def _trees(parts: list[cascades.Adoptions], fresh: cascades.Contents) -> Measured:
    content = np.concatenate([part.content for part in parts])
    parent = np.concatenate([part.parent for part in parts])
    child = np.concatenate([part.child for part in parts])
    order = np.argsort(content, kind="stable")
    numbers, first = np.unique(content[order], return_index=True)
    author = fresh.author[np.searchsorted(fresh.number, numbers)]
    rows = [
        _measure(int(root), parent[part], child[part])
        for root, part in zip(author, np.split(order, first[1:]), strict=True)
        if part.size
    ]
    if not rows:
        nothing = np.empty(0, dtype=np.int64)
        return nothing, nothing, np.empty(0)
    size, depth, virality = zip(*rows, strict=True)
    return np.array(size), np.array(depth), np.array(virality)


def _measure(
    root: int, parent: NDArray[np.int64], child: NDArray[np.int64]
) -> tuple[int, int, float]:
    """Return adoptions, generations and structural virality of one tree, rows in order of time.

    The distances between all pairs add up, edge by edge, to what each edge parts.
    """
    depth = {root: 0}
    for above, below in zip(parent.tolist(), child.tolist(), strict=True):
        depth[below] = depth[above] + 1
    under = dict.fromkeys(depth, 1)
    nodes = child.size + 1
    distance = 0
    for above, below in zip(parent.tolist()[::-1], child.tolist()[::-1], strict=True):
        under[above] += under[below]
        distance += under[below] * (nodes - under[below])
    return child.size, max(depth.values()), distance / (nodes * (nodes - 1) / 2)
