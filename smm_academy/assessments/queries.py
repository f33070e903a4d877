"""Whose assessments, invitations and candidates these are, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import URL, Select, func, select
from sqlalchemy.orm import Session

from smm_academy.accounts.identifiers import email_key
from smm_academy.accounts.models import HOUSE, Role
from smm_academy.accounts.queries import organisations_by_id, people_by_id
from smm_academy.accounts.tokens import token_hash
from smm_academy.assessments.models import Assessment, Candidacy, Invitation
from smm_academy.assessments.sample import POLICY, SCENARIO, SEED, Sample, make_sample
from smm_academy.assessments.stages import Stages, stages_of
from smm_academy.assessments.transcript import Transcript, transcript
from smm_academy.errors import Closed, NotFound
from smm_academy.measurement.norm_queries import Known, norm_of
from smm_academy.measurement.queries import curriculum, rows_of_sittings
from smm_academy.measurement.sitting_scores import SittingReport, score_sitting
from smm_academy.measurement.skill_map import EvidenceRow
from smm_academy.quizzes.grading import Grade, grade
from smm_academy.quizzes.queries import (
    Asked,
    Pooled,
    answers_of,
    attempt_of,
    pool_of,
    questions_of,
)
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.queries import published_id
from smm_academy.revisions.sources import Locale
from smm_academy.shifts.equating import Standing
from smm_academy.shifts.models import Shift
from smm_academy.shifts.queries import disagreements_of, played_by, shifts_by_id
from smm_academy.shifts.standing_queries import standings_of
from smm_academy.sittings.models import Sitting
from smm_academy.sittings.queries import sittings_by_id
from smm_academy.web.viewer import Viewer

_samples: dict[tuple[URL, int, str], Sample] = {}

READERS = (Role.OWNER, Role.RECRUITER, Role.REVIEWER)
"""Who reads what candidates did."""

NORMS = "test:"
"""How the keys of norm groups of candidates begin."""

HIRERS = (Role.OWNER, Role.RECRUITER)
"""Who makes assessments and invites."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A candidacy as its pages need it: whose it is, its sittings and how far they are."""

    candidacy: Candidacy
    assessment: Assessment
    name: str
    sittings: dict[str, Sitting]
    stages: Stages

    @property
    def counted(self) -> list[str]:
        """Return the ids of the sittings that count and are done."""
        ids = (self.candidacy.paper_id, self.candidacy.shift_id)
        return [id_ for id_ in ids if id_ and self.sittings[id_].finished_at is not None]

    @property
    def finished_at(self) -> datetime | None:
        """Return when the last part was done, ``None`` while one is not."""
        if not self.stages.finished:
            return None
        return max(self.sittings[id_].finished_at for id_ in self.counted)  # type: ignore[type-var]


def hiring_places(session: Session, viewer: Viewer) -> dict[int, str]:
    """Return the organisations, by id, in which the viewer reads what candidates did."""
    return organisations_by_id(session, sorted(viewer.places(*READERS)))


def assessments_of(session: Session, viewer: Viewer) -> list[Assessment]:
    """Return the assessments of the viewer's organisations, newest first."""
    return list(
        session.scalars(
            select(Assessment)
            .where(Assessment.organisation_id.in_(viewer.places(*READERS)))
            .order_by(Assessment.closed_at.is_not(None), Assessment.id.desc())
        )
    )


def pools_of(session: Session, viewer: Viewer) -> dict[str, list[Pooled]]:
    """Return the questions kept for assessments, by locale."""
    return {locale: pool_of(session, viewer, "assessment", locale) for locale in ("en", "pl")}


def assessment_of(
    session: Session, viewer: Viewer, assessment_id: int, roles: Sequence[str] = READERS
) -> Assessment:
    """Return an assessment of an organisation where the viewer has a role. Raises `NotFound`."""
    found = session.get(Assessment, assessment_id)
    if found is None or found.organisation_id not in viewer.places(*roles):
        raise NotFound("There is no such test.")
    return found


def invitation_of(session: Session, viewer: Viewer, invitation_id: int) -> Invitation:
    """Return an invitation that the viewer may change. Raises `NotFound`."""
    found = session.get(Invitation, invitation_id)
    if found is None or found.organisation_id not in viewer.places(*HIRERS):
        raise NotFound("There is no such invitation.")
    return found


