"""The speed of the population against yardsticks in the same run.

    python benchmarks/population.py            every row, a few minutes
    python benchmarks/population.py --quick    fewer repetitions, 100,000 members at most

Reference workload R1: a follow graph of mean 20 followees (lognormal, sigma 1) and a follower tail
of exponent 2.3; members visit at a lognormal rate (sigma 1.5, mean .105 an hour, at most 2), each
with probability 1 - exp(-rate x rhythm); a visitor reads others' moods, moves .3 of the way to
their mean when it is within .6, posts with probability .3, comments with .1; at hour 8 the ten
biggest hubs post a crisis that crosses each follow edge once with probability .06 and lowers the
mood by .5. 24 hours make a day.

Yardsticks: the same as a Mesa model (`AgentSet.do`) where Mesa is installed, as plain Python
loops, and as a SciPy sparse product over all members every hour. CPU seconds of one process, best
of the repetitions, building reported apart. The calibrated population is the one of the product.
"""

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import NormalDist

import numpy as np
from scipy import sparse

from simulator import keyed
from simulator.population import activity, community, mood
from simulator.population.graph import Graph, generate
from simulator.population.members import Members
from simulator.population.parameters import parameters

try:
    import mesa
except ImportError:
    mesa = None

SEED = 1
FEED = 8
COMMENTS = 0.3 * 0.1
NEAR, PULL = 0.6, 0.3
CRISIS, HUBS, CATCHES, BLOW = 8, 10, 0.06, 0.5
RHYTHM = np.clip(0.965 - 0.885 * np.cos(2 * np.pi * (np.arange(24) - 4) / 24), 0.08, 1.85)
BARS = {"mesa": 20.0, "scipy": 4.0, "calibrated": 1.5, "memory": 450.0}


def r1_graph(members: int) -> Graph:
    """Return R1's graph: no circles, no closure, no friends."""
    shape = replace(
        parameters().graph,
        circle_share=0.0,
        closure_share=0.0,
        friend_probability=0.0,
        gamma=2.3,
        rank_shift=30.0,
        feed=FEED,
        popularity_noise=1e6,
    )
    return generate(members, SEED, shape)


def r1_members(members: int, classes: int = 32) -> Members:
    """Return R1's visit rates in equal classes, the keenest first."""
    normal = NormalDist()
    scores = [normal.inv_cdf(1 - (i + 0.5) / classes) for i in range(classes)]
    raw = np.exp(1.5 * np.array(scores))
    rates = np.minimum(0.105 * raw / raw.mean(), 2.0)
    start = np.array([round(members * i / classes) for i in range(classes + 1)])
    nothing = np.zeros(members, dtype=np.uint32)
    return Members(start, tuple(rates.tolist()), nothing, nothing.astype(np.float32))


class R1:
    """R1 on the product's own parts: strided visits, a feed of 8, keyed draws."""

    def __init__(self, members: int) -> None:
        self.graph = r1_graph(members)
        self.traits = r1_members(members)
        self.hubs = np.argsort(np.diff(self.graph.follower_start), kind="stable")[-HUBS:]
        flat = tuple(RHYTHM.tolist())
        self.shape = replace(parameters().activity, diurnal=flat, weekend=1.0)
        self.members = members

    def day(self) -> tuple[int, int, float]:
        """Return comments, members reached by the crisis, and the mean mood after a day."""
        everybody = np.arange(self.members)
        feeling = keyed.uniform(everybody, keyed.key(SEED, "mood")).astype(np.float32)
        feeling *= 1.2
        feeling -= 0.5
        hit = np.zeros(self.members, dtype=np.bool_)
        front = np.empty(0, dtype=np.int64)
        comments = 0
        for hour in range(24):
            ids = activity.visitors(self.traits, hour, self.shape, SEED)
            seen = mood.read_feed(self.graph, feeling, ids, FEED, keyed.key(SEED, "feed", hour))
            own = feeling[ids]
            word = keyed.uniform(ids, keyed.key(SEED, "speak", hour))
            speaks = np.flatnonzero(word < COMMENTS)
            comments += speaks.size
            noise = keyed.uniform(ids[speaks], keyed.key(SEED, "noise", hour))
            _ = 0.6 * own[speaks] + 0.3 * seen[speaks] + 0.2 * noise - 0.1
            gap = seen - own
            gap[np.abs(gap) >= np.float32(NEAR)] = 0.0
            own += np.float32(PULL) * gap
            feeling[ids] = own
            if hour == CRISIS:
                front = self.hubs
                hit[front] = True
            front = self._infect(front, hit, feeling, hour)
        return comments, int(hit.sum()), float(feeling.mean(dtype=np.float64))

    def _infect(
        self, front: np.ndarray, hit: np.ndarray, feeling: np.ndarray, hour: int
    ) -> np.ndarray:
        if front.size == 0:
            return front
        start = self.graph.follower_start
        first, count = start[front], start[front + 1] - start[front]
        edge = np.arange(int(count.sum())) + np.repeat(first - (np.cumsum(count) - count), count)
        takes = keyed.hash32(edge, keyed.key(SEED, "crisis", hour)) < keyed.threshold(CATCHES)
        fresh = np.unique(self.graph.followers[edge[takes]])
        fresh = fresh[~hit[fresh]]
        hit[fresh] = True
        feeling[fresh] -= np.float32(BLOW)
        return fresh


