"""What an employer can do: make an assessment, invite people, read, decide, answer a review."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import Attempt, Organisation
from smm_academy.accounts.operations import note
from smm_academy.accounts.queries import attempts_since
from smm_academy.accounts.tokens import limited, new_token, token_hash
from smm_academy.assessments import letters
from smm_academy.assessments.models import Assessment, Candidacy, Decision, Invitation
from smm_academy.assessments.papers import draw_papers
from smm_academy.assessments.queries import (
    HIRERS,
    Taken,
    assessment_of,
    candidate_of,
    invitation_of,
    pools_of,
)
from smm_academy.errors import Conflict, Invalid, NotAllowed, TooMany
from smm_academy.mail.letters import post
from smm_academy.shifts.queries import ASSESSMENT, brand_revision, scenario_revision
from smm_academy.web.viewer import Viewer

SEEDS = 2**31
INVITED_FOR = timedelta(days=14)
FORGOTTEN_AFTER = timedelta(days=30)
KEEP_DAYS = (30, 90, 180, 365)
MULTIPLIERS = (1.0, 1.25, 1.5, 2.0)
LETTERS_A_DAY = 200
AGAIN_A_DAY = 3
REASON_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an assessment is to be: its name, its use, its questions, its scenario, its times."""

    name: str
    purpose: str
    skills: Mapping[str, int]
    question_seconds: int
    scenario_key: str
    shift_seconds: int
    keep_days: int


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom an invitation is for; without an address the link is handed over by hand."""

    name: str
    email: str
    locale: str
    time_multiplier: float = 1.0


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and the link that nobody can be shown again."""

    invitation: Invitation
    link: str


def create_assessment(
    session: Session, viewer: Viewer, organisation_id: int, proposal: Proposal, at: datetime
) -> Assessment:
    """Make an assessment whose questions and messages are the same for everyone.

    Raises `NotAllowed` in an organisation where the viewer does not hire, `Invalid` where a skill
    has too few questions.
    """
    if organisation_id not in viewer.places(*HIRERS):
        raise NotAllowed("You do not hire for this organisation.")
    seed = secrets.randbelow(SEEDS)
    papers = draw_papers(pools_of(session, viewer), proposal.skills, seed)
    made = freeze(session, viewer, organisation_id, proposal, seed, at)
    made.papers = papers
    note_about(session, viewer, made, "assessment.created", at)
    return made


def close_assessment(
    session: Session, viewer: Viewer, assessment_id: int, at: datetime, *, closed: bool
) -> None:
    """Close an assessment to new candidates, or open it again; whoever has begun goes on."""
    found = assessment_of(session, viewer, assessment_id, HIRERS)
    found.closed_at = at if closed else None
    note_about(session, viewer, found, "assessment.closed" if closed else "assessment.opened", at)


def invite(
    session: Session,
    viewer: Viewer,
    assessment_id: int,
    guests: Sequence[Guest],
    base_url: str,
    at: datetime,
) -> list[Invited]:
    """Invite people; whoever has an address gets a letter with the link.

    Raises `NotFound`, `Conflict` when the assessment is closed, `NotAllowed` for letters from an
    account whose own address is not confirmed or beyond what may be sent in a day.
    """
    found = assessment_of(session, viewer, assessment_id, HIRERS)
    if found.closed_at is not None:
        raise Conflict("This test is closed. Open it again to invite more people.")
    if any(guest.email for guest in guests):
        _may_send(session, viewer, found.organisation_id, len(guests), at)
    employer = session.get_one(Organisation, found.organisation_id).name
    invited = []
    for guest in guests:
        token = new_token()
        row = Invitation(
            assessment_id=found.id,
            organisation_id=found.organisation_id,
            token_hash=token_hash(token),
            name=guest.name,
            email=guest.email,
            locale=guest.locale,
            time_multiplier=guest.time_multiplier,
            created_by_id=viewer.id,
            created_at=at,
            expires_at=at + INVITED_FOR,
        )
        session.add(row)
        session.flush()
        link = f"{base_url.rstrip('/')}/a/{token}"
        if guest.email:
            post(session, letters.invitation(row, employer, link), at)
        invited.append(Invited(row, link))
        note_about(session, viewer, found, "invitation.sent", at, f"invitation {row.id}")
    return invited


def renew_invitation(
    session: Session, viewer: Viewer, invitation_id: int, base_url: str, at: datetime
) -> Invited:
    """Make a new link for an invitation; the old one stops. What was begun goes on by the new."""
    row = invitation_of(session, viewer, invitation_id)
    found = assessment_of(session, viewer, row.assessment_id, HIRERS)
    token = new_token()
    row.token_hash, row.expires_at, row.revoked_at = token_hash(token), at + INVITED_FOR, None
    link = f"{base_url.rstrip('/')}/a/{token}"
    if row.email:
        _may_send(session, viewer, row.organisation_id, 1, at)
        subject = limited("invitation", row.email)
        if attempts_since(session, subject, at - timedelta(days=1)) >= AGAIN_A_DAY:
            raise TooMany(
                "%(email)s was sent new links often enough today. Ask them to look in the spam "
                "folder, or go on tomorrow.",
                email=row.email,
            )
        session.add(Attempt(subject=subject, at=at))
        employer = session.get_one(Organisation, row.organisation_id).name
        post(session, letters.invitation(row, employer, link), at)
    note_about(session, viewer, found, "invitation.sent", at, f"invitation {row.id}")
    session.flush()
    return Invited(row, link)


