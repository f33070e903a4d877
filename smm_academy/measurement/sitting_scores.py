"""What an employer may see of one sitting: overall, areas and skills, from that sitting alone.

Each figure is the posterior mean under N(0, 1) of its own answers; practice and other sittings
never enter. What rests on fewer than five answers, or has a standard error above .50, is not told.

The criteria of one reply lean on each other: counted as so many answers they would make the error
far too small. The rows of such a testlet share their weight by the design effect of a cluster,
1 + (m - 1) rho (Kish 1965); rho is an assumption until data tell it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from smm_academy.measurement.ability import estimate_eap
from smm_academy.measurement.blueprint import AREAS, SKILLS
from smm_academy.measurement.curves import from_difficulties
from smm_academy.measurement.decisions import Band, band_at_cut
from smm_academy.measurement.mastery import FEWEST_ANSWERS, chance_above
from smm_academy.measurement.skill_map import CUT, WIDTH_95, EvidenceRow, count_steps

WIDEST_TOLD = 0.50
WIDTH_68 = 0.994458
WITHIN_REPLY = 0.5
"""How much the criteria of one reply go together, rho, from 0 (not at all) to 1."""


@dataclass(frozen=True, slots=True)
class SittingScore:
    """One figure of a sitting, in logits, with its 68 % and 95 % intervals.

    ``chance`` is P(theta >= cut). ``told`` is false where the figure is not to be shown.
    """

    id: str
    mean: float
    se: float
    narrow: tuple[float, float]
    wide: tuple[float, float]
    chance: float
    band: Band
    answers: int
    told: bool


@dataclass(frozen=True, slots=True)
class SittingReport:
    """The scores of one sitting; ``areas`` and ``skills`` name only what was asked."""

    overall: SittingScore
    areas: tuple[SittingScore, ...]
    skills: tuple[SittingScore, ...]


def score_sitting(rows: Iterable[EvidenceRow], cut: float = CUT) -> SittingReport:
    """Return the scores of one sitting's evidence; without any, N(0, 1) that is not told."""
    given = [row for row in rows if row.weight > 0]
    return SittingReport(
        _score("overall", given, cut),
        tuple(
            _score(area, chosen, cut)
            for area, skills in AREAS.items()
            if (chosen := [row for row in given if row.skill in skills])
        ),
        tuple(
            _score(skill, chosen, cut)
            for skill in SKILLS
            if (chosen := [row for row in given if row.skill == skill])
        ),
    )


def share_weight(rows: Sequence[EvidenceRow]) -> list[EvidenceRow]:
    """Return the rows, those of one testlet weighing together what m / (1 + (m - 1) rho) would."""
    sizes = Counter(row.testlet for row in rows if row.testlet)
    return [
        replace(row, weight=row.weight / (1 + (sizes[row.testlet] - 1) * WITHIN_REPLY))
        if row.testlet
        else row
        for row in rows
    ]


def count_answers(rows: Sequence[EvidenceRow]) -> int:
    """Return how many answers the rows are of: those of one testlet are one."""
    replies = {row.testlet for row in rows if row.testlet}
    return len(replies) + sum(not row.testlet for row in rows)


def _score(name: str, given: Sequence[EvidenceRow], cut: float) -> SittingScore:
    rows, answers = share_weight(given), count_answers(given)
    mean, se = 0.0, 1.0
    if rows:
        curves = from_difficulties([row.a for row in rows], [row.thresholds for row in rows])
        codes = np.array([[count_steps(row) for row in rows]], dtype=np.int64)
        found = estimate_eap(curves, codes, np.array([[row.weight for row in rows]]))
        mean, se = float(found.mean[0]), float(found.se[0])
    return SittingScore(
        name,
        mean,
        se,
        (mean - WIDTH_68 * se, mean + WIDTH_68 * se),
        (mean - WIDTH_95 * se, mean + WIDTH_95 * se),
        chance_above(mean, se, cut),
        band_at_cut(mean, se, cut),
        answers,
        answers >= FEWEST_ANSWERS and se <= WIDEST_TOLD,
    )
