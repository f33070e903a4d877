"""What words do to clicks and shares, and what speed does to a reply: rows 15 to 17 and 29."""

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population import appeal, care
from simulator.population.facts.fact import Fact, judge
from simulator.population.members import normal_table
from simulator.population.parameters import Parameters

_TRIALS = 20_000
_VIEWS = 4_000
_CLICK_RATE = 0.015
_SHARE_RATE = 0.02


def clicks(constants: Parameters, seed: int) -> tuple[Fact, ...]:
    """Row 15: randomised trials of headlines that differ by one negative word."""
    trial = np.arange(_TRIALS)
    words = keyed.below(keyed.hash32(trial, keyed.key(seed, "headline")), np.full(_TRIALS, 3))
    plain = _successes(appeal.click_chance(_CLICK_RATE, words, constants.appeal), seed, "plain")
    marked = _successes(
        appeal.click_chance(_CLICK_RATE, words + 1, constants.appeal), seed, "marked"
    )
    return (judge("wording.negative_click", marked.sum() / plain.sum() - 1.0),)


def negative_shares(constants: Parameters, seed: int) -> tuple[Fact, ...]:
    """Row 16: shares of articles with a negative tone against others."""
    return (judge("wording.negative_share", _shares(constants, seed, "negative")),)


def charged_shares(constants: Parameters, seed: int) -> tuple[Fact, ...]:
    """Row 17: shares of texts with one more moral-emotional or out-group word."""
    return (
        judge("wording.moral_share", _shares(constants, seed, "moral") - 1.0),
        judge("wording.outgroup_share", _shares(constants, seed, "outgroup") - 1.0),
    )


def speed(constants: Parameters) -> tuple[Fact, ...]:
    """Row 29, first part: what a reply is worth after 4 minutes against after 20."""
    worth = care.speed_factor(np.array([4.0, 20.0]), constants.care)
    return (judge("care.speed_ratio", float(worth[0] / worth[1])),)


def _shares(constants: Parameters, seed: int, treatment: str) -> float:
    """Return the shares of treated texts per share of the same texts untreated."""
    none = np.zeros(_TRIALS, dtype=np.int64)
    one = none + 1
    tone = np.full(_TRIALS, 0.1)
    treated = (
        -tone if treatment == "negative" else tone,
        one if treatment == "moral" else none,
        one if treatment == "outgroup" else none,
    )
    factors = (
        appeal.share_factor(tone, none, none, constants.appeal),
        appeal.share_factor(*treated, constants.appeal),
    )
    plain, marked = (
        _successes(_SHARE_RATE * factor, seed, f"{treatment} {arm}")
        for arm, factor in enumerate(factors)
    )
    return float(marked.sum() / plain.sum())


def _successes(chance: NDArray[np.float64], seed: int, purpose: str) -> NDArray[np.float64]:
    """Return how many views of each trial succeed: binomial, by its normal approximation."""
    word = keyed.uniform(np.arange(chance.size), keyed.key(seed, f"trial {purpose}"))
    levels = normal_table()
    normal = levels[(word * levels.size).astype(np.int64)]
    spread = np.sqrt(_VIEWS * chance * (1.0 - chance))
    count: NDArray[np.float64] = np.rint(_VIEWS * chance + spread * normal)
    return np.clip(count, 0.0, _VIEWS)
