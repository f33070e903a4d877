"""What a person can do about their account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from smm_academy.accounts import letters
from smm_academy.accounts.identifiers import (
    display_name,
    email_key,
    key_or_nothing,
)
from smm_academy.accounts.models import (
    HOUSE,
    Attempt,
    AuditEntry,
    LinkPurpose,
    MailedLink,
    Membership,
    MembershipOffer,
    Organisation,
    Person,
    PersonKind,
    Role,
    SignIn,
)
from smm_academy.accounts.passwords import Proof
from smm_academy.accounts.queries import (
    WINDOW_MINUTES,
    ago,
    attempts_since,
    check_tries,
    find_account,
    owned_alone,
    usable_link,
)
from smm_academy.accounts.tokens import limited, new_token, token_hash
from smm_academy.errors import Invalid, TooMany
from smm_academy.mail.letters import post
from smm_academy.web.viewer import Viewer

SIGNED_IN_FOR = timedelta(days=30)
GUEST_FOR = timedelta(days=30)
CANDIDATE_FOR = timedelta(days=14)
CONFIRM_FOR = timedelta(days=3)
RESET_FOR = timedelta(hours=1)
LETTERS_PER_WINDOW = 3


@dataclass(frozen=True, slots=True)
class Registration:
    """What a new account is made of: the name as it is shown, the address as it was typed."""

    name: str
    email: str
    password_hash: str
    locale: str


def register(
    session: Session, registration: Registration, guest: Viewer, base_url: str, at: datetime
) -> str:
    """Open an account and sign it in; a guest becomes it and keeps everything.

    Returns the sign-in token. Raises `Invalid` for an address that has an account.
    """
    key = email_key(registration.email)
    if find_account(session, key) is not None:
        raise Invalid(
            "email", "This address has an account already. Sign in, or set a new password."
        )
    found = session.get(Person, guest.id) if guest.kind == PersonKind.GUEST else None
    person = found or Person(created_at=at)
    person.kind = PersonKind.ACCOUNT
    person.name = registration.name
    person.email = registration.email.strip()
    person.email_key = key
    person.password_hash = registration.password_hash
    person.locale = registration.locale
    person.last_seen_at = at
    session.add(person)
    session.flush()
    end_sign_ins(session, person.id)
    mail_link(session, person, LinkPurpose.CONFIRM, base_url, at)
    note(session, "account.registered", at, person_id=person.id)
    return open_sign_in(session, person.id, SIGNED_IN_FOR, at)


def sign_in(session: Session, email: str, proof: Proof, at: datetime) -> str | None:
    """Sign in by a password that was compared; return the token, ``None`` when it was wrong.

    Raises `TooMany` after several failures for the same address, `Invalid` where the password
    was changed while it was being compared.
    """
    key = key_or_nothing(email)
    check_tries(session, email, at)
    person = find_account(session, key) if key else None
    if not proof.matches or person is None:
        session.add(Attempt(subject=limited("password", key or email), at=at))
        return None
    _check_proof(person, proof, "password")
    if proof.renewed:
        person.password_hash = proof.renewed
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


def end_sign_ins(session: Session, person_id: int) -> None:
    """End every sign-in session of a person."""
    session.execute(delete(SignIn).where(SignIn.person_id == person_id))


def keep_guests_until(session: Session, person_ids: Sequence[int], until: datetime) -> None:
    """Let the sign-in sessions of guests last until a moment, where they would end before it."""
    guests = select(Person.id).where(Person.id.in_(person_ids), Person.kind == PersonKind.GUEST)
    session.execute(
        update(SignIn)
        .where(SignIn.person_id.in_(guests), SignIn.expires_at < until)
        .values(expires_at=until)
        .execution_options(synchronize_session=False)
    )


def welcome_guest(
    session: Session, locale: str, at: datetime, length: timedelta = GUEST_FOR
) -> tuple[int, str]:
    """Make a row for somebody who acts without an account; return its id and token."""
    person = Person(kind=PersonKind.GUEST, locale=locale, created_at=at, last_seen_at=at)
    session.add(person)
    session.flush()
    return person.id, open_sign_in(session, person.id, length, at)


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
    end_sign_ins(session, person_id)
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
        mail_link(session, person, LinkPurpose.RESET, base_url, at)


def ask_for_confirmation(session: Session, viewer: Viewer, base_url: str, at: datetime) -> None:
    """Mail the link that confirms an address once more."""
    person = session.get_one(Person, viewer.id)
    subject = limited("letter", person.email_key or "")
    if attempts_since(session, subject, ago(at, WINDOW_MINUTES)) >= LETTERS_PER_WINDOW:
        raise TooMany("A letter was sent a moment ago. Look in the spam folder too.")
    session.add(Attempt(subject=subject, at=at))
    mail_link(session, person, LinkPurpose.CONFIRM, base_url, at)


def confirm_email(session: Session, token: str, at: datetime) -> None:
    """Confirm the address that a link was sent to. Raises `Closed` for a link that is spent."""
    link = usable_link(session, token, LinkPurpose.CONFIRM, at)
    link.used_at = at
    session.get_one(Person, link.person_id).email_confirmed_at = at


def reset_password(session: Session, token: str, password_hash: str, at: datetime) -> str:
    """Set a new password by a mailed link, end every session, sign in; return the token.

    Raises `Closed` for a link that is spent.
    """
    link = usable_link(session, token, LinkPurpose.RESET, at)
    person = session.get_one(Person, link.person_id)
    link.used_at = at
    # The link came by mail, so the address is the person's.
    person.email_confirmed_at = person.email_confirmed_at or at
    _set_password(session, person, password_hash, at)
    return open_sign_in(session, person.id, SIGNED_IN_FOR, at)


def change_password(
    session: Session, viewer: Viewer, proof: Proof, password_hash: str, at: datetime
) -> str:
    """Change one's password; every other session ends. Returns the token of the new one.

    Raises `Invalid` where the proof is not of the present password.
    """
    person = session.get_one(Person, viewer.id)
    if not proof.matches:
        raise Invalid("old_password", "This is not your current password.")
    _check_proof(person, proof, "old_password")
    _set_password(session, person, password_hash, at)
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


def revoke(session: Session, person_id: int, organisation_id: int, role: Role) -> None:
    """Take a role in an organisation from a person."""
    session.execute(
        delete(Membership).where(
            Membership.person_id == person_id,
            Membership.organisation_id == organisation_id,
            Membership.role == role,
        )
    )


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
    """Delete a person; the other slices erased their rows before.

    An organisation that has nobody and nothing else goes too.
    """
    for owned in owned_alone(session, person_id):
        if owned.is_bare:
            _close_organisation(session, owned.id)
    address = select(Person.email_key).where(Person.id == person_id).scalar_subquery()
    session.execute(delete(MembershipOffer).where(MembershipOffer.email_key == address))
    session.execute(delete(Person).where(Person.id == person_id))


def _close_organisation(session: Session, organisation_id: int) -> None:
    for table in (Membership, MembershipOffer):
        session.execute(delete(table).where(table.organisation_id == organisation_id))
    session.execute(
        update(AuditEntry)
        .where(AuditEntry.organisation_id == organisation_id)
        .values(organisation_id=None)
    )
    session.execute(delete(Organisation).where(Organisation.id == organisation_id))


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
    session.execute(delete(MembershipOffer).where(MembershipOffer.expires_at < at))
    session.execute(delete(Attempt).where(Attempt.at < at - timedelta(days=1)))


def _check_proof(person: Person, proof: Proof, field: str) -> None:
    if not proof.holds_for(person.password_hash):
        raise Invalid(field, "The password was changed a moment ago. Type the new one.")


def _set_password(session: Session, person: Person, password_hash: str, at: datetime) -> None:
    person.password_hash = password_hash
    end_sign_ins(session, person.id)
    note(session, "account.password_changed", at, person_id=person.id)


def mail_link(
    session: Session, person: Person, purpose: LinkPurpose, base_url: str, at: datetime
) -> None:
    """Mail a person a link to confirm their address, or to set a new password."""
    is_reset = purpose is LinkPurpose.RESET
    lasting = RESET_FOR if is_reset else CONFIRM_FOR
    link = new_link(session, person, purpose, lasting, base_url, at)
    words = letters.reset if is_reset else letters.confirmation
    post(session, words(person.email or "", person.name, link, person.locale), at)


def new_link(
    session: Session,
    person: Person,
    purpose: LinkPurpose,
    lasting: timedelta,
    base_url: str,
    at: datetime,
) -> str:
    """Make a single-use link for a person; return its address, which nothing keeps."""
    token = new_token()
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
    return f"{base_url.rstrip('/')}/{purpose}/{token}"
