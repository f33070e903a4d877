"""What somebody can do for a certificate: take the test of the house, issue, withdraw."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smm_academy.accounts.identifiers import display_name
from smm_academy.accounts.models import HOUSE
from smm_academy.accounts.queries import hold_person
from smm_academy.assessments.candidate_operations import begin_own
from smm_academy.assessments.models import Assessment, Candidacy
from smm_academy.assessments.operations import Proposal, freeze
from smm_academy.assessments.outlines import OUTLINES, SHIFT_SECONDS, question_seconds
from smm_academy.assessments.queries import days_of, own_candidacy, report_of
from smm_academy.credentials.models import Certificate
from smm_academy.credentials.queries import earned_by, own_certificate, standing_of
from smm_academy.errors import Conflict
from smm_academy.measurement.sitting_scores import SittingScore
from smm_academy.measurement.skill_map import place
from smm_academy.shifts.offer_queries import assessment_cards
from smm_academy.web.viewer import Viewer

ID_BYTES = 9
NAME = "SMM Academy"
KEPT_DAYS = 365
"""What an account takes is kept with the account; the row wants a number all the same."""


def begin_test(session: Session, viewer: Viewer, locale: str, at: datetime) -> Candidacy:
    """Begin the house's own test, with questions that this person has not seen.

    Raises `Conflict` while another try is open, or too soon after the last.
    """
    hold_person(session, viewer.id)
    standing = standing_of(session, viewer, at)
    if standing.running is not None:
        return standing.running.taken.candidacy
    if standing.again_at is not None:
        raise Conflict("The test can be taken again a week after the last time.")
    return begin_own(session, viewer, _house_test(session, viewer, at), locale, at)


def issue(
    session: Session, viewer: Viewer, candidacy_id: str, name: str, at: datetime
) -> Certificate:
    """Issue the certificate that a finished test has earned; twice is once.

    Raises `NotFound`, `Invalid` for a bad name, `Conflict` where it is not earned.
    """
    hold_person(session, viewer.id)
    taken = own_candidacy(session, viewer, candidacy_id, at)
    kept = session.scalar(select(Certificate).where(Certificate.candidacy_id == candidacy_id))
    if kept is not None:
        return kept
    is_house = taken.candidacy.organisation_id == HOUSE and not taken.candidacy.is_preview
    if not is_house or taken.finished_at is None or not earned_by(session, [taken])[candidacy_id]:
        raise Conflict("This test has not earned a certificate.")
    report = report_of(session, taken)
    shift = days_of(session, [taken])[candidacy_id]
    made = Certificate(
        id=secrets.token_urlsafe(ID_BYTES),
        person_id=viewer.id,
        candidacy_id=candidacy_id,
        name=display_name(name),
        locale=taken.candidacy.locale,
        figures={
            "overall": _plain(report.overall),
            "areas": [_plain(score) for score in report.areas if score.told],
            "shift": {"score": shift.score, "se": shift.se},
        },
        taken_at=taken.finished_at,
        issued_at=at,
    )
    session.add(made)
    session.flush()
    return made


def withdraw(session: Session, viewer: Viewer, certificate_id: str, at: datetime) -> None:
    """Take a certificate back, or show it again when it was. Raises `NotFound`."""
    found = own_certificate(session, viewer, certificate_id)
    found.withdrawn_at = None if found.withdrawn_at else at


def export_certificates(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return what this slice knows of a person."""
    found = session.scalars(select(Certificate).where(Certificate.person_id == person_id))
    return [
        {"id": row.id, "name": row.name, "issued_at": row.issued_at, "figures": row.figures}
        for row in found
    ]


def erase_certificates(session: Session, person_id: int) -> None:
    """Delete a person's certificates; their addresses lead nowhere from then on."""
    session.execute(delete(Certificate).where(Certificate.person_id == person_id))


def _plain(score: SittingScore) -> dict[str, Any]:
    return {
        "id": score.id,
        "mean": place(score.mean),
        "low": place(score.wide[0]),
        "high": place(score.wide[1]),
        "band": score.band,
        "chance": round(100 * score.chance),
    }


def _house_test(session: Session, viewer: Viewer, at: datetime) -> Assessment:
    """Return the test that the house offers to every learner; made when the first one takes it."""
    found = session.scalar(
        select(Assessment).where(
            Assessment.organisation_id == HOUSE, Assessment.closed_at.is_(None)
        )
    )
    if found is not None:
        return found
    outline = OUTLINES["role"]
    scenario = assessment_cards(session, viewer, "en")[0]
    proposal = Proposal(
        NAME,
        "certificate",
        outline.skills,
        question_seconds(outline.questions),
        scenario.id,
        SHIFT_SECONDS,
        KEPT_DAYS,
    )
    return freeze(session, viewer, HOUSE, proposal, 0, at)
