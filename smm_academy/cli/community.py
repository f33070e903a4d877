"""The synthetic community: a run of it, its facts, its messages."""

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children
from pathlib import Path
from typing import TypeVar

import simulator
from smm_academy.calibration.spreading import cores, leave_interrupts
from smm_academy.cli.terminal import Progress, print_json, print_line, table
from smm_academy.errors import Invalid

if sys.platform != "win32":
    import resource

Found = TypeVar("Found")

MEMBERS, HOURS, SEED = 10_000, 24, 1
PROTOCOL = {"seeds": 20, "members": 20_000, "days": 30}
MEGABYTE = 1024 * 1024
PROCESS_STATUS = Path("/proc/self/status")
# getrusage counts in kilobytes, on macOS in bytes.
RESIDENT_UNIT = 1 if sys.platform == "darwin" else 1024


def simulate(options: Namespace) -> int:
    """Let a community live and print its figures and facts, or the protocol of all facts."""
    if options.facts:
        return _check_facts(options)
    members, hours, seed = options.members, options.hours, options.seed
    hours = HOURS if hours is None else hours
    with Progress(f"Living {hours:,} hours", hours) as progress:
        report = simulator.simulate(
            MEMBERS if members is None else members,
            hours,
            SEED if seed is None else seed,
            gauge=gauge,
            tick=progress.advance,
        )
    if options.json:
        print_json(report.as_json())
        return 0
    figures = {name: value for name, value in report.as_json().items() if name != "facts"}
    print_line(table((name.replace("_", " "), _figure(value)) for name, value in figures.items()))
    print_line("")
    print_line(_fact_table(report.facts))
    return 0


def generate(options: Namespace) -> None:
    """Write synthetic messages as JSON lines."""
    if options.sector is not None and options.sector not in simulator.SECTORS:
        raise Invalid(
            "sector",
            "There is no sector %(name)s. Choose one of %(known)s.",
            name=options.sector,
            known=", ".join(simulator.SECTORS),
        )
    messages = simulator.generate(options.count, options.locale, options.seed, options.sector)
    with Progress("Writing", options.count, beside_output=True) as progress:
        for message in progress.follow(messages):
            print_json(message)


def gauge() -> simulator.Gauge:
    """Return what this process has used so far; Windows does not tell the peak of memory."""
    return simulator.Gauge(time.process_time(), time.perf_counter(), _peak_memory())


def _peak_memory() -> float | None:
    """Return the most memory that this process has held, in megabytes.

    On Linux the kernel's own mark: what getrusage tells there begins with the size of whatever
    process started this one.
    """
    if PROCESS_STATUS.exists():
        for line in PROCESS_STATUS.read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    if sys.platform == "win32":
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RESIDENT_UNIT / MEGABYTE


def _check_facts(options: Namespace) -> int:
    """Run the full protocol; return 1 where a verified fact does not hold."""
    for name in ("members", "hours", "seed"):
        if getattr(options, name) is not None:
            raise Invalid(
                name,
                "--facts runs the protocol's own members, hours and seeds: leave out --%(name)s.",
                name=name,
            )
    began = time.perf_counter()
    facts = simulator.run_protocol(**PROTOCOL, mapper=map_over_cores)
    if options.json:
        print_json({
            **PROTOCOL,
            "wall_seconds": time.perf_counter() - began,
            "facts": [fact.as_json() for fact in facts],
        })  # fmt: skip
    else:
        print_line(_fact_table(facts))
    return int(not passes(facts))


def map_over_cores(work: Callable[[int], Found], seeds: Iterable[int]) -> Iterator[Found]:
    """Yield the work on each seed in order, done in as many processes as there are cores."""
    queued = list(seeds)
    with Progress("Living the seeds", len(queued)) as progress:
        if (processes := min(len(queued), cores())) <= 1:
            yield from progress.follow(map(work, queued))
            return
        with ProcessPoolExecutor(processes, initializer=leave_interrupts) as pool:
            try:
                yield from progress.follow(pool.map(work, queued))
            except BaseException:
                # Leaving the block would wait for seeds that nobody wants any more.
                for process in active_children():
                    process.terminate()
                raise


def passes(facts: Iterable[simulator.Fact]) -> bool:
    """Tell whether every fact holds whose target was read in its source."""
    return all(fact.holds for fact in facts if fact.verified)


def _fact_table(facts: Sequence[simulator.Fact]) -> str:
    verdicts = {True: "holds", False: "DOES NOT HOLD", None: "not shown"}
    rows = [
        (fact.id, _figure(fact.value), f"{fact.low:.4g} to {fact.high:.4g}",
         verdicts[fact.holds], fact.reason or "")
        for fact in facts
    ]  # fmt: skip
    return table([("fact", "value", "wanted", "verdict", ""), *rows])


def _figure(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else f"{value}"
