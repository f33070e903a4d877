"""Somebody's sittings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from smm_academy.database.session import rows_of
from smm_academy.errors import NotFound
from smm_academy.sittings.models import Activity, Draft, Purpose, Sitting
from smm_academy.web.viewer import Viewer

Held = TypeVar("Held", bound="HeldByPerson")


class HeldByPerson(Protocol):
    """What one person alone may see: a sitting, a shift."""

    person_id: Any


def holder_of(session: Session, sitting_id: str) -> int:
    """Return the id of the person whose sitting this is, 0 when there is no such sitting."""
    return session.scalar(select(Sitting.person_id).where(Sitting.id == sitting_id)) or 0


def sittings_by_id(session: Session, ids: Sequence[str]) -> dict[str, Sitting]:
    """Return sittings by id; whoever asks has made sure that they may see them."""
    found = session.scalars(select(Sitting).where(Sitting.id.in_(ids)))
    return {sitting.id: sitting for sitting in found}


def own_sitting(session: Session, viewer: Viewer, sitting_id: str) -> Sitting:
    """Return a sitting of the viewer's. Raises `NotFound` for anybody else's."""
    return if_own(session.get(Sitting, sitting_id), viewer)


def held_sitting(session: Session, viewer: Viewer, sitting_id: str) -> Sitting:
    """Return a sitting of the viewer's, held for this unit of work: whoever wants it, waits.

    Raises `NotFound` for anybody else's.
    """
    # SQLite holds the whole database for a unit that writes and knows no narrower lock.
    return if_own(session.get(Sitting, sitting_id, with_for_update=True), viewer)


def find_open(
    session: Session,
    viewer: Viewer,
    activity: Activity,
    subject: str,
    purpose: Purpose = Purpose.PRACTICE,
) -> Sitting | None:
    """Return the viewer's unfinished sitting at something, the newest one."""
    return session.scalar(
        select(Sitting)
        .where(
            Sitting.person_id == viewer.id,
            Sitting.activity == activity,
            Sitting.subject == subject,
            Sitting.purpose == purpose,
            Sitting.finished_at.is_(None),
        )
        .order_by(Sitting.started_at.desc())
        .limit(1)
    )


def sittings_of(
    session: Session, viewer: Viewer, activities: Sequence[Activity], most: int = 50
) -> list[Sitting]:
    """Return the viewer's sittings at some activities, newest first."""
    return list(
        session.scalars(
            select(Sitting)
            .where(Sitting.person_id == viewer.id, Sitting.activity.in_(activities))
            .order_by(Sitting.started_at.desc())
            .limit(most)
        )
    )


_FINISHED = select(Sitting.activity, Sitting.finished_at).where(
    Sitting.person_id == bindparam("person"), Sitting.finished_at >= bindparam("since")
)


def finished_since(
    session: Session, viewer: Viewer, since: datetime
) -> list[tuple[str, datetime]]:
    """Return (activity, moment) of what the viewer finished since a moment."""
    rows = rows_of(session, _FINISHED, {"person": viewer.id, "since": since})
    return [(row.activity, row.finished_at) for row in rows]


def drafts_of(session: Session, sitting_id: str) -> dict[str, Draft]:
    """Return what was typed in a sitting and not sent yet, by field."""
    found = session.scalars(select(Draft).where(Draft.sitting_id == sitting_id))
    return {draft.field: draft for draft in found}


def expired_sittings(
    session: Session, activity: Activity, before: datetime, most: int = 200
) -> list[str]:
    """Return sittings whose deadline has passed and that nobody has ended."""
    return list(
        session.scalars(
            select(Sitting.id)
            .where(
                Sitting.activity == activity,
                Sitting.finished_at.is_(None),
                Sitting.deadline < before,
            )
            .limit(most)
        )
    )


def if_own(found: Held | None, viewer: Viewer) -> Held:
    """Return a sitting, or what belongs to one, when it is the viewer's. Raises `NotFound`."""
    if found is not None and found.person_id == viewer.id:
        return found
    if not viewer.id:
        raise NotFound(
            "You are not signed in here, or no longer. Sign in on another tab, come back, and "
            "send it again: what you typed is still there."
        )
    raise NotFound("There is no such sitting, or it is somebody else's.")


@dataclass(frozen=True, slots=True)
class Practised:
    """A sitting of one of several people at practice; open while it has no end."""

    id: str
    person_id: int
    activity: str
    subject: str
    started_at: datetime
    finished_at: datetime | None


_PRACTISED = (
    select(
        Sitting.id,
        Sitting.person_id,
        Sitting.activity,
        Sitting.subject,
        Sitting.started_at,
        Sitting.finished_at,
    )
    .where(
        Sitting.person_id.in_(bindparam("people", expanding=True)),
        Sitting.purpose == Purpose.PRACTICE,
    )
    .order_by(Sitting.started_at, Sitting.id)
)


def practised_by(session: Session, people: Collection[int]) -> list[Practised]:
    """Return what people practised, oldest first; never what they did in a check or assessment.

    Whose practice somebody may see is for the caller to know.
    """
    rows = rows_of(session, _PRACTISED, {"people": list(people)})
    return [
        Practised(
            row.id, row.person_id, row.activity, row.subject, row.started_at, row.finished_at
        )
        for row in rows
    ]


def started_since(session: Session, since: datetime) -> dict[str, int]:
    """Return how many sittings everybody started since a moment, by what was worked at."""
    rows = session.execute(
        select(Sitting.activity, func.count())
        .where(Sitting.started_at >= since)
        .group_by(Sitting.activity)
    )
    return {activity: count for activity, count in rows}  # noqa: C416 - rows are not pairs to mypy


def kept_of(session: Session, person_id: int) -> dict[str, int]:
    """Return how many sittings are kept of a person, by what was worked at; nothing of how."""
    rows = session.execute(
        select(Sitting.activity, func.count())
        .where(Sitting.person_id == person_id)
        .group_by(Sitting.activity)
    )
    return {activity: count for activity, count in rows}  # noqa: C416 - rows are not pairs to mypy
