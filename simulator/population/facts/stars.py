"""What reviews look like: rows 12 to 14 and 21 of the fact table."""

import math

import numpy as np
from numpy.typing import NDArray

from simulator.population.facts.fact import Fact, judge
from simulator.population.record import Run
from simulator.population.reviews import Experiences

_NAMES = ("one", "two", "three", "four", "five")
_FEWEST = 100


def shares(run: Run) -> tuple[Fact, ...]:
    """Row 12: the J of given reviews, and the single peak when everybody must review."""
    given = _counts(run.bought, only_written=True)
    forced = _counts(run.bought, only_written=False)
    enough = given.sum() >= _FEWEST
    split = given / max(1, given.sum())
    facts = [
        judge(f"stars.{name}", float(share) if enough else math.nan)
        for name, share in zip(_NAMES, split, strict=True)
    ]
    ratio = given[0] / given[1] if enough and given[1] else math.nan
    facts.append(judge("stars.one_over_two", float(ratio)))
    facts.append(judge("stars.forced_modes", _modes(forced) if enough else math.nan))
    return tuple(facts)


def mechanism(run: Run) -> tuple[Fact, ...]:
    """Row 13: the extreme report more often than the moderate; those who like a brand buy more."""
    given = _counts(run.bought, only_written=True)
    lived = _counts(run.bought, only_written=False)
    if given.sum() < _FEWEST:
        return judge("stars.report_ratio", math.nan), judge("stars.purchase_bias", math.nan)
    extreme = given[[0, 4]].sum() / lived[[0, 4]].sum()
    moderate = given[2] / lived[2]
    attitude = run.community.traits.disposition
    visits = _visit_rates(run)
    bias = attitude[run.bought.member].mean() - (attitude * visits).sum() / visits.sum()
    return (
        judge("stars.report_ratio", extreme / moderate if moderate else math.nan),
        judge("stars.purchase_bias", float(bias)),
    )


def lengths(run: Run) -> tuple[Fact, ...]:
    """Row 14: middling reviews are the longest, the best the shortest."""
    bought = run.bought
    if np.count_nonzero(bought.written) < _FEWEST:
        return judge("stars.longest", math.nan), judge("stars.length_ratio", math.nan)
    medians = [
        float(np.median(bought.words[bought.written & (bought.stars == star)]))
        for star in range(1, 6)
    ]
    low = float(np.median(bought.words[bought.written & (bought.stars <= len(_NAMES[:2]))]))
    return (
        judge("stars.longest", 1.0 + int(np.argmax(medians))),
        judge("stars.length_ratio", low / medians[4]),
    )


def answered(silent: Run, replying: Run) -> tuple[Fact, ...]:
    """Rows 14 and 21: the same buyers, with management replies and without."""
    before, after = _reviews(silent.bought), _reviews(replying.bought)
    bad_before, bad_after = before[0] <= len(_NAMES[:2]), after[0] <= len(_NAMES[:2])
    if min(bad_before.sum(), bad_after.sum()) == 0:
        return ()
    return (
        judge("stars.replied_negative", bad_after.sum() / bad_before.sum()),
        judge(
            "stars.replied_length",
            float(np.median(after[1][bad_after]) / np.median(before[1][bad_before])),
        ),
        judge("stars.reply_gain", float(after[0].mean() - before[0].mean())),
        judge("stars.reply_volume", after[0].size / before[0].size - 1.0),
    )


def _reviews(bought: Experiences) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return bought.stars[bought.written], bought.words[bought.written]


def _counts(bought: Experiences, *, only_written: bool) -> NDArray[np.int64]:
    stars = bought.stars[bought.written] if only_written else bought.stars
    return np.bincount(stars, minlength=6)[1:]


def _modes(counts: NDArray[np.int64]) -> float:
    """Return how many peaks the five counts have."""
    rises = np.diff(np.concatenate(([0], counts, [0]))) > 0
    return float(np.count_nonzero(rises[:-1] & ~rises[1:]))


def _visit_rates(run: Run) -> NDArray[np.float64]:
    traits = run.community.traits
    return np.repeat(np.array(traits.class_rate), np.diff(traits.class_start))
