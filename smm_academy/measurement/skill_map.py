"""The skill map: from one person's evidence to 13 skills, four areas and one overall figure.

Give ``map_skills`` the evidence rows and the moment; nothing is stored, so the same rows always
give the same map. Overall ability is the posterior mean over all rows. A skill starts from what
the *other* skills say of overall ability (its own rows would count twice), then takes its own
rows in order of time.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

import numpy as np

from smm_academy.measurement.ability import NODES, log_chances, summarise_posterior
from smm_academy.measurement.blueprint import AREAS, DUTIES, SKILLS
from smm_academy.measurement.curves import FloatArray, from_difficulties
from smm_academy.measurement.mastery import (
    DRIFT_PER_DAY,
    FEWEST_ANSWERS,
    LEVELS,
    PRIOR_VARIANCE,
    WIDEST_SE,
    Answer,
    Level,
    SkillState,
    chance_above,
    choose_level,
    is_measured,
    let_drift,
    update_state,
)

CUT = 0.0
SKILL_VARIANCE = 0.7
WIDTH_95 = 1.959964
SELF_RATINGS: tuple[float, ...] = (-1.5, -0.5, 0.5, 1.5)
RATING_REACH = 0.5
_TYPICAL_INFORMATION = 0.25
_PERCENT_PER_LOGIT, _MIDDLE, _WHOLE = 25.0, 50.0, 100.0
_SECONDS_A_DAY = 86_400.0

Belief: TypeAlias = Literal["unknown", "higher", "fitting", "lower"]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One thing that somebody showed about one skill.

    ``score`` is out of ``maximum``; it counts as the nearest of the ``len(thresholds)`` steps.
    ``a`` and ``thresholds`` (one, the item's b, for right or wrong) are in logits. ``weight`` is
    1, .5 after a hint, 0 for an item already seen. ``at`` is aware and in the person's own zone,
    since levels count dates. ``simulated`` says that a shift or drill gave it. Rows of one
    ``testlet``, such as the criteria of one reply, do not stand for themselves alone.
    """

    skill: str
    score: float
    maximum: float
    a: float
    thresholds: tuple[float, ...]
    at: datetime
    weight: float = 1.0
    simulated: bool = False
    testlet: str = ""


@dataclass(frozen=True, slots=True)
class SkillEstimate:
    """What the evidence says of one skill, an area or overall (``skill`` holds the id).

    ``mean``, ``se`` and the 95 % interval ``low`` to ``high`` are in logits; ``chance`` is
    P(theta >= cut). ``answers`` counts the rows that weigh anything; ``needed`` says how many
    more would end ``unmeasured``, 0 when it is over.
    """

    skill: str
    mean: float
    se: float
    low: float
    high: float
    answers: int
    level: Level
    chance: float
    needed: int


@dataclass(frozen=True, slots=True)
class SkillMap:
    """A person's map at a moment: the skills in the curriculum's order, the areas, the whole."""

    skills: tuple[SkillEstimate, ...]
    areas: tuple[SkillEstimate, ...]
    overall: SkillEstimate

    def skill(self, id: str) -> SkillEstimate:  # noqa: A002 - the curriculum's word
        """Return one skill's estimate; raises ``KeyError`` for an id that is no skill."""
        for estimate in self.skills:
            if estimate.skill == id:
                return estimate
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class RatingGap:
    """A self-rating beside the measure: ``gap`` is rating less mean, in logits.

    ``belief``: the person rates themself ``higher`` or ``lower`` than the whole interval allows,
    ``fitting``, or ``unknown`` while the skill is unmeasured.
    """

    gap: float
    belief: Belief


def map_skills(
    rows: Iterable[EvidenceRow],
    at: datetime,
    *,
    skills: Sequence[str] = SKILLS,
    cut: float = CUT,
) -> SkillMap:
    """Return the map that the rows give at a moment.

    Rows may come in any order; rows of other skills than ``skills`` are passed over. Raises
    ``ValueError`` for a score outside 0 to its maximum or an item without thresholds.
    """
    chosen = sorted(
        (row for row in rows if row.skill in skills and row.weight > 0), key=lambda row: row.at
    )
    heights = _sum_log_likelihoods(chosen, skills)
    newest = max((row.at for row in chosen), default=at)
    age = max(0.0, (at - newest).total_seconds()) / _SECONDS_A_DAY
    whole = heights.sum(axis=0)
    beliefs = summarise_posterior(np.vstack([whole - heights, whole]))
    widened = np.minimum(beliefs.se**2 + DRIFT_PER_DAY * age, PRIOR_VARIANCE)
    counts = [sum(row.skill == skill for row in chosen) for skill in skills]
    estimates = []
    for place, skill in enumerate(skills):
        own = [row for row in chosen if row.skill == skill]
        start = _start(beliefs.mean[place], widened[place], len(chosen) - counts[place])
        estimates.append(_replay(skill, own, start, at, cut))
    overall = _estimate(
        "overall", float(beliefs.mean[-1]), math.sqrt(widened[-1]), len(chosen), cut
    )
    shared = min(float(widened[-1]), PRIOR_VARIANCE - SKILL_VARIANCE)
    by_id = {estimate.skill: estimate for estimate in estimates}
    areas = [
        _average(area, [by_id[skill] for skill in members if skill in by_id], shared, cut)
        for area, members in AREAS.items()
        if any(skill in by_id for skill in members)
    ]
    return SkillMap(tuple(estimates), tuple(areas), overall)


