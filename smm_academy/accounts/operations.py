"""What a person can do about their account."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from smm_academy.accounts import letters
from smm_academy.accounts.identifiers import display_name, email_key
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
from smm_academy.accounts.passwords import check_password, matches
from smm_academy.accounts.queries import ago, attempts_since, find_account, free_slug, usable_link
from smm_academy.accounts.tokens import new_token, token_hash
from smm_academy.errors import Invalid, NotAllowed, TooMany
from smm_academy.mail.letters import post
from smm_academy.web.viewer import Viewer

SIGNED_IN_FOR = timedelta(days=30)
GUEST_FOR = timedelta(days=30)
CANDIDATE_FOR = timedelta(days=14)
CONFIRM_FOR = timedelta(days=3)
RESET_FOR = timedelta(hours=1)
WINDOW_MINUTES = 15
PASSWORDS_PER_WINDOW = 10
LETTERS_PER_WINDOW = 3


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody typed to register."""

    name: str
    email: str
    password: str
    locale: str


def register(
    session: Session,
    registration: Registration,
    guest: Viewer,
    hasher: PasswordHasher,
    base_url: str,
    at: datetime,
) -> str:
    """Open an account and sign it in; a guest becomes it and keeps everything.

    Returns the sign-in token. Raises `Invalid` for a bad name, address or password, or for an
    address that has an account.
    """
    name = display_name(registration.name)
    key = email_key(registration.email)
    check_password(registration.password, email=key, name=name)
    if find_account(session, key) is not None:
        raise Invalid(
            "email", "This address has an account already. Sign in, or set a new password."
        )
    person = _guest_row(session, guest) or Person(created_at=at, kind=PersonKind.ACCOUNT)
    person.kind = PersonKind.ACCOUNT
    person.name = name
    person.email = registration.email.strip()
    person.email_key = key
    person.password_hash = hasher.hash(registration.password)
    person.locale = registration.locale
    person.last_seen_at = at
    session.add(person)
    session.flush()
    _end_sign_ins(session, person.id)
    _mail_link(session, person, LinkPurpose.CONFIRM, base_url, at)
    note(session, "account.registered", at, person_id=person.id)
    return open_sign_in(session, person.id, SIGNED_IN_FOR, at)


def sign_in(
    session: Session, email: str, password: str, hasher: PasswordHasher, at: datetime
) -> str | None:
    """Sign in by password; return the token, ``None`` when address and password do not match.

    Raises `TooMany` after several failures for the same address.
    """
    try:
        key = email_key(email)
    except Invalid:
        key = ""
    subject = limited("password", key or email)
    if attempts_since(session, subject, ago(at, WINDOW_MINUTES)) >= PASSWORDS_PER_WINDOW:
        raise TooMany(
            "Too many tries for this address. Wait %(minutes)s minutes, or set a new password.",
            minutes=WINDOW_MINUTES,
        )
    person = find_account(session, key) if key else None
    if not matches(hasher, person.password_hash if person else None, password) or person is None:
        session.add(Attempt(subject=subject, at=at))
        return None
    if person.password_hash and hasher.check_needs_rehash(person.password_hash):
        person.password_hash = hasher.hash(password)
    person.last_seen_at = at
    return open_sign_in(session, person.id, SIGNED_IN_FOR, at)


def sign_out(session: Session, token: str) -> None:
    """End a sign-in session."""
    session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def open_sign_in(session: Session, person_id: int, length: timedelta, at: datetime) -> str:
    """Open a sign-in session; return the token that only the browser keeps."""
    token = new_token()
    session.add(
        SignIn(
            token_hash=token_hash(token),
            person_id=person_id,
            created_at=at,
            last_seen_at=at,
            expires_at=at + length,
        )
    )
    session.flush()
    return token


def welcome_guest(session: Session, locale: str, at: datetime) -> tuple[int, str]:
    """Make a row for somebody who acts without an account; return its id and token."""
    person = Person(kind=PersonKind.GUEST, locale=locale, created_at=at, last_seen_at=at)
    session.add(person)
    session.flush()
    return person.id, open_sign_in(session, person.id, GUEST_FOR, at)


