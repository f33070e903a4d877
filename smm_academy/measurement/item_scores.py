"""Derivatives of an answer's log chance by the item's parameters.

An item's parameters stand in the order slope, intercepts, logit of the floor (the last only in
the three-parameter model). The derivative by the slope is theta times the sum of those by the
intercepts, in all four models; the observed information relies on it.
"""

import numpy as np
from scipy.special import expit, logit

from smm_academy.measurement.ability import NODES
from smm_academy.measurement.curves import Curves, FloatArray, step_terms


def pack_parameters(curves: Curves, guessing: bool) -> FloatArray:
    """Return the parameters as rows (items, 1 + steps [+ 1]); absent steps stay ``-inf``."""
    columns = [curves.slopes[:, None], curves.intercepts]
    if guessing:
        columns.append(logit(curves.floors)[:, None])
    return np.concatenate(columns, axis=1)


def unpack_parameters(rows: FloatArray, guessing: bool) -> Curves:
    """Return the curves that ``pack_parameters`` packed."""
    last = rows.shape[1] - 1 if guessing else rows.shape[1]
    floors = expit(rows[:, -1]) if guessing else np.zeros(len(rows))
    return Curves(rows[:, 0], rows[:, 1:last], floors)


def score_answers(curves: Curves, guessing: bool) -> tuple[FloatArray, FloatArray]:
    """Return the derivatives and the chances at the nodes.

    The first has shape (items, categories, nodes, parameters), the second (items, categories,
    nodes). Derivatives by an absent step are zero.
    """
    terms = step_terms(curves, NODES)
    items, categories, nodes = terms.graded.shape
    last = categories
    scores = np.zeros((items, categories, nodes, last + guessing))
    pull = terms.pull[:, :, None]
    above = terms.kept * (1 - terms.reached + pull)
    below = -terms.kept * (terms.passed + pull)
    for step in range(1, categories):
        present = np.isfinite(curves.intercepts[:, step - 1])[:, None]
        scores[:, step, :, step] = np.where(present, above[:, step], 0.0)
        scores[:, step - 1, :, step] = np.where(present, below[:, step - 1], 0.0)
    scores[..., 0] = scores[..., 1:last].sum(axis=-1) * NODES
    chances = np.exp(terms.log_chance)
    if guessing:
        floor = curves.floors[:, None]
        scores[:, 0, :, last] = -floor
        scores[:, 1, :, last] = floor * (1 - floor) * terms.graded[:, 0] / chances[:, 1]
    return scores, chances
