"""Begins a sitting, keeps what is typed in it, ends it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from smm_academy.accounts.models import HOUSE
from smm_academy.errors import Closed
from smm_academy.sittings.models import Activity, Draft, Feedback, Purpose, Sitting
from smm_academy.sittings.queries import held_sitting
from smm_academy.sittings.timing import deadline_of, is_over
from smm_academy.web.viewer import Viewer

ID_BYTES = 12
FIELD_CHARACTERS = 120
DRAFT_CHARACTERS = 25_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form of a sitting holds, by input name; versions grow with each change."""

    field: str
    version: int
    answers: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Opening:
    """What whoever opens a sitting decides: what it is for, how long it may take, what follows."""

    purpose: Purpose = Purpose.PRACTICE
    feedback: Feedback = Feedback.AFTER_SUBMIT
    limit: timedelta | None = None
    time_multiplier: float = 1.0
    organisation_id: int = HOUSE
    return_to: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is fixed when a sitting begins: what is worked at, and how it was opened."""

    activity: Activity
    subject: str
    content_locale: str
    opening: Opening
    frozen: Mapping[str, Any] = field(default_factory=dict)
    rubric: Mapping[str, Any] = field(default_factory=dict)


def begin(session: Session, person_id: int, terms: Terms, at: datetime) -> Sitting:
    """Begin a sitting under fixed terms."""
    opening = terms.opening
    sitting = Sitting(
        id=secrets.token_urlsafe(ID_BYTES),
        person_id=person_id,
        organisation_id=opening.organisation_id,
        purpose=opening.purpose,
        activity=terms.activity,
        subject=terms.subject,
        content_locale=terms.content_locale,
        feedback=opening.feedback,
        frozen=dict(terms.frozen),
        rubric=dict(terms.rubric),
        return_to=opening.return_to,
        time_multiplier=opening.time_multiplier,
        started_at=at,
        deadline=deadline_of(at, opening.limit, opening.time_multiplier),
    )
    session.add(sitting)
    session.flush()
    return sitting


def require_open(sitting: Sitting, at: datetime) -> None:
    """Make sure that something may still be done in a sitting. Raises `Closed`."""
    require_unfinished(sitting)
    if is_over(sitting.deadline, at):
        raise Closed("The time is over. What was saved in time counts.")


def require_unfinished(sitting: Sitting) -> None:
    """Make sure that nobody has ended a sitting. Raises `Closed`."""
    if sitting.finished_at is not None:
        raise Closed("This is finished already; nothing more can be changed.")


def save_draft(
    session: Session, viewer: Viewer, sitting_id: str, typed: Typed, at: datetime
) -> Draft:
    """Keep what somebody has typed, unless something newer is kept; return what is kept.

    Raises `NotFound` or `Closed`.
    """
    require_open(held_sitting(session, viewer, sitting_id), at)
    draft = session.scalar(
        select(Draft).where(Draft.sitting_id == sitting_id, Draft.field == typed.field)
    )
    if draft is None:
        draft = Draft(sitting_id=sitting_id, field=typed.field, version=0, value={})
        session.add(draft)
    elif typed.version < draft.version:
        return draft
    draft.version, draft.value, draft.saved_at = typed.version, dict(typed.answers), at
    session.flush()
    return draft


def forget_draft(session: Session, sitting_id: str, field_name: str) -> None:
    """Drop a draft that was sent."""
    session.execute(delete(Draft).where(Draft.sitting_id == sitting_id, Draft.field == field_name))


def finish(session: Session, sitting_id: str, at: datetime) -> bool:
    """End a sitting once; tell whether it was this call that ended it."""
    ended = session.execute(
        update(Sitting)
        .where(Sitting.id == sitting_id, Sitting.finished_at.is_(None))
        .values(finished_at=at)
        .returning(Sitting.id)
    ).scalar_one_or_none()
    return ended is not None


def export_sittings(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return what this slice knows of a person."""
    found = session.scalars(select(Sitting).where(Sitting.person_id == person_id))
    return [
        {
            "id": sitting.id,
            "activity": sitting.activity,
            "subject": sitting.subject,
            "purpose": sitting.purpose,
            "language": sitting.content_locale,
            "started_at": sitting.started_at,
            "finished_at": sitting.finished_at,
        }
        for sitting in found
    ]


def erase_sittings(session: Session, person_id: int) -> None:
    """Delete a person's sittings and everything typed in them."""
    own = select(Sitting.id).where(Sitting.person_id == person_id)
    session.execute(delete(Draft).where(Draft.sitting_id.in_(own)))
    session.execute(delete(Sitting).where(Sitting.person_id == person_id))
