"""How threads grow: rows 8 and 9 of the fact table."""

import math

import numpy as np
from numpy.typing import NDArray

from simulator.population.facts.fact import Fact, judge
from simulator.population.facts.statistics import tail_exponent
from simulator.population.record import Run
from simulator.population.threads import reply_tree

_FIT_SIZES = (4, 40)
_FIT_COMMENTS = 6_000
_ROUNDS = 40


def growth(run: Run) -> tuple[Fact, ...]:
    """Row 8: popularity, novelty and root bias, fitted to the reply trees by likelihood."""
    trees = [tree for tree in _trees(run) if _FIT_SIZES[0] <= tree.size <= _FIT_SIZES[1]]
    ends = np.cumsum([tree.size for tree in trees])
    trees = trees[: int(np.searchsorted(ends, _FIT_COMMENTS)) + 1]
    fitted = fit_growth(trees) if trees else (math.nan, math.nan, math.nan)
    names = ("threads.popularity", "threads.novelty", "threads.root_bias")
    return tuple(judge(name, value) for name, value in zip(names, fitted, strict=True))


def sizes_and_depths(run: Run) -> tuple[Fact, ...]:
    """Row 9: how many posts draw comments, how many, and how deep the answers go."""
    _, sizes = _threads(run)
    trees = _trees(run)
    depths = np.concatenate([np.empty(0), *(_depths(tree) for tree in trees)])
    commented = sizes[sizes > 0]
    return (
        judge("threads.no_comment", float((sizes == 0).mean())),
        judge("threads.median_size", float(np.median(commented)) if commented.size else math.nan),
        judge("threads.tail_exponent", tail_exponent(commented)[0]),
        judge("threads.mean_depth", float(depths.mean()) if depths.size else math.nan),
        judge("threads.root_share", float((depths == 1).mean()) if depths.size else math.nan),
    )


def fit_growth(trees: list[NDArray[np.int64]]) -> tuple[float, float, float]:
    """Return the (popularity, novelty, root bias) that make the trees likeliest.

    Gomez et al. 2012: comment t answers k < t with weight alpha d_k + tau^(t - k) + beta [k = 0].
    A pattern search on (log alpha, logit tau, log beta).
    """
    degrees, gaps, roots, chosen, valid = _choices(trees)

    def loss(theta: NDArray[np.float64]) -> float:
        alpha, beta = math.exp(theta[0]), math.exp(theta[2])
        tau = 1.0 / (1.0 + math.exp(-theta[1]))
        weight = (alpha * degrees + np.power(tau, gaps) + beta * roots) * valid
        picked = weight[np.arange(chosen.size), chosen]
        return float((np.log(weight.sum(axis=1)) - np.log(picked)).sum())

    best, step = np.array([-1.0, 0.0, 0.5]), 1.0
    low = loss(best)
    for _ in range(_ROUNDS):
        trials = [best + step * sign * np.eye(3)[axis] for axis in range(3) for sign in (1, -1)]
        losses = [loss(trial) for trial in trials]
        if min(losses) < low:
            low, best = min(losses), trials[int(np.argmin(losses))]
        else:
            step /= 2.0
        if step < 1e-2:  # noqa: PLR2004 - a hundredth of a log unit is fine enough
            break
    return math.exp(best[0]), 1.0 / (1.0 + math.exp(-best[1])), math.exp(best[2])


def _choices(
    trees: list[NDArray[np.int64]],
) -> tuple[
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.int64],
    NDArray[np.float64],
]:
    """Return, a row per comment and a column per node: degree, age, root, choice, presence."""
    width = _FIT_SIZES[1]
    total = sum(tree.size for tree in trees)
    degrees, gaps, valid = (np.zeros((total, width)) for _ in range(3))
    row = 0
    for tree in trees:
        degree = np.zeros(width + 1)
        for nth, parent in enumerate(tree.tolist(), start=1):
            degrees[row, :nth] = degree[:nth]
            gaps[row, :nth] = nth - np.arange(nth)
            valid[row, :nth] = 1.0
            degree[parent] += 1
            degree[nth] += 1
            row += 1
    roots = np.zeros(width)
    roots[0] = 1.0
    return degrees, gaps, roots, np.concatenate(trees), valid


def _threads(run: Run) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the members' posts that have had two days to draw comments, and their sizes."""
    said = run.said
    last = (run.first + run.hours - 48) * 3600
    ripe = said.opens & (said.second < max(last, (run.first + run.hours // 2) * 3600))
    numbers = np.sort(said.thread[ripe])
    comments = said.thread[~said.opens]
    counts = np.bincount(comments, minlength=int(numbers[-1]) + 1 if numbers.size else 0)
    return numbers, counts[numbers]


def _trees(run: Run) -> list[NDArray[np.int64]]:
    numbers, sizes = _threads(run)
    some = sizes > 0
    world = run.community
    return reply_tree(numbers[some], sizes[some], world.constants.threads, world.seed)


def _depths(tree: NDArray[np.int64]) -> NDArray[np.int64]:
    depth = np.zeros(tree.size + 1, dtype=np.int64)
    for nth, parent in enumerate(tree.tolist(), start=1):
        depth[nth] = depth[parent] + 1
    return depth[1:]
