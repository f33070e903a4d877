"""Agreement of two raters on graded scores: quadratic weighted kappa with its interval."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

ENOUGH = 0.70
_WIDTH = 1.959964


@dataclass(frozen=True, slots=True)
class Agreement:
    """Weighted kappa, its large-sample standard error and 95 % interval, and the share alike."""

    kappa: float
    se: float
    low: float
    high: float
    exact: float
    ratings: int


def weigh_agreement(first: ArrayLike, second: ArrayLike, categories: int) -> Agreement:
    """Return the quadratic weighted kappa of two raters' scores, whole numbers from 0.

    Arrays of shape (ratings,), with ``categories`` possible scores. Cohen (1968); the standard
    error is that of Fleiss, Cohen and Everitt (1969). Raises ``ValueError`` when lengths differ,
    there are fewer than two ratings, a score is outside the scale, or no one varies.
    """
    one, two = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    ratings = len(one)
    if ratings != len(two) or ratings < 2:  # noqa: PLR2004 - a spread needs two
        raise ValueError("Agreement needs two ratings or more, the same number from each rater.")
    if min(one.min(), two.min()) < 0 or max(one.max(), two.max()) >= categories:
        raise ValueError(f"A rating lies outside 0 to {categories - 1}.")
    shares = np.zeros((categories, categories))
    np.add.at(shares, (one, two), 1 / ratings)
    distance = np.subtract.outer(np.arange(categories), np.arange(categories))
    weight = 1 - (distance / max(1, categories - 1)) ** 2
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((weight * shares).sum())
    expected = float((weight * np.outer(rows, columns)).sum())
    if math.isclose(expected, 1.0):
        raise ValueError("Both raters gave one score throughout: nothing to agree on.")
    kappa = (observed - expected) / (1 - expected)
    by_row, by_column = weight @ columns, rows @ weight
    spread = weight * (1 - expected) - (by_row[:, None] + by_column[None, :]) * (1 - observed)
    variance = (
        float((shares * spread**2).sum()) - (observed * expected - 2 * expected + observed) ** 2
    )
    se = math.sqrt(max(0.0, variance) / ratings) / (1 - expected) ** 2
    return Agreement(
        kappa,
        se,
        max(-1.0, kappa - _WIDTH * se),
        min(1.0, kappa + _WIDTH * se),
        float(np.trace(shares)),
        ratings,
    )
