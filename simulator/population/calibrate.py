"""Fitting the free constants to the facts: a pure search over any executor's `map`.

An evaluation is a pure function of (constants, seed, size), so it runs anywhere and gives the same
number: hand `fit` the built-in `map`, a process pool's, or one that gathers from a cluster.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean
from typing import Protocol

from simulator import keyed
from simulator.population.activity import DAY
from simulator.population.community import community
from simulator.population.facts.fact import Fact
from simulator.population.facts.protocol import RUN_ROWS
from simulator.population.parameters import constant, free_constants
from simulator.population.record import live

ROWS = (1, 2, 3, 5, 6, 7, 9, 13, 18, 30, 31)
_WORST = 25.0  # a fact five tolerances off is as bad as any
_RANGE = math.log(2.0)  # how far the first generation strays, in log units
_ELITE = 0.3
_LEAST_SPREAD = 0.02


@dataclass(frozen=True, slots=True)
class Task:
    """One evaluation; ``theta`` holds (name, value) pairs, ``rows`` the fact rows that count."""

    theta: tuple[tuple[str, float], ...]
    seed: int
    members: int
    days: int
    rows: tuple[int, ...]
    sector: str


class Mapper(Protocol):
    """Something that maps a function over tasks, in order: `map`, or an executor's."""

    def __call__(
        self, function: Callable[[Task], float], tasks: Iterable[Task], /
    ) -> Iterable[float]: ...


@dataclass(frozen=True, slots=True)
class Fit:
    """The constants found, the distance there and before, and the best of each generation."""

    theta: Mapping[str, float]
    distance: float
    distance_before: float
    history: tuple[float, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "theta": dict(self.theta),
            "distance": self.distance,
            "distance_before": self.distance_before,
            "history": list(self.history),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """How to search: ``names`` (empty: every constant marked free), seeds and sizes."""

    names: tuple[str, ...] = ()
    generations: int = 8
    candidates: int = 16
    seeds: int = 2
    members: int = 5_000
    days: int = 30
    rows: tuple[int, ...] = ROWS
    sector: str = "retail"
    seed: int = 1

    def __post_init__(self) -> None:
        for name in ("generations", "candidates", "seeds", "days"):
            if getattr(self, name) < 1:
                raise ValueError(f"a calibration needs at least one of {name}")
        unknown = sorted(set(self.rows) - set(RUN_ROWS))
        if unknown:
            raise ValueError(
                f"rows that one run can show are {sorted(RUN_ROWS)}; {unknown} are not among them"
            )


def distance(task: Task) -> float:
    """Return how far one run is from the facts: the mean squared distance in tolerances.

    1 means that facts lie, on the whole, at the edge of what is tolerated. Facts that a run of
    this size cannot show do not count.
    """
    world = community(task.members, task.seed, task.sector, dict(task.theta))
    run = live(world, task.days * DAY)
    return fmean(_miss(fact) for row in task.rows for fact in RUN_ROWS[row](run))


def _miss(fact: Fact) -> float:
    if fact.value is None:
        return 0.0
    room = fact.high - fact.target if fact.value > fact.target else fact.target - fact.low
    return min(_WORST, ((fact.value - fact.target) / max(room, 1e-9)) ** 2)


def fit(plan: Plan, mapper: Mapper = map) -> Fit:
    """Return the best constants of a cross-entropy search in log space.

    Every generation draws its candidates by key around the mean of the best of the last one, all
    on the same seeds, so that chance is common to them. Raises ``ValueError`` for a name that is
    no positive constant.
    """
    names = plan.names or free_constants()
    start = [math.log(_positive(name)) for name in names]
    mean, spread = list(start), [_RANGE / 2.0] * len(names)
    before = _evaluate([start], names, plan, mapper)[0]
    best, lowest = start, before
    history = []
    for generation in range(plan.generations):
        points = [
            _candidate(mean, spread, (plan.seed, generation, number))
            for number in range(plan.candidates)
        ]
        scores = _evaluate(points, names, plan, mapper)
        order = sorted(range(len(points)), key=scores.__getitem__)
        elite = [points[number] for number in order[: max(2, round(_ELITE * len(points)))]]
        mean = [fmean(column) for column in zip(*elite, strict=True)]
        spread = [
            max(_LEAST_SPREAD, math.sqrt(fmean((value - middle) ** 2 for value in column)))
            for column, middle in zip(zip(*elite, strict=True), mean, strict=True)
        ]
        if scores[order[0]] < lowest:
            best, lowest = points[order[0]], scores[order[0]]
        history.append(lowest)
    theta = {name: math.exp(value) for name, value in zip(names, best, strict=True)}
    return Fit(theta, lowest, before, tuple(history))


def _positive(name: str) -> float:
    value = constant(name)
    if value <= 0:
        raise ValueError(f"{name} is {value}: only positive constants can be fitted")
    return value


def _candidate(
    mean: Sequence[float], spread: Sequence[float], place: tuple[int, int, int]
) -> list[float]:
    normal = NormalDist()
    seed, generation, number = place
    return [
        middle + width * normal.inv_cdf(_inside(keyed.draw(seed, "fit", generation, number, axis)))
        for axis, (middle, width) in enumerate(zip(mean, spread, strict=True))
    ]


def _inside(word: float) -> float:
    return min(max(word, 1e-6), 1.0 - 1e-6)


def _evaluate(
    points: Sequence[Sequence[float]], names: Sequence[str], plan: Plan, mapper: Mapper
) -> list[float]:
    """Return the mean distance of each point over the seeds."""
    tasks = [
        Task(
            tuple((name, math.exp(value)) for name, value in zip(names, point, strict=True)),
            seed,
            plan.members,
            plan.days,
            plan.rows,
            plan.sector,
        )
        for point in points
        for seed in range(1, plan.seeds + 1)
    ]
    scores = list(mapper(distance, tasks))
    return [
        fmean(scores[first : first + plan.seeds]) for first in range(0, len(scores), plan.seeds)
    ]
