"""Admins for tests: accounts that run the site."""

from __future__ import annotations

from sqlalchemy import select

from smm_academy.accounts.models import AuditEntry, Person
from smm_academy.accounts.queries import find_account
from smm_academy.web.application import Academy
from tests.people import Visitor


def admin_of(app: Academy, email: str = "ada@example.com") -> Visitor:
    """Return somebody who is signed in and runs the site."""
    visitor = Visitor(app)
    visitor.registers(email, "Ada")
    with app.database.unit() as session:
        session.scalars(select(Person).where(Person.email_key == email)).one().is_admin = True
    return visitor


def id_of(app: Academy, email: str) -> int:
    """Return the number of an account."""
    with app.database.reading() as session:
        person = find_account(session, email)
        assert person is not None
        return person.id


def actions(app: Academy) -> list[str]:
    """Return what the audit log says, oldest first."""
    with app.database.reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
