"""Rows of tests for candidates: an employer, and somebody who is done with one, at work in one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import Membership
from smm_academy.assessments import candidate_operations as candidates, operations
from smm_academy.assessments.operations import Guest, Proposal
from smm_academy.quizzes.operations import submit_attempt
from smm_academy.shifts.operations import prepare_end, write_move
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.web.rows import Row, Rows, Who, only

EMPLOYER = ("employer",)
TEST = "/hire/assessments/{assessment}"
TAKEN = "/hire/candidates/{reviewed}"
OWN, DONE = "/assessments/{running}", "/assessments/{done}"
PROPOSAL = {
    "outline": "short",
    "name": "Junior",
    "purpose": "an interview",
    "organisation": "{norte}",
    "scenario": "nitka-table",
    "question_minutes": "12",
    "shift_minutes": "20",
    "keep_days": "30",
    "skill-concepts": "5",
}
ROWS: Rows = {
    ("assessments.desk", "GET"): Row(Who.EVERYONE, "/hire"),
    ("assessments.sample_report", "GET"): Row(Who.EVERYONE, "/hire/sample"),
    ("assessments.open_place", "POST"): Row(
        Who.SIGNED_IN, "/hire/organisations", {"name": "Firm"}
    ),
    ("assessments.new", "GET"): Row(Who.SIGNED_IN, "/hire/assessments/new"),
    ("assessments.new", "POST"): only(EMPLOYER, "/hire/assessments/new", PROPOSAL),
    ("assessments.assessment", "GET"): only(EMPLOYER, TEST),
    ("assessments.invite", "POST"): only(
        EMPLOYER,
        f"{TEST}/invitations",
        {"name": "Eve", "email": "", "locale": "en", "time_multiplier": "1.0"},
    ),
    ("assessments.invite_many", "GET"): only(EMPLOYER, f"{TEST}/list"),
    ("assessments.invite_many", "POST"): only(
        EMPLOYER, f"{TEST}/list", {"people": "Eve, eve@example.com", "locale": "en"}
    ),
    ("assessments.preview", "POST"): only(EMPLOYER, f"{TEST}/preview"),
    ("assessments.close", "POST"): only(EMPLOYER, f"{TEST}/close"),
    ("assessments.renew", "POST"): only(EMPLOYER, "/hire/invitations/{invitation}/renew"),
    ("assessments.revoke", "POST"): only(EMPLOYER, "/hire/invitations/{invitation}/revoke"),
    ("assessments.comparison", "GET"): only(EMPLOYER, f"{TEST}/compare", records=True),
    ("assessments.export", "GET"): only(EMPLOYER, f"{TEST}/results.csv", records=True),
    ("assessments.candidate", "GET"): only(EMPLOYER, TAKEN, records=True),
    ("assessments.candidate", "POST"): only(
        EMPLOYER, TAKEN, {"decision": "hold", "reason": "The interview decides."}
    ),
    ("assessments.review", "POST"): only(EMPLOYER, f"{TAKEN}/review", {"answer": "We read it."}),
    ("assessments.read_transcript", "GET"): only(EMPLOYER, f"{TAKEN}/transcript", records=True),
    ("assessments.erase", "GET"): only(EMPLOYER, f"{TAKEN}/erase"),
    ("assessments.erase", "POST"): only(EMPLOYER, f"{TAKEN}/erase"),
    ("candidates.notice", "GET"): Row(Who.LINK, "/a/not-a-token"),
    ("candidates.notice", "POST"): Row(Who.LINK, "/a/not-a-token", {"locale": "en", "read": "y"}),
    ("candidates.parts", "GET"): only("candidate", OWN),
    ("candidates.practice", "POST"): only("candidate", f"{OWN}/practice"),
    ("candidates.questions", "POST"): only("candidate", f"{OWN}/questions"),
    ("candidates.shift", "POST"): only("candidate", f"{DONE}/shift"),
    ("candidates.result", "GET"): only("candidate", f"{DONE}/result"),
    ("candidates.result", "POST"): only("candidate", f"{DONE}/result", {"reason": "Read it."}),
    ("candidates.export", "GET"): only("candidate", f"{DONE}/export"),
    ("candidates.erase", "GET"): only("candidate", f"{DONE}/erase"),
    ("candidates.erase", "POST"): only("candidate", f"{DONE}/erase"),
}


def furnish(
    app: Academy, session: Session, people: dict[str, int], at: datetime
) -> dict[str, str]:
    """Let the employer test somebody who is done with one test and at work in another."""
    norte = session.scalars(
        select(Membership.organisation_id).where(Membership.person_id == people["employer"])
    ).all()[0]
    boss = Viewer(
        people["employer"],
        "account",
        confirmed=True,
        memberships=frozenset({(norte, "owner"), (norte, "recruiter")}),
    )
    proposal = Proposal("Test", "an interview", {"concepts": 5}, 600, "nitka-table", 1200, 30)
    found = operations.create_assessment(session, boss, norte, proposal, at)
    guests = [Guest("Ann", "", "en"), Guest("Bea", "", "en")]
    taken, unused = operations.invite(session, boss, found.id, guests, "http://localhost", at)
    reviewed, _token = candidates.begin(session, taken.link.rpartition("/")[2], "", "en", at)
    people["candidate"] = reviewed.person_id
    sits = Viewer(reviewed.person_id, "candidate")
    done, running = (candidates.begin_own(session, sits, found, "en", at) for _ in range(2))
    # Each has come by an invitation, as all candidates do.
    others = operations.invite(session, boss, found.id, guests, "http://localhost", at)
    done.invitation_id, running.invitation_id = (one.invitation.id for one in others)
    for candidacy in (reviewed, done):
        _finish(session, sits, candidacy.id, at)
    candidates.ask_review(session, sits, reviewed.id, "Please read it again.", at)
    session.flush()
    return {
        "norte": str(norte),
        "assessment": str(found.id),
        "invitation": str(unused.invitation.id),
        "reviewed": reviewed.id,
        "done": done.id,
        "running": running.id,
    }


def _finish(session: Session, sits: Viewer, candidacy_id: str, at: datetime) -> None:
    """Hand in the questions unanswered and let the day of the shift pass."""
    paper = candidates.open_paper(session, sits, candidacy_id, at)
    submit_attempt(session, sits, paper.id, at)
    shift = candidates.open_shift(session, sits, candidacy_id, at)
    write_move(session, sits, prepare_end(session, sits, shift.id), at)
