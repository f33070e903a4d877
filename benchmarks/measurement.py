"""The figures of the measurement, by simulation: one command each.

    python -m benchmarks.measurement speed       processor time of calibration and item selection
    python -m benchmarks.measurement recovery    error of calibrated parameters at 500 and 1,000
    python -m benchmarks.measurement adaptive    length, error, coverage and exposure of a check
    python -m benchmarks.measurement learner     the learner's and the employer's check as shipped
    python -m benchmarks.measurement mastery     coverage, and who is ever called mastered
    python -m benchmarks.measurement map         coverage of skills, areas and the whole
    python -m benchmarks.measurement fairness    classes of fair items, alarms of fair pools

Set OPENBLAS_NUM_THREADS=1 for `speed`: waiting threads count as processor time. Each prints a
figure a line; `--scale` multiplies the number of simulated people.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from benchmarks.simulated_answers import (
    answer_item,
    draw_answers,
    draw_bank,
    draw_two_way,
    later,
)
from smm_academy.measurement.blueprint import AREAS, SKILLS, default_difficulty
from smm_academy.measurement.dif import count_tables, mantel_haenszel
from smm_academy.measurement.expectation_maximisation import fit_items
from smm_academy.measurement.impact import FEWEST_IN_GROUP, compare_selection
from smm_academy.measurement.marginal_likelihood import Priors
from smm_academy.measurement.mastery import (
    Answer,
    Level,
    SkillState,
    choose_level,
    update_state,
)
from smm_academy.measurement.observed_information import standard_errors
from smm_academy.measurement.selection import (
    EMPLOYER_CHECK,
    LEARNER_CHECK,
    Bank,
    BankItem,
    CheckRules,
    build_bank,
    decide_next,
)
from smm_academy.measurement.skill_map import EvidenceRow, map_skills

WIDTH = 1.96
ANSWERS_A_DAY = 20


@dataclass(frozen=True)
class CheckFigures:
    """What simulated people's checks came to."""

    mean_items: float
    longest_5_percent: float
    error: float
    coverage: float
    highest_exposure: float
    widest_share_gap: float
    unused: int


def measure_recovery(people: int, replications: int, priors: Priors | None = None) -> list[float]:
    """Return the root mean squared errors of slope and difficulty of 40 calibrated items.

    Difficulties are drawn from N(0, 1). With wider ones a few flat items far from everybody
    decide the figure: no method places them.
    """
    gaps: list[list[float]] = [[], []]
    for seed in range(replications):
        random = np.random.default_rng([people, seed])
        curves = draw_two_way(random, 40, spread=1.0)
        codes = draw_answers(random, curves, random.normal(size=people))
        found = fit_items(codes, "2pl", priors).curves
        gaps[0].extend(found.slopes - curves.slopes)
        gaps[1].extend((found.thresholds - curves.thresholds)[:, 0])
    return [float(np.sqrt(np.mean(np.square(gap)))) for gap in gaps]


def measure_check(bank: Bank, rules: CheckRules, people: int, seed: int) -> CheckFigures:
    """Return the figures of a check taken by people whose ability is N(0, 1)."""
    random = np.random.default_rng(seed)
    seen: Counter[str] = Counter()
    lengths, gaps, covered = [], [], []
    for person in range(people):
        theta = float(random.normal())
        answers: list[tuple[str, int]] = []
        while True:
            decision = decide_next(bank, answers, rules=rules, seed=person)
            if decision.item is None:
                break
            item = bank.items[bank.places[decision.item]]
            answers.append((item.id, answer_item(random, item, theta)))
        seen.update(id_ for id_, _ in answers)
        lengths.append(len(answers))
        gaps.append(decision.mean - theta)
        covered.append(abs(decision.mean - theta) <= WIDTH * decision.se)
    by_area: Counter[str] = Counter()
    for id_, count in seen.items():
        by_area[bank.areas[bank.places[id_]]] += count
    total = seen.total()
    return CheckFigures(
        float(np.mean(lengths)),
        float(np.percentile(lengths, 95)),
        float(np.sqrt(np.mean(np.square(gaps)))),
        float(np.mean(covered)),
        max(seen.values()) / people,
        max(abs(by_area[area] / total - share) for area, share in bank.shares.items()),
        len(bank.items) - len(seen),
    )