def welcome_candidate(
    session: Session, organisation_id: int, name: str, locale: str, at: datetime
) -> tuple[int, str]:
    """Make a row for somebody whom an organisation tests; return its id and token."""
    person = Person(
        kind=PersonKind.CANDIDATE,
        organisation_id=organisation_id,
        name=display_name(name),
        locale=locale,
        created_at=at,
        last_seen_at=at,
    )
    session.add(person)
    session.flush()
    return person.id, open_sign_in(session, person.id, CANDIDATE_FOR, at)


def readmit_candidate(session: Session, person_id: int, at: datetime) -> str:
    """Let a candidate go on in another browser: the session in the first one ends."""
    _end_sign_ins(session, person_id)
    return open_sign_in(session, person_id, CANDIDATE_FOR, at)


def ask_for_reset(session: Session, email: str, base_url: str, at: datetime) -> None:
    """Mail a link to set a new password, if the address has an account; say nothing either way."""
    key = email_key(email)
    subject = limited("letter", key)
    if attempts_since(session, subject, ago(at, WINDOW_MINUTES)) >= LETTERS_PER_WINDOW:
        return
    session.add(Attempt(subject=subject, at=at))
    person = find_account(session, key)
    if person is not None:
        _mail_link(session, person, LinkPurpose.RESET, base_url, at)


def ask_for_confirmation(session: Session, viewer: Viewer, base_url: str, at: datetime) -> None:
    """Mail the link that confirms an address once more."""
    person = session.get_one(Person, viewer.id)
    subject = limited("letter", person.email_key or "")
    if attempts_since(session, subject, ago(at, WINDOW_MINUTES)) >= LETTERS_PER_WINDOW:
        raise TooMany("A letter was sent a moment ago. Look in the spam folder too.")
    session.add(Attempt(subject=subject, at=at))
    _mail_link(session, person, LinkPurpose.CONFIRM, base_url, at)


def confirm_email(session: Session, token: str, at: datetime) -> None:
    """Confirm the address that a link was sent to. Raises `Closed` for a link that is spent."""
    link = usable_link(session, token, LinkPurpose.CONFIRM, at)
    link.used_at = at
    session.get_one(Person, link.person_id).email_confirmed_at = at


def reset_password(
    session: Session, token: str, password: str, hasher: PasswordHasher, at: datetime
) -> str:
    """Set a new password by a mailed link, end every session, sign in; return the token.

    Raises `Closed` for a link that is spent, `Invalid` for a bad password.
    """
    link = usable_link(session, token, LinkPurpose.RESET, at)
    person = session.get_one(Person, link.person_id)
    check_password(password, email=person.email_key or "", name=person.name)
    link.used_at = at
    # The link came by mail, so the address is the person's.
    person.email_confirmed_at = person.email_confirmed_at or at
    _set_password(session, person, password, hasher, at)
    return open_sign_in(session, person.id, SIGNED_IN_FOR, at)


def change_password(
    session: Session,
    viewer: Viewer,
    old: str,
    new: str,
    hasher: PasswordHasher,
    at: datetime,
) -> str:
    """Change one's password; every other session ends. Returns the token of the new one."""
    person = session.get_one(Person, viewer.id)
    if not matches(hasher, person.password_hash, old):
        raise Invalid("old_password", "This is not your current password.")
    check_password(new, email=person.email_key or "", name=person.name)
    _set_password(session, person, new, hasher, at)
    return open_sign_in(session, person.id, SIGNED_IN_FOR, at)


def change_profile(
    session: Session, viewer: Viewer, name: str, locale: str, timezone: str
) -> None:
    """Change how somebody is called, in which language and zone."""
    person = session.get_one(Person, viewer.id)
    person.name, person.locale, person.timezone = display_name(name), locale, timezone


def change_locale(session: Session, viewer: Viewer, locale: str) -> None:
    """Remember the language that somebody switched to."""
    session.execute(update(Person).where(Person.id == viewer.id).values(locale=locale))


def grant(session: Session, person_id: int, organisation_id: int, role: Role) -> None:
    """Give a person a role in an organisation; twice is once."""
    held = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.organisation_id == organisation_id,
        Membership.role == role,
    )
    if session.scalar(held) is None:
        session.add(Membership(person_id=person_id, organisation_id=organisation_id, role=role))
        session.flush()


