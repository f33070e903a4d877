"""How brands answer and what it does: rows 22 to 29 of the fact table, under policy industry."""

import math

import numpy as np
from numpy.typing import NDArray

from simulator.population.care import REASONS, REPLY_TYPES, Cases
from simulator.population.contributions import Intent
from simulator.population.facts.fact import Fact, judge
from simulator.population.record import Run

_THREE_DAYS = 72 * 60.0


def share_needing_reply(run: Run) -> float:
    """Return the share of contents that ask or complain."""
    intent = run.said.intent
    return float(((intent == Intent.QUESTION) | (intent == Intent.COMPLAINT)).mean())


def needs_reply(run: Run) -> tuple[Fact, ...]:
    """Row 22: contents that call for a reply."""
    return (judge("care.needs_reply", share_needing_reply(run)),)


def reply_rate(run: Run, cases: Cases) -> tuple[Fact, ...]:
    """Row 23: messages of all kinds, and complaints, answered within 72 hours."""
    soon = cases.answered & (cases.minutes <= _THREE_DAYS)
    return (
        judge("care.answered", _share(soon, soon.size / share_needing_reply(run))),
        judge("care.complaints_answered", _mean(cases.answered[cases.complaint])),
    )


def _share(yes: NDArray[np.bool_], total: float) -> float:
    return float(yes.sum() / total) if total else math.nan


def reply_time(cases: Cases) -> tuple[Fact, ...]:
    """Row 24: how late replies come. Means by the lognormal law, as a few weeks dominate them."""
    complaint = cases.minutes[cases.answered & cases.complaint]
    question = cases.minutes[cases.answered & ~cases.complaint]
    return (
        judge("care.mean_hours", _lognormal_mean(np.concatenate((complaint, question))) / 60.0),
        judge("care.complaint_mean_hours", _lognormal_mean(complaint) / 60.0),
        judge(
            "care.complaint_median_minutes",
            float(np.median(complaint)) if complaint.size else math.nan,
        ),
    )


def reply_types(cases: Cases) -> tuple[Fact, ...]:
    """Row 25: what replies to complaints do, what appeases, and how follow-ups sound."""
    mine = cases.answered & cases.complaint
    types, content = cases.types[mine], cases.justice[mine] > 0
    facts = [
        judge(f"care.type_{name}", _mean(types[:, number]))
        for number, name in enumerate(REPLY_TYPES)
    ]
    for name, number in (("asking", 0), ("correcting", 3)):
        has = types[:, number]
        facts.append(judge(f"care.{name}_appeases", _mean(content[has]) - _mean(content[~has])))
    follow = cases.follows_up & mine
    facts.append(judge("care.follow_ups_dissatisfied", _mean(cases.justice[follow] <= 0)))
    return tuple(facts)


def complaint_reasons(cases: Cases) -> tuple[Fact, ...]:
    """Row 26: what complaints are about."""
    reason = cases.reason[cases.complaint]
    return tuple(
        judge(f"care.reason_{name}", _mean(reason == number))
        for number, name in enumerate(REASONS[:3])
    )


def patience(cases: Cases) -> tuple[Fact, ...]:
    """Row 27: within how long people expect a reply."""
    asked, complained = cases.patience[~cases.complaint], cases.patience[cases.complaint]
    facts = [judge(f"care.patience_{limit}", _mean(asked < limit)) for limit in (30, 60, 120)]
    return (*facts, judge("care.complaint_patience_60", _mean(complained < 60.0)))  # noqa: PLR2004


def silence(cases: Cases) -> tuple[Fact, ...]:
    """Row 28: what complainants do whom nobody answers."""
    alone = cases.complaint & ~cases.answered
    return (
        judge("care.silence_sours", _mean(cases.sours[alone])),
        judge("care.silence_acts", _mean(cases.acts[alone])),
        judge("care.silence_leaves", _mean(cases.leaves[alone])),
    )


def favour(cases: Cases) -> tuple[Fact, ...]:
    """Row 29, second part: answered complainants who turn more favourable."""
    return (judge("care.favourable", _mean(cases.justice[cases.complaint & cases.answered] > 0)),)


def _mean(yes: NDArray[np.bool_]) -> float:
    return float(yes.mean()) if yes.size else math.nan


def _lognormal_mean(minutes: NDArray[np.float64]) -> float:
    if minutes.size < 2:  # noqa: PLR2004 - a spread needs two
        return math.nan
    logs = np.log(minutes)
    return math.exp(float(logs.mean()) + float(logs.var()) / 2.0)
