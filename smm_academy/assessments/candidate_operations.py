"""What somebody who is tested can do: begin, open each part, go on elsewhere, ask for a review."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smm_academy.accounts.operations import note, readmit_candidate, welcome_candidate
from smm_academy.accounts.queries import hold_person
from smm_academy.assessments.models import Assessment, Candidacy, Invitation
from smm_academy.assessments.operations import note_about, said
from smm_academy.assessments.papers import draw_papers
from smm_academy.assessments.queries import (
    READERS,
    Taken,
    assessment_of,
    candidacy_by,
    invitation_by,
    own_candidacy,
    pools_of,
    require_usable,
)
from smm_academy.errors import Conflict
from smm_academy.measurement.queries import items_seen_by
from smm_academy.quizzes.operations import start_paper
from smm_academy.quizzes.questions import Settings
from smm_academy.revisions.queries import revisions_by_id
from smm_academy.shifts import operations as shifts
from smm_academy.shifts.choosing import FIRST_KINDS, choose_drill
from smm_academy.shifts.offer_queries import drill_cards
from smm_academy.shifts.operations import Beginning
from smm_academy.shifts.queries import brand_revision
from smm_academy.sittings.models import Feedback, Purpose, Sitting
from smm_academy.sittings.operations import Opening
from smm_academy.web.viewer import Viewer

ID_BYTES = 12


def begin(
    session: Session, token: str, name: str, locale: str, at: datetime
) -> tuple[Candidacy, str]:
    """Begin an assessment by a link, or go on with it in another browser, which ends the first.

    Returns the candidacy and the token of the browser's session. Raises `NotFound`, `Closed`,
    `Invalid` for a bad name.
    """
    invitation, found = invitation_by(session, token)
    running = candidacy_by(session, invitation)
    if running is not None:
        hold_person(session, running.person_id)
        running.browsers += 1
        return running, readmit_candidate(session, running.person_id, at)
    require_usable(invitation, found, at)
    called = invitation.name or name
    person_id, kept = welcome_candidate(session, found.organisation_id, called, locale, at)
    candidacy = _candidacy(session, found, person_id, locale, at)
    candidacy.invitation_id = invitation.id
    candidacy.time_multiplier = invitation.time_multiplier
    session.flush()
    note(
        session,
        "candidacy.begun",
        at,
        organisation_id=found.organisation_id,
        subject=f"candidate {candidacy.id}",
    )
    return candidacy, kept


def look_ahead(
    session: Session, viewer: Viewer, assessment_id: int, locale: str, at: datetime
) -> Candidacy:
    """Begin one's own assessment as a candidate would; nobody is told how it went."""
    found = assessment_of(session, viewer, assessment_id, READERS)
    candidacy = _candidacy(session, found, viewer.id, locale, at)
    candidacy.is_preview = True
    session.flush()
    return candidacy


def ask_review(
    session: Session, viewer: Viewer, candidacy_id: str, reason: str, at: datetime
) -> Taken:
    """Ask that a human looks at one's result. Raises `Conflict` before the end or twice."""
    taken = own_candidacy(session, viewer, candidacy_id, at)
    if not taken.stages.finished:
        raise Conflict("A review can be asked for when both parts are finished.")
    if taken.candidacy.review_asked_at is not None:
        raise Conflict("You have asked for a review already.")
    taken.candidacy.review_reason = said(reason, "reason")
    taken.candidacy.review_asked_at = at
    subject = f"candidate {candidacy_id}"
    note_about(session, viewer, taken.assessment, "review.asked", at, subject)
    return taken


def forget_candidacy(session: Session, candidacy: Candidacy, at: datetime) -> int:
    """Forget the invitation of a candidacy; return the person who is to be erased with it."""
    if candidacy.invitation_id is not None:
        session.execute(delete(Invitation).where(Invitation.id == candidacy.invitation_id))
    note(
        session,
        "candidate.erased",
        at,
        organisation_id=candidacy.organisation_id,
        subject=f"candidate {candidacy.id}",
    )
    return candidacy.person_id


