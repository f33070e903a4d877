"""What-if: how much common luck spares, and how long a branch with its repeats takes.

``python benchmarks/what_if.py [--repeats 40]``: for each shipped scenario the novice's day, with
the gravest answered message left alone instead. ``seeds`` is the variance of the difference when
the two days are lived on independent seeds, over that of pairs that share everything but what the
decision moves (bar: 2): so many times fewer repeats for the same precision. ``luck`` is the same
where the days share their seed and past and only the luck after the decision is drawn apart: what
is left is mostly chance that the decision itself opens, which no pairing takes away. ``seconds``
of CPU is one `what_if` as the site asks for it, beginning with a cold replay (bar: 1.5 s).
"""

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import simulator
from simulator import Change, Move, Shift
from simulator.experts import POLICIES
from simulator.shift import engine
from simulator.shift.branches import Step, follow, plans_of, shared, walked, with_luck

LEAST_RATIO, MOST_SECONDS = 2.0, 1.5


@dataclass(frozen=True)
class Measured:
    """One scenario: the two ratios of variances, the difference, the time."""

    seeds: float
    luck: float
    difference: float
    seconds: float


def worked(scenario_id: str, seed: int = 3) -> Shift:
    """Return the novice's day in a shipped scenario."""
    pack = simulator.scenario_pack(scenario_id)
    brand = simulator.brand(simulator.brand_pack(pack["brand"]), "en")
    shift = simulator.start(simulator.scenario(pack, "en"), brand, seed)
    while not shift.is_over:
        move = POLICIES["novice"](shift)
        if move is None:
            shift.run_out()
        else:
            shift.apply(move)
    return shift


def gravest(shift: Shift) -> str:
    """Return the answered message that matters most."""
    answered = {made.message for made in shift.state.made if made.kind == "reply"}
    plans = [plan for plan in shift.scenario.messages if plan.id in answered]
    return max(plans, key=lambda plan: (plan.severity, plan.arousal)).id


def start_on(shift: Shift, seed: int) -> Shift:
    """Return the morning of the same scenario on another seed."""
    return simulator.start(shift.scenario, shift.brand, seed)


def end_of(day: Shift, plan: Sequence[Step]) -> float:
    """Return the sentiment in which a day ends that is lived on by a plan."""
    follow(day, plan, strictly=False)
    return day.state.timeline[-1].sentiment


def measure(shift: Shift, repeats: int) -> Measured:
    """Return what a scenario's what-if costs and what common luck spares."""
    message = gravest(shift)
    place = simulator.decision_on(shift, message)
    lived, changed = plans_of(shift, place, Change(only=True))
    common = shared(lived, changed)
    fork = walked(shift, lived[:common])
    pairs = []
    for luck in range(1, repeats + 1):
        days = with_luck(fork, luck), with_luck(fork, luck)
        pairs.append((end_of(days[0], lived[common:]), end_of(days[1], changed[common:])))
    differences = statistics.variance(late - early for early, late in pairs)
    days = [start_on(shift, seed) for seed in range(1001, 1001 + 2 * repeats)]
    early = [end_of(day, lived) for day in days[:repeats]]
    late = [end_of(day, changed) for day in days[repeats:]]
    luck_apart = sum(statistics.variance(side) for side in zip(*pairs, strict=True))
    seeds_apart = statistics.variance(early) + statistics.variance(late)
    engine._ground.cache_clear()  # noqa: SLF001 - a cold request builds its community anew
    moves = [
        Move(made.kind, made.message, made.text, made.to, made.minutes, made.item, made.choices)
        for made in shift.state.made
    ]
    begun = time.process_time()
    again = simulator.replay(shift.scenario, shift.brand, shift.seed, moves)
    simulator.what_if(again, message, place, Change(only=True), (-0.5, 0.5))
    return Measured(
        seeds_apart / differences,
        luck_apart / differences,
        statistics.mean(late - early for early, late in pairs),
        time.process_time() - begun,
    )


def main() -> int:
    """Measure every shipped scenario; 1 where a bar does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=40)
    repeats = parser.parse_args().repeats
    good = True
    for scenario_id in simulator.scenario_ids():
        found = measure(worked(scenario_id), repeats)
        good = good and found.seeds >= LEAST_RATIO and found.seconds <= MOST_SECONDS
        print(
            f"{scenario_id:18s} seeds {found.seeds:8.1f}  luck {found.luck:6.1f}  "
            f"difference {found.difference:+.4f}  seconds {found.seconds:.2f}",
            flush=True,
        )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
