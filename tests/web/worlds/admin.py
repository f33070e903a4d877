"""Rows of administration: the admin's alone, a learner to look at, a job that failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from smm_academy.accounts.models import Person
from smm_academy.accounts.passwords import hasher
from smm_academy.jobs.models import Job, JobState
from smm_academy.web.application import Academy
from tests.web.rows import Rows, only

ADMIN = "admin"
SOMEBODY = "/admin/people/{somebody}"
ROWS: Rows = {
    ("admin.overview", "GET"): only(ADMIN, "/admin"),
    ("admin.people", "GET"): only(ADMIN, "/admin/people?q=learner"),
    ("admin.person", "GET"): only(ADMIN, SOMEBODY),
    ("admin.set_admin", "POST"): only(
        ADMIN,
        f"{SOMEBODY}/admin",
        {"wanted": "yes", "raising-password": "a long enough sentence"},
    ),
    ("admin.sign_out", "POST"): only(ADMIN, f"{SOMEBODY}/sign-out"),
    ("admin.send_reset", "POST"): only(ADMIN, f"{SOMEBODY}/reset"),
    ("admin.change_role", "POST"): only(
        ADMIN, f"{SOMEBODY}/roles", {"organisation": "norte", "role": "recruiter"}
    ),
    ("admin.delete", "POST"): only(
        ADMIN, f"{SOMEBODY}/delete", {"password": "a long enough sentence"}
    ),
    ("admin.organisations", "GET"): only(ADMIN, "/admin/organisations"),
    ("admin.organisations", "POST"): only(
        ADMIN, "/admin/organisations", {"name": "New", "email": "owner@example.com"}
    ),
    ("admin.jobs", "GET"): only(ADMIN, "/admin/jobs"),
    ("admin.run_again", "POST"): only(ADMIN, "/admin/jobs/{job}/again"),
    ("admin.drop", "POST"): only(ADMIN, "/admin/jobs/{job}/drop"),
    ("admin.content", "GET"): only(ADMIN, "/admin/content"),
    ("admin.check_content", "POST"): only(ADMIN, "/admin/content/check"),
    ("admin.audit", "GET"): only(ADMIN, "/admin/audit?action=organisation.invited"),
    ("admin.audit_as_csv", "GET"): only(ADMIN, "/admin/audit.csv"),
}


def furnish(
    app: Academy, session: Session, people: Mapping[str, int], at: datetime
) -> dict[str, str]:
    """Let a job have failed; give the admin a password to prove themself by."""
    admin = session.get_one(Person, people["admin"])
    admin.password_hash = hasher(cheap=True).hash("a long enough sentence")
    job = Job(
        name="mail.send",
        key="mail.send:failed",
        payload={},
        state=JobState.DEAD,
        attempts=5,
        run_at=at,
        created_at=at,
        finished_at=at,
        error="OSError: the server does not answer",
    )
    session.add(job)
    session.flush()
    return {"somebody": str(people["learner"]), "job": str(job.id)}
