"""Which organisations somebody manages, and who belongs to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import (
    STAFF,
    AuditEntry,
    Membership,
    MembershipOffer,
    Organisation,
    Person,
    Role,
)
from smm_academy.accounts.tokens import token_hash
from smm_academy.errors import Closed, NotFound
from smm_academy.web.viewer import Viewer

NEWEST = 10


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to an organisation, with every role that they hold there."""

    id: int
    name: str
    email: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Belonging:
    """An organisation that somebody belongs to, and as what."""

    organisation: Organisation
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """An organisation in a list: how many belong to it, and how many of them own it."""

    organisation: Organisation
    members: int
    owners: int


def managed(session: Session, viewer: Viewer, slug: str) -> Organisation:
    """Return an organisation that the viewer owns, any for an admin. Raises `NotFound`."""
    found = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None or not (viewer.is_admin or (found.id, Role.OWNER) in viewer.memberships):
        raise NotFound("There is no such organisation, or it is not yours to manage.")
    return found


def members_of(session: Session, organisation: Organisation) -> list[Member]:
    """Return who belongs to an organisation, by name."""
    rows = session.execute(
        select(Person.id, Person.name, Person.email, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation.id, Membership.role.in_(STAFF))
        .order_by(func.lower(Person.name), Person.id)
    )
    found: dict[int, Member] = {}
    for person_id, name, email, role in rows:
        roles = found[person_id].roles if person_id in found else frozenset()
        found[person_id] = Member(person_id, name, email or "", roles | {Role(role)})
    return list(found.values())


def invitations_of(
    session: Session, organisation: Organisation, at: datetime
) -> Sequence[MembershipOffer]:
    """Return the invitations that nobody accepted yet, the newest first."""
    return session.scalars(
        select(MembershipOffer)
        .where(MembershipOffer.organisation_id == organisation.id, MembershipOffer.expires_at > at)
        .order_by(MembershipOffer.created_at.desc(), MembershipOffer.id.desc())
    ).all()


def newest_changes(session: Session, organisation: Organisation) -> Sequence[AuditEntry]:
    """Return what was changed lately about who belongs to an organisation."""
    return session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.organisation_id == organisation.id,
            AuditEntry.action.startswith("organisation."),
        )
        .order_by(AuditEntry.id.desc())
        .limit(NEWEST)
    ).all()


def belongings(session: Session, viewer: Viewer) -> list[Belonging]:
    """Return the organisations that the viewer belongs to, by name."""
    held: dict[int, list[Role]] = {}
    for organisation_id, role in viewer.memberships:
        if role not in STAFF:
            continue
        held.setdefault(organisation_id, []).append(Role(role))
    found = session.scalars(
        select(Organisation).where(Organisation.id.in_(held)).order_by(Organisation.name)
    )
    return [Belonging(one, tuple(sorted(held[one.id], key=list(Role).index))) for one in found]


def summaries(session: Session) -> list[Summary]:
    """Return every organisation with its numbers, by name; for admins."""
    counted: Mapping[int, tuple[int, int]] = {
        organisation_id: (members, owners)
        for organisation_id, members, owners in session.execute(
            select(
                Membership.organisation_id,
                func.count(Membership.person_id.distinct()),
                func.count(Membership.id).filter(Membership.role == Role.OWNER),
            )
            .where(Membership.role.in_(STAFF))
            .group_by(Membership.organisation_id)
        )
    }
    found = session.scalars(select(Organisation).order_by(func.lower(Organisation.name)))
    return [Summary(one, *counted.get(one.id, (0, 0))) for one in found]


def owners_of(session: Session, organisation_id: int) -> set[int]:
    """Return who owns an organisation."""
    return set(
        session.scalars(
            select(Membership.person_id).where(
                Membership.organisation_id == organisation_id, Membership.role == Role.OWNER
            )
        )
    )


def open_invitation(session: Session, token: str, at: datetime) -> MembershipOffer:
    """Return an invitation by its link. Raises `Closed` when it is spent or too old."""
    found = session.scalar(
        select(MembershipOffer).where(
            MembershipOffer.token_hash == token_hash(token), MembershipOffer.expires_at > at
        )
    )
    if found is None:
        raise Closed("This invitation was accepted, withdrawn or is too old. Ask for a new one.")
    return found
