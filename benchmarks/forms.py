"""Parallel forms: two days of the same kind, and of another kind, and whether they mean the same.

``python3 dev.py bench forms [--persons 80] [--locale en]``: simulated candidates of known ability,
other persons and other seeds than those the conversions were made with, each with luck of their
own, play two days of every calibrated scenario. Shown are

- *seeds*: how far the seeds of one scenario differ for the very same play (same hand, same luck);
- *parallel*: correlation and mean difference between two seeds of a scenario;
- *scenarios*: how far true scores lie from those of the reference on the whole and, as a root
  mean square, over quarters of ability, before and after equating (a crowd of strata: luck
  plays little part there);
- *error*: the shown standard error beside the one found, and how often the shown interval
  ("another day") holds the second day (two thirds promised).
"""

import argparse
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

import simulator
from simulator import Candidate, Locale
from smm_academy.calibration.spreading import cores
from smm_academy.shifts.equating import Conversion, conversions, equate

FIRST_PERSON = 100_000
FIRST_SEED = 5_000
EVEN_SEED = 7_000
EVEN_PERSONS, EVEN_DAYS = 32, 4
ALIKE_SEEDS = 8
ALIKE_PERSONS = 12
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Days:
    """What persons got on two days of a scenario, a crowd on several, one play on many seeds."""

    scenario: str
    own: NDArray[np.float64]
    even: NDArray[np.float64]
    alike: NDArray[np.float64]


def play_form(name: str, locale: Locale, persons: int) -> Days:
    """Let fresh candidates play two fresh days, and the same hands with one luck play several."""
    pack = simulator.scenario_pack(name)
    scenario = simulator.scenario(pack, locale)
    brand = simulator.brand(simulator.brand_pack(pack["brand"]), locale)

    def points(seed: int, people: Iterable[Candidate]) -> list[float]:
        records = simulator.play_candidates(scenario, brand, seed, people)
        return [record["score"] for record in records]

    normal = NormalDist()
    abilities = [normal.inv_cdf((number + 0.5) / persons) for number in range(persons)]
    own = [
        points(
            FIRST_SEED + day,
            [Candidate(one, FIRST_PERSON + n, day) for n, one in enumerate(abilities)],
        )
        for day in range(2)
    ]
    even = [
        points(EVEN_SEED + day, people)
        for day, people in enumerate(simulator.crowd(EVEN_PERSONS, EVEN_DAYS))
    ]
    few = [normal.inv_cdf((number + 0.5) / ALIKE_PERSONS) for number in range(ALIKE_PERSONS)]
    alike = [
        points(FIRST_SEED + seed, [Candidate(one, n, 0) for n, one in enumerate(few)])
        for seed in range(ALIKE_SEEDS)
    ]
    return Days(name, np.array(own).T, np.array(even).T, np.array(alike).T)


def seed_deviations(alike: NDArray[np.float64]) -> tuple[float, float]:
    """Return the deviations of seeds, and of persons by seeds, of an analysis of variance."""
    persons, seeds = alike.shape
    by_seed = alike.mean(axis=0)
    rest = alike - alike.mean(axis=1, keepdims=True) - by_seed + alike.mean()
    mixed = (rest**2).sum() / ((persons - 1) * (seeds - 1))
    between = max(0.0, by_seed.var(ddof=1) - mixed / persons)
    return float(np.sqrt(between)), float(np.sqrt(mixed))


def correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return Pearson's correlation."""
    return float(np.corrcoef(one, other)[0, 1])


def apart(own: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the root mean square over quarters of ability of the mean differences."""
    quarters = np.array_split((own - other).mean(axis=1), QUARTERS)
    return float(np.sqrt(np.mean([quarter.mean() ** 2 for quarter in quarters])))


def equated(days: NDArray[np.float64], form: Conversion) -> tuple[NDArray[np.float64], ...]:
    """Return equated scores, shown errors, and the ends of the shown intervals."""
    found = [equate(float(score), form, "") for score in days.ravel()]
    return tuple(
        np.array([one[name] for one in found]).reshape(days.shape)
        for name in ("score", "se", "low", "high")
    )


def report(days: list[Days], locale: str) -> None:
    """Print the figures of every scenario in a language, and over all of them."""
    known = conversions()
    by_name = {one.scenario: one for one in days}
    base = by_name[known.reference].even
    print(f"conversions {known.version}, {locale}, reference {known.reference}")
    print(
        f"{'scenario':16}{'seed SD':>8}{'x person':>9}{'r seeds':>8}{'diff':>7}"
        f"{'r ref':>7}{'raw diff':>9}{'rms':>6}{'equated':>9}{'rms':>6}"
        f"{'SE found':>9}{'shown':>7}{'in interval':>12}"
    )
    totals = []
    for one in days:
        form = known.by_form[one.scenario, locale]
        scores, errors, low, high = equated(one.own, form)
        even = equated(one.even, form)[0]
        seeds, mixed = seed_deviations(one.alike)
        change = scores[:, 1] - scores[:, 0]
        found = float(np.sqrt((change**2).mean() / 2.0))
        shown = float(np.sqrt((errors**2).mean()))
        held = np.mean([
            (low[:, day] <= scores[:, 1 - day]) & (scores[:, 1 - day] <= high[:, day])
            for day in range(2)
        ])  # fmt: skip
        row = (
            seeds, mixed, correlation(one.own[:, 0], one.own[:, 1]),
            float((one.own[:, 1] - one.own[:, 0]).mean()),
            correlation(even.mean(axis=1), base.mean(axis=1)),
            float((one.even - base).mean()), apart(one.even, base),
            float((even - base).mean()), apart(even, base), found, shown, float(held),
        )  # fmt: skip
        totals.append(row)
        print(
            f"{one.scenario:16}{row[0]:8.2f}{row[1]:9.2f}{row[2]:8.2f}{row[3]:+7.1f}"
            f"{row[4]:7.2f}{row[5]:+9.1f}{row[6]:6.1f}{row[7]:+9.1f}{row[8]:6.1f}"
            f"{row[9]:9.1f}{row[10]:7.1f}{row[11]:12.2f}"
        )
    table = np.array(totals)
    others = table[[one.scenario != known.reference for one in days]]
    print(
        f"{'all':16}seeds {np.sqrt((table[:, 0] ** 2).mean()):.2f}, r of two seeds "
        f"{table[:, 2].mean():.2f}; from the reference: raw "
        f"{np.sqrt((others[:, 5] ** 2).mean()):.1f}, equated "
        f"{np.sqrt((others[:, 7] ** 2).mean()):.1f} (by quarters {others[:, 6].mean():.1f}, "
        f"{others[:, 8].mean():.1f}); error found {np.sqrt((table[:, 9] ** 2).mean()):.1f}, shown "
        f"{np.sqrt((table[:, 10] ** 2).mean()):.1f}; in interval {table[:, 11].mean():.3f}"
    )


def main(arguments: list[str]) -> None:
    """Play and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=80, help="fresh candidates (default 80)")
    parser.add_argument("--locale", choices=("en", "pl"), action="append", help="default: both")
    options = parser.parse_args(arguments)
    for locale in options.locale or ("en", "pl"):
        names = sorted(name for name, tongue in conversions().by_form if tongue == locale)
        play = partial(play_form, locale=locale, persons=options.persons)
        with ProcessPoolExecutor(cores()) as pool:
            report(list(pool.map(play, names)), locale)


if __name__ == "__main__":
    main(sys.argv[1:])
