"""Second opinions that were asked for."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smm_academy.shifts.models import Opinion, Shift


def opinions_in(session: Session, sitting_id: str) -> dict[str, Opinion]:
    """Return the opinions on a shift's replies, by message. Whose shift, the caller knows."""
    found = session.scalars(select(Opinion).where(Opinion.sitting_id == sitting_id))
    return {opinion.message_id: opinion for opinion in found}


def asked_since(session: Session, moment: datetime) -> int:
    """Return how many opinions were asked for since a moment, by everybody."""
    asked = select(func.count()).where(Opinion.asked_at >= moment)
    return session.scalar(asked) or 0


def export_opinions(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return every second opinion on a person's replies."""
    found = session.scalars(
        select(Opinion)
        .join(Shift, Shift.sitting_id == Opinion.sitting_id)
        .where(Shift.person_id == person_id)
        .order_by(Opinion.id)
    )
    return [
        {
            "message": opinion.message_id,
            "asked_at": opinion.asked_at.isoformat(),
            "model": opinion.model,
            "marks": opinion.marks,
            "sentence": opinion.sentence,
        }
        for opinion in found
    ]