def estimate_overall(rows: Sequence[EvidenceRow], *, cut: float = CUT) -> SkillEstimate:
    """Return the overall figure of ``map_skills`` at the moment of the newest row, and no more."""
    skills = sorted({row.skill for row in rows})
    beliefs = summarise_posterior(_sum_log_likelihoods(rows, skills).sum(axis=0)[None, :])
    return _estimate("overall", float(beliefs.mean[0]), float(beliefs.se[0]), len(rows), cut)


def _sum_log_likelihoods(rows: Sequence[EvidenceRow], skills: Sequence[str]) -> FloatArray:
    """Return the log-likelihood of each skill's rows at the nodes, (skills, 61)."""
    heights = np.zeros((len(skills), len(NODES)))
    if rows:
        curves = from_difficulties([row.a for row in rows], [row.thresholds for row in rows])
        table = log_chances(curves, NODES)
        for place, row in enumerate(rows):
            heights[skills.index(row.skill)] += row.weight * table[place, count_steps(row)]
    return heights


def count_steps(row: EvidenceRow) -> int:
    """Return the step that a row reached, the nearest to its share of the maximum.

    Raises ``ValueError`` for a score outside 0 to the maximum.
    """
    if not 0 <= row.score <= row.maximum or row.maximum <= 0:
        raise ValueError(
            f"Evidence on {row.skill}: the score {row.score:g} is not from 0 to {row.maximum:g}."
        )
    return math.floor(row.score / row.maximum * len(row.thresholds) + 0.5)


def _start(mean: float, variance: float, answers: int) -> SkillState:
    """Return where a skill starts: N(0, 1), or the overall mean once there is an overall."""
    if not is_measured(answers, math.sqrt(variance)):
        return SkillState()
    return SkillState(mean=float(mean), variance=SKILL_VARIANCE)


def _replay(
    skill: str, rows: Sequence[EvidenceRow], state: SkillState, at: datetime, cut: float
) -> SkillEstimate:
    level: Level = "unmeasured"
    duty = skill in DUTIES
    for row in rows:
        answer = Answer(row.a, row.thresholds, count_steps(row), row.weight, row.simulated)
        state = update_state(state, answer, row.at)
        level = choose_level(state, cut, level, duty=duty)
    state = let_drift(state, at)
    level = choose_level(state, cut, level, duty=duty)
    return _describe(skill, state.mean, state.se, state.answers, level, cut)


def _estimate(name: str, mean: float, se: float, answers: int, cut: float) -> SkillEstimate:
    """Return an estimate whose level rests on nothing but its chance: an area's or overall."""
    level: Level = "unmeasured"
    if is_measured(answers, se):
        state = SkillState(mean, se**2, answers)
        level = choose_level(state, cut, "unmeasured", duty=False)
    return _describe(name, mean, se, answers, level, cut)


def _average(
    area: str, leaves: Sequence[SkillEstimate], shared: float, cut: float
) -> SkillEstimate:
    """Return an area: the mean of its leaves.

    Leaves that lean on the same overall estimate err together, so its variance, ``shared``,
    comes on top of their own, as far as each still leans on it.
    """
    count = len(leaves)
    mean = sum(leaf.mean for leaf in leaves) / count
    own = sum(leaf.se**2 for leaf in leaves) / count**2
    leaning = min(1.0, sum(leaf.se**2 for leaf in leaves) / count / SKILL_VARIANCE)
    se = math.sqrt(own + leaning**2 * shared)
    return _estimate(area, mean, se, sum(leaf.answers for leaf in leaves), cut)


def _describe(
    name: str, mean: float, se: float, answers: int, level: Level, cut: float
) -> SkillEstimate:
    return SkillEstimate(
        name,
        mean,
        se,
        mean - WIDTH_95 * se,
        mean + WIDTH_95 * se,
        answers,
        level,
        chance_above(mean, se, cut),
        count_needed(answers, se),
    )


def count_needed(answers: int, se: float, information: float = _TYPICAL_INFORMATION) -> int:
    """Return how many more answers end ``unmeasured``: five at least and an SE of .60.

    ``information`` is what one answer is expected to tell; .25 is an item of slope 1 that meets
    the person's ability.
    """
    lacking = max(0.0, 1.0 / WIDEST_SE**2 - 1.0 / se**2)
    return max(FEWEST_ANSWERS - answers, math.ceil(lacking / information - 1e-9), 0)


def compare_rating(rating: int, estimate: SkillEstimate) -> RatingGap:
    """Return the gap between a self-rating, a step from 1 to 4, and the measure.

    A step stands at -1.5, -.5, .5 or 1.5 and reaches half a logit to either side. Raises
    ``ValueError`` for another step.
    """
    if not 1 <= rating <= len(SELF_RATINGS):
        raise ValueError(f"The self-rating {rating} is not from 1 to {len(SELF_RATINGS)}.")
    return compare_place(SELF_RATINGS[rating - 1], estimate)


def compare_place(place: float, estimate: SkillEstimate) -> RatingGap:
    """Return the gap between where somebody puts themself, in logits, and the measure."""
    if estimate.level == LEVELS[0]:
        belief: Belief = "unknown"
    elif place - RATING_REACH > estimate.high:
        belief = "higher"
    elif place + RATING_REACH < estimate.low:
        belief = "lower"
    else:
        belief = "fitting"
    return RatingGap(place - estimate.mean, belief)


def place(logits: float) -> float:
    """Return where a value stands, in percent of a bar of two logits either side of the cut."""
    return round(min(_WHOLE, max(0.0, _MIDDLE + _PERCENT_PER_LOGIT * logits)), 1)
