"""What raters write, and what a learner says against a score or about being read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from smm_academy.accounts.operations import note
from smm_academy.errors import Conflict, Invalid, NotFound
from smm_academy.shifts.models import Disagreement, Rating, ReadingObjection, Shift
from smm_academy.shifts.queries import own_shift, record_of
from smm_academy.shifts.rating import Mark, marks_as_json
from smm_academy.shifts.rating_queries import own_rating, reply_to_rate
from smm_academy.web.viewer import Viewer

SENTENCE_CHARACTERS = 500


def disagree(
    session: Session,
    viewer: Viewer,
    sitting_id: str,
    line: tuple[str, str],
    sentence: str,
    at: datetime,
) -> None:
    """Keep why somebody does not agree with a line, (message, criterion), for a human rater.

    Raises `Invalid` for an empty or long sentence, `NotFound` for a line that is not there.
    """
    shift = own_shift(session, viewer, sitting_id)
    message_id, criterion = line
    said = " ".join(sentence.split())
    if not said:
        raise Invalid("sentence", "Say in one sentence what the score missed.")
    if len(said) > SENTENCE_CHARACTERS:
        raise Invalid("sentence", "Use %(most)s characters at most.", most=SENTENCE_CHARACTERS)
    found = [row for row in record_of(shift)["messages"] if row["id"] == message_id]
    if not found or criterion not in {row["id"] for row in found[0]["score"]["criteria"]}:
        raise NotFound("This debrief has no such line.")
    session.execute(
        delete(Disagreement).where(
            Disagreement.sitting_id == sitting_id,
            Disagreement.message_id == message_id,
            Disagreement.criterion == criterion,
        )
    )
    session.add(
        Disagreement(
            sitting_id=sitting_id,
            person_id=viewer.id,
            message_id=message_id,
            criterion=criterion,
            sentence=said,
            rubric_version=shift.rubric_version,
            at=at,
        )
    )


def rate(
    session: Session,
    viewer: Viewer,
    reply: tuple[str, str],
    marks: Mapping[str, Mark],
    at: datetime,
) -> None:
    """Keep a rater's marks of a reply, (shift, message); the score stays as it is.

    A rating stands: whoever has seen what the machine said is no longer blind. Raises `NotFound`
    for a reply that is not the rater's to read, `Conflict` for one that they rated already.
    """
    shift, message = reply_to_rate(session, viewer, *reply)
    session.refresh(shift, with_for_update=True)
    if own_rating(session, viewer, *reply) is not None:
        raise Conflict("You have rated this reply already. Go on to the next one.")
    session.add(
        Rating(
            sitting_id=shift.sitting_id,
            message_id=message["id"],
            rater_id=viewer.id,
            rubric_version=shift.rubric_version,
            marks=marks_as_json(marks),
            at=at,
        )
    )
    subject = f"shift {shift.sitting_id}"
    note(session, "rating.given", at, person_id=viewer.id, subject=subject, detail=message["id"])


def say_of_reading(session: Session, viewer: Viewer, *, objects: bool, at: datetime) -> None:
    """Keep whether somebody objects to samples of their replies being read."""
    session.execute(delete(ReadingObjection).where(ReadingObjection.person_id == viewer.id))
    if objects:
        session.add(ReadingObjection(person_id=viewer.id, at=at))


def export_ratings(session: Session, person_id: int) -> dict[str, Any]:
    """Return what raters said of a person's replies, what that person said of others', a wish."""
    own = select(Shift.sitting_id).where(Shift.person_id == person_id)
    received = session.scalars(
        select(Rating).where(Rating.sitting_id.in_(own)).order_by(Rating.id)
    )
    given = session.scalars(select(Rating).where(Rating.rater_id == person_id).order_by(Rating.id))
    return {
        "objects_to_being_read": session.get(ReadingObjection, person_id) is not None,
        "received": [_as_json(row) for row in received],
        "given": [_as_json(row) for row in given],
    }


def erase_ratings(session: Session, person_id: int) -> None:
    """Delete ratings of a person's replies; take the person out of those that they gave."""
    own = select(Shift.sitting_id).where(Shift.person_id == person_id)
    session.execute(delete(Rating).where(Rating.sitting_id.in_(own)))
    session.execute(update(Rating).where(Rating.rater_id == person_id).values(rater_id=None))
    session.execute(delete(ReadingObjection).where(ReadingObjection.person_id == person_id))


def _as_json(row: Rating) -> dict[str, Any]:
    return {
        "shift": row.sitting_id,
        "message": row.message_id,
        "rubric": row.rubric_version,
        "marks": row.marks,
        "at": row.at.isoformat(),
    }
