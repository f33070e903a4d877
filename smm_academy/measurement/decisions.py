"""Decisions at a cut: how often a score puts a person on the right side, and the band it shows."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from scipy.integrate import quad
from scipy.special import ndtr

from smm_academy.measurement.curves import FloatArray

Band: TypeAlias = Literal["below", "borderline", "above"]

_FAR = 8.0


@dataclass(frozen=True, slots=True)
class CutQuality:
    """How good decisions at a cut are, each as a share of people.

    ``accuracy``: on their true side; ``consistency``: on the same side in two sittings;
    ``borderline``: estimated within one standard error of the cut.
    """

    accuracy: float
    consistency: float
    borderline: float


def band_at_cut(mean: float, se: float, cut: float) -> Band:
    """Return the band of a score: within one standard error of the cut it is borderline."""
    if abs(mean - cut) <= se:
        return "borderline"
    return "above" if mean > cut else "below"


def expect_cut_quality(se: float, cut: float = 0.0) -> CutQuality:
    """Return the quality to expect of a form with one standard error.

    True ability is N(0, 1), the estimate adds an error N(0, ``se``); the shares are integrals
    over ability. Raises ``ValueError`` unless ``se`` is positive.
    """
    if se <= 0:
        raise ValueError(f"The standard error {se:g} is not positive.")

    def density(theta: float) -> float:
        return float(np.exp(-(theta**2) / 2) / np.sqrt(2 * np.pi))

    def right(theta: float) -> float:
        return density(theta) * float(ndtr(abs(theta - cut) / se))

    def same(theta: float) -> float:
        above = float(ndtr((theta - cut) / se))
        return density(theta) * (above**2 + (1 - above) ** 2)

    def near(theta: float) -> float:
        return density(theta) * float(
            ndtr((cut + se - theta) / se) - ndtr((cut - se - theta) / se)
        )

    accuracy, consistency, borderline = (
        quad(share, -_FAR, cut)[0] + quad(share, cut, _FAR)[0] for share in (right, same, near)
    )
    return CutQuality(accuracy, consistency, borderline)


def observe_cut_quality(mean: FloatArray, se: FloatArray, cut: float = 0.0) -> CutQuality:
    """Return the quality of decisions on some people, each with an own standard error.

    Rudner's index (2005): a person's truth is taken as normal about the estimate; consistency is
    the chance that another sitting, with the same error, falls on the side of this one. Arrays
    of shape (people,). Raises ``ValueError`` when there is nobody or a standard error is not
    positive.
    """
    if not len(mean) or np.any(se <= 0):
        raise ValueError("The quality of a cut needs at least one person and positive errors.")
    above = ndtr((mean - cut) / se)
    again = ndtr((mean - cut) / (se * np.sqrt(2.0)))
    return CutQuality(
        float(np.maximum(above, 1 - above).mean()),
        float(np.maximum(again, 1 - again).mean()),
        float((np.abs(mean - cut) <= se).mean()),
    )
