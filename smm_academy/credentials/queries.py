"""Whose certificates there are, and what the tests of the house gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.assessments.queries import Taken, days_of, reports_of, taken_by
from smm_academy.credentials.earning import is_earned, next_try
from smm_academy.credentials.models import Certificate
from smm_academy.errors import NotFound
from smm_academy.measurement.sitting_scores import SittingReport
from smm_academy.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Try:
    """One time that somebody took the test of the house, and what came of it."""

    taken: Taken
    earned: bool
    certificate: Certificate | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything about somebody's certificates: tries, newest first, and when the next may be."""

    tries: Sequence[Try]
    running: Try | None
    again_at: datetime | None


def standing_of(session: Session, viewer: Viewer, at: datetime) -> Standing:
    """Return how somebody stands with the test of the house."""
    tests = taken_by(session, viewer, at)
    finished = [one for one in tests if one.stages.finished]
    earned = earned_by(session, finished)
    own = certificates_of(session, viewer)
    tries = [
        Try(one, earned.get(one.candidacy.id, False), own.get(one.candidacy.id)) for one in tests
    ]
    running = next((one for one in tries if not one.taken.stages.finished), None)
    again = next_try(tests[0].candidacy.begun_at) if tests else None
    return Standing(tries, running, again if again is not None and again > at else None)


def earned_by(session: Session, finished: Sequence[Taken]) -> dict[str, bool]:
    """Return which finished tests earn a certificate, by candidacy."""
    reports: Mapping[str, SittingReport] = reports_of(session, finished)
    days = days_of(session, finished)
    return {
        one.candidacy.id: is_earned(reports[one.candidacy.id], days[one.candidacy.id].score)
        for one in finished
    }


def certificates_of(session: Session, viewer: Viewer) -> dict[str, Certificate]:
    """Return the viewer's certificates by the candidacy that earned them."""
    found = session.scalars(select(Certificate).where(Certificate.person_id == viewer.id))
    return {row.candidacy_id or row.id: row for row in found}


def certificate(session: Session, certificate_id: str) -> Certificate:
    """Return a certificate for whoever has its address. Raises `NotFound`."""
    found = session.get(Certificate, certificate_id)
    if found is None:
        raise NotFound(
            "There is no certificate under this address. Check that the address is whole; a "
            "deleted account takes its certificates along."
        )
    return found


def own_certificate(session: Session, viewer: Viewer, certificate_id: str) -> Certificate:
    """Return a certificate of the viewer's. Raises `NotFound`."""
    found = session.get(Certificate, certificate_id)
    if found is None or found.person_id != viewer.id:
        raise NotFound("This certificate is not yours.")
    return found
