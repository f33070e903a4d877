"""What is known of one person's skill, how an answer changes it, and the level it stands for.

One normal distribution per person and skill, on the scale of the items. An answer moves it by the
derivative of its log chance and narrows it by the expected information, both taken at the mean
(a one-step Laplace approximation); time between answers widens it again.
"""

import math
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeAlias

Level: TypeAlias = Literal["unmeasured", "starting", "close", "at_level", "mastered"]

LEVELS: tuple[Level, ...] = ("unmeasured", "starting", "close", "at_level", "mastered")
FEWEST_ANSWERS = 5
WIDEST_SE = 0.60
MASTERED_SE = 0.40
MASTERED_DAYS = 2
DEMOTION = 0.10
DRIFT_PER_DAY = 0.002
PRIOR_VARIANCE = 1.0
_BOUNDS: dict[Level, float] = {"starting": 0.0, "close": 0.50, "at_level": 0.80, "mastered": 0.95}
_SECONDS_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Answer:
    """One scored answer: an item's parameters and the step reached, 0 to ``len(thresholds)``.

    ``weight`` is 1, less for a hinted answer, 0 for one that shows nothing new. ``simulated``
    marks a task in the simulator.
    """

    slope: float
    thresholds: tuple[float, ...]
    step: int
    weight: float = 1.0
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class SkillState:
    """Belief about one skill, in logits, and the counts that the levels ask for.

    ``days`` counts distinct dates, ``tasks`` answers from the simulator, ``last_at`` is the time
    of the newest answer.
    """

    mean: float = 0.0
    variance: float = PRIOR_VARIANCE
    answers: int = 0
    days: int = 0
    tasks: int = 0
    last_at: datetime | None = None

    @property
    def se(self) -> float:
        """Return the standard error of the mean."""
        return math.sqrt(self.variance)


def weigh_answer(ability: float, answer: Answer) -> tuple[float, float]:
    """Return the derivative of the answer's log chance by ability, and the expected information.

    Graded model of Samejima (1969); with one threshold the two-parameter model.
    """
    reached = [1.0, *(_logistic(answer.slope * (ability - b)) for b in answer.thresholds), 0.0]
    information = 0.0
    slope_at_step = 0.0
    for step in range(len(reached) - 1):
        above, below = reached[step], reached[step + 1]
        slope = answer.slope * (1.0 - above - below)
        information += (above - below) * slope**2
        if step == answer.step:
            slope_at_step = slope
    return slope_at_step, information


def _logistic(value: float) -> float:
    if value >= 0:
        return 1.0 / (1.0 + math.exp(-value))
    ratio = math.exp(value)
    return ratio / (1.0 + ratio)


def let_drift(state: SkillState, at: datetime) -> SkillState:
    """Return the state as it stands at a time: 0.002 more variance a day, 1 at most.

    A time before the newest answer changes nothing.
    """
    if state.last_at is None or at <= state.last_at:
        return state
    days = (at - state.last_at).total_seconds() / _SECONDS_A_DAY
    grown = min(state.variance + DRIFT_PER_DAY * days, max(PRIOR_VARIANCE, state.variance))
    return replace(state, variance=grown)


def update_state(state: SkillState, answer: Answer, at: datetime) -> SkillState:
    """Return the state after an answer at a time in the person's own zone.

    Answers are best given in order of time; one that comes late still counts, without drift. An
    answer of weight 0 changes nothing.
    """
    if answer.weight <= 0:
        return state
    grown = let_drift(state, at)
    slope, information = weigh_answer(grown.mean, answer)
    variance = 1.0 / (1.0 / grown.variance + answer.weight * information)
    newest = at if grown.last_at is None or at > grown.last_at else grown.last_at
    return SkillState(
        grown.mean + variance * answer.weight * slope,
        variance,
        grown.answers + 1,
        grown.days + (_date(grown.last_at) != at.date()),
        grown.tasks + answer.simulated,
        newest,
    )


def _date(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def chance_above(mean: float, se: float, cut: float) -> float:
    """Return P(theta >= cut) under a normal belief."""
    return 0.5 * math.erfc((cut - mean) / (se * math.sqrt(2.0)))


def is_measured(answers: int, se: float) -> bool:
    """Say whether there is enough to name a level: five answers and an SE of .60 at most."""
    return answers >= FEWEST_ANSWERS and se <= WIDEST_SE


def choose_level(state: SkillState, cut: float, held: Level, *, duty: bool = False) -> Level:
    """Return the level of a skill that stands at ``held`` until now.

    ``close`` from P(theta >= cut) = .50, ``at_level`` from .80, ``mastered`` from .95 with an SE
    of .40 at most, answers on two days and, for a ``duty``, a task in the simulator. A level once
    held is kept until P falls .10 below its bound, since checking after every answer would
    otherwise let it flicker.
    """
    if not is_measured(state.answers, state.se):
        return "unmeasured"
    chance = chance_above(state.mean, state.se, cut)
    tested = (
        state.se <= MASTERED_SE and state.days >= MASTERED_DAYS and (state.tasks > 0 or not duty)
    )
    place = LEVELS.index(held)
    for level in reversed(LEVELS[1:]):
        kept = LEVELS.index(level) <= place
        earned = chance >= _BOUNDS[level] and (level != "mastered" or tested)
        if earned or (kept and chance >= _BOUNDS[level] - DEMOTION):
            return level
    return "starting"