def revoke_invitation(session: Session, viewer: Viewer, invitation_id: int, at: datetime) -> None:
    """Take an invitation back; whoever has begun goes on. Raises `NotFound`."""
    row = invitation_of(session, viewer, invitation_id)
    row.revoked_at = at
    found = assessment_of(session, viewer, row.assessment_id, HIRERS)
    note_about(session, viewer, found, "invitation.revoked", at, f"invitation {row.id}")


def answer_review(
    session: Session, viewer: Viewer, candidacy_id: str, answer: str, at: datetime
) -> None:
    """Answer a candidate who asked for a review. Raises `NotFound`, `Conflict`, `Invalid`."""
    taken = candidate_of(session, viewer, candidacy_id, at)
    if taken.candidacy.review_asked_at is None:
        raise Conflict("Nobody has asked for a review here.")
    taken.candidacy.review_answer = said(answer, "answer")
    taken.candidacy.review_answered_at = at
    note_about(
        session, viewer, taken.assessment, "review.answered", at, f"candidate {candidacy_id}"
    )


def decide(
    session: Session, viewer: Viewer, candidacy_id: str, decision: str, reason: str, at: datetime
) -> None:
    """Note what a person decided about a candidate, and why. Raises `NotFound`, `Invalid`."""
    taken = candidate_of(session, viewer, candidacy_id, at, HIRERS)
    if decision not in set(Decision):
        raise Invalid("decision", "Choose one of the three.")
    row = taken.candidacy
    row.decision, row.decision_reason = decision, said(reason, "reason")
    row.decided_at, row.decided_by_id = at, viewer.id
    note_about(
        session, viewer, taken.assessment, "candidate.decided", at, f"candidate {candidacy_id}"
    )


def forget_invitations(session: Session, at: datetime) -> None:
    """Delete the invitations that nobody took up, a while after they ran out."""
    begun = select(Candidacy.invitation_id).where(Candidacy.invitation_id.is_not(None))
    session.execute(
        delete(Invitation).where(
            Invitation.expires_at < at - FORGOTTEN_AFTER, Invitation.id.not_in(begun)
        )
    )


def note_reading(session: Session, viewer: Viewer, taken: Taken, page: str, at: datetime) -> None:
    """Write down that somebody looked at a candidate's data."""
    subject = f"candidate {taken.candidacy.id}"
    note_about(session, viewer, taken.assessment, f"candidate.{page}", at, subject)


def note_list(
    session: Session, viewer: Viewer, found: Assessment, page: str, at: datetime
) -> None:
    """Write down that somebody looked at the data of everybody who took an assessment."""
    note_about(session, viewer, found, f"candidates.{page}", at)


def note_about(
    session: Session,
    viewer: Viewer,
    found: Assessment,
    action: str,
    at: datetime,
    subject: str = "",
) -> None:
    """Write an entry of the audit log about an assessment."""
    note(
        session,
        action,
        at,
        person_id=viewer.id,
        organisation_id=found.organisation_id,
        subject=subject or f"assessment {found.id}",
        detail=found.name,
    )


def said(text: str, field: str) -> str:
    """Return what somebody wrote, without blanks around it. Raises `Invalid`."""
    written = text.strip()
    if not written:
        raise Invalid(field, "Write a sentence or two.")
    if len(written) > REASON_CHARACTERS:
        raise Invalid(field, "Use %(most)s characters at most.", most=REASON_CHARACTERS)
    return written


def freeze(
    session: Session,
    viewer: Viewer,
    organisation_id: int,
    proposal: Proposal,
    seed: int,
    at: datetime,
) -> Assessment:
    """Write an assessment with the revisions that serve now, its questions yet to be drawn."""
    scenario = scenario_revision(session, viewer, proposal.scenario_key, ASSESSMENT)
    brand = brand_revision(session, viewer, scenario.parsed["brand"])
    made = Assessment(
        organisation_id=organisation_id,
        name=proposal.name,
        purpose=proposal.purpose,
        skills=dict(proposal.skills),
        papers={},
        question_seconds=proposal.question_seconds,
        scenario_key=proposal.scenario_key,
        revisions={"scenario": scenario.id, "brand": brand.id},
        seed=seed,
        shift_seconds=proposal.shift_seconds,
        keep_days=proposal.keep_days,
        created_by_id=viewer.id or None,
        created_at=at,
    )
    session.add(made)
    session.flush()
    return made


def _may_send(
    session: Session, viewer: Viewer, organisation_id: int, letters_more: int, at: datetime
) -> None:
    """Make sure that this account may send so many letters more. Raises `NotAllowed`."""
    if not viewer.confirmed:
        raise NotAllowed(
            "Confirm your own address first: the letter is in your mailbox. Until then you can "
            "hand links over yourself."
        )
    sent = session.scalar(
        select(func.count()).where(
            or_(
                Invitation.organisation_id == organisation_id,
                # Whoever opens another organisation has no more letters for that.
                Invitation.created_by_id == viewer.id,
            ),
            Invitation.email != "",
            Invitation.created_at > at - timedelta(days=1),
        )
    )
    if (sent or 0) + letters_more > LETTERS_A_DAY:
        raise TooMany(
            "An organisation can send %(most)d invitations a day. Go on tomorrow, or hand links "
            "over yourself.",
            most=LETTERS_A_DAY,
        )
