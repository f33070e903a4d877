"""Reliability: how much of the difference between scores is difference between people.

Omega and alpha belong to fixed forms; an adaptive check has marginal reliability.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from smm_academy.measurement.curves import FloatArray

_ROUNDS = 2000
_CLOSE = 1e-10
_LEAST_UNIQUE = 1e-4
_FEWEST_ITEMS = 2
_FEWEST_FACTOR_ITEMS = 3


def coefficient_alpha(scores: ArrayLike) -> float:
    """Return Cronbach's alpha of a complete table, shape (people, items).

    Raises ``ValueError`` for a missing score, fewer than two people or items, or a total without
    variance.
    """
    table = _complete(scores, _FEWEST_ITEMS)
    items = table.shape[1]
    of_items = float(table.var(axis=0, ddof=1).sum())
    of_total = float(table.sum(axis=1).var(ddof=1))
    return float(items / (items - 1) * (1 - of_items / of_total))


def coefficient_omega(scores: ArrayLike) -> float:
    """Return McDonald's omega total of a complete table, shape (people, items).

    One factor is fitted to the correlations by maximum likelihood (Rubin and Thayer's EM, 1982);
    omega is the variance of the sum that the factor explains. Raises ``ValueError`` as
    ``coefficient_alpha`` does, for fewer than three items, and for an item without variance.
    """
    table = _complete(scores, _FEWEST_FACTOR_ITEMS)
    deviation = table.std(axis=0, ddof=1)
    if np.any(deviation == 0):
        raise ValueError("Omega needs items that vary. Leave out those with one answer only.")
    loading, unique = _fit_factor(np.asarray(np.corrcoef(table, rowvar=False)))
    common = float((loading * deviation).sum()) ** 2
    return common / (common + float((unique * deviation**2).sum()))


def _complete(scores: ArrayLike, fewest: int) -> FloatArray:
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2 or len(table) < 2 or table.shape[1] < fewest:  # noqa: PLR2004 - a table
        raise ValueError(f"Reliability needs two people or more and {fewest} items or more.")
    if np.isnan(table).any():
        raise ValueError("Reliability of a form needs complete rows. Leave out the others.")
    if table.sum(axis=1).var() == 0:
        raise ValueError("Every total is the same: there is no difference to be reliable about.")
    return table


def _fit_factor(correlation: FloatArray) -> tuple[FloatArray, FloatArray]:
    value, vector = np.linalg.eigh(correlation)
    loading = vector[:, -1] * math.sqrt(max(value[-1] - 1, 0.1))
    loading *= 1.0 if loading.sum() >= 0 else -1.0
    unique = np.maximum(1 - loading**2, _LEAST_UNIQUE)
    for _ in range(_ROUNDS):
        weight = loading / unique
        regression = weight / (1 + float(weight @ loading))
        cross = correlation @ regression
        spread = 1 - float(regression @ loading) + float(regression @ cross)
        found = cross / spread
        unique = np.maximum(1 - found * cross, _LEAST_UNIQUE)
        if float(np.abs(found - loading).max()) < _CLOSE:
            return found, unique
        loading = found
    return loading, unique


def marginal_reliability(se: ArrayLike) -> float:
    """Return 1 less the mean squared standard error, people's variance being 1 (theta ~ N(0, 1)).

    ``se`` has shape (people,), in logits. Raises ``ValueError`` when there is nobody.
    """
    errors = np.asarray(se, dtype=np.float64)
    if not errors.size:
        raise ValueError("Marginal reliability needs at least one person.")
    return float(1 - np.mean(errors**2))


def measurement_error(deviation: float, reliability: float) -> float:
    """Return the standard error of measurement of scores with a standard deviation."""
    return deviation * math.sqrt(max(0.0, 1 - reliability))


def difference_error(first: float, second: float) -> float:
    """Return the standard error of a difference between two independent scores."""
    return math.hypot(first, second)