def practise(random: Generator, theta: float, answers: int) -> Iterator[tuple[SkillState, Level]]:
    """Yield state and level after each of a learner's answers to random two-way items."""
    state = SkillState()
    level: Level = "unmeasured"
    for place in range(answers):
        slope, difficulty = float(random.lognormal(0, 0.35)), float(random.normal(0, 1.2))
        right = random.random() < 1 / (1 + np.exp(-slope * (theta - difficulty)))
        answer = Answer(slope, (difficulty,), int(right), simulated=place % 5 == 0)
        state = update_state(state, answer, later(place / ANSWERS_A_DAY))
        level = choose_level(state, 0.0, level, duty=True)
        yield state, level


def measure_mastery(distance: float, learners: int, answers: int = 100) -> float:
    """Return the share ever called mastered of learners who stand so far above the cut."""
    ever = 0
    for seed in range(learners):
        random = np.random.default_rng([seed, int(1000 * (distance + 9))])
        ever += any(level == "mastered" for _, level in practise(random, distance, answers))
    return ever / learners


def measure_coverage(learners: int, answers: int = 100) -> dict[int, float]:
    """Return the coverage of the 95 % interval after 5, 10, 25, 50 and 100 answers."""
    hits: Counter[int] = Counter()
    for seed in range(learners):
        random = np.random.default_rng([seed, 77])
        theta = float(random.normal())
        for place, (state, _) in enumerate(practise(random, theta, answers), start=1):
            hits[place] += abs(state.mean - theta) <= WIDTH * state.se
    return {place: hits[place] / learners for place in (5, 10, 25, 50, 100)}


def measure_map(rows: int, people: int, shared: float) -> dict[str, float]:
    """Return the coverage of skills, areas and the whole after some rows of practice.

    ``shared`` is the part of the variance between people that all 13 skills have in common.
    """
    random = np.random.default_rng([rows, people, int(100 * shared)])
    hits: dict[str, list[bool]] = {"skills": [], "areas": [], "overall": []}
    for _ in range(people):
        own = random.normal(size=len(SKILLS)) * np.sqrt(1 - shared)
        theta = dict(zip(SKILLS, own + random.normal() * np.sqrt(shared), strict=True))
        evidence = []
        for place in range(rows):
            skill = SKILLS[place % len(SKILLS)]
            difficulty = default_difficulty(int(random.integers(1, 6)))
            right = random.random() < 1 / (1 + np.exp(difficulty - theta[skill]))
            evidence.append(
                EvidenceRow(skill, float(right), 1, 1.0, (difficulty,), later(place / 100))
            )
        found = map_skills(evidence, later(rows / 100))
        for leaf in found.skills:
            hits["skills"].append(leaf.low <= theta[leaf.skill] <= leaf.high)
        for area in found.areas:
            truth = np.mean([theta[skill] for skill in AREAS[area.skill]])
            hits["areas"].append(bool(area.low <= truth <= area.high))
        whole = np.mean(list(theta.values()))
        hits["overall"].append(bool(found.overall.low <= whole <= found.overall.high))
    return {name: float(np.mean(found)) for name, found in hits.items()}


def measure_null_dif(people: int, replications: int) -> float:
    """Return the share of fair items called class C: 30 items, two equal groups."""
    classes: Counter[str] = Counter()
    for seed in range(replications):
        random = np.random.default_rng([people, seed, 5])
        codes = draw_answers(random, draw_two_way(random, 30), random.normal(size=2 * people))
        focal = np.arange(2 * people) >= people
        for item in range(30):
            found = mantel_haenszel(count_tables(codes[:, item], focal, codes.sum(axis=1)))
            classes["none" if found is None else found.ets_class] += 1
    return classes["C"] / classes.total()


def measure_null_impact(people: int, pools: int) -> float:
    """Return the share of fair pools, selection rate .30, in which the rule asks for a review."""
    random = np.random.default_rng(people)
    alarms = 0
    for _ in range(pools):
        selected = (int(random.binomial(people, 0.3)), int(random.binomial(people, 0.3)))
        alarms += compare_selection(selected, (people, people)).verdict == "review"
    return alarms / pools


