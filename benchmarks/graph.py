"""The speed of making a follower graph with reciprocity and clustering, about 1,000,000 edges.

    python benchmarks/graph.py [--members 100000]

The yardstick is NetworKit's hyperbolic generator (clustering and a power-law tail as well) on one
thread, where NetworKit is installed. CPU seconds, best of five; ours builds both directions as
compressed sparse rows, without repeats.
"""

import argparse
import math
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from simulator.population import parameters
from simulator.population.facts.network import clustering, reciprocity
from simulator.population.facts.statistics import tail_exponent
from simulator.population.graph import Graph, generate
from simulator.population.parameters import GraphParameters

try:
    import networkit
except ImportError:
    networkit = None

REPEATS = 5
EDGES_A_MEMBER = 10.0
GAMMA = 2.3


def best_time(make: Callable[[int], object]) -> tuple[float, object]:
    """Return the best CPU time over the repetitions, each with a seed of its own, and a result."""
    best, made = math.inf, None
    for seed in range(REPEATS):
        begin = time.process_time()
        made = make(seed)
        best = min(best, time.process_time() - begin)
    return best, made


def report(name: str, seconds: float, edges: int) -> float:
    print(
        f"{name:>22}  CPU {seconds:6.3f} s  {edges:,} edges  {edges / seconds / 1e6:.2f} M edges/s"
    )
    return edges / seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=100_000)
    members = parser.parse_args().members
    shape: GraphParameters = replace(parameters().graph, followees_mean=EDGES_A_MEMBER, feed=1)

    def ours(seed: int) -> Graph:
        return generate(members, seed, shape)

    seconds, made = best_time(ours)
    graph: Graph = made  # type: ignore[assignment]
    rate = report("ours, both directions", seconds, graph.followees.size)
    degrees = np.diff(graph.follower_start)
    print(
        f"{'':>22}  exponent {tail_exponent(degrees, degrees.size // 400)[0]:.2f}, "
        f"reciprocity {reciprocity(graph, 1):.2f}, clustering {clustering(graph, 1):.3f}"
    )
    if networkit is None:
        print("NetworKit is not installed: no yardstick")
        return 0
    networkit.setNumberOfThreads(1)

    def hyperbolic(seed: int) -> object:
        networkit.setSeed(seed + 1, useThreadId=False)
        return networkit.generators.HyperbolicGenerator(
            members, 2 * EDGES_A_MEMBER, GAMMA, 0
        ).generate()

    seconds, made = best_time(hyperbolic)
    other = report("NetworKit hyperbolic", seconds, made.numberOfEdges())  # type: ignore[attr-defined]
    print(f"ours against NetworKit, edges a second: {rate / other:.1f} x (bar 1)")
    return 0 if rate >= other else 1


if __name__ == "__main__":
    sys.exit(main())
