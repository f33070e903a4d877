"""What a reader does: goes on, answers a question, finishes."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smm_academy.lessons.models import MissedCheck, Reading
from smm_academy.web.viewer import Viewer

BLOCK_CHARACTERS = 60


def keep_place(
    session: Session, viewer: Viewer, lesson_key: str, block: str, at: datetime
) -> None:
    """Remember the block that somebody has reached."""
    reading = _reading(session, viewer, lesson_key)
    reading.block, reading.read_at = block[:BLOCK_CHARACTERS], at


def answer_check(
    session: Session, viewer: Viewer, lesson_key: str, block: str, at: datetime, *, missed: bool
) -> None:
    """Remember that somebody came as far as a question, and when they last missed it."""
    keep_place(session, viewer, lesson_key, block, at)
    if not missed or len(block) > BLOCK_CHARACTERS:
        return
    miss = session.scalar(
        select(MissedCheck).where(
            MissedCheck.person_id == viewer.id,
            MissedCheck.lesson_key == lesson_key,
            MissedCheck.passage_id == block,
        )
    )
    if miss is None:
        miss = MissedCheck(person_id=viewer.id, lesson_key=lesson_key, passage_id=block)
        session.add(miss)
    miss.at = at


def finish_lesson(session: Session, viewer: Viewer, lesson_key: str, at: datetime) -> None:
    """Mark a lesson as finished; twice is once."""
    reading = _reading(session, viewer, lesson_key)
    reading.read_at = at
    reading.finished_at = reading.finished_at or at


def export_readings(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return what this slice knows of a person."""
    missed: dict[str, list[dict[str, Any]]] = {}
    for row in session.scalars(select(MissedCheck).where(MissedCheck.person_id == person_id)):
        missed.setdefault(row.lesson_key, []).append({"question": row.passage_id, "at": row.at})
    found = session.scalars(select(Reading).where(Reading.person_id == person_id))
    return [
        {
            "lesson": row.lesson_key,
            "read_at": row.read_at,
            "finished_at": row.finished_at,
            "missed": missed.get(row.lesson_key, []),
        }
        for row in found
    ]


def erase_readings(session: Session, person_id: int) -> None:
    """Delete where a person is in each lesson, and what they missed there."""
    session.execute(delete(MissedCheck).where(MissedCheck.person_id == person_id))
    session.execute(delete(Reading).where(Reading.person_id == person_id))


def _reading(session: Session, viewer: Viewer, lesson_key: str) -> Reading:
    reading = session.scalar(
        select(Reading).where(Reading.person_id == viewer.id, Reading.lesson_key == lesson_key)
    )
    if reading is None:
        reading = Reading(person_id=viewer.id, lesson_key=lesson_key, block="")
        session.add(reading)
    return reading
