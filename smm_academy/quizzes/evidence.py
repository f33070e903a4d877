"""What an answer shows about a skill, until the items are calibrated."""

from smm_academy.measurement.blueprint import SLOPE, default_difficulty
from smm_academy.measurement.operations import Shown
from smm_academy.quizzes.questions import Question

FULL = 0.999


def source_of(item_key: str, revision_id: int) -> str:
    """Return the source that evidence of an item revision names."""
    return f"item:{item_key}@{revision_id}"


def shown_by(question: Question, source: str, points: float, *, repeated: bool) -> Shown:
    """Return the evidence of one answer; an item that was answered before weighs nothing.

    Only a wholly right answer counts as right: the items are scored right or wrong.
    """
    return Shown(
        skill=question.skill,
        source=source,
        score=int(points >= FULL),
        maximum=1,
        weight=0.0 if repeated else 1.0,
        a=SLOPE,
        thresholds=(default_difficulty(question.difficulty),),
    )
