"""The marginal likelihood of item parameters: ability is integrated out over N(0, 1).

The integral is a sum over 61 equally spaced nodes. Parameters are handled as rows, one an item:
slope, intercepts and, in the three-parameter model, the logit of the floor.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from smm_academy.measurement.ability import NODE_WEIGHTS, NODES, log_chances, mark_scores
from smm_academy.measurement.curves import FloatArray, IntArray
from smm_academy.measurement.item_scores import (
    score_answers,
    unpack_parameters,
)

Model: TypeAlias = Literal["1pl", "2pl", "3pl", "grm"]
MODELS: tuple[Model, ...] = ("1pl", "2pl", "3pl", "grm")


@dataclass(frozen=True, slots=True)
class Priors:
    """Prior spreads: slope a ~ logN(0, ``slope``), each intercept d ~ N(0, ``intercept``)."""

    slope: float = 0.35
    intercept: float = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Answers to fit: distinct rows of marks, (patterns, items x categories), and their counts."""

    marks: FloatArray
    counts: FloatArray
    categories: IntArray

    @property
    def people(self) -> int:
        """Return how many people answered."""
        return int(self.counts.sum())


def gather_sample(codes: IntArray) -> Sample:
    """Return the sample of whole scores from 0, (people, items), -1 where there is no answer."""
    patterns, counts = np.unique(codes, axis=0, return_counts=True)
    categories = codes.max(axis=0) + 1
    marks = mark_scores(patterns, max(2, int(categories.max())))
    return Sample(marks, counts.astype(np.float64), categories)


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A sample, a model and the priors: all that the rounds need."""

    sample: Sample
    model: Model
    priors: Priors | None

    @property
    def guessing(self) -> bool:
        """Say whether the items have a floor to fit."""
        return self.model == "3pl"

    @property
    def shared(self) -> float:
        """Return the part of the slope's prior that one item bears: a common slope has one."""
        return 1 / len(self.sample.categories) if self.model == "1pl" else 1.0

    def expect(self, rows: FloatArray) -> tuple[float, FloatArray]:
        """Return the log-likelihood and the expected counts, (items, categories, nodes)."""
        joint, heights = self._integrate(rows, slice(None))
        joint *= self.sample.counts[:, None]
        counts = self.sample.marks.T @ joint
        items = len(self.sample.categories)
        return float(self.sample.counts @ heights), counts.reshape(items, -1, len(NODES))

    def posterior(self, rows: FloatArray, block: slice) -> FloatArray:
        """Return the posterior of some patterns over the nodes, (patterns, nodes)."""
        return self._integrate(rows, block)[0]

    def _integrate(self, rows: FloatArray, block: slice) -> tuple[FloatArray, FloatArray]:
        table = log_chances(unpack_parameters(rows, self.guessing), NODES)
        joint = self.sample.marks[block] @ table.reshape(-1, len(NODES))
        joint += np.log(NODE_WEIGHTS)
        top = joint.max(axis=1)
        joint -= top[:, None]
        np.exp(joint, out=joint)
        total = joint.sum(axis=1)
        joint /= total[:, None]
        return joint, top + np.log(total)

    def log_prior(self, rows: FloatArray) -> FloatArray:
        """Return each item's part of the log density of the priors, (items,)."""
        if self.priors is None:
            return np.zeros(len(rows))
        steps = self.steps(rows)
        present = np.isfinite(steps)
        wide, tall = self.priors.slope, self.priors.intercept
        log_slope = np.log(rows[:, 0])
        of_slope = -log_slope - (log_slope / wide) ** 2 / 2 - np.log(wide * np.sqrt(2 * np.pi))
        of_steps = -((np.where(present, steps, 0.0) / tall) ** 2) / 2
        of_steps -= present * np.log(tall * np.sqrt(2 * np.pi))
        return np.asarray(self.shared * of_slope + of_steps.sum(axis=1))

    def item_heights(self, rows: FloatArray, counts: FloatArray) -> FloatArray:
        """Return each item's expected log posterior under the expected counts, (items,)."""
        table = log_chances(unpack_parameters(rows, self.guessing), NODES)
        return np.asarray((counts * table).sum(axis=(1, 2)) + self.log_prior(rows))

    def gradient(self, rows: FloatArray, counts: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return slope and Fisher information of the expected log posterior, item by item.

        Shapes (items, parameters) and (items, parameters, parameters).
        """
        scores, chances = score_answers(unpack_parameters(rows, self.guessing), self.guessing)
        items, width = rows.shape
        flat = scores.reshape(items, -1, width)
        gradient = (counts.reshape(items, 1, -1) @ flat)[:, 0]
        weight = (counts.sum(axis=1, keepdims=True) * chances).reshape(items, -1, 1)
        information = (flat * weight).transpose(0, 2, 1) @ flat
        if self.priors is not None:
            slope = rows[:, 0]
            pull, tall = self.priors.slope**-2, self.priors.intercept**-2
            gradient[:, 0] -= self.shared * (1 + np.log(slope) * pull) / slope
            information[:, 0, 0] += self.shared * pull / slope**2
            steps = self.steps(rows)
            present = np.isfinite(steps)
            last = 1 + steps.shape[1]
            gradient[:, 1:last] -= np.where(present, steps, 0.0) * tall
            inner = np.arange(1, last)
            information[:, inner, inner] += present * tall
        return gradient, information

    def steps(self, rows: FloatArray) -> FloatArray:
        """Return the intercepts' part of the rows."""
        return rows[:, 1 : rows.shape[1] - self.guessing]
