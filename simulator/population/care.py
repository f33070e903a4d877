"""How a brand's care, or its silence, ends for those who ask or complain.

`Industry` is the desk of an average brand: it answers as rarely, as late and as generally as
brands were found to do, and writes every case down.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.community import Community, HourReport
from simulator.population.contributions import Contributions, Intent
from simulator.population.effects import Effect
from simulator.population.members import normal_table
from simulator.population.parameters import CareParameters

REASONS = ("product", "employee", "responsibility", "other")
REPLY_TYPES = ("ask", "thank", "regret", "correct")
_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Cases:
    """Messages that call for a reply, and what became of them; one entry each.

    ``types`` has a column per entry of `REPLY_TYPES`; ``minutes`` is the time to the reply where
    ``answered``; ``justice`` is what the author perceives (SATCOM), in about [-1, 1].
    """

    member: NDArray[np.int64]
    second: NDArray[np.int64]
    complaint: NDArray[np.bool_]
    reason: NDArray[np.int64]
    answered: NDArray[np.bool_]
    minutes: NDArray[np.float64]
    types: NDArray[np.bool_]
    patience: NDArray[np.float64]
    justice: NDArray[np.float64]
    follows_up: NDArray[np.bool_]
    sours: NDArray[np.bool_]
    acts: NDArray[np.bool_]
    leaves: NDArray[np.bool_]


def speed_factor(minutes: NDArray[np.float64], shape: CareParameters) -> NDArray[np.float64]:
    """Return what is left of a reply's worth after so many minutes.

    1 up to 4 minutes, then a log-time slope down to .1 (Twitter and AMS: $17 within 4 minutes,
    $3.50 after 20).
    """
    halvings = np.log2(np.maximum(minutes, 1e-9) / shape.speed_free)
    factor: NDArray[np.float64] = np.clip(
        1.0 - shape.speed_slope * halvings, shape.speed_least, 1.0
    )
    return factor


def patience(
    entities: NDArray[np.integer], complaint: NDArray[np.bool_], shape: CareParameters, seed: int
) -> NDArray[np.float64]:
    """Return how many minutes people wait before they take offence (Lithium survey)."""
    word = keyed.uniform(entities, keyed.key(seed, "patience"))
    minutes = _normal(word)
    minutes *= shape.complaint_patience_sigma
    np.exp(minutes, out=minutes)
    minutes *= shape.complaint_patience
    asked = ~complaint
    minutes[asked] = np.interp(word[asked], shape.patience_share, shape.patience_minutes)
    return minutes


def open_cases(said: Contributions, shape: CareParameters, seed: int) -> Cases:
    """Return the cases that an average brand makes of an hour's contributions."""
    due = np.flatnonzero((said.intent == Intent.QUESTION) | (said.intent == Intent.COMPLAINT))
    member, second = said.member[due], said.second[due]
    complaint = said.intent[due] == Intent.COMPLAINT

    def chance(purpose: str) -> NDArray[np.float64]:
        return keyed.pair_uniform(member, second, keyed.key(seed, f"care {purpose}"))

    rate = np.where(complaint, shape.answers_complaint, shape.answers_question)
    answered = chance("answer") < rate
    median = np.where(complaint, shape.complaint_minutes, shape.question_minutes)
    minutes = median * np.exp(shape.minutes_sigma * _normal(chance("minutes")))
    types = np.stack(
        [chance(name) < share for name, share in zip(REPLY_TYPES, shape.types, strict=True)],
        axis=1,
    )
    justice = _justice(types, minutes, _normal(chance("noise")), shape)
    anger = np.where(answered, 0.0, shape.anger * shape.intervals)
    urge = shape.escalate + shape.escalate_anger * anger
    urge -= np.where(answered, shape.escalate_justice * justice, 0.0)
    content = justice > 0
    return Cases(
        member=member,
        second=second,
        complaint=complaint,
        reason=np.searchsorted(np.cumsum(shape.reasons)[:-1], chance("reason"), side="right"),
        answered=answered,
        minutes=minutes,
        types=types,
        patience=patience(second + member, complaint, shape, seed),
        justice=justice,
        follows_up=answered
        & (chance("follow-up") < np.where(content, shape.thanks_back, shape.writes_back)),
        sours=np.where(answered, ~content, chance("sour") < shape.silence_sours),
        acts=chance("act") < 1.0 / (1.0 + np.exp(-urge)),
        leaves=chance("leave")
        < np.where(
            answered, np.where(content, shape.leaves_content, shape.leaves), shape.silence_leaves
        ),
    )


def _justice(
    types: NDArray[np.bool_],
    minutes: NDArray[np.float64],
    noise: NDArray[np.float64],
    shape: CareParameters,
) -> NDArray[np.float64]:
    """Weigh redress, manner and speed (Orsingher 2010: in this order)."""
    redress = np.minimum(types @ np.array(shape.type_redress), 1.0)
    manner = np.minimum(types @ np.array(shape.type_manner), 1.0)
    speed = 2.0 * speed_factor(minutes, shape) - 1.0
    weights = shape.justice
    total: NDArray[np.float64] = weights[0] * redress + weights[1] * manner + weights[2] * speed
    total += shape.attention + shape.justice_noise * noise
    return total


class Industry:
    """The desk of an average brand: give it to `record.live`, read its ``cases`` after."""

    def __init__(self, community: Community) -> None:
        self.shape = community.constants.care
        self.seed = community.seed
        self.parts: list[Cases] = []
        self._effects: dict[int, list[Effect]] = {}

    def __call__(self, hour: int, report: HourReport | None) -> Sequence[Effect]:
        if report is not None:
            cases = open_cases(report.contributions, self.shape, self.seed)
            self.parts.append(cases)
            self._file(cases, hour)
        return self._effects.pop(hour, ())

    def _file(self, cases: Cases, hour: int) -> None:
        """Note when each case will touch its author: at the reply, or when patience is gone."""
        wait = np.where(cases.answered, cases.minutes, cases.patience * self.shape.intervals)
        due = np.maximum((cases.second + wait * _MINUTE) // _HOUR, hour).astype(np.int64)
        change = np.where(
            cases.answered,
            self.shape.recovery * cases.justice,
            np.where(cases.sours, -self.shape.anger * self.shape.intervals, 0.0),
        )
        reach = np.where(cases.answered, self.shape.reach, 0.0)
        for number in np.flatnonzero(change != 0):
            effect = Effect(
                int(cases.member[number]),
                float(np.clip(change[number], -1.0, 1.0)),
                float(reach[number]),
            )
            self._effects.setdefault(int(due[number]), []).append(effect)

    @property
    def cases(self) -> Cases:
        """Everything that called for a reply so far."""
        names = Cases.__dataclass_fields__
        return Cases(
            *(np.concatenate([getattr(part, name) for part in self.parts]) for name in names)
        )


def _normal(word: NDArray[np.float64]) -> NDArray[np.float64]:
    levels = normal_table()
    normal: NDArray[np.float64] = levels[(word * levels.size).astype(np.int64)]
    return normal
