"""Writes evidence, in the unit of work of whatever produced it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smm_academy.measurement.models import Evidence
from smm_academy.sittings.models import Feedback, Sitting


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing shown about one skill: `score` of `maximum` steps, on an item of known weight.

    ``thresholds`` are logits, one a step; ``parameter_set_id`` is the calibration that they come
    from, if any.
    """

    skill: str
    source: str
    score: int
    maximum: int
    weight: float
    a: float
    thresholds: tuple[float, ...]
    parameter_set_id: int | None = None


def record_evidence(
    session: Session, sitting: Sitting, shown: Sequence[Shown], at: datetime
) -> int:
    """Write down what a sitting showed, each thing once; return how many were new.

    What was written down first stands: the same thing again, whatever its score, changes nothing.
    """
    rows = session.execute(
        select(Evidence.skill, Evidence.source).where(Evidence.sitting_id == sitting.id)
    )
    known = {(skill, source) for skill, source in rows}
    fresh: dict[tuple[str, str], Shown] = {}
    for row in shown:
        fresh.setdefault((row.skill, row.source), row)
    added = [row for identity, row in fresh.items() if identity not in known]
    session.add_all(
        Evidence(
            person_id=sitting.person_id,
            sitting_id=sitting.id,
            purpose=sitting.purpose,
            activity=sitting.activity,
            skill=row.skill,
            source=row.source,
            content_locale=sitting.content_locale,
            score=row.score,
            maximum=row.maximum,
            weight=row.weight,
            a=row.a,
            thresholds=list(row.thresholds),
            parameter_set_id=row.parameter_set_id,
            at=at,
        )
        for row in added
    )
    session.flush()
    return len(added)


def export_evidence(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return what this slice knows of a person.

    Scores of single answers stay unsaid where the sitting never says them: others will be asked.
    """
    found = session.execute(
        select(Evidence, Sitting.feedback)
        .join(Sitting, Sitting.id == Evidence.sitting_id)
        .where(Evidence.person_id == person_id)
    )
    return [
        {
            "skill": row.skill,
            "source": row.source,
            "score": None if feedback == Feedback.NEVER else row.score,
            "maximum": row.maximum,
            "weight": row.weight,
            "at": row.at,
        }
        for row, feedback in found
    ]


def erase_evidence(session: Session, person_id: int) -> None:
    """Delete a person's evidence."""
    session.execute(delete(Evidence).where(Evidence.person_id == person_id))