def invitations_of(session: Session, assessment: Assessment) -> list[Invitation]:
    """Return the invitations to an assessment, newest first."""
    return list(
        session.scalars(
            select(Invitation)
            .where(Invitation.assessment_id == assessment.id)
            .order_by(Invitation.id.desc())
        )
    )


def invited_keys(session: Session, assessment: Assessment) -> set[str]:
    """Return the addresses, as keys, that hold an invitation which is not taken back."""
    found = session.scalars(
        select(Invitation.email).where(
            Invitation.assessment_id == assessment.id,
            Invitation.email != "",
            Invitation.revoked_at.is_(None),
        )
    )
    return {email_key(email) for email in found}


def counts_of(session: Session, viewer: Viewer) -> dict[int, tuple[int, int]]:
    """Return how many are invited and how many have begun, by assessment."""
    places = viewer.places(*READERS)
    invited = _counted(
        session,
        select(Invitation.assessment_id, func.count())
        .where(Invitation.organisation_id.in_(places), Invitation.revoked_at.is_(None))
        .group_by(Invitation.assessment_id),
    )
    begun = _counted(
        session,
        select(Candidacy.assessment_id, func.count())
        .where(Candidacy.organisation_id.in_(places), Candidacy.is_preview.is_(False))
        .group_by(Candidacy.assessment_id),
    )
    return {key: (invited.get(key, 0), begun.get(key, 0)) for key in {*invited, *begun}}


def candidates_of(session: Session, assessment: Assessment, at: datetime) -> list[Taken]:
    """Return everybody who has begun an assessment, newest first; looks ahead are left out."""
    found = session.scalars(
        select(Candidacy)
        .where(Candidacy.assessment_id == assessment.id, Candidacy.is_preview.is_(False))
        .order_by(Candidacy.begun_at.desc())
    )
    return _taken(session, list(found), at)


def candidate_of(
    session: Session,
    viewer: Viewer,
    candidacy_id: str,
    at: datetime,
    roles: Sequence[str] = READERS,
) -> Taken:
    """Return a candidate of an organisation where the viewer has a role. Raises `NotFound`."""
    found = session.get(Candidacy, candidacy_id)
    if found is None or found.is_preview or found.organisation_id not in viewer.places(*roles):
        raise NotFound("There is no such candidate, or the data are deleted.")
    return _taken(session, [found], at)[0]


def own_candidacy(session: Session, viewer: Viewer, candidacy_id: str, at: datetime) -> Taken:
    """Return what the viewer takes themself. Raises `NotFound` for anybody else's."""
    found = session.get(Candidacy, candidacy_id)
    if found is None or found.person_id != viewer.id:
        raise NotFound("This test is not yours, or its data are deleted.")
    return _taken(session, [found], at)[0]


def taken_by(session: Session, viewer: Viewer, at: datetime) -> list[Taken]:
    """Return the house's assessments that the viewer has taken, newest first."""
    found = session.scalars(
        select(Candidacy)
        .where(
            Candidacy.person_id == viewer.id,
            Candidacy.organisation_id == HOUSE,
            Candidacy.is_preview.is_(False),
        )
        .order_by(Candidacy.begun_at.desc())
    )
    return _taken(session, list(found), at)


def holder_of(session: Session, candidacy_id: str) -> int:
    """Return the id of the person who takes an assessment, 0 when there is no such candidacy."""
    found = session.get(Candidacy, candidacy_id)
    return found.person_id if found else 0


def invitation_by(session: Session, token: str) -> tuple[Invitation, Assessment]:
    """Return what a link invites to. Raises `NotFound` for a link that was never made."""
    found = session.scalar(select(Invitation).where(Invitation.token_hash == token_hash(token)))
    if found is None:
        raise NotFound(
            "This link leads nowhere. Check that it is whole, or ask whoever sent it for "
            "a new one."
        )
    return found, session.get_one(Assessment, found.assessment_id)


def candidacy_by(session: Session, invitation: Invitation) -> Candidacy | None:
    """Return what was begun by an invitation."""
    return session.scalar(select(Candidacy).where(Candidacy.invitation_id == invitation.id))


def require_usable(invitation: Invitation, assessment: Assessment, at: datetime) -> None:
    """Make sure that an assessment may be begun by an invitation. Raises `Closed`."""
    if invitation.revoked_at is not None:
        raise Closed("This invitation was taken back. Ask whoever invited you.")
    if assessment.closed_at is not None:
        raise Closed("This test is closed. Ask whoever invited you.")
    if invitation.expires_at <= at:
        raise Closed("This invitation is too old. Ask whoever sent it for a new one.")


