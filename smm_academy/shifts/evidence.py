"""What a finished shift shows about skills: criteria of replies and duties as graded items."""

from collections.abc import Iterator, Mapping
from typing import Any

from smm_academy.measurement.blueprint import SLOPE, default_thresholds, thresholds_at
from smm_academy.measurement.curriculum import Curriculum
from smm_academy.measurement.operations import Shown

STEPS = 2
"""A criterion is met not at all, in part or wholly: 0, 1 or 2."""

DEDUCTIONS = frozenset({"U11", "U12"})
FEWEST_WORDS = 5
"""Deductions say something only of replies of this many words or more."""

ACTION = "U1"

DECISIONS = frozenset({"news", "alarm", "queued", "request"})
"""Duties in which doing nothing is a decision, and may be the wrong one."""


def evidence_of_record(record: Mapping[str, Any], known: Curriculum) -> list[Shown]:
    """Return what a record shows.

    A criterion counts by the share of its points that was earned, to the nearest half: the
    multiplier is in it, so that courtesy without substance shows no skill. A message that was
    left alone shows nothing but whether leaving it alone was right. Consequences show nothing.
    A machine's draft shows only what somebody had to mend in it: the rest is not their own.
    A duty that was not taken up shows nothing either, save where leaving it was the mistake.
    """
    return [*_of_messages(record, known), *_of_duties(record, known)]


def _of_messages(record: Mapping[str, Any], known: Curriculum) -> list[Shown]:
    thresholds = thresholds_of(record)
    draft = record.get("draft")
    planted = {fault["criterion"] for fault in draft["faults"]} if draft else None
    return [
        shown
        for message in record["messages"]
        if message["counts"]
        for criterion in message["score"]["criteria"]
        if planted is None or criterion["id"] in planted
        for shown in _shown(record, message, criterion, thresholds, known)
    ]


def thresholds_of(record: Mapping[str, Any]) -> tuple[float, float]:
    """Return a criterion's two thresholds: at the difficulty of the form, else of its level."""
    equated = record.get("equated")
    if equated:
        return thresholds_at(float(equated["difficulty"]))
    return default_thresholds(int(record["scenario"]["level"]))


def graded_steps(record: Mapping[str, Any]) -> list[int]:
    """Return the steps, 0 to 2, of every graded criterion that a record shows something of."""
    return [
        steps
        for message in record["messages"]
        if message["counts"]
        for criterion in message["score"]["criteria"]
        if criterion["id"] not in DEDUCTIONS and (steps := _score(message, criterion)) is not None
    ]


def _shown(
    record: Mapping[str, Any],
    message: Mapping[str, Any],
    criterion: Mapping[str, Any],
    thresholds: tuple[float, float],
    known: Curriculum,
) -> Iterator[Shown]:
    name: str = criterion["id"]
    score = _score(message, criterion)
    if score is None:
        return
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


def _of_duties(record: Mapping[str, Any], known: Curriculum) -> list[Shown]:
    # What is calibrated of a form is the difficulty of its messages alone.
    thresholds = default_thresholds(int(record["scenario"]["level"]))
    return [
        Shown(
            skill=skill,
            source=f"duty:{record['scenario']['id']}/{sheet['item']}:{criterion['id']}",
            score=round(STEPS * float(criterion["earned"]) / float(criterion["possible"])),
            maximum=STEPS,
            weight=weight,
            a=SLOPE,
            thresholds=thresholds,
        )
        for sheet in record.get("duties", ())
        if _was_taken_up(sheet)
        for criterion in sheet["criteria"]
        if criterion["applies"] and criterion["possible"]
        for skill, weight in known.fed_by(criterion["id"], sheet["context"]).items()
    ]


def _was_taken_up(sheet: Mapping[str, Any]) -> bool:
    """Tell whether somebody decided about a duty, or lost everything by not deciding."""
    return sheet["minute"] is not None or (sheet["kind"] in DECISIONS and not sheet["score"])


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
