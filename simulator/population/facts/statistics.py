"""The measures that the facts are stated in."""

import math

import numpy as np
from numpy.typing import NDArray

_MOST_STARTS = 150

Numbers = NDArray[np.int64] | NDArray[np.float64]


def gini(amounts: Numbers) -> float:
    """Return the Gini coefficient of non-negative amounts, 0 (equal) to 1."""
    ordered = np.sort(amounts).astype(np.float64)
    count, total = ordered.size, float(ordered.sum())
    if count == 0 or total == 0:
        return math.nan
    ranks = np.arange(1, count + 1)
    return float(2.0 * (ranks * ordered).sum() / (count * total) - (count + 1) / count)


def tail_exponent(sizes: NDArray[np.int64], least_tail: int = 50) -> tuple[float, int]:
    """Return the exponent of a discrete power-law tail and the size where the tail begins.

    Maximum likelihood with the start that minimises the Kolmogorov-Smirnov distance (Clauset,
    Shalizi and Newman 2009; continuous approximation with a half-step correction), over at most
    150 starts. At least ``least_tail`` sizes stay in the tail; ``nan`` where there are too few.
    """
    values, counts = np.unique(sizes[sizes > 0], return_counts=True)
    tails = np.cumsum(counts[::-1])[::-1]
    if not tails.size or tails[0] < 2 * least_tail:
        return math.nan, 0
    logs = np.cumsum((counts * np.log(values))[::-1])[::-1]
    starts = np.flatnonzero(tails >= least_tail)
    if starts.size > _MOST_STARTS:
        starts = np.unique(np.geomspace(1, starts.size, _MOST_STARTS).astype(np.int64)) - 1
    best = (math.inf, math.nan, 0)
    for start in starts.tolist():
        edge, count = values[start] - 0.5, int(tails[start])
        exponent = 1.0 + count / float(logs[start] - count * math.log(edge))
        model = ((values[start:] - 0.5) / edge) ** (1.0 - exponent)
        distance = float(np.abs(model - tails[start:] / count).max())
        if distance < best[0]:
            best = (distance, exponent, int(values[start]))
    return best[1], best[2]


def burstiness(intervals: NDArray[np.float64]) -> float:
    """Return Goh and Barabasi's B with the finite-size correction of Kim and Jo (2016).

    0 for a Poisson process, towards 1 for bursts, below 0 for regular events.
    """
    count = intervals.size
    ratio = float(intervals.std() / intervals.mean())
    more, less = math.sqrt(count + 1), math.sqrt(count - 1)
    return (more * ratio - less) / ((more - 2.0) * ratio + less)


def memory(intervals: NDArray[np.float64]) -> float:
    """Return the correlation of each interval with the next (Goh and Barabasi's M)."""
    before, after = intervals[:-1], intervals[1:]
    if before.std() == 0 or after.std() == 0:
        return math.nan
    return float(np.corrcoef(before, after)[0, 1])


def interval_exponent(intervals: NDArray[np.float64], low: float, high: float) -> float:
    """Return the exponent of a power law cut at both ends, by maximum likelihood."""
    inside = intervals[(intervals >= low) & (intervals < high)]
    if inside.size == 0:
        return math.nan
    mean_log = float(np.log(inside / low).mean())
    span = math.log(high / low)

    def excess(exponent: float) -> float:
        slope = 1.0 - exponent
        if abs(slope) < 1e-9:  # noqa: PLR2004 - the limit of the expression below
            return span / 2.0 - mean_log
        return span / -math.expm1(-slope * span) - 1.0 / slope - mean_log

    lowest, highest = -3.0, 6.0  # the mean log falls as the exponent grows
    for _ in range(60):
        middle = (lowest + highest) / 2.0
        if excess(middle) > 0:
            lowest = middle
        else:
            highest = middle
    return (lowest + highest) / 2.0


def rank_correlation(left: Numbers, right: Numbers) -> float:
    """Return Spearman's correlation, ties at their mean rank."""
    if left.size < 3:  # noqa: PLR2004 - two points always lie on a line
        return math.nan
    return float(np.corrcoef(_ranks(left), _ranks(right))[0, 1])


def _ranks(values: Numbers) -> NDArray[np.float64]:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return (last - (count - 1) / 2.0)[place]


def harmonic_fit(hourly: NDArray[np.float64], harmonics: int = 2) -> float:
    """Return how much of the variance of 24 hourly counts so many daily harmonics explain."""
    angle = 2.0 * math.pi * np.arange(hourly.size) / hourly.size
    waves = [np.ones(hourly.size)]
    for order in range(1, harmonics + 1):
        waves += [np.cos(order * angle), np.sin(order * angle)]
    design = np.stack(waves, axis=1)
    fitted = design @ np.linalg.lstsq(design, hourly, rcond=None)[0]
    return 1.0 - float(((hourly - fitted) ** 2).sum() / ((hourly - hourly.mean()) ** 2).sum())
