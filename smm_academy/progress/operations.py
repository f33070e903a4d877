"""Rates oneself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smm_academy.progress.models import SelfRating
from smm_academy.web.viewer import Viewer


def rate_oneself(session: Session, viewer: Viewer, steps: Mapping[str, int], at: datetime) -> None:
    """Keep the steps that somebody chose, by skill; earlier ratings stay, to be compared."""
    session.add_all(
        SelfRating(person_id=viewer.id, skill=skill, step=step, at=at)
        for skill, step in steps.items()
    )


def export_ratings(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return what this slice knows of a person."""
    found = session.scalars(select(SelfRating).where(SelfRating.person_id == person_id))
    return [{"skill": row.skill, "step": row.step, "at": row.at} for row in found]


def erase_ratings(session: Session, person_id: int) -> None:
    """Delete a person's ratings of themselves."""
    session.execute(delete(SelfRating).where(SelfRating.person_id == person_id))