def scipy_day(members: int) -> Callable[[], tuple[int, int, float]]:
    """Return R1 with the mean mood of all followees of everybody each hour as a product."""
    graph, traits = r1_graph(members), r1_members(members)
    degree = np.diff(graph.followee_start)
    weights = np.repeat(1.0 / degree, degree).astype(np.float32)
    matrix = sparse.csr_matrix(
        (weights, graph.followees, graph.followee_start), shape=(members, members)
    )
    rate = np.repeat(np.array(traits.class_rate), np.diff(traits.class_start))
    hubs = np.argsort(np.diff(graph.follower_start), kind="stable")[-HUBS:]

    def day() -> tuple[int, int, float]:
        rng = np.random.default_rng(SEED)
        feeling = rng.uniform(-0.5, 0.7, members).astype(np.float32)
        hit = np.zeros(members, dtype=np.bool_)
        front = np.empty(0, dtype=np.int64)
        comments = 0
        for hour in range(24):
            active = rng.random(members) < -np.expm1(-rate * RHYTHM[hour])
            seen = matrix @ feeling
            comments += int(np.count_nonzero(rng.random(members)[active] < COMMENTS))
            gap = seen - feeling
            move = active & (np.abs(gap) < NEAR)
            feeling[move] += np.float32(PULL) * gap[move]
            if hour == CRISIS:
                front = hubs
                hit[front] = True
            if front.size:
                edges = np.concatenate(
                    [
                        graph.followers[graph.follower_start[i] : graph.follower_start[i + 1]]
                        for i in front
                    ]
                )
                fresh = np.unique(edges[rng.random(edges.size) < CATCHES])
                front = fresh[~hit[fresh]]
                hit[front] = True
                feeling[front] -= np.float32(BLOW)
        return comments, int(hit.sum()), float(feeling.mean())

    return day


class Person:
    """One member of R1 as an object: the rule for Mesa and for the plain loop."""

    def __init__(self, mind: float, rate: float, followees: list[int]) -> None:
        self.mind, self.rate, self.followees = mind, rate, followees
        self.hit = False

    def live(self, world: "Town") -> None:
        """Visit, read, speak, change one's mind."""
        draw = world.draw
        if draw() >= -math.expm1(-self.rate * world.rhythm):
            return
        people = world.people
        seen = sum(people[i].mind for i in self.followees) / len(self.followees)
        if draw() < COMMENTS:
            world.comments += 1
            world.tone = 0.6 * self.mind + 0.3 * seen + 0.2 * draw() - 0.1
        gap = seen - self.mind
        if abs(gap) < NEAR:
            self.mind += PULL * gap


class Town:
    """R1 as objects in a plain list."""

    def __init__(self, members: int) -> None:
        self.graph, traits = r1_graph(members), r1_members(members)
        rng = np.random.default_rng(SEED)
        self.draw = random.Random(SEED).random
        minds = rng.uniform(-0.5, 0.7, members).tolist()
        rates = np.repeat(np.array(traits.class_rate), np.diff(traits.class_start)).tolist()
        self.people = [
            self.person(minds[i], rates[i], _row(self.graph, "followee", i))
            for i in range(members)
        ]
        self.comments = 0
        self.rhythm = self.tone = 0.0

    def person(self, mind: float, rate: float, followees: list[int]) -> Person:
        return Person(mind, rate, followees)

    def hour(self) -> None:
        for person in self.people:
            person.live(self)

    def day(self) -> tuple[int, int, float]:
        """Return comments, members reached by the crisis, and the mean mood after a day."""
        front: list[int] = []
        self.comments = 0
        for person in self.people:
            person.hit = False
        for hour in range(24):
            self.rhythm = float(RHYTHM[hour])
            self.hour()
            if hour == CRISIS:
                front = np.argsort(np.diff(self.graph.follower_start), kind="stable")[
                    -HUBS:
                ].tolist()
                for i in front:
                    self.people[i].hit = True
            reached = []
            for i in front:
                for j in _row(self.graph, "follower", i):
                    if not self.people[j].hit and self.draw() < CATCHES:
                        self.people[j].hit = True
                        self.people[j].mind -= BLOW
                        reached.append(j)
            front = reached
        hits = sum(person.hit for person in self.people)
        return self.comments, hits, sum(p.mind for p in self.people) / len(self.people)


def _row(graph: Graph, side: str, member: int) -> list[int]:
    start = getattr(graph, f"{side}_start")
    row: list[int] = getattr(graph, f"{side}s")[start[member] : start[member + 1]].tolist()
    return row


