"""What owners do about their organisation, and what those do whom they invite."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smm_academy.accounts.identifiers import email_key, organisation_name, organisation_slug
from smm_academy.accounts.models import (
    STAFF,
    Attempt,
    Membership,
    MembershipOffer,
    Organisation,
    Person,
    PersonKind,
    Role,
)
from smm_academy.accounts.operations import grant, note
from smm_academy.accounts.queries import (
    ago,
    attempts_since,
    find_account,
    hold_person,
    owned_organisations,
)
from smm_academy.accounts.tokens import limited, new_token, token_hash
from smm_academy.errors import Invalid, NotAllowed, NotFound, TooMany
from smm_academy.mail.letters import post
from smm_academy.organisations import letters
from smm_academy.organisations.queries import managed, open_invitation, owners_of
from smm_academy.web.viewer import Viewer

INVITED_FOR = timedelta(days=14)
MOST_ORGANISATIONS = 5
WINDOW_MINUTES = 60
LETTERS_PER_WINDOW = 30


def open_organisation(
    session: Session, viewer: Viewer, name: str, roles: Iterable[Role], at: datetime
) -> Organisation:
    """Open an organisation; who opens it owns it and holds these roles.

    Raises `NotAllowed` without an account, `Invalid` for a bad name, `TooMany` for somebody who
    owns several already.
    """
    if not viewer.is_authenticated:
        raise NotAllowed("Sign in first.")
    hold_person(session, viewer.id)  # two windows at once must not get past the limit
    if len(owned_organisations(session, viewer)) >= MOST_ORGANISATIONS:
        raise TooMany("You own %(most)s organisations already.", most=MOST_ORGANISATIONS)
    organisation = found_organisation(session, name, viewer.id, at)
    organisation.timezone = viewer.timezone
    for role in {Role.OWNER, *roles}:
        grant(session, viewer.id, organisation.id, role)
    return organisation


def found_organisation(
    session: Session, name: str, by_id: int | None, at: datetime
) -> Organisation:
    """Make an organisation that nobody belongs to yet. Raises `Invalid` for a bad name."""
    shown = organisation_name(name)
    taken = set(session.scalars(select(Organisation.slug)))
    organisation = Organisation(name=shown, slug=organisation_slug(shown, taken), created_at=at)
    session.add(organisation)
    session.flush()
    note(session, "organisation.opened", at, person_id=by_id, organisation_id=organisation.id)
    return organisation


def rename(
    session: Session, viewer: Viewer, slug: str, name: str, timezone: str, at: datetime
) -> None:
    """Change an organisation's name and zone; its address stays. Raises `Invalid`, `NotFound`."""
    organisation = managed(session, viewer, slug)
    shown = organisation_name(name)
    changed = (organisation.name, organisation.timezone) != (shown, timezone)
    organisation.name, organisation.timezone = shown, timezone
    if changed:
        _note(session, viewer, organisation, "renamed", at, detail=f"{shown}, {timezone}")


def invite(  # noqa: PLR0913, PLR0917 - who, where, whom, as what, in which words, when
    session: Session,
    viewer: Viewer,
    slug: str,
    email: str,
    role: Role,
    base_url: str,
    locale: str,
    at: datetime,
) -> MembershipOffer:
    """Mail somebody an offer of a role; an older offer of the same role is void.

    Raises `Invalid` for a bad address or one that holds the role, `TooMany` after many letters.
    """
    organisation = managed(session, viewer, slug)
    key = email_key(email)
    known = find_account(session, key)
    if known is not None and role in _roles_of(session, organisation, known.id):
        raise Invalid("email", "Whoever has this address holds this role already.")
    _count_letter(session, organisation, at)
    found = session.scalar(
        select(MembershipOffer).where(
            MembershipOffer.organisation_id == organisation.id,
            MembershipOffer.email_key == key,
            MembershipOffer.role == role,
        )
    ) or MembershipOffer(organisation=organisation, email_key=key, role=role)
    token = new_token()
    found.email = email.strip()
    found.token_hash = token_hash(token)
    found.invited_by_id = viewer.id
    found.created_at, found.expires_at = at, at + INVITED_FOR
    session.add(found)
    session.flush()
    link = f"{base_url.rstrip('/')}/invitations/{token}"
    language = (known.locale if known else "") or locale
    post(
        session,
        letters.invitation(found.email, viewer.name, organisation.name, role, link, language),
        at,
    )
    _note(session, viewer, organisation, "invited", at, detail=role)
    return found


def withdraw(
    session: Session, viewer: Viewer, slug: str, invitation_id: int, at: datetime
) -> None:
    """Take an invitation back, so that its link opens nothing. Raises `NotFound`."""
    organisation = managed(session, viewer, slug)
    found = session.get(MembershipOffer, invitation_id)
    if found is None or found.organisation_id != organisation.id:
        raise NotFound("There is no such invitation; it may have been accepted.")
    session.delete(found)
    _note(session, viewer, organisation, "invitation_withdrawn", at, detail=found.role)


