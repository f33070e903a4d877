"""The shift: how fast a move and a replay are, and whether the policies rank as they should.

``python benchmarks/shift.py speed``: a move with a snapshot at hand (resume, move, snapshot) and a
cold replay of a whole expert day, at several sizes of community.
``python benchmarks/shift.py policies [--seeds 100] [--scenario ID]``: on how many seeds
expert > novice > the better of canned and nothing (bar: 95 %), and whether the one that the
scenario's ``yardstick`` says is better is (bar: 80 %), in every scenario and language.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import simulator
from simulator import Brand, Locale, Move, Scenario
from simulator.experts import POLICIES
from simulator.shift import engine, office, scoring
from simulator.shift.baselines import expert, live
from simulator.shift.engine import Day

LOCALES: tuple[Locale, ...] = ("en", "pl")
RANKED = ("nothing", "canned", "novice", "expert")


def played_in(scenario_id: str, locale: Locale) -> tuple[Scenario, Brand]:
    """Return a shipped scenario with its brand."""
    pack = simulator.scenario_pack(scenario_id)
    brand = simulator.brand(simulator.brand_pack(pack["brand"]), locale)
    return simulator.scenario(pack, locale), brand


def moves_of(day: Day) -> list[Move]:
    """Return the moves of a lived day."""
    return [
        Move(
            made.kind, made.message, made.text, made.to, made.minutes, made.item, made.choices
        )
        for made in day.state.made
    ]  # fmt: skip


def milliseconds(seconds: float) -> str:
    """Return a duration for the table."""
    return f"{1000 * seconds:8.1f}"


def measure_speed(members: int, scenario_id: str) -> None:
    """Print the time of a cold replay and of moves with a snapshot at hand."""
    scenario, brand = played_in(scenario_id, "en")
    scenario = replace(scenario, members=members)
    moves = moves_of(live(scenario, brand, 1, expert))
    simulator.replay(scenario, brand, 1, moves)
    cold = []
    for _ in range(3):
        engine._ground.cache_clear()  # noqa: SLF001 - a cold replay builds its community anew
        begun = time.perf_counter()
        simulator.replay(scenario, brand, 1, moves)
        cold.append(time.perf_counter() - begun)
    snapshot = simulator.start(scenario, brand, 1).snapshot()
    spent = []
    for move in moves:
        begun = time.perf_counter()
        shift = simulator.resume(scenario, brand, 1, snapshot)
        shift.apply(move)
        shift.desk()
        snapshot = shift.snapshot()
        spent.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    shift.finish()
    finish = time.perf_counter() - begun
    spent.sort()
    print(
        f"{scenario_id:14s} {members:8d} members  {len(moves):3d} moves  "
        f"replay {milliseconds(min(cold))} ms  "
        f"move median {milliseconds(statistics.median(spent))} ms  "
        f"p99 {milliseconds(spent[int(0.99 * (len(spent) - 1))])} ms  "
        f"finish {milliseconds(finish)} ms  snapshot {len(snapshot) // 1024} kB"
    )


def scores(scenario: Scenario, brand: Brand, seed: int) -> dict[str, float]:
    """Return the score of each ranked policy on one seed."""
    days = {name: live(scenario, brand, seed, POLICIES[name]) for name in RANKED}
    ends = {name: day.state.timeline[-1].sentiment for name, day in days.items()}
    found = {}
    for name, day in days.items():
        marked = [scoring.mark(day.scene, case) for case in day.state.cases.values()]
        baselines = ends["nothing"], ends["expert"]
        parts = scoring.parts(marked, office.sheets(day.scene), ends[name], baselines)
        found[name] = scoring.total(parts)
    return found


def every_scenario(wanted: str) -> Iterator[tuple[str, Locale]]:
    """Yield each shipped scenario in each language, or the one that is wanted."""
    for scenario_id in [wanted] if wanted else simulator.scenario_ids():
        for locale in LOCALES:
            yield scenario_id, locale


def measure_policies(seeds: int, wanted: str = "") -> bool:
    """Print how often the policies rank as they should; return whether they hold the bars."""
    good = True
    for scenario_id, locale in every_scenario(wanted):
        scenario, brand = played_in(scenario_id, locale)
        rows = [scores(scenario, brand, seed) for seed in range(1, seeds + 1)]
        ordered = sum(
            row["expert"] > row["novice"] > max(row["canned"], row["nothing"]) for row in rows
        )
        better = simulator.scenario_pack(scenario_id)["yardstick"]["better"]
        worse = "nothing" if better == "canned" else "canned"
        stated = sum(row[better] > row[worse] for row in rows)
        means = {name: round(statistics.mean(row[name] for row in rows), 1) for name in RANKED}
        good = good and ordered >= 0.95 * seeds and stated >= 0.8 * seeds
        print(
            f"{scenario_id:24s} {locale}  ordered {ordered}/{seeds}  "
            f"{better} above {worse} {stated}/{seeds}  {means}",
            flush=True,
        )
    return good


def main() -> int:
    """Run one of the two measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("speed", "policies"))
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--scenario", default="")
    arguments = parser.parse_args()
    if arguments.what == "speed":
        measure_speed(1600, "lumo-amber")
        for scenario_id in ("lumo-monday", "nitka-outage"):
            for members in (500, 2400, 20_000):
                measure_speed(members, scenario_id)
        return 0
    return 0 if measure_policies(arguments.seeds, arguments.scenario) else 1


if __name__ == "__main__":
    sys.exit(main())
