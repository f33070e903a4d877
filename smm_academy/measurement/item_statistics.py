"""What a set of answers says about one item: how hard it is, and whom it tells apart.

Everywhere, ``right`` holds True and False, one an answer, and ``rest`` the ability that the same
person showed on the other items of the same sitting, in logits, ``nan`` where there were none. An
item never helps to judge itself: the ability leaves its own answer out.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_expit
from scipy.stats import norm, rankdata

from smm_academy.measurement.ability import NODES, summarise_posterior
from smm_academy.measurement.curves import FloatArray, IntArray
from smm_academy.measurement.dif import MantelHaenszel, count_tables, mantel_haenszel

FEWEST_ANSWERS = 30
THIRDS = 3
NO_THIRD = -1
_STRATA = 10
_BLOCK = 5000


def share_interval(count: int, people: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927). Raises ``ValueError`` without people."""
    if not 0 <= count <= people or not people:
        raise ValueError(f"{count} of {people} is no share.")
    reach = float(norm.ppf(0.975))
    share, weight = count / people, reach**2 / people
    centre = (share + weight / 2) / (1 + weight)
    half = reach * math.sqrt(share * (1 - share) / people + weight / (4 * people)) / (1 + weight)
    return max(0.0, centre - half), min(1.0, centre + half)


def rest_abilities(
    sitting: ArrayLike, right: ArrayLike, slopes: ArrayLike, difficulties: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Return (ability without this answer, ability with it) for each answer, in logits.

    All arrays have shape (answers,): the number of the sitting, from 0; right or not; the
    parameters with which the answer was scored. Both are posterior means under N(0, 1), so that
    sittings of different items, as an adaptive check has, can be compared. The first is ``nan``
    where a sitting has one answer.
    """
    places = np.asarray(sitting, dtype=np.int64)
    signs = np.where(np.asarray(right, dtype=bool), 1.0, -1.0)
    steep, hard = np.asarray(slopes, dtype=float), np.asarray(difficulties, dtype=float)
    sittings = int(places.max()) + 1 if len(places) else 0
    total = np.zeros((sittings, len(NODES)))

    def own(part: slice) -> FloatArray:
        found: FloatArray = log_expit(
            (signs[part] * steep[part])[:, None] * (NODES - hard[part][:, None])
        )
        return found

    parts = [slice(first, first + _BLOCK) for first in range(0, len(places), _BLOCK)]
    for part in parts:
        np.add.at(total, places[part], own(part))
    rest, whole = np.zeros(len(places)), np.zeros(len(places))
    for part in parts:
        rest[part] = summarise_posterior(total[places[part]] - own(part)).mean
        whole[part] = summarise_posterior(total[places[part]]).mean
    alone = np.bincount(places, minlength=sittings)[places] == 1
    return np.where(alone, np.nan, rest), whole


def item_rest_correlation(right: ArrayLike, rest: ArrayLike) -> float | None:
    """Return the corrected point-biserial correlation of an item with the rest.

    ``None`` where all answers, or all abilities, are alike.
    """
    score, ability = np.asarray(right, dtype=float), np.asarray(rest, dtype=float)
    known = ~np.isnan(ability)
    score, ability = score[known], ability[known]
    if not len(score) or np.ptp(score) == 0 or np.ptp(ability) == 0:
        return None
    return float(np.corrcoef(score, ability)[0, 1])


def split_thirds(rest: ArrayLike) -> IntArray:
    """Return 0, 1 or 2 for the lowest, middle and highest third, -1 where nothing is known.

    People of the same ability stay together, so that thirds need not be equal.
    """
    ability = np.asarray(rest, dtype=float)
    known = ~np.isnan(ability)
    thirds = np.full(len(ability), NO_THIRD, dtype=np.int64)
    ranks = rankdata(ability[known], method="average") - 0.5
    thirds[known] = np.minimum((THIRDS * ranks / max(1, known.sum())).astype(int), THIRDS - 1)
    return thirds


def shares_by_third(chosen: ArrayLike, thirds: IntArray) -> tuple[float | None, ...]:
    """Return the share who chose an option in each third, ``None`` where a third is empty."""
    ticked = np.asarray(chosen, dtype=bool)
    return tuple(
        float(ticked[thirds == third].mean()) if (thirds == third).any() else None
        for third in range(THIRDS)
    )


def compare_groups(
    right: Sequence[bool], focal: Sequence[bool], ability: Sequence[float]
) -> MantelHaenszel | None:
    """Return the Mantel-Haenszel test of an item between two groups of equal ability.

    People are matched in ten strata of ability; ``None`` where nothing can be compared.
    """
    if not any(focal) or all(focal):
        return None
    places: NDArray[np.float64] = rankdata(ability, method="average") - 0.5
    strata = (places * _STRATA / len(places)).astype(int)
    return mantel_haenszel(count_tables(np.asarray(right, dtype=float), focal, strata))
