"""Who somebody is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from smm_academy.accounts.identifiers import key_or_nothing
from smm_academy.accounts.models import (
    HOUSE,
    Attempt,
    AuditEntry,
    LinkPurpose,
    MailedLink,
    Membership,
    Organisation,
    Person,
    PersonKind,
    Role,
    SignIn,
)
from smm_academy.accounts.passwords import Proof
from smm_academy.accounts.tokens import limited, token_hash
from smm_academy.database.session import rows_of
from smm_academy.database.types import Base
from smm_academy.errors import Closed, Invalid, NotAllowed, TooMany
from smm_academy.web.viewer import NOBODY, Viewer

_GOES_WITH_IT = frozenset({"membership", "membership_offer", "audit_entry"})
"""Tables that do not keep an organisation alive when its last member leaves."""

WINDOW_MINUTES = 15
PASSWORDS_PER_WINDOW = 10

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
_KINDS = select(Person.id, Person.kind).where(Person.id.in_(bindparam("people", expanding=True)))


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


def kept_hash(session: Session, email: str, at: datetime) -> str | None:
    """Return the hash that a password for this address is to be compared with, if there is one.

    Raises `TooMany` after several failures for the same address.
    """
    check_tries(session, email, at)
    key = key_or_nothing(email)
    person = find_account(session, key) if key else None
    return person.password_hash if person else None


def own_hash(session: Session, viewer: Viewer) -> str | None:
    """Return the hash that somebody's own password is to be compared with."""
    return session.scalar(select(Person.password_hash).where(Person.id == viewer.id))


def check_tries(session: Session, email: str, at: datetime) -> None:
    """Refuse another password for an address that had too many. Raises `TooMany`."""
    subject = limited("password", key_or_nothing(email) or email)
    if attempts_since(session, subject, ago(at, WINDOW_MINUTES)) >= PASSWORDS_PER_WINDOW:
        raise TooMany(
            "Too many tries for this address. Wait %(minutes)s minutes, or set a new password.",
            minutes=WINDOW_MINUTES,
        )


def holder_of(session: Session, link: MailedLink) -> Person:
    """Return the person whom a mailed link was sent to."""
    return session.get_one(Person, link.person_id)


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


def names_in(session: Session, entries: Iterable[AuditEntry]) -> dict[int, str]:
    """Return the names of everybody whom entries of the audit log are by or about."""
    ids = {number for entry in entries for number in (entry.person_id, entry.subject_id)}
    return people_by_id(session, [number for number in ids if number is not None])


@dataclass(frozen=True, slots=True)
class Owned:
    """An organisation that has no other owner than somebody.

    ``has_others``: somebody else belongs to it and could own it. ``is_bare``: nobody does and
    nothing hangs on it, so that it goes with its owner. With neither it stays behind for whoever
    runs the site, and what it holds of candidates goes on the day that they were told.
    """

    id: int
    name: str
    slug: str
    has_others: bool
    is_bare: bool


def owned_alone(session: Session, person_id: int) -> list[Owned]:
    """Return the organisations that have no other owner; the house is run by its admins."""
    other = aliased(Membership)
    others = select(other.id).where(
        other.organisation_id == Organisation.id,
        other.role == Role.OWNER,
        other.person_id != person_id,
    )
    found = session.scalars(
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id, Membership.role == Role.OWNER)
        .where(Organisation.id != HOUSE, ~others.exists())
        .order_by(Organisation.name)
    )
    return [_owned(session, one, person_id) for one in found.all()]


def _owned(session: Session, one: Organisation, person_id: int) -> Owned:
    with_others = exists().where(
        Membership.organisation_id == one.id, Membership.person_id != person_id
    )
    has_others = bool(session.scalar(select(with_others)))
    is_bare = not has_others and not _holds_anything(session, one.id)
    return Owned(one.id, one.name, one.slug, has_others, is_bare)


def is_last_admin(session: Session, person_id: int) -> bool:
    """Tell whether nobody else could run the site when this person no longer does."""
    admins = set(session.scalars(select(Person.id).where(Person.is_admin)))
    return admins == {person_id}


def check_deletion(session: Session, viewer: Viewer, proof: Proof) -> None:
    """Make sure that it is the owner who deletes an account, and that nobody is left behind.

    Raises `Invalid`, `NotAllowed`.
    """
    if not viewer.is_authenticated:
        raise NotAllowed("Sign in first.")
    check_own(session, viewer, proof)
    check_departure(session, viewer.id)


def check_own(session: Session, viewer: Viewer, proof: Proof) -> None:
    """Make sure that it is the viewer who does what cannot be undone. Raises `Invalid`."""
    if not proof.holds_for(session.get_one(Person, viewer.id).password_hash):
        raise Invalid("password", "This is not your password. Nothing was changed.")


def check_departure(session: Session, person_id: int) -> None:
    """Refuse to delete whom others depend on: the only owner, the only admin. Raises `Invalid`."""
    if is_last_admin(session, person_id):
        raise Invalid(
            "password",
            "Nobody else runs this site. Make somebody else an admin first. Nothing was deleted.",
        )
    for owned in owned_alone(session, person_id):
        if owned.has_others:
            raise Invalid(
                "password",
                "%(name)s has no other owner. Make somebody else its owner first. "
                "Nothing was deleted.",
                name=owned.name,
            )


def _holds_anything(session: Session, organisation_id: int) -> bool:
    return any(
        session.scalar(select(exists().where(column == organisation_id)))
        for table in Base.metadata.sorted_tables
        if table.name not in _GOES_WITH_IT
        for column in _organisation_columns(table)
    )


def _organisation_columns(table: Table) -> list[Column[Any]]:
    """Return the columns of a table, of whatever slice, that name an organisation."""
    return [key.parent for key in table.foreign_keys if key.column.table.name == "organisation"]


def organisations_by_id(session: Session, ids: list[int]) -> dict[int, str]:
    """Return the names of organisations by their ids."""
    rows = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    )
    return {place: name for place, name in rows}  # noqa: C416 - rows are not pairs to mypy


def owned_organisations(session: Session, viewer: Viewer) -> list[int]:
    """Return the ids of the organisations that the viewer owns, as they are now."""
    return list(
        session.scalars(
            select(Membership.organisation_id).where(
                Membership.person_id == viewer.id, Membership.role == Role.OWNER
            )
        )
    )


def hold_person(session: Session, person_id: int) -> None:
    """Hold a person for this unit of work: whoever else wants to, waits until it has ended."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def find_organisations(session: Session, ids: Collection[int]) -> dict[int, Organisation]:
    """Return organisations with all that is known of them, by id."""
    found = session.scalars(select(Organisation).where(Organisation.id.in_(ids)))
    return {organisation.id: organisation for organisation in found}


def kinds_of(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return by person id whether they have an account or are guests (`PersonKind`)."""
    rows = rows_of(session, _KINDS, {"people": list(ids)})
    return {row.id: row.kind for row in rows}


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
