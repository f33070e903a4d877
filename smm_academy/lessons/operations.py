"""What a reader does: goes on, finishes."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smm_academy.lessons.models import Reading
from smm_academy.web.viewer import Viewer

BLOCK_CHARACTERS = 60


def keep_place(
    session: Session, viewer: Viewer, lesson_key: str, block: str, at: datetime
) -> None:
    """Remember the block that somebody has reached."""
    reading = _reading(session, viewer, lesson_key)
    reading.block, reading.read_at = block[:BLOCK_CHARACTERS], at


def finish_lesson(session: Session, viewer: Viewer, lesson_key: str, at: datetime) -> None:
    """Mark a lesson as finished; twice is once."""
    reading = _reading(session, viewer, lesson_key)
    reading.read_at = at
    reading.finished_at = reading.finished_at or at


def export_readings(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return what this slice knows of a person."""
    found = session.scalars(select(Reading).where(Reading.person_id == person_id))
    return [
        {"lesson": row.lesson_key, "read_at": row.read_at, "finished_at": row.finished_at}
        for row in found
    ]


def erase_readings(session: Session, person_id: int) -> None:
    """Delete where a person is in each lesson."""
    session.execute(delete(Reading).where(Reading.person_id == person_id))


def _reading(session: Session, viewer: Viewer, lesson_key: str) -> Reading:
    reading = session.scalar(
        select(Reading).where(Reading.person_id == viewer.id, Reading.lesson_key == lesson_key)
    )
    if reading is None:
        reading = Reading(person_id=viewer.id, lesson_key=lesson_key, block="")
        session.add(reading)
    return reading
