"""What whoever runs the site does; every act leaves an entry in the audit log."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smm_academy.accounts.holdings import Holdings, erase_person
from smm_academy.accounts.identifiers import NAME_CHARACTERS, display_name, email_key
from smm_academy.accounts.models import (
    LinkPurpose,
    Organisation,
    Person,
    PersonKind,
    Role,
)
from smm_academy.accounts.operations import (
    end_sign_ins,
    mail_link,
    new_link,
    note,
)
from smm_academy.accounts.passwords import Proof
from smm_academy.accounts.queries import (
    check_departure,
    check_own,
    find_account,
    is_last_admin,
)
from smm_academy.admin import letters
from smm_academy.admin.models import ContentReport
from smm_academy.errors import Invalid, NotFound
from smm_academy.jobs.operations import drop, enqueue, run_again
from smm_academy.mail.letters import post
from smm_academy.organisations.operations import found_organisation, invite
from smm_academy.revisions.sources import Problem
from smm_academy.web.viewer import Viewer

CONTENT_CHECK = "admin.content_check"
INVITED_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of inviting an admin: the link, and what there was before."""

    email: str
    link: str
    had_account: bool
    was_admin: bool


def invite_admin(session: Session, email: str, name: str, base_url: str, at: datetime) -> Invited:
    """Make an account, or raise one, to run the site; mail and return a link for its password.

    There is no password until the person sets one by the link. Raises `Invalid` for a bad
    address or name.
    """
    key = email_key(email)
    person = find_account(session, key)
    had_account, was_admin = person is not None, person is not None and person.is_admin
    if person is None:
        called = name or key.partition("@")[0][:NAME_CHARACTERS]
        person = Person(
            kind=PersonKind.ACCOUNT,
            name=display_name(called),
            email=email.strip(),
            email_key=key,
            created_at=at,
            last_seen_at=at,
        )
        session.add(person)
    person.is_admin = True
    session.flush()
    link = new_link(session, person, LinkPurpose.RESET, INVITED_FOR, base_url, at)
    post(session, letters.admin(person.email or "", person.name, link, person.locale), at)
    if not was_admin:
        note(session, "admin.made", at, subject=_about(person.id), detail="by command")
    return Invited(person.email or "", link, had_account, was_admin)


def remove_admin(session: Session, email: str, at: datetime) -> None:
    """Let an account no longer run the site; it stays an account.

    Raises `Invalid` for who is no admin, or the last one.
    """
    person = find_account(session, email_key(email))
    if person is None or not person.is_admin:
        raise Invalid("email", "Nobody with this address runs the site. See: admin list")
    _unmake(session, person, "email")
    note(session, "admin.unmade", at, subject=_about(person.id), detail="by command")


def set_admin(
    session: Session, viewer: Viewer, person_id: int, wanted: bool, proof: Proof, at: datetime
) -> None:
    """Let an account run the site, or no longer. Raises `Invalid`, `NotFound`."""
    check_own(session, viewer, proof)
    person = _account(session, person_id)
    if person.is_admin == wanted:
        return
    if wanted:
        person.is_admin = True
    else:
        _unmake(session, person, "password")
    note(
        session,
        "admin.made" if wanted else "admin.unmade",
        at,
        person_id=viewer.id,
        subject=_about(person_id),
    )


def end_sessions(session: Session, viewer: Viewer, person_id: int, at: datetime) -> None:
    """Sign somebody out everywhere. Raises `NotFound`."""
    end_sign_ins(session, _person(session, person_id).id)
    note(session, "admin.signed_out", at, person_id=viewer.id, subject=_about(person_id))


def send_reset(
    session: Session, viewer: Viewer, person_id: int, base_url: str, at: datetime
) -> None:
    """Mail somebody a link to set a new password. Raises `NotFound`."""
    mail_link(session, _account(session, person_id), LinkPurpose.RESET, base_url, at)
    note(session, "admin.reset_mailed", at, person_id=viewer.id, subject=_about(person_id))


def delete_person(
    session: Session,
    viewer: Viewer,
    person_id: int,
    holdings: Holdings,
    proof: Proof,
    at: datetime,
) -> None:
    """Delete a person and everything that belongs to them.

    Raises `Invalid` for a wrong password, oneself, and whom others depend on; `NotFound`.
    """
    check_own(session, viewer, proof)
    person = _person(session, person_id)
    if person.id == viewer.id:
        raise Invalid("password", "This is your own account. Delete it on your account page.")
    check_departure(session, person.id)
    kind = person.kind
    erase_person(holdings, session, person.id)
    note(
        session,
        "admin.deleted",
        at,
        person_id=viewer.id,
        subject=_about(person_id),
        detail=kind,
    )


def open_for_owner(  # noqa: PLR0913, PLR0917 - who, what, for whom, in which words, when
    session: Session,
    viewer: Viewer,
    name: str,
    email: str,
    base_url: str,
    locale: str,
    at: datetime,
) -> Organisation:
    """Open an organisation and invite its first owner. Raises `Invalid`."""
    organisation = found_organisation(session, name, viewer.id, at)
    invite(session, viewer, organisation.slug, email, Role.OWNER, base_url, locale, at)
    return organisation


def run_job_again(session: Session, viewer: Viewer, job_id: int, at: datetime) -> None:
    """Let a job that was given up be tried again. Raises `Conflict`."""
    job = run_again(session, job_id, at)
    note(session, "admin.job_run_again", at, person_id=viewer.id, subject=f"job {job_id}",
         detail=job.name)  # fmt: skip


def drop_job(session: Session, viewer: Viewer, job_id: int, at: datetime) -> None:
    """Delete a job that was given up or waits. Raises `Conflict`."""
    job = drop(session, job_id)
    note(session, "admin.job_dropped", at, person_id=viewer.id, subject=f"job {job_id}",
         detail=job.name)  # fmt: skip


def ask_for_check(session: Session, viewer: Viewer, at: datetime) -> None:
    """Let the worker check the content that serves, also where nothing changed."""
    enqueue(session, CONTENT_CHECK, f"{CONTENT_CHECK}:{secrets.token_hex(8)}", {"anew": True}, at)
    note(session, "admin.content_check", at, person_id=viewer.id)


def keep_report(session: Session, state: str, problems: Sequence[Problem], at: datetime) -> None:
    """Keep what a check of the content found, in place of what the last one did."""
    session.execute(delete(ContentReport))
    found = [problem.as_json() for problem in problems]
    session.add(ContentReport(state=state, checked_at=at, problems=found))


def _unmake(session: Session, person: Person, field: str) -> None:
    # Held, so that two admins cannot unmake each other at the same moment.
    session.execute(select(Person.id).where(Person.is_admin).with_for_update()).all()
    if is_last_admin(session, person.id):
        raise Invalid(field, "This is the last admin. Make somebody else an admin first.")
    person.is_admin = False
    session.flush()


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("There is nobody of this number; they may have left.")
    return person


def _account(session: Session, person_id: int) -> Person:
    person = _person(session, person_id)
    if person.kind != PersonKind.ACCOUNT:
        raise NotFound("There is nobody of this number; they may have left.")
    return person


def _about(person_id: int) -> str:
    return f"person {person_id}"
