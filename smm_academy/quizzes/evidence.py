"""What an answer shows about a skill: by the calibration in force, or by the author's word."""

from smm_academy.measurement.blueprint import SLOPE, default_difficulty
from smm_academy.measurement.operations import Shown
from smm_academy.measurement.parameter_queries import Strength
from smm_academy.quizzes.questions import Question

FULL = 0.999


def source_of(item_key: str, revision_id: int) -> str:
    """Return the source that evidence of an item revision names."""
    return f"item:{item_key}@{revision_id}"


def shown_by(
    question: Question,
    source: str,
    points: float,
    *,
    repeated: bool,
    strength: Strength | None = None,
) -> Shown:
    """Return the evidence of one answer; an item that was answered before weighs nothing.

    Only a wholly right answer counts as right: the items are scored right or wrong. Without a
    ``strength`` from a calibration the author's difficulty holds.
    """
    known = strength or Strength(SLOPE, (default_difficulty(question.difficulty),), None)
    return Shown(
        skill=question.skill,
        source=source,
        score=int(points >= FULL),
        maximum=1,
        weight=0.0 if repeated else 1.0,
        a=known.a,
        thresholds=known.thresholds,
        parameter_set_id=known.parameter_set_id,
    )
