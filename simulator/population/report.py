"""One run of a community, with the facts it shows."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.population.community import community
from simulator.population.facts import Fact, facts_of_run
from simulator.population.record import check_hours, live


@dataclass(frozen=True, slots=True)
class Gauge:
    """What a run has used of the machine so far: seconds of this process, seconds, megabytes.

    ``peak_memory_mb`` is ``None`` where the system does not tell it.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_memory_mb: float | None


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """The figures of a run; the four that need a clock are ``None`` without a gauge."""

    members: int
    hours: int
    seed: int
    build_seconds: float | None
    cpu_seconds: float | None
    wall_seconds: float | None
    member_steps_per_second: float | None
    peak_memory_mb: float | None
    sentiment: float
    followers: int
    checksum: int
    facts: tuple[Fact, ...]

    def as_json(self) -> dict[str, object]:
        """Return the report as plain values, facts included."""
        names = [name for name in self.__dataclass_fields__ if name != "facts"]
        report: dict[str, object] = {name: getattr(self, name) for name in names}
        report["facts"] = [fact.as_json() for fact in self.facts]
        return report


def simulate(
    members: int,
    hours: int,
    seed: int,
    gauge: Callable[[], Gauge] | None = None,
    tick: Callable[[], None] | None = None,
) -> SimulationReport:
    """Let a community of ``members`` live ``hours`` hours and measure what it shows.

    ``gauge`` is read three times: before the building, before the first hour, after the last.
    ``build_seconds`` (CPU) is reported apart from the run. ``tick`` follows each hour. Raises
    ``ValueError`` for members or hours out of range.
    """
    check_hours(hours)
    before = gauge() if gauge else None
    world = community(members, seed)
    built = gauge() if gauge else None
    run = live(world, hours, tick=tick)
    after = gauge() if gauge else None
    build = cpu = wall = rate = peak = None
    if before and built and after:
        build = built.cpu_seconds - before.cpu_seconds
        cpu = after.cpu_seconds - built.cpu_seconds
        wall = after.wall_seconds - built.wall_seconds
        rate = members * hours / wall if wall > 0 else None
        peak = after.peak_memory_mb
    return SimulationReport(
        members=members,
        hours=hours,
        seed=seed,
        build_seconds=build,
        cpu_seconds=cpu,
        wall_seconds=wall,
        member_steps_per_second=rate,
        peak_memory_mb=peak,
        sentiment=world.sentiment(),
        followers=world.followers,
        checksum=world.checksum(),
        facts=facts_of_run(run),
    )