def mesa_town(members: int) -> Town:
    """Return R1 as a Mesa model whose agents live by `AgentSet.do`."""
    model = mesa.Model(seed=SEED)

    class Agent(mesa.Agent, Person):
        def __init__(self, mind: float, rate: float, followees: list[int]) -> None:
            super().__init__(model, mind, rate, followees)

        def step(self) -> None:
            self.live(town)

    class MesaTown(Town):
        def person(self, mind: float, rate: float, followees: list[int]) -> Person:
            return Agent(mind, rate, followees)

        def hour(self) -> None:
            model.agents.do("step")

    town = MesaTown(members)
    return town


def calibrated_day(members: int) -> Callable[[], tuple[int, int, float]]:
    """Return a Monday of the calibrated population (the first call; later calls go on)."""
    world = community(members, SEED)
    start = world.snapshot()

    def day() -> tuple[int, int, float]:
        world.restore(start)
        comments = shares = 0
        for hour in range(24):
            report = world.step(hour)
            comments += report.comments
            shares += report.shares
        return comments, shares, world.sentiment()

    return day


SUBJECTS: dict[str, Callable[[int], Callable[[], tuple[int, int, float]]]] = {
    "r1": lambda members: R1(members).day,
    "calibrated": calibrated_day,
    "scipy": scipy_day,
    "python": lambda members: Town(members).day,
    "mesa": lambda members: mesa_town(members).day,
}


def measure(subject: str, members: int, repeats: int) -> dict[str, object]:
    """Return the best CPU time of a day, the building time and the peak memory of this process."""
    begin = time.process_time()
    day = SUBJECTS[subject](members)
    built = time.process_time() - begin
    best, result = math.inf, (0, 0, 0.0)
    for number in range(repeats):
        begin = time.process_time()
        outcome = day()
        spent = time.process_time() - begin
        best = min(best, spent)
        result = outcome if number == 0 else result
    return {
        "subject": subject,
        "members": members,
        "cpu_seconds": best,
        "build_seconds": built,
        "million_steps_per_second": members * 24 / best / 1e6,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "comments": result[0],
        "reached": result[1],
        "mood": round(result[2], 4),
    }


def in_own_process(subject: str, members: int, repeats: int) -> dict[str, object]:
    """Measure in a fresh process, so that memory and caches are the subject's own."""
    command = [sys.executable, __file__, "--one", subject, str(members), str(repeats)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    row: dict[str, object] = json.loads(done.stdout)
    print(
        f"{subject:>11} {members:>9,}  CPU {row['cpu_seconds']:8.3f} s  "
        f"build {row['build_seconds']:6.2f} s  {row['million_steps_per_second']:6.2f} M steps/s  "
        f"{row['peak_memory_mb']:6.0f} MB  comments {row['comments']:,}  "
        f"reached {row['reached']:,}  mood {row['mood']}",
        flush=True,
    )
    return row


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--one", nargs=3, metavar=("SUBJECT", "MEMBERS", "REPEATS"))
    asked = parser.parse_args()
    if asked.one:
        subject, members, repeats = asked.one
        print(json.dumps(measure(subject, int(members), int(repeats))))
        return 0
    large, repeats = (100_000, 2) if asked.quick else (1_000_000, 5)
    small = {name: in_own_process(name, 10_000, repeats) for name in ("r1", "calibrated")}
    rows = [("python", "R1 against plain Python at 10,000", None)]
    if mesa is None:
        print("Mesa is not installed: its row is left out")
    else:
        rows.insert(0, ("mesa", "R1 against Mesa do at 10,000", BARS["mesa"]))
    held = []
    ratios: list[tuple[str, float, float | None]] = []
    for name, title, bar in rows:
        other = in_own_process(name, 10_000, 2)
        ratios.append((title, other["cpu_seconds"] / small["r1"]["cpu_seconds"], bar))
    big = {name: in_own_process(name, large, repeats) for name in ("r1", "calibrated", "scipy")}
    own = big["r1"]["cpu_seconds"]
    title = f"R1 against the SciPy dense step at {large:,}"
    ratios.append((title, big["scipy"]["cpu_seconds"] / own, BARS["scipy"]))
    for title, ratio, bar in ratios:
        held.append(bar is None or ratio >= bar)
        print(f"{title}: {ratio:.1f} x" + ("" if bar is None else f" (bar {bar:g})"))
    ratio, peak = big["calibrated"]["cpu_seconds"] / own, big["calibrated"]["peak_memory_mb"]
    held += [ratio <= BARS["calibrated"], peak <= BARS["memory"]]
    print(f"calibrated against own R1: {ratio:.2f} x (bar at most {BARS['calibrated']:g})")
    print(f"peak memory, calibrated, whole process: {peak:.0f} MB (bar {BARS['memory']:g})")
    print("every bar holds" if all(held) else "a bar does not hold")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
