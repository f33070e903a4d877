"""Rows of an organisation's pages: the employer owns Norte, the rival another one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from smm_academy.accounts.models import Person, PersonKind, Role
from smm_academy.organisations import operations
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.web.rows import Row, Rows, Who, only

MANAGERS = ("employer", "admin")

ROWS: Rows = {
    ("organisations.overview", "GET"): Row(Who.SIGNED_IN, "/organisations"),
    ("organisations.organisation", "GET"): only(MANAGERS, "/organisations/norte"),
    ("organisations.organisation", "POST"): only(
        MANAGERS, "/organisations/norte", {"name": "Stolen", "timezone": "Europe/Warsaw"}
    ),
    ("organisations.invite", "POST"): only(
        MANAGERS,
        "/organisations/norte/invitations",
        {"email": "friend@example.com", "role": "owner"},
    ),
    ("organisations.withdraw", "POST"): only(
        MANAGERS, "/organisations/norte/invitations/{offer}/withdraw"
    ),
    ("organisations.member", "POST"): only(
        MANAGERS, "/organisations/norte/members/{colleague}", {"roles": "recruiter"}
    ),
    ("organisations.invitation", "GET"): Row(Who.LINK, "/invitations/not-a-token"),
    ("organisations.accept", "POST"): Row(Who.LINK, "/invitations/not-a-token"),
}


def furnish(
    app: Academy, session: Session, people: Mapping[str, int], at: datetime
) -> dict[str, str]:
    """Let the employer have a colleague, and an invitation that nobody accepted."""
    colleague = Person(
        kind=PersonKind.ACCOUNT,
        name="Colleague",
        email="colleague@example.com",
        email_key="colleague@example.com",
        created_at=at,
        last_seen_at=at,
    )
    session.add(colleague)
    session.flush()
    employer = Viewer(people["employer"], "account", "employer", is_admin=True)
    organisation = operations.give_role(
        session, employer, "norte", colleague.id, Role.REVIEWER, at
    )
    sent = operations.invite(
        session, employer, organisation.slug, "new@example.com", Role.RECRUITER, "", "en", at
    )
    return {"offer": str(sent.id), "colleague": str(colleague.id)}
