"""Item parameters by marginal maximum likelihood: the EM algorithm of Bock and Aitkin (1981).

The expectation counts how often each score is expected at each node; the maximisation takes one
Fisher-scoring step on those counts; SQUAREM (Varadhan and Roland 2008) extrapolates every pair of
rounds, and its leap is taken back where the likelihood falls.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from smm_academy.measurement.curves import Curves, FloatArray, IntArray
from smm_academy.measurement.item_scores import pack_parameters, unpack_parameters
from smm_academy.measurement.marginal_likelihood import (
    Model,
    Priors,
    Problem,
    Sample,
    gather_sample,
)

TOLERANCE = 1e-6
LONGEST = 3000
STEEPEST = 20.0
LOWEST_FLOOR, HIGHEST_FLOOR = -10.0, 3.0
_FIRST_FLOOR = 0.15
_STRIDE = 1.0
_SLACK = 1e-9
_ROUNDING = 1e-13
_HALVINGS = 40
_REACH = 64.0
_PREVIEW = 5000
_PREVIEW_TOLERANCE = 1e-2


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What a fit found; ``log_likelihood`` leaves the priors out, ``log_prior`` is their part."""

    problem: Problem
    curves: Curves
    log_likelihood: float
    log_prior: float
    rounds: int
    converged: bool


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A round taken: where it started, the objective there, and where it led."""

    start: FloatArray
    height: float
    end: FloatArray


def fit_items(codes: IntArray, model: Model, priors: Priors | None = None) -> Fit:
    """Return the parameters that maximise the marginal likelihood (with priors, the posterior).

    ``codes`` is (people, items): whole scores from 0, -1 where there is no answer. Every score up
    to an item's highest must occur. Rounds go on until no parameter moves by more than 1e-6 or
    3,000 rounds have passed (``converged`` is then false). Above 10,000 distinct rows a part of
    them is fitted first, to start the whole from nearby.
    """
    problem = Problem(gather_sample(codes), model, priors)
    rows = _first_guess(problem)
    patterns = len(problem.sample.counts)
    if patterns > 2 * _PREVIEW:
        part = slice(None, None, patterns // _PREVIEW)
        sample = problem.sample
        preview = Sample(sample.marks[part], sample.counts[part], sample.categories)
        rows, _ = _climb(Problem(preview, model, priors), rows, _PREVIEW_TOLERANCE)
    rows, rounds = _climb(problem, rows, TOLERANCE)
    return Fit(
        problem,
        unpack_parameters(rows, problem.guessing),
        problem.expect(rows)[0],
        float(problem.log_prior(rows).sum()),
        rounds,
        rounds < LONGEST,
    )


def _first_guess(problem: Problem) -> FloatArray:
    sample = problem.sample
    items = len(sample.categories)
    given = (sample.counts @ sample.marks).reshape(items, -1)
    reached = given[:, ::-1].cumsum(axis=1)[:, ::-1]
    share = (reached[:, 1:] + 0.5) / (reached[:, :1] + 1.0)
    spread = np.arange(share.shape[1]) * 1e-3
    present = np.arange(1, share.shape[1] + 1) < sample.categories[:, None]
    intercepts = np.where(present, logit(share * 0.998 + 1e-3) - spread, -np.inf)
    floors = np.full(items, _FIRST_FLOOR if problem.guessing else 0.0)
    return pack_parameters(Curves(np.ones(items), intercepts, floors), problem.guessing)


def _climb(problem: Problem, rows: FloatArray, tolerance: float) -> tuple[FloatArray, int]:
    step = _take_round(problem, rows)
    rounds = 1
    while rounds < LONGEST:
        following = _take_round(problem, step.end)
        rounds += 1
        if _move(problem, following) < tolerance:
            return following.end, rounds
        leap = _extrapolate(problem, step, following)
        step = following
        if leap is not None:
            landed = _take_round(problem, leap)
            rounds += 1
            if not _falls(following, landed):
                step = landed
                if _move(problem, step) < tolerance:
                    return step.end, rounds
    return step.end, LONGEST


def _falls(earlier: Step, later: Step) -> bool:
    return later.height < earlier.height - _SLACK * (1 + abs(earlier.height))


def _move(problem: Problem, step: Step) -> float:
    start, end = step.start, step.end
    if problem.guessing:
        start, end = (np.column_stack([part[:, :-1], expit(part[:, -1])]) for part in (start, end))
    present = np.isfinite(end)
    return float(np.abs(end[present] - start[present]).max())


def _take_round(problem: Problem, rows: FloatArray) -> Step:
    log_likelihood, counts = problem.expect(rows)
    height = log_likelihood + float(problem.log_prior(rows).sum())
    return Step(rows, height, _improve(problem, rows, counts))


def _extrapolate(problem: Problem, first: Step, second: Step) -> FloatArray | None:
    present = np.isfinite(first.start)
    change = np.where(present, first.end, 0.0) - np.where(present, first.start, 0.0)
    bend = np.where(present, second.end, 0.0) - np.where(present, second.start, 0.0) - change
    curvature = float(np.linalg.norm(bend))
    if curvature < np.finfo(np.float64).tiny:
        return None
    reach = min(max(1.0, float(np.linalg.norm(change)) / curvature), _REACH)
    found = _bound(problem, first.start + 2 * reach * change + reach**2 * bend)
    return found if _lawful(problem, found).all() else None


def _improve(problem: Problem, rows: FloatArray, counts: FloatArray) -> FloatArray:
    """Return the parameters after one Fisher-scoring step, halved where it would do harm."""
    gradient, information = problem.gradient(rows, counts)
    diagonal = np.arange(rows.shape[1])
    information[:, diagonal, diagonal] += _SLACK + ~np.isfinite(rows)
    _hold_still(gradient, information, 0, rows[:, 0] * np.sign(gradient[:, 0]) >= STEEPEST)
    if problem.guessing:
        # Near zero a floor's information vanishes before its gradient: the step would explode.
        information[:, -1, -1] += np.abs(gradient[:, -1])
        low = (rows[:, -1] <= LOWEST_FLOOR) & (gradient[:, -1] <= 0)
        _hold_still(gradient, information, -1, low)
    if problem.model == "1pl":
        step = _common_slope_step(gradient, information)
    else:
        step = np.asarray(np.linalg.solve(information, gradient[:, :, None])[:, :, 0])
    size = np.abs(step).max(axis=1, keepdims=True)
    if problem.model == "1pl":
        size[:] = size.max()
    step *= np.minimum(1.0, _STRIDE / np.maximum(size, _SLACK))
    return _climb_items(problem, rows, counts, step)


def _climb_items(
    problem: Problem, rows: FloatArray, counts: FloatArray, step: FloatArray
) -> FloatArray:
    heights = problem.item_heights(rows, counts)
    for _ in range(_HALVINGS):
        found = rows + step
        wrong = ~_lawful(problem, found)
        if not wrong.any():
            found = _bound(problem, found)
            reached = problem.item_heights(found, counts)
            if problem.model == "1pl":
                reached, heights = reached.sum(keepdims=True), heights.sum(keepdims=True)
            wrong = reached < heights - _ROUNDING * (1 + np.abs(heights))
            if not wrong.any():
                return found
        step[wrong if problem.model != "1pl" else slice(None)] /= 2
    return rows


def _hold_still(
    gradient: FloatArray, information: FloatArray, place: int, still: NDArray[np.bool_]
) -> None:
    """Take a parameter out of the step of the items in which it stands at its bound."""
    gradient[still, place] = 0.0
    information[still, place, :] = 0.0
    information[still, :, place] = 0.0
    information[still, place, place] = 1.0


def _common_slope_step(gradient: FloatArray, information: FloatArray) -> FloatArray:
    """Return the step when all items share one slope: each intercept is eliminated first."""
    ratio = information[:, 0, 1] / information[:, 1, 1]
    slope = np.sum(gradient[:, 0] - ratio * gradient[:, 1]) / np.sum(
        information[:, 0, 0] - ratio * information[:, 0, 1]
    )
    return np.column_stack(
        [np.full(len(ratio), slope), gradient[:, 1] / information[:, 1, 1] - ratio * slope]
    )


def _lawful(problem: Problem, rows: FloatArray) -> NDArray[np.bool_]:
    """Say which items have falling intercepts and, under priors, a positive slope."""
    steps = problem.steps(rows)
    with np.errstate(invalid="ignore"):
        falling = np.diff(steps, axis=1) < 0
    fine: NDArray[np.bool_] = np.all(falling | ~np.isfinite(steps[:, 1:]), axis=1)
    return fine if problem.priors is None else fine & (rows[:, 0] > 0)


def _bound(problem: Problem, rows: FloatArray) -> FloatArray:
    rows[:, 0] = np.clip(rows[:, 0], -STEEPEST, STEEPEST)
    if problem.guessing:
        rows[:, -1] = np.clip(rows[:, -1], LOWEST_FLOOR, HIGHEST_FLOOR)
    return rows
