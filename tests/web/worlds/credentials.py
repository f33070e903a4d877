"""Rows of certificates: the owner has one, and has earned another."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from smm_academy.assessments import candidate_operations as candidates
from smm_academy.credentials import operations
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.able import answers_rightly, works_as_the_expert
from tests.web.rows import Row, Rows, Who, only

WEEK = timedelta(days=8)
ROWS: Rows = {
    ("credentials.certificates", "GET"): Row(Who.EVERYONE, "/certificates"),
    ("credentials.begin", "POST"): Row(Who.SIGNED_IN, "/certificates", {"locale": "en"}),
    ("credentials.issue", "POST"): only("owner", "/certificates/{earned}", {"name": "Ola"}),
    ("credentials.withdraw", "POST"): only("owner", "/certificates/{certificate}/withdraw"),
    ("credentials.verify", "GET"): Row(Who.EVERYONE, "/verify/{certificate}"),
}


def furnish(
    app: Academy, session: Session, people: dict[str, int], at: datetime
) -> dict[str, str]:
    """Let the owner take the test of the house twice, a week apart, and keep one certificate."""
    owner = Viewer(people["owner"], "account", name="Ola", locale="en")
    first, second = (_earns(session, owner, moment) for moment in (at - 2 * WEEK, at - WEEK))
    made = operations.issue(session, owner, first, "Ola Nowak", at - WEEK)
    return {"certificate": made.id, "earned": second}


def _earns(session: Session, owner: Viewer, at: datetime) -> str:
    begun = operations.begin_test(session, owner, "en", at)
    paper = candidates.open_paper(session, owner, begun.id, at)
    answers_rightly(session, owner, paper, at)
    shift = candidates.open_shift(session, owner, begun.id, at)
    works_as_the_expert(session, owner, shift, at)
    return begun.id