def measure_fit_time(people: int, repeats: int) -> float:
    """Return the least processor time, in seconds, to fit 40 items with standard errors."""
    random = np.random.default_rng(1)
    codes = draw_answers(random, draw_two_way(random, 40), random.normal(size=people))
    times = []
    for _ in range(repeats):
        start = time.process_time()
        standard_errors(fit_items(codes, "2pl"))
        times.append(time.process_time() - start)
    return min(times)


def measure_choice_time(choices: int) -> float:
    """Return the processor time of one choice among 300 items, in milliseconds."""
    bank = draw_bank(np.random.default_rng(2), 300, 5)
    answers: list[tuple[str, int]] = [(item.id, 1) for item in bank.items[:20]]
    start = time.process_time()
    for seed in range(choices):
        decide_next(bank, answers, rules=EMPLOYER_CHECK, seed=seed)
    return 1000 * (time.process_time() - start) / choices


def shipped_bank() -> Bank:
    """Return a bank as shipped: 25 items a skill, slope 1, the authors' difficulties."""
    return build_bank(
        [
            BankItem(f"{skill}-{place}", skill, 1.0, (default_difficulty(1 + place % 5),))
            for skill in SKILLS
            for place in range(25)
        ]
    )


def report_speed(scale: float) -> None:
    """Print processor times."""
    for people in (1000, int(10_000 * scale)):
        print(f"2pl, {people} x 40, with errors: {measure_fit_time(people, 3):.3f} s of processor")
    print(f"choice among 300 items: {measure_choice_time(int(1000 * scale)):.3f} ms of processor")


def report_recovery(scale: float) -> None:
    """Print errors of calibrated parameters."""
    for people, priors in ((200, Priors()), (500, None), (500, Priors()), (1000, None)):
        slope, place = measure_recovery(people, int(20 * scale), priors)
        kind = "with priors" if priors else "without priors"
        print(f"{people} people {kind}: rmse of a {slope:.3f}, of b {place:.3f}")


def report_adaptive(scale: float) -> None:
    """Print the figures of a check at an error of .30 on banks of 300 items in five areas."""
    rules = replace(EMPLOYER_CHECK, longest=100)
    for seed in range(4):
        bank = draw_bank(np.random.default_rng(seed), 300, 5)
        print(f"bank {seed}: {measure_check(bank, rules, int(1000 * scale), seed)}")


def report_learner(scale: float) -> None:
    """Print the figures of both checks on the bank as shipped."""
    for name, rules in (("learner", LEARNER_CHECK), ("employer", EMPLOYER_CHECK)):
        print(f"{name}: {measure_check(shipped_bank(), rules, int(1000 * scale), 3)}")


def report_mastery(scale: float) -> None:
    """Print coverage and who is ever called mastered."""
    for place, share in measure_coverage(int(4000 * scale)).items():
        print(f"coverage after {place} answers: {share:.3f}")
    for distance in (-0.6, -0.3, 0.0, 0.3, 0.5, 1.0):
        share = measure_mastery(distance, int(2000 * scale))
        print(f"ever mastered within 100 answers at cut {distance:+.1f}: {share:.3f}")


def report_map(scale: float) -> None:
    """Print the coverage of the skill map."""
    for rows in (26, 65, 130, 390):
        for shared in (0.3, 0.6, 1.0):
            found = measure_map(rows, int(300 * scale), shared)
            print(f"{rows} rows, shared variance {shared}: {found}")


def report_fairness(scale: float) -> None:
    """Print what happens where nothing is unfair."""
    for people in (100, 200, 500):
        share = measure_null_dif(people, int(100 * scale))
        print(f"fair items, {people} a group: class C {share:.4f}")
    for people in (10, 50, FEWEST_IN_GROUP - 1, FEWEST_IN_GROUP, 500):
        share = measure_null_impact(people, int(5000 * scale))
        print(f"fair pools, {people} a group: review asked {share:.3f}")


REPORTS: dict[str, Callable[[float], None]] = {
    "speed": report_speed,
    "recovery": report_recovery,
    "adaptive": report_adaptive,
    "learner": report_learner,
    "mastery": report_mastery,
    "map": report_map,
    "fairness": report_fairness,
}


def main() -> None:
    """Run the report that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("report", choices=[*REPORTS, "all"])
    parser.add_argument("--scale", type=float, default=1.0, help="times the people simulated")
    options = parser.parse_args()
    for name, report in REPORTS.items():
        if options.report in (name, "all"):
            report(options.scale)


if __name__ == "__main__":
    main()