def export_candidacies(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return what this slice knows of a person."""
    found = session.scalars(select(Candidacy).where(Candidacy.person_id == person_id))
    return [
        {
            "assessment": session.get_one(Assessment, one.assessment_id).name,
            "begun_at": one.begun_at,
            "kept_until": one.erase_at,
            "language": one.locale,
            "time_multiplier": one.time_multiplier,
            "invited": _invited(session, one),
            "decision": one.decision,
            "decision_reason": one.decision_reason,
            "decided_at": one.decided_at,
            "review_reason": one.review_reason,
            "review_answer": one.review_answer,
            "sittings": [one.practice_id, one.paper_id, one.shift_id],
        }
        for one in found
    ]


def _invited(session: Session, candidacy: Candidacy) -> dict[str, Any] | None:
    found = session.get(Invitation, candidacy.invitation_id) if candidacy.invitation_id else None
    if found is None:
        return None
    return {"name": found.name, "email": found.email, "at": found.created_at}


def erase_candidacies(session: Session, person_id: int) -> None:
    """Delete a person's candidacies and the invitations that they came by."""
    by = select(Candidacy.invitation_id).where(Candidacy.person_id == person_id)
    invitations = list(session.scalars(by))
    session.execute(delete(Candidacy).where(Candidacy.person_id == person_id))
    session.execute(delete(Invitation).where(Invitation.id.in_([i for i in invitations if i])))


def begin_own(
    session: Session, viewer: Viewer, found: Assessment, locale: str, at: datetime
) -> Candidacy:
    """Begin an assessment of the house as the account that one has."""
    return _candidacy(session, found, viewer.id, locale, at)


def open_practice(session: Session, viewer: Viewer, candidacy_id: str, at: datetime) -> Sitting:
    """Begin the message for practice, which counts for nothing, or go on with it."""
    hold_person(session, viewer.id)
    taken = own_candidacy(session, viewer, candidacy_id, at)
    if running := _sitting(taken, taken.candidacy.practice_id):
        return running
    seed = secrets.randbelow(2**31)
    offers = drill_cards(session, viewer, taken.candidacy.locale)
    brand, kind = choose_drill(offers, seed, kinds=FIRST_KINDS)
    revision = brand_revision(session, viewer, brand)
    opening = Opening(
        organisation_id=taken.assessment.organisation_id, return_to=_address(candidacy_id)
    )
    beginning = Beginning(revision, None, kind, taken.candidacy.locale, seed, opening)
    sitting = shifts.begin(session, viewer, beginning, b"", at)
    taken.candidacy.practice_id = sitting.id
    return sitting


def open_paper(session: Session, viewer: Viewer, candidacy_id: str, at: datetime) -> Sitting:
    """Begin the questions, or go on with them; the clock runs from here."""
    hold_person(session, viewer.id)
    taken = own_candidacy(session, viewer, candidacy_id, at)
    if running := _sitting(taken, taken.candidacy.paper_id):
        return running
    row, found = taken.candidacy, taken.assessment
    questions = found.papers.get(row.locale)
    if questions is None:
        seen = items_seen_by(session, viewer.id)
        drawn = draw_papers(
            pools_of(session, viewer), found.skills, secrets.randbelow(2**31), seen
        )
        questions = drawn[row.locale]
    settings = Settings(
        id=f"assessment-{row.id}",
        title=found.name,
        locale="pl" if row.locale == "pl" else "en",
        shuffle_options=True,
    )
    opening = _opening(taken, Feedback.NEVER, found.question_seconds)
    sitting = start_paper(session, viewer, settings, questions, opening, at)
    row.paper_id = sitting.id
    return sitting


def open_shift(session: Session, viewer: Viewer, candidacy_id: str, at: datetime) -> Sitting:
    """Begin the shift, or go on with it. Raises `Conflict` while the questions are not done."""
    hold_person(session, viewer.id)
    taken = own_candidacy(session, viewer, candidacy_id, at)
    if running := _sitting(taken, taken.candidacy.shift_id):
        return running
    if taken.stages.paper != "done":
        raise Conflict("The questions come first. Hand them in, then the shift begins.")
    found = taken.assessment
    revisions = revisions_by_id(session, list(found.revisions.values()))
    beginning = Beginning(
        revisions[found.revisions["brand"]],
        revisions[found.revisions["scenario"]],
        "",
        taken.candidacy.locale,
        found.seed if found.papers else secrets.randbelow(2**31),
        _opening(taken, Feedback.AFTER_SUBMIT, found.shift_seconds),
    )
    sitting = shifts.begin(session, viewer, beginning, b"", at)
    taken.candidacy.shift_id = sitting.id
    return sitting


def _candidacy(
    session: Session, found: Assessment, person_id: int, locale: str, at: datetime
) -> Candidacy:
    made = Candidacy(
        id=secrets.token_urlsafe(ID_BYTES),
        assessment_id=found.id,
        organisation_id=found.organisation_id,
        person_id=person_id,
        locale=locale,
        begun_at=at,
        erase_at=at + timedelta(days=found.keep_days),
    )
    session.add(made)
    session.flush()
    return made


def _sitting(taken: Taken, sitting_id: str | None) -> Sitting | None:
    return taken.sittings.get(sitting_id) if sitting_id else None


def _opening(taken: Taken, feedback: Feedback, seconds: int) -> Opening:
    return Opening(
        Purpose.ASSESSMENT,
        feedback,
        timedelta(seconds=seconds),
        taken.candidacy.time_multiplier,
        taken.assessment.organisation_id,
        _address(taken.candidacy.id),
    )


def _address(candidacy_id: str) -> str:
    return f"/assessments/{candidacy_id}"
