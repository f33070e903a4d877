"""What a finished shift shows about skills: criteria of replies as graded items."""

from collections.abc import Iterator, Mapping
from typing import Any

from smm_academy.measurement.blueprint import SLOPE, default_thresholds
from smm_academy.measurement.curriculum import Curriculum
from smm_academy.measurement.operations import Shown

STEPS = 2
"""A criterion is met not at all, in part or wholly: 0, 1 or 2."""

DEDUCTIONS = frozenset({"U11", "U12"})
FEWEST_WORDS = 5
"""Deductions say something only of replies of this many words or more."""

ACTION = "U1"


def evidence_of_record(record: Mapping[str, Any], known: Curriculum) -> list[Shown]:
    """Return what a record shows.

    A criterion counts by the share of its points that was earned, to the nearest half: the
    multiplier is in it, so that courtesy without substance shows no skill. A message that was
    left alone shows nothing but whether leaving it alone was right. Consequences show nothing.
    A machine's draft shows only what somebody had to mend in it: the rest is not their own.
    """
    level: int = record["scenario"]["level"]
    draft = record.get("draft")
    planted = {fault["criterion"] for fault in draft["faults"]} if draft else None
    return [
        shown
        for message in record["messages"]
        if message["counts"]
        for criterion in message["score"]["criteria"]
        if planted is None or criterion["id"] in planted
        for shown in _shown(record, message, criterion, level, known)
    ]


def _shown(
    record: Mapping[str, Any],
    message: Mapping[str, Any],
    criterion: Mapping[str, Any],
    level: int,
    known: Curriculum,
) -> Iterator[Shown]:
    name: str = criterion["id"]
    score = _score(message, criterion)
    if score is None:
        return
    thresholds = default_thresholds(level)
    is_deduction = name in DEDUCTIONS
    for skill, weight in known.fed_by(name, message["kind"]).items():
        yield Shown(
            skill=skill,
            source=f"message:{record['scenario']['id']}/{message['id']}:{name}",
            score=score,
            maximum=1 if is_deduction else STEPS,
            weight=weight,
            a=SLOPE,
            thresholds=thresholds[:1] if is_deduction else thresholds,
        )


def _score(message: Mapping[str, Any], criterion: Mapping[str, Any]) -> int | None:
    words = len(str(message["read_text"]).split())
    if criterion["id"] in DEDUCTIONS:
        if words < FEWEST_WORDS:
            return None
        return int(criterion["earned"] >= 0)
    if not criterion["applies"] or not criterion["possible"]:
        return None
    if not words and criterion["id"] != ACTION:
        return None
    return round(STEPS * float(criterion["earned"]) / float(criterion["possible"]))
