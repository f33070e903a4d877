"""The protocol: every fact over many seeds, and what a single run can show of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from statistics import median
from typing import Protocol

from simulator.population.activity import DAY
from simulator.population.care import Cases, Industry
from simulator.population.community import community
from simulator.population.facts import (
    network,
    participation,
    rhythm,
    service,
    spread,
    stars,
    storms,
    talk,
    tones,
    wording,
)
from simulator.population.facts.fact import Fact, judge, table, unshown
from simulator.population.record import Run, live

SEEDS, MEMBERS, DAYS = 20, 20_000, 30
_ENOUGH = 0.75  # share of seeds that must give a value

RUN_ROWS: Mapping[int, Callable[[Run], tuple[Fact, ...]]] = {
    1: participation.contents_by_rank,
    2: participation.ever_posting,
    3: participation.inequality,
    4: network.shape_of_graph,
    5: rhythm.bursts,
    6: rhythm.interval_tail,
    7: rhythm.day_and_week,
    8: talk.growth,
    9: talk.sizes_and_depths,
    12: stars.shares,
    13: stars.mechanism,
    14: stars.lengths,
    18: storms.viral_negatives,
    22: service.needs_reply,
    30: participation.toxic_minority,
    31: participation.fakes_and_spam,
}

CASE_ROWS: Mapping[int, Callable[[Cases], tuple[Fact, ...]]] = {
    24: service.reply_time,
    25: service.reply_types,
    26: service.complaint_reasons,
    27: service.patience,
    28: service.silence,
    29: service.favour,
}

_REASONS = {
    "travel": "needs the graph of at least {members:,} members",
    "industry": "needs the policy industry for weeks; the full protocol shows it",
    "presence": "compares two runs; the full protocol shows it",
    "storms": "compares weeks with and without storms; the full protocol shows it",
    "sectors": "compares sectors; the full protocol shows it",
    "mouth": "compares two runs; the full protocol shows it",
}


class Mapper(Protocol):
    """Something that maps a function over seeds, in order: `map`, or an executor's."""

    def __call__(
        self, function: Callable[[int], tuple[Fact, ...]], seeds: Iterable[int], /
    ) -> Iterable[tuple[Fact, ...]]: ...


def facts_of_run(run: Run) -> tuple[Fact, ...]:
    """Return every fact, in the order of the table, as far as this one run shows it."""
    shown = {fact.id: fact for fact in (*_from_run(run), *_from_wording(run))}
    if run.members >= _least_members("travel"):
        trees = spread.grow_cascades(run)
        found = (*spread.cascade_sizes(trees), *spread.structural_virality(trees))
        shown |= {fact.id: fact for fact in found}
    return tuple(_as_far_as(run, id, shown) for id in table())  # noqa: A001 - the interface's name


def facts_of_seed(
    seed: int, members: int = MEMBERS, days: int = DAYS, storm_count: int = 12
) -> tuple[Fact, ...]:
    """Return every fact for one seed: all runs and experiments of the protocol."""
    world = community(members, seed)
    desk = Industry(world)
    run = live(world, days * DAY, desk)
    cases = desk.cases
    replying = community(members, seed)
    replying.presence = 1.0
    answering = Industry(replying)
    pair = stars.answered(run, live(replying, days * DAY, answering))
    outbreaks = storms.ignite(seed, storm_count)
    shown = {
        fact.id: fact
        for fact in (
            *facts_of_run(run),
            *service.reply_rate(run, cases),
            *(fact for measure in CASE_ROWS.values() for fact in measure(cases)),
            *pair,
            *storms.perception(outbreaks),
            *storms.time_course(outbreaks),
            *tones.sector_mix(members, seed),
            *tones.word_of_mouth(members, seed),
        )
    }
    return tuple(shown[id] for id in table())  # noqa: A001 - the interface's name


def run_protocol(
    seeds: int = SEEDS,
    members: int = MEMBERS,
    days: int = DAYS,
    mapper: Mapper = map,
) -> tuple[Fact, ...]:
    """Return the verdict on every fact over many seeds.

    A fact holds when the median over the seeds is inside the tolerance and no seed lies outside
    twice the tolerance around the target. ``mapper`` may be that of any executor.
    """
    if seeds < 1:
        raise ValueError(f"the protocol needs at least one seed, not {seeds}")
    measure = partial(facts_of_seed, members=members, days=days)
    by_seed = list(mapper(measure, range(1, seeds + 1)))
    return tuple(verdict(row) for row in zip(*by_seed, strict=True))


def verdict(row: Sequence[Fact]) -> Fact:
    """Judge one fact by its values over the seeds."""
    values = [fact.value for fact in row if fact.value is not None]
    fact = row[0]
    if len(values) < _ENOUGH * len(row):
        return unshown(fact.id, f"only {len(values)} of {len(row)} seeds gave a value")
    middle = judge(fact.id, float(median(values)))
    low = fact.target - 2.0 * (fact.target - fact.low)
    high = fact.target + 2.0 * (fact.high - fact.target)
    outside = [value for value in values if not low <= value <= high]
    if middle.holds and outside:
        return judge(fact.id, float(median(values))).failing(
            f"{len(outside)} of {len(values)} seeds outside twice the tolerance, "
            f"such as {outside[0]:.4g}"
        )
    return middle


def _from_run(run: Run) -> Iterable[Fact]:
    for row, measure in RUN_ROWS.items():
        if any(_shows(run, id) for id, each in table().items() if each["row"] == row):  # noqa: A001 - the interface's name
            yield from measure(run)


def _from_wording(run: Run) -> tuple[Fact, ...]:
    constants, seed = run.community.constants, run.community.seed
    return (
        *wording.clicks(constants, seed),
        *wording.negative_shares(constants, seed),
        *wording.charged_shares(constants, seed),
        *wording.speed(constants),
    )


def _shows(run: Run, id: str) -> bool:  # noqa: A002 - the interface's name
    row = table()[id]
    return (
        row["probe"] in ("run", "travel")
        and run.hours >= row["needs_hours"]
        and run.members >= row["needs_members"]
    )


def _as_far_as(run: Run, id: str, shown: Mapping[str, Fact]) -> Fact:  # noqa: A002 - as above
    row = table()[id]
    if row["probe"] == "wording" or (id in shown and _shows(run, id)):
        return shown[id]
    if row["probe"] == "run":
        return unshown(
            id, f"needs {row['needs_members']:,} members for {row['needs_hours']:,} hours"
        )
    return unshown(id, _REASONS[row["probe"]].format(members=row["needs_members"]))


def _least_members(probe: str) -> int:
    return min(int(row["needs_members"]) for row in table().values() if row["probe"] == probe)
