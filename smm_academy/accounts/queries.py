"""Who somebody is."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, selectinload

from smm_academy.accounts.models import (
    Attempt,
    LinkPurpose,
    MailedLink,
    Membership,
    Organisation,
    Person,
    PersonKind,
    SignIn,
)
from smm_academy.accounts.tokens import token_hash
from smm_academy.database.session import rows_of
from smm_academy.errors import Closed
from smm_academy.web.viewer import NOBODY, Viewer

SLUG_CHARACTERS = 50

# Built once: at every request, building a statement costs more than running it.
_VIEWER = (
    select(
        Person.id,
        Person.kind,
        Person.name,
        Person.email,
        Person.locale,
        Person.timezone,
        Person.is_admin,
        Person.email_confirmed_at,
        Membership.organisation_id,
        Membership.role,
    )
    .join(SignIn, SignIn.person_id == Person.id)
    .outerjoin(Membership, Membership.person_id == Person.id)
    .where(SignIn.token_hash == bindparam("token"), SignIn.expires_at > bindparam("at"))
)


def find_viewer(session: Session, token: str, at: datetime) -> Viewer:
    """Return the person who holds a sign-in token, `NOBODY` when it is unknown or has expired."""
    rows = rows_of(session, _VIEWER, {"token": token_hash(token), "at": at}).all()
    if not rows:
        return NOBODY
    person = rows[0]
    return Viewer(
        person.id,
        person.kind,
        person.name,
        person.email or "",
        person.locale,
        person.timezone,
        person.is_admin,
        person.email_confirmed_at is not None,
        frozenset((row.organisation_id, row.role) for row in rows if row.role is not None),
    )


def find_account(session: Session, key: str) -> Person | None:
    """Return the account with an address, by its key."""
    return session.scalar(select(Person).where(Person.email_key == key))


def usable_link(session: Session, token: str, purpose: LinkPurpose, at: datetime) -> MailedLink:
    """Return a mailed link that can still be used.

    Raises `Closed` when it is unknown, used, too old, or was sent to an address that is no
    longer the person's.
    """
    link = session.scalar(
        select(MailedLink)
        .join(Person, Person.id == MailedLink.person_id)
        .where(
            MailedLink.token_hash == token_hash(token),
            MailedLink.purpose == purpose,
            MailedLink.used_at.is_(None),
            MailedLink.expires_at > at,
            Person.email_key == MailedLink.email_key,
        )
    )
    if link is None:
        raise Closed("This link was used before or is too old. Ask for a new one.")
    return link


def attempts_since(session: Session, subject: str, since: datetime) -> int:
    """Return how often something limited was tried since a moment."""
    return (
        session.scalar(select(func.count()).where(Attempt.subject == subject, Attempt.at > since))
        or 0
    )


def signed_in_devices(session: Session, viewer: Viewer, at: datetime) -> int:
    """Return in how many places somebody is signed in."""
    return (
        session.scalar(
            select(func.count()).where(SignIn.person_id == viewer.id, SignIn.expires_at > at)
        )
        or 0
    )


def people_by_id(session: Session, ids: list[int]) -> dict[int, str]:
    """Return names by person id."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {person_id: name for person_id, name in rows}  # noqa: C416 - rows are not pairs to mypy


def accounts_by_id(session: Session, ids: Sequence[int]) -> dict[int, Viewer]:
    """Return accounts by id as viewers, for work that is done for them while they are away."""
    people = session.scalars(
        select(Person)
        .where(Person.id.in_(ids), Person.kind == PersonKind.ACCOUNT)
        .options(selectinload(Person.memberships))
    )
    return {
        person.id: Viewer(
            person.id,
            person.kind,
            person.name,
            person.email or "",
            person.locale,
            person.timezone,
            person.is_admin,
            person.email_confirmed_at is not None,
            frozenset((held.organisation_id, held.role) for held in person.memberships),
        )
        for person in people
    }


def organisations_by_id(session: Session, ids: list[int]) -> dict[int, str]:
    """Return the names of organisations by their ids."""
    rows = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    )
    return {place: name for place, name in rows}  # noqa: C416 - rows are not pairs to mypy


def free_slug(session: Session, name: str) -> str:
    """Return a slug made from a name that no organisation has."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l"))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    slug = "-".join(words)[:SLUG_CHARACTERS].strip("-") or "organisation"
    taken = set(
        session.scalars(select(Organisation.slug).where(Organisation.slug.startswith(slug)))
    )
    numbered = (f"{slug}-{number}" for number in count(2))
    return slug if slug not in taken else next(one for one in numbered if one not in taken)


def hold_person(session: Session, person_id: int) -> None:
    """Hold a person for this unit of work: whoever else wants to, waits until it has ended."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def stale_guests(session: Session, before: datetime) -> list[int]:
    """Return the guests who were last seen before a moment."""
    return list(
        session.scalars(
            select(Person.id).where(Person.kind == "guest", Person.last_seen_at < before)
        )
    )


def ago(at: datetime, minutes: int) -> datetime:
    """Return the moment some minutes earlier."""
    return at - timedelta(minutes=minutes)
