"""Standard errors of item parameters, from the observed information at the maximum.

By Louis (1982) the observed information is what the complete data would tell less what not
knowing the abilities costs: the expected complete information minus the posterior covariance of
the complete score, summed over people.
"""

from dataclasses import dataclass

import numpy as np

from smm_academy.measurement.ability import NODES
from smm_academy.measurement.curves import FloatArray
from smm_academy.measurement.expectation_maximisation import (
    LOWEST_FLOOR,
    STEEPEST,
    Fit,
)
from smm_academy.measurement.item_scores import (
    pack_parameters,
    score_answers,
    unpack_parameters,
)
from smm_academy.measurement.marginal_likelihood import Problem

_BLOCK = 4000
_NUDGE = 1e-5
_EDGE = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class StandardErrors:
    """Standard errors in the shape of the parameters, ``nan`` where there is none to give.

    ``slopes`` (items,), ``intercepts`` and ``thresholds`` (items, steps), ``floors`` (items,).
    """

    slopes: FloatArray
    intercepts: FloatArray
    thresholds: FloatArray
    floors: FloatArray


def standard_errors(fit: Fit) -> StandardErrors:
    """Return the standard errors of a fit; difficulties and floors by the delta method.

    A parameter held at a bound has none. When the information is not positive definite, that is,
    when the answers cannot tell the parameters apart, every one is ``nan``.
    """
    problem = fit.problem
    rows = pack_parameters(fit.curves, problem.guessing)
    items, width = rows.shape
    information = _complete_information(problem, rows) - _missing_information(problem, rows)
    covariance = _invert(information, _choose_free(problem, rows))
    blocks = covariance.reshape(items, width, items, width)[np.arange(items), :, np.arange(items)]
    variance = np.einsum("jpp->jp", blocks)
    steps = problem.steps(rows).shape[1]
    slope, intercept = rows[:, :1], rows[:, 1 : 1 + steps]
    between = blocks[:, 0, 1 : 1 + steps]
    with np.errstate(divide="ignore", invalid="ignore"):
        by_slope, by_step = intercept / slope**2, -1 / slope
        of_threshold = (
            by_slope**2 * variance[:, :1]
            + by_step**2 * variance[:, 1 : 1 + steps]
            + 2 * by_slope * by_step * between
        )
        floor = fit.curves.floors
        of_floor = variance[:, -1] * (floor * (1 - floor)) ** 2
        return StandardErrors(
            np.sqrt(variance[:, 0]),
            np.sqrt(variance[:, 1 : 1 + steps]),
            np.where(np.isfinite(intercept), np.sqrt(of_threshold), np.nan),
            np.sqrt(of_floor) if problem.guessing else np.full(items, np.nan),
        )


def _choose_free(problem: Problem, rows: FloatArray) -> FloatArray:
    """Return the matrix from free parameters to all of them, (all, free)."""
    items, width = rows.shape
    free = np.isfinite(rows)
    free[:, 0] = np.abs(rows[:, 0]) < STEEPEST - _EDGE
    if problem.guessing:
        free[:, -1] = rows[:, -1] > LOWEST_FLOOR + _EDGE
    whole = np.eye(items * width)[:, free.ravel()]
    if problem.model != "1pl":
        return whole
    of_slopes = np.zeros((items, width))
    of_slopes[:, 0] = 1.0
    of_steps = np.eye(items * width)[:, np.arange(items) * width + 1]
    return np.column_stack([of_slopes.ravel(), of_steps])


def _invert(information: FloatArray, free: FloatArray) -> FloatArray:
    reduced = free.T @ information @ free
    try:
        root = np.linalg.inv(np.linalg.cholesky(reduced))
    except np.linalg.LinAlgError:
        return np.full_like(information, np.nan)
    covariance: FloatArray = free @ (root.T @ root) @ free.T
    covariance[~free.any(axis=1)] = np.nan
    return covariance


def _complete_information(problem: Problem, rows: FloatArray) -> FloatArray:
    """Return minus the Hessian of the expected log posterior, by central differences."""
    items, width = rows.shape
    counts = problem.expect(rows)[1]
    found = np.zeros((items, width, items, width))
    each = np.arange(items)
    for column in range(width):
        nudge = np.zeros(width)
        nudge[column] = _NUDGE
        ahead = problem.gradient(rows + nudge, counts)[0]
        behind = problem.gradient(rows - nudge, counts)[0]
        found[each, :, each, column] = (behind - ahead) / (2 * _NUDGE)
    return found.reshape(items * width, items * width)


def _missing_information(problem: Problem, rows: FloatArray) -> FloatArray:
    """Return the posterior covariance of the complete score, summed over people."""
    items, width = rows.shape
    steps = problem.steps(rows).shape[1]
    scores, _ = score_answers(unpack_parameters(rows, problem.guessing), problem.guessing)
    parts = _Moments(items, width - 1, steps)
    for first in range(0, len(problem.sample.counts), _BLOCK):
        block = slice(first, first + _BLOCK)
        counts = problem.sample.counts[block]
        posterior = problem.posterior(rows, block)
        marks = problem.sample.marks[block].reshape(len(counts), items, -1).transpose(1, 0, 2)
        parts.add_block(np.ascontiguousarray(marks), counts, posterior, scores[..., 1:])
    return parts.assemble()


class _Moments:
    """Sums over people of the posterior covariance of the score, less the slope's rows.

    The slope's score is theta times the intercepts' sum, so the products are summed as they
    are, times theta and times theta squared; ``assemble`` makes the slope's rows of them.
    """

    def __init__(self, items: int, inner: int, steps: int) -> None:
        self._shape = (items, inner)
        self._steps = steps
        size = items * inner
        self._products = [np.zeros((size, size)) for _ in range(3)]
        self._means = np.zeros((items, 1 + inner, items, 1 + inner))

    def add_block(
        self, marks: FloatArray, counts: FloatArray, posterior: FloatArray, scores: FloatArray
    ) -> None:
        """Add some people: marks (items, people, categories), posterior (people, nodes)."""
        items, inner = self._shape
        people = len(counts)
        mean = np.zeros((people, items * inner))
        mean_by_theta = np.zeros_like(mean)
        for node, theta in enumerate(NODES):
            score = (marks @ scores[:, :, node]).transpose(1, 0, 2).reshape(people, -1)
            weighted = score * posterior[:, node : node + 1]
            mean += weighted
            mean_by_theta += theta * weighted
            product = (weighted * counts[:, None]).T @ score
            for power in range(3):
                self._products[power] += theta**power * product
        slopes = mean_by_theta.reshape(people, items, inner)[..., : self._steps].sum(axis=-1)
        every = np.concatenate([slopes[..., None], mean.reshape(people, items, inner)], axis=-1)
        flat = every.reshape(people, -1)
        self._means += ((flat * counts[:, None]).T @ flat).reshape(self._means.shape)

    def assemble(self) -> FloatArray:
        """Return the covariance, (items x parameters) squared, the slope first in each item."""
        plain, once, twice = (
            product.reshape(*self._shape, *self._shape) for product in self._products
        )
        found = -self._means
        found[:, 1:, :, 1:] += plain
        crossed = once[:, : self._steps].sum(axis=1)
        found[:, 0, :, 1:] += crossed
        found[:, 1:, :, 0] += crossed.transpose(1, 2, 0)
        found[:, 0, :, 0] += twice[:, : self._steps, :, : self._steps].sum(axis=(1, 3))
        size = self._means.shape[0] * self._means.shape[1]
        return found.reshape(size, size)