def report_of(session: Session, taken: Taken) -> SittingReport:
    """Return the scores of what somebody has done in an assessment, from that alone."""
    return reports_of(session, [taken])[taken.candidacy.id]


def reports_of(session: Session, several: Sequence[Taken]) -> dict[str, SittingReport]:
    """Return the scores of candidates by candidacy."""
    evidence = rows_of_sittings(session, [id_ for taken in several for id_ in taken.counted])
    reports = {}
    for taken in several:
        rows: list[EvidenceRow] = []
        for id_ in taken.counted:
            rows += evidence.get(id_, [])
        reports[taken.candidacy.id] = score_sitting(rows)
    return reports


def days_of(session: Session, several: Sequence[Taken]) -> dict[str, Standing]:
    """Return the equated scores of the shifts that candidates have finished, by candidacy."""
    own = {one.candidacy.id: one.candidacy.shift_id or "" for one in several}
    found = standings_of(session, list(own.values()))
    return {id_: found[shift] for id_, shift in own.items() if shift in found}


def figures_of(
    session: Session, several: Sequence[Taken]
) -> tuple[dict[str, SittingReport], dict[str, Standing]]:
    """Return the scores of candidates, and of their shifts, both by candidacy."""
    return reports_of(session, several), days_of(session, several)


def played_in(session: Session, taken: Taken) -> Shift | None:
    """Return the shift of an assessment, if it was begun."""
    shift_id = taken.candidacy.shift_id or ""
    return shifts_by_id(session, [shift_id]).get(shift_id)


def norm_key(assessment_id: int, locale: str) -> str:
    """Return the key of those who finished a test in a language."""
    return f"{NORMS}{assessment_id}:{locale}"


def norm_for(session: Session, taken: Taken) -> Known | None:
    """Return whom a candidate is compared with, ``None`` while they are too few."""
    return norm_of(session, norm_key(taken.assessment.id, taken.candidacy.locale))


def transcript_of(session: Session, taken: Taken, locale: str) -> Transcript:
    """Return everything that was answered in the parts that are done, with the reasons."""
    graded: list[tuple[Asked, Grade]] = []
    if taken.stages.paper == "done":
        sitting = taken.sittings[taken.candidacy.paper_id or ""]
        answers = answers_of(session, sitting.id)
        graded = [
            (one, grade(one.question, answers[one.item_key].value["response"]))
            for one in questions_of(session, attempt_of(session, sitting))
            if one.item_key in answers
        ]
    shift_id = taken.candidacy.shift_id or ""
    played = played_in(session, taken)
    spoken: Locale = "pl" if taken.candidacy.locale == "pl" else "en"
    disagreed = disagreements_of(session, shift_id)
    return transcript(graded, played.record if played else None, disagreed, spoken, locale)


def sample_of(session: Session, viewer: Viewer, locale: str) -> Sample:
    """Return the sample report; worked out once for each revision of its scenario."""
    place = session.get_bind().engine.url
    key = (place, published_id(session, viewer, ChainKind.SCENARIO, SCENARIO), locale)
    if key not in _samples:
        record = played_by(session, viewer, SCENARIO, locale, POLICY, SEED)
        _samples[key] = make_sample(record, curriculum(session, viewer), locale)
    return _samples[key]


def candidates_to_erase(session: Session, before: datetime) -> list[int]:
    """Return the candidates whose data are kept no longer; accounts are not among them."""
    return list(
        session.scalars(
            select(Candidacy.person_id).where(
                Candidacy.erase_at <= before, Candidacy.invitation_id.is_not(None)
            )
        )
    )


def _counted(session: Session, statement: Select[int, int]) -> dict[int, int]:
    return {row[0]: row[1] for row in session.execute(statement)}


def _taken(session: Session, found: Sequence[Candidacy], at: datetime) -> list[Taken]:
    ids = [id_ for one in found for id_ in (one.practice_id, one.paper_id, one.shift_id) if id_]
    sittings = sittings_by_id(session, ids)
    names = people_by_id(session, [one.person_id for one in found])
    wanted = {one.assessment_id for one in found}
    assessments = {
        row.id: row for row in session.scalars(select(Assessment).where(Assessment.id.in_(wanted)))
    }
    return [
        Taken(
            one,
            assessments[one.assessment_id],
            names.get(one.person_id, ""),
            sittings,
            stages_of(one.practice_id, one.paper_id, one.shift_id, sittings, at),
        )
        for one in found
    ]