def accept(session: Session, viewer: Viewer, token: str, at: datetime) -> Organisation:
    """Take up an offered role. Raises `Closed` for a spent link, `NotAllowed` for others."""
    found = open_invitation(session, token, at)
    person = session.get(Person, viewer.id)
    if person is None or person.email_key != found.email_key:
        raise NotAllowed(
            "This invitation was sent to another address. Sign in with that one to accept it."
        )
    # The link came by mail, so the address is the person's.
    person.email_confirmed_at = person.email_confirmed_at or at
    organisation = found.organisation
    grant(session, person.id, organisation.id, Role(found.role))
    session.delete(found)
    _note(session, viewer, organisation, "joined", at, detail=found.role)
    return organisation


def set_roles(
    session: Session,
    viewer: Viewer,
    slug: str,
    person_id: int,
    roles: Collection[Role],
    at: datetime,
) -> None:
    """Let a member hold exactly these roles; without any they no longer belong.

    Raises `NotFound` for whoever does not belong, `Invalid` when no owner would be left.
    """
    organisation = managed(session, viewer, slug)
    held = _roles_of(session, organisation, person_id)
    if not held:
        raise NotFound("Nobody of this number belongs to the organisation.")
    for role in sorted(set(roles) - held):
        _give(session, viewer, organisation, person_id, role, at)
    for role in sorted(held - set(roles)):
        _take(session, viewer, organisation, person_id, role, at)


def give_role(
    session: Session, viewer: Viewer, slug: str, person_id: int, role: Role, at: datetime
) -> Organisation:
    """Give an account a role without an invitation; for admins. Raises `NotFound`."""
    organisation = managed(session, viewer, slug)
    person = session.get(Person, person_id)
    if not viewer.is_admin or person is None or person.kind != PersonKind.ACCOUNT:
        raise NotFound("There is no such account.")
    if role not in _roles_of(session, organisation, person_id):
        _give(session, viewer, organisation, person_id, role, at)
    return organisation


def take_role(
    session: Session, viewer: Viewer, slug: str, person_id: int, role: Role, at: datetime
) -> Organisation:
    """Take a role from a member. Raises `NotFound`, `Invalid` when no owner would be left."""
    organisation = managed(session, viewer, slug)
    if role in _roles_of(session, organisation, person_id):
        _take(session, viewer, organisation, person_id, role, at)
    return organisation


def _give(
    session: Session,
    viewer: Viewer,
    organisation: Organisation,
    person_id: int,
    role: Role,
    at: datetime,
) -> None:
    grant(session, person_id, organisation.id, role)
    _note(session, viewer, organisation, "role_given", at, subject=person_id, detail=role)


def _take(
    session: Session,
    viewer: Viewer,
    organisation: Organisation,
    person_id: int,
    role: Role,
    at: datetime,
) -> None:
    if role is Role.OWNER:
        _hold(session, organisation)
        if owners_of(session, organisation.id) <= {person_id}:
            raise Invalid(
                "roles",
                "This is the only owner of %(name)s. Make somebody else an owner first.",
                name=organisation.name,
            )
    session.execute(
        delete(Membership).where(
            Membership.organisation_id == organisation.id,
            Membership.person_id == person_id,
            Membership.role == role,
        )
    )
    _note(session, viewer, organisation, "role_taken", at, subject=person_id, detail=role)


def _hold(session: Session, organisation: Organisation) -> None:
    """Let nobody else change the owners until this unit of work has ended."""
    session.execute(
        select(Organisation.id).where(Organisation.id == organisation.id).with_for_update()
    )


def _roles_of(session: Session, organisation: Organisation, person_id: int) -> set[Role]:
    found = session.scalars(
        select(Membership.role).where(
            Membership.organisation_id == organisation.id,
            Membership.person_id == person_id,
            Membership.role.in_(STAFF),
        )
    )
    return {Role(role) for role in found}


def _count_letter(session: Session, organisation: Organisation, at: datetime) -> None:
    subject = limited("invitation", str(organisation.id))
    if attempts_since(session, subject, ago(at, WINDOW_MINUTES)) >= LETTERS_PER_WINDOW:
        raise TooMany(
            "%(most)s invitations went out within the hour. Send the next ones later.",
            most=LETTERS_PER_WINDOW,
        )
    session.add(Attempt(subject=subject, at=at))


def _note(  # noqa: PLR0913 - an audit entry is these things
    session: Session,
    viewer: Viewer,
    organisation: Organisation,
    action: str,
    at: datetime,
    *,
    subject: int | None = None,
    detail: str = "",
) -> None:
    note(
        session,
        f"organisation.{action}",
        at,
        person_id=viewer.id,
        organisation_id=organisation.id,
        subject=f"person {subject or viewer.id}",
        detail=detail,
    )