def open_organisation(
    session: Session, viewer: Viewer, name: str, roles: Sequence[Role], at: datetime
) -> Organisation:
    """Open an organisation under a slug of its own; the viewer owns it and holds these roles.

    Raises `Invalid` for a bad name.
    """
    called = display_name(name)
    made = Organisation(name=called, slug=free_slug(session, called), created_at=at)
    session.add(made)
    session.flush()
    for role in {Role.OWNER, *roles}:
        grant(session, viewer.id, made.id, role)
    note(
        session,
        "organisation.opened",
        at,
        person_id=viewer.id,
        organisation_id=made.id,
        subject=called,
    )
    return made


def export_account(session: Session, person_id: int) -> dict[str, Any]:
    """Return what this slice knows of a person."""
    person = session.get_one(Person, person_id)
    return {
        "name": person.name,
        "email": person.email,
        "email_confirmed_at": person.email_confirmed_at,
        "language": person.locale,
        "timezone": person.timezone,
        "created_at": person.created_at,
        "memberships": [
            {"organisation": membership.organisation_id, "role": membership.role}
            for membership in person.memberships
        ],
    }


def erase_account(session: Session, person_id: int) -> None:
    """Delete a person; the other slices erased their rows before."""
    session.execute(delete(Person).where(Person.id == person_id))


def check_deletion(
    session: Session, viewer: Viewer, password: str, hasher: PasswordHasher
) -> None:
    """Make sure that it is the owner who deletes an account. Raises `Invalid`, `NotAllowed`."""
    if not viewer.is_authenticated:
        raise NotAllowed("Sign in first.")
    person = session.get_one(Person, viewer.id)
    if not matches(hasher, person.password_hash, password):
        raise Invalid("password", "This is not your password. Nothing was deleted.")


def note(  # noqa: PLR0913 - an audit entry is these six things
    session: Session,
    action: str,
    at: datetime,
    *,
    person_id: int | None = None,
    organisation_id: int | None = HOUSE,
    subject: str = "",
    detail: str = "",
) -> None:
    """Write an entry of the audit log."""
    session.add(
        AuditEntry(
            at=at,
            person_id=person_id,
            organisation_id=organisation_id,
            action=action,
            subject=subject,
            detail=detail,
        )
    )


def forget_expired(session: Session, at: datetime) -> None:
    """Delete what has served its time: sessions, links, attempts."""
    session.execute(delete(SignIn).where(SignIn.expires_at < at))
    session.execute(delete(MailedLink).where(MailedLink.expires_at < at - timedelta(days=7)))
    session.execute(delete(Attempt).where(Attempt.at < at - timedelta(days=1)))


def limited(what: str, who: str) -> str:
    """Return the subject by which tries are counted; it does not tell whose they were."""
    return hashlib.sha256(f"{what}:{who.casefold()}".encode()).hexdigest()


def _guest_row(session: Session, guest: Viewer) -> Person | None:
    if guest.kind != PersonKind.GUEST:
        return None
    return session.get(Person, guest.id)


def _set_password(
    session: Session, person: Person, password: str, hasher: PasswordHasher, at: datetime
) -> None:
    person.password_hash = hasher.hash(password)
    _end_sign_ins(session, person.id)
    note(session, "account.password_changed", at, person_id=person.id)


def _end_sign_ins(session: Session, person_id: int) -> None:
    session.execute(delete(SignIn).where(SignIn.person_id == person_id))


def _mail_link(
    session: Session, person: Person, purpose: LinkPurpose, base_url: str, at: datetime
) -> None:
    token = new_token()
    lasting = CONFIRM_FOR if purpose is LinkPurpose.CONFIRM else RESET_FOR
    session.add(
        MailedLink(
            token_hash=token_hash(token),
            person_id=person.id,
            purpose=purpose,
            email_key=person.email_key,
            created_at=at,
            expires_at=at + lasting,
        )
    )
    words = letters.confirmation if purpose is LinkPurpose.CONFIRM else letters.reset
    page = "confirm" if purpose is LinkPurpose.CONFIRM else "reset"
    link = f"{base_url.rstrip('/')}/{page}/{token}"
    post(session, words(person.email or "", person.name, link, person.locale), at)
