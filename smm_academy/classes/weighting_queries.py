"""How a class weighs the rubric, and the replies that another weighting would move."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.classes.models import ClassWeighting, SchoolClass
from smm_academy.classes.queries import members_of
from smm_academy.shifts.queries import shift_scores_of, stored_replies
from smm_academy.shifts.weighting import Stored, Weighting, weighting_of
from smm_academy.sittings.queries import practised_by

MOST_SITTINGS = 120
"""So many of the newest drills and shifts are weighed again for a preview: about a second."""


def weighting_in(session: Session, found: SchoolClass) -> Weighting:
    """Return how a class weighs the rubric now."""
    kept = session.scalar(
        select(ClassWeighting.weighting)
        .where(ClassWeighting.class_id == found.id)
        .order_by(ClassWeighting.id.desc())
        .limit(1)
    )
    return weighting_of(kept or {})


def replies_to_weigh(session: Session, found: SchoolClass, at: datetime) -> list[Stored]:
    """Return the scored messages of what the members of a class practised, the newest first.

    Whether the viewer may see the class is decided by how it was found; the words of a reply
    are shown only where the member shares them.
    """
    members = members_of(session, found, at)
    scored = shift_scores_of(session, [member.person_id for member in members])
    sharing = {member.person_id for member in members if member.shares_replies}
    practised = practised_by(session, [member.person_id for member in members])
    newest = [one for one in reversed(practised) if one.id in scored][:MOST_SITTINGS]
    shared = {one.id for one in newest if one.person_id in sharing}
    return stored_replies(session, [one.id for one in newest], shared)
