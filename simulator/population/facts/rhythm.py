"""When people contribute: rows 5 to 7 of the fact table."""

import numpy as np
from numpy.typing import NDArray

from simulator.population.activity import DAY, HOUR, WEEK
from simulator.population.facts.fact import Fact, judge
from simulator.population.facts.statistics import (
    burstiness,
    harmonic_fit,
    interval_exponent,
    memory,
)
from simulator.population.record import Run

_FEWEST_EVENTS = 20
_SHORTEST, _LONGEST = 60.0, 86_400.0


def bursts(run: Run) -> tuple[Fact, ...]:
    """Row 5: burstiness and memory of the members with 20 or more events."""
    many = [each for each in intervals(run) if each.size >= _FEWEST_EVENTS - 1]
    if not many:
        return judge("rhythm.burstiness", np.nan), judge("rhythm.memory", np.nan)
    return (
        judge("rhythm.burstiness", float(np.median([burstiness(each) for each in many]))),
        judge("rhythm.memory", float(np.nanmedian([memory(each) for each in many]))),
    )


def interval_tail(run: Run) -> tuple[Fact, ...]:
    """Row 6: exponent of the intervals between a member's events, 1 minute to 1 day."""
    pooled = np.concatenate([np.empty(0), *intervals(run)])
    return (judge("rhythm.interval_exponent", interval_exponent(pooled, _SHORTEST, _LONGEST)),)


def day_and_week(run: Run) -> tuple[Fact, ...]:
    """Row 7: the daily curve of contents, and weekends against weekdays."""
    hours = run.said.second // HOUR
    whole = hours < run.first + run.hours // DAY * DAY
    daily = np.bincount(hours[whole] % DAY, minlength=DAY).astype(np.float64)
    weekend = hours % WEEK >= 5 * DAY
    span = np.arange(run.first, run.first + run.hours) % WEEK >= 5 * DAY
    quiet, busy = max(1, int(span.sum())), max(1, int((~span).sum()))
    ratio = (weekend.sum() / quiet) / max(1e-9, (~weekend).sum() / busy)
    return (
        judge("rhythm.peak_to_trough", daily.max() / max(1.0, daily.min())),
        judge("rhythm.trough_hour", float(daily.argmin())),
        judge("rhythm.peak_hour", float(daily.argmax())),
        judge("rhythm.two_harmonics", harmonic_fit(daily)),
        judge("rhythm.weekend", float(ratio) - 1.0 if span.any() else np.nan),
    )


def intervals(run: Run) -> list[NDArray[np.float64]]:
    """Return the seconds between successive contents of each member with at least two."""
    order = np.lexsort((run.said.second, run.said.member))
    member, second = run.said.member[order], run.said.second[order]
    bounds = np.flatnonzero(np.diff(member)) + 1
    rows = [np.diff(part).astype(np.float64) for part in np.split(second, bounds)]
    return [row[row > 0] for row in rows if np.count_nonzero(row)]
