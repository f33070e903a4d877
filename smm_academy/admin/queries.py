"""What whoever runs the site has to know: numbers, people, the audit log, the content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import (
    HOUSE,
    STAFF,
    AuditEntry,
    Membership,
    Organisation,
    Person,
    PersonKind,
    Role,
    SignIn,
)
from smm_academy.accounts.queries import is_last_admin
from smm_academy.admin.models import ContentReport
from smm_academy.admin.paging import Paging
from smm_academy.errors import NotFound
from smm_academy.jobs.models import JobState
from smm_academy.jobs.queries import job_counts, oldest_due
from smm_academy.revisions.queries import serving_state
from smm_academy.sittings.queries import kept_of, started_since

PEOPLE_PER_PAGE = 25
ENTRIES_PER_PAGE = 50
MOST_ENTRIES = 20_000
NEWEST = 8
LATE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Overview:
    """How the site stands; ``waiting`` is how long the oldest due job has waited."""

    people: int
    guests: int
    candidates: int
    organisations: int
    sittings: int
    failed_jobs: int
    waiting: timedelta | None
    errors: int
    newest: Sequence[AuditEntry]

    @property
    def is_late(self) -> bool:
        """Whether jobs wait so long that no worker seems to run."""
        return self.waiting is not None and self.waiting > LATE


@dataclass(frozen=True, slots=True)
class Account:
    """A person as an admin sees them: who they are and what is kept, never how they did."""

    person: Person
    roles: Sequence[tuple[Organisation, Role]]
    sign_ins: Sequence[SignIn]
    kept: dict[str, int]
    is_last_admin: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries of the audit log are asked for; what is empty asks for all."""

    action: str = ""
    person: str = ""
    organisation: str = ""
    since: datetime | None = None
    until: datetime | None = None


def overview(session: Session, at: datetime) -> Overview:
    """Return what needs attention, and how much there is of everything."""
    rows = session.execute(select(Person.kind, func.count()).group_by(Person.kind))
    kinds = {kind: count for kind, count in rows}  # noqa: C416 - rows are not pairs to mypy
    due = oldest_due(session, at)
    return Overview(
        people=kinds.get(PersonKind.ACCOUNT, 0),
        guests=kinds.get(PersonKind.GUEST, 0),
        candidates=kinds.get(PersonKind.CANDIDATE, 0),
        organisations=session.scalar(select(func.count(Organisation.id))) or 0,
        sittings=sum(started_since(session, at - timedelta(days=7)).values()),
        failed_jobs=job_counts(session).get(JobState.DEAD, 0),
        waiting=at - due if due else None,
        errors=count_errors(content_report(session)),
        newest=session.scalars(
            select(AuditEntry).order_by(AuditEntry.id.desc()).limit(NEWEST)
        ).all(),
    )


def find_people(
    session: Session, words: str, *, admins_only: bool, page: int
) -> tuple[Sequence[Person], Paging]:
    """Return the accounts whose name or address holds some words, the newest first."""
    found = select(Person).where(Person.kind == PersonKind.ACCOUNT)
    if admins_only:
        found = found.where(Person.is_admin)
    if words:
        found = found.where(_is_called(words))
    paging = Paging(_count(session, found), page, PEOPLE_PER_PAGE)
    rows = found.order_by(Person.id.desc()).offset(paging.start).limit(paging.size)
    return session.scalars(rows).all(), paging


def account_of(session: Session, person_id: int, at: datetime) -> Account:
    """Return a person with roles and sign-ins. Raises `NotFound`."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("There is nobody of this number; they may have left.")
    held = session.execute(
        select(Organisation, Membership.role)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id, Membership.role.in_(STAFF))
        .order_by(Organisation.name, Membership.role)
    )
    sign_ins = session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.expires_at > at)
        .order_by(SignIn.created_at.desc())
    )
    return Account(
        person,
        [(organisation, Role(role)) for organisation, role in held],
        sign_ins.all(),
        kept_of(session, person_id),
        is_last_admin(session, person_id),
    )


def admins(session: Session) -> Sequence[Person]:
    """Return who runs the site, by address."""
    return session.scalars(select(Person).where(Person.is_admin).order_by(Person.email_key)).all()


def organisation_names(session: Session) -> dict[int, tuple[str, str]]:
    """Return (slug, name) of every organisation by its id, in the order of names."""
    rows = session.execute(
        select(Organisation.id, Organisation.slug, Organisation.name).order_by(
            func.lower(Organisation.name)
        )
    )
    return {place: (slug, name) for place, slug, name in rows}


def audit_actions(session: Session) -> list[str]:
    """Return every action that the audit log speaks of."""
    return list(session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)))


def audit_page(session: Session, wanted: Wanted, page: int) -> tuple[Sequence[AuditEntry], Paging]:
    """Return a page of the entries that are asked for, the newest first."""
    found = _entries(wanted)
    paging = Paging(_count(session, found), page, ENTRIES_PER_PAGE)
    rows = found.order_by(AuditEntry.id.desc()).offset(paging.start).limit(paging.size)
    return session.scalars(rows).all(), paging


def audit_entries(session: Session, wanted: Wanted) -> Sequence[AuditEntry]:
    """Return the entries that are asked for, the newest first, 20,000 at most."""
    found = _entries(wanted).order_by(AuditEntry.id.desc()).limit(MOST_ENTRIES)
    return session.scalars(found).all()


def content_report(session: Session) -> ContentReport | None:
    """Return what the last check of the content found, if there was one."""
    return session.scalar(select(ContentReport).order_by(ContentReport.id.desc()).limit(1))


def is_present(session: Session, report: ContentReport | None) -> bool:
    """Tell whether a report speaks of what serves now."""
    return report is not None and report.state == serving_state(session)


def count_errors(report: ContentReport | None) -> int:
    """Return how many errors a report holds, warnings left out."""
    return sum(problem["severity"] == "error" for problem in report.problems) if report else 0


def last_sync(session: Session) -> AuditEntry | None:
    """Return when files were last taken into the database, and what came of it."""
    return session.scalar(
        select(AuditEntry)
        .where(AuditEntry.action == "content.synced", AuditEntry.organisation_id == HOUSE)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


def _count(session: Session, found: Select[Person] | Select[AuditEntry]) -> int:
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def _is_called(words: str) -> ColumnElement[bool]:
    # SQLite folds the case of plain letters only, so a Polish name is looked for in every case.
    cases = {words, words.lower(), words.upper(), words.title(), words.capitalize()}
    return or_(
        *(Person.name.contains(one, autoescape=True) for one in sorted(cases)),
        Person.email_key.contains(words.casefold(), autoescape=True),
    )


def _entries(wanted: Wanted) -> Select[AuditEntry]:
    found = select(AuditEntry)
    if wanted.action:
        found = found.where(AuditEntry.action == wanted.action)
    if wanted.organisation:
        place = select(Organisation.id).where(Organisation.slug == wanted.organisation)
        found = found.where(AuditEntry.organisation_id.in_(place))
    if wanted.person:
        meant = select(Person.id).where(_is_called(wanted.person))
        about = select("person " + cast(Person.id, String)).where(_is_called(wanted.person))
        found = found.where(or_(AuditEntry.person_id.in_(meant), AuditEntry.subject.in_(about)))
    if wanted.since is not None and wanted.until is not None:
        found = found.where(AuditEntry.at >= wanted.since, AuditEntry.at < wanted.until)
    return found
