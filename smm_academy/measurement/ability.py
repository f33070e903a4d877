"""Ability from answers: posterior mean (EAP) and mode (MAP), each with its standard error."""

from dataclasses import dataclass

import numpy as np

from smm_academy.measurement.curves import (
    Curves,
    FloatArray,
    IntArray,
    log_derivatives,
    step_terms,
)

MISSING = -1
NODES: FloatArray = np.linspace(-6.0, 6.0, 61)
NODE_WEIGHTS: FloatArray = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
_LOG_WEIGHTS = np.log(NODE_WEIGHTS)
_ROUNDS = 60
_CLOSE = 1e-10
_BLOCK = 2000
_TINY = -1e4


@dataclass(frozen=True, slots=True, eq=False)
class Ability:
    """Estimates of some people: ``mean`` and ``se`` in logits, each of shape (people,)."""

    mean: FloatArray
    se: FloatArray


def mark_scores(codes: IntArray, categories: int) -> FloatArray:
    """Return a row a person with 1 at each (item, score) given; a missing answer marks nothing."""
    people, items = codes.shape
    marks = np.zeros((people, items * categories))
    rows, columns = np.nonzero(codes != MISSING)
    marks[rows, columns * categories + codes[rows, columns]] = 1.0
    return marks


def log_chances(curves: Curves, theta: FloatArray) -> FloatArray:
    """Return the log chance of each score, an impossible one as a very low number."""
    return np.maximum(step_terms(curves, theta).log_chance, _TINY)


def estimate_eap(curves: Curves, codes: IntArray, weights: FloatArray | None = None) -> Ability:
    """Return the posterior mean and standard deviation under theta ~ N(0, 1).

    The posterior is taken at 61 equally spaced nodes on [-6, 6]. ``codes`` is (people, items),
    whole scores from 0, -1 where there is no answer; ``weights``, of the same shape, multiplies
    the log-likelihood of an answer (a hinted one counts half). Who answered nothing gets the
    prior: mean 0, standard error 1.
    """
    table = log_chances(curves, NODES)
    items, categories, nodes = table.shape
    marks = mark_scores(codes, categories)
    if weights is not None:
        marks *= np.repeat(weights, categories, axis=1)
    return summarise_posterior(marks @ table.reshape(items * categories, nodes))


def summarise_posterior(log_likelihood: FloatArray) -> Ability:
    """Return the posterior mean and deviation from log-likelihoods at the nodes, (people, 61)."""
    posterior = log_likelihood + _LOG_WEIGHTS
    posterior -= posterior.max(axis=1, keepdims=True)
    posterior = np.exp(posterior)
    posterior /= posterior.sum(axis=1, keepdims=True)
    mean = posterior @ NODES
    spread = (NODES - mean[:, None]) ** 2
    return Ability(mean, np.sqrt((posterior * spread).sum(axis=1)))


def estimate_map(curves: Curves, codes: IntArray) -> Ability:
    """Return the posterior mode under theta ~ N(0, 1) by Newton's method.

    The standard error is the inverse root of the observed information at the mode, the prior's
    included. ``codes`` is as for ``estimate_eap``.
    """
    start = estimate_eap(curves, codes)
    parts = [
        _climb(curves, codes[first : first + _BLOCK], start.mean[first : first + _BLOCK])
        for first in range(0, len(codes), _BLOCK)
    ]
    return Ability(
        np.concatenate([np.zeros(0), *(part.mean for part in parts)]),
        np.concatenate([np.zeros(0), *(part.se for part in parts)]),
    )


def _climb(curves: Curves, codes: IntArray, theta: FloatArray) -> Ability:
    given = codes != MISSING
    picked = np.where(given, codes, 0)[:, None, :]

    def slope_and_bend(at: FloatArray) -> tuple[FloatArray, FloatArray]:
        first, second = log_derivatives(curves, at)
        chosen = [
            np.take_along_axis(table.transpose(2, 1, 0), picked, axis=1)[:, 0, :] * given
            for table in (first, second)
        ]
        return chosen[0].sum(axis=1) - at, chosen[1].sum(axis=1) - 1

    for _ in range(_ROUNDS):
        slope, bend = slope_and_bend(theta)
        step = np.clip(slope / np.maximum(-bend, 1.0), -1.0, 1.0)
        theta = theta + step
        if np.all(np.abs(step) < _CLOSE):
            break
    bend = slope_and_bend(theta)[1]
    return Ability(theta, 1 / np.sqrt(np.maximum(-bend, np.finfo(np.float64).tiny)))
