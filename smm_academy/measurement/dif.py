"""Differential item functioning: whether an item treats equally able people alike.

Mantel and Haenszel (1959) for right and wrong, with the classes of ETS (Zwick 2012, RR-12-08);
the standardised mean difference (Dorans and Kulick 1986) for graded scores. People are matched
by a stratum, as a rule their total score.
"""

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2, norm

from smm_academy.measurement.curves import FloatArray

EtsClass: TypeAlias = Literal["A", "B", "C"]

FEWEST_IN_GROUP = 200
FEWEST_IN_ALL = 500
_DELTA = -2.35
_SMALL, _LARGE = 1.0, 1.5
_SIGNIFICANCE = 0.05
_SMALL_GRADED, _LARGE_GRADED = 0.17, 0.25


@dataclass(frozen=True, slots=True)
class MantelHaenszel:
    """The Mantel-Haenszel test of one item.

    ``odds_ratio`` above 1 favours the reference group; ``interval`` is its 95 % interval;
    ``delta`` is -2.35 ln of it, with standard error ``delta_se``. ``enough`` says whether the
    groups are large enough for the class to be trusted.
    """

    chi_square: float
    p_value: float
    odds_ratio: float
    interval: tuple[float, float]
    delta: float
    delta_se: float
    ets_class: EtsClass
    people: tuple[int, int]
    enough: bool


@dataclass(frozen=True, slots=True)
class GradedDifference:
    """The standardised mean difference of a graded item, focal less reference.

    ``difference`` is in score points, ``effect`` in standard deviations of the item.
    """

    difference: float
    effect: float
    ets_class: EtsClass
    people: tuple[int, int]
    enough: bool


def count_tables(right: ArrayLike, focal: ArrayLike, stratum: ArrayLike) -> FloatArray:
    """Return a table per stratum: rows reference and focal, columns right and wrong.

    ``right`` holds 0 and 1, ``nan`` where there is no answer; ``focal`` is true for the focal
    group; all three of shape (people,). Shape (strata, 2, 2).
    """
    scores = np.asarray(right, dtype=np.float64)
    group = np.asarray(focal, dtype=bool)
    given = ~np.isnan(scores)
    levels, place = np.unique(np.asarray(stratum)[given], return_inverse=True)
    tables = np.zeros((len(levels), 2, 2))
    column = (scores[given] == 0).astype(int)
    np.add.at(tables, (place, group[given].astype(int), column), 1)
    return tables


def mantel_haenszel(tables: FloatArray) -> MantelHaenszel | None:
    """Return the test of a set of two-by-two tables, shape (strata, 2, 2).

    Rows are the reference and the focal group, columns right and wrong. The chi-square has the
    continuity correction, the interval the variance of Robins, Breslow and Greenland (1986), as
    in R's ``mantelhaen.test``. ``None`` when no stratum compares the groups or the odds ratio is
    zero or without bound, so that nothing can be said.
    """
    people = (int(tables[:, 0].sum()), int(tables[:, 1].sum()))
    total = tables.sum(axis=(1, 2))
    tables = tables[total > 1]
    total = total[total > 1]
    rows, columns = tables.sum(axis=2), tables.sum(axis=1)
    expected = rows[:, 0] * columns[:, 0] / total
    variance = float((rows.prod(axis=1) * columns.prod(axis=1) / (total**2 * (total - 1))).sum())
    agree = tables[:, 0, 0] * tables[:, 1, 1] / total
    differ = tables[:, 0, 1] * tables[:, 1, 0] / total
    top, bottom = float(agree.sum()), float(differ.sum())
    if variance <= 0 or top <= 0 or bottom <= 0:
        return None
    gap = abs(float((tables[:, 0, 0] - expected).sum()))
    chi_square = (gap - min(0.5, gap)) ** 2 / variance
    same = (tables[:, 0, 0] + tables[:, 1, 1]) / total
    other = 1 - same
    log_variance = (
        float((same * agree).sum()) / (2 * top**2)
        + float((same * differ + other * agree).sum()) / (2 * top * bottom)
        + float((other * differ).sum()) / (2 * bottom**2)
    )
    log_ratio, spread = math.log(top / bottom), math.sqrt(log_variance)
    reach = float(norm.ppf(0.975)) * spread
    delta, delta_se = _DELTA * log_ratio, -_DELTA * spread
    p_value = float(chi2.sf(chi_square, 1))
    return MantelHaenszel(
        chi_square,
        p_value,
        top / bottom,
        (math.exp(log_ratio - reach), math.exp(log_ratio + reach)),
        delta,
        delta_se,
        classify_delta(delta, delta_se, p_value),
        people,
        _is_enough(people),
    )


def classify_delta(delta: float, delta_se: float, p_value: float) -> EtsClass:
    """Return the ETS class.

    A: below 1 in size or not significantly different from 0; C: at least 1.5 in size and
    significantly above 1 (one-sided, 5 %); B: the rest.
    """
    if abs(delta) < _SMALL or p_value >= _SIGNIFICANCE:
        return "A"
    above = (abs(delta) - _SMALL) / delta_se > norm.ppf(1 - _SIGNIFICANCE)
    return "C" if abs(delta) >= _LARGE and above else "B"


def compare_graded(
    scores: ArrayLike, focal: ArrayLike, stratum: ArrayLike
) -> GradedDifference | None:
    """Return the standardised mean difference of a graded item, weighted by the focal group.

    Arrays of shape (people,); a missing score is ``nan``. B above .17 and C above .25 standard
    deviations. ``None`` when no stratum holds both groups or all scores are alike.
    """
    given = ~np.isnan(np.asarray(scores, dtype=np.float64))
    points = np.asarray(scores, dtype=np.float64)[given]
    group = np.asarray(focal, dtype=bool)[given]
    _, place = np.unique(np.asarray(stratum)[given], return_inverse=True)
    size = int(place.max()) + 1 if len(place) else 0
    counts = [np.bincount(place[part], minlength=size) for part in (~group, group)]
    sums = [np.bincount(place[part], points[part], size) for part in (~group, group)]
    both = (counts[0] > 0) & (counts[1] > 0)
    spread = float(points.std()) if len(points) else 0.0
    if not both.any() or spread == 0:
        return None
    means = [total[both] / count[both] for total, count in zip(sums, counts, strict=True)]
    weight = counts[1][both] / counts[1][both].sum()
    difference = float(weight @ (means[1] - means[0]))
    effect = difference / spread
    found: EtsClass = "A"
    if abs(effect) > _SMALL_GRADED:
        found = "C" if abs(effect) > _LARGE_GRADED else "B"
    people = (int((~group).sum()), int(group.sum()))
    return GradedDifference(difference, effect, found, people, _is_enough(people))


def _is_enough(people: tuple[int, int]) -> bool:
    return min(people) >= FEWEST_IN_GROUP and sum(people) >= FEWEST_IN_ALL
