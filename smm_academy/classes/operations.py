"""What instructors do with a class, and how people join, come back and leave."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from smm_academy.accounts.models import Attempt, Person, Role
from smm_academy.accounts.operations import (
    end_sign_ins,
    grant,
    keep_guests_until,
    note,
    open_sign_in,
    revoke,
)
from smm_academy.accounts.queries import hold_person
from smm_academy.classes.cards import Member, name_key
from smm_academy.classes.codes import new_code
from smm_academy.classes.days import end_of_day, is_over
from smm_academy.classes.models import ClassCode, ClassMember, ClassWork, SchoolClass
from smm_academy.classes.plans import Plan, checked_plan
from smm_academy.classes.queries import (
    class_taught,
    free_name,
    is_member,
    kept_until,
    member_of,
    own_place,
    shelf_of,
    tasks_of,
    taught_organisations,
)
from smm_academy.classes.return_keys import key_hash, new_key
from smm_academy.errors import Closed, Conflict, Invalid, NotFound
from smm_academy.web.viewer import Viewer

MOST_MEMBERS = 500
MOST_TASKS = 60


@dataclass(frozen=True, slots=True)
class Joining:
    """What somebody who joins has typed; ``locale`` is the language of their key."""

    name: str
    shares_replies: bool
    locale: str


def open_class(session: Session, viewer: Viewer, plan: Plan, at: datetime) -> SchoolClass:
    """Open a class with a code. Raises `Invalid`, or `NotAllowed` for who is no instructor."""
    if plan.organisation_id not in taught_organisations(viewer):
        raise Invalid("organisation", "Choose an organisation where you are an instructor.")
    found = SchoolClass(
        organisation_id=plan.organisation_id, opened_by_id=viewer.id, created_at=at
    )
    _apply(found, plan, at)
    session.add(found)
    session.flush()
    _make_code(session, found.id, at)
    _note(session, viewer, found, "class.opened", at)
    return found


def change_class(
    session: Session, viewer: Viewer, class_id: int, plan: Plan, at: datetime
) -> None:
    """Change a class's name, zone and last day; its guests stay signed in as long.

    Raises `Invalid`, `NotFound`, and `Closed` for a class that is over.
    """
    found = _living(session, viewer, class_id, at)
    before = found.retention_on
    _apply(found, plan, at)
    session.flush()
    members = session.scalars(
        select(ClassMember.person_id).where(ClassMember.class_id == class_id)
    ).all()
    keep_guests_until(session, members, end_of_day(found.retention_on, found.timezone))
    if found.retention_on != before:
        _note(session, viewer, found, "class.retention", at, f"{before} -> {found.retention_on}")


def renew_code(session: Session, viewer: Viewer, class_id: int, at: datetime) -> None:
    """Give a class a new code; the old one lets nobody in any more."""
    found = _living(session, viewer, class_id, at)
    if found.archived_at is not None:
        raise Conflict("This class is in the archive. Take it out first, then make a code.")
    _end_codes(session, class_id, at)
    _make_code(session, class_id, at)


def close_code(session: Session, viewer: Viewer, class_id: int, at: datetime) -> None:
    """Let nobody new into a class until it gets a new code."""
    _end_codes(session, class_taught(session, viewer, class_id).id, at)


def archive(
    session: Session, viewer: Viewer, class_id: int, at: datetime, *, archived: bool
) -> None:
    """Put a class into the archive, closing its code, or take it out again."""
    found = _living(session, viewer, class_id, at)
    found.archived_at = at if archived else None
    if archived:
        _end_codes(session, class_id, at)


def delete_class(session: Session, viewer: Viewer, class_id: int, at: datetime) -> None:
    """Delete a class; what its members did stays theirs."""
    found = class_taught(session, viewer, class_id)
    _note(session, viewer, found, "class.deleted", at)
    _empty(session, found)
    session.execute(delete(ClassWork).where(ClassWork.class_id == class_id))
    session.execute(delete(ClassCode).where(ClassCode.class_id == class_id))
    session.delete(found)
    session.flush()


def assign(
    session: Session,
    viewer: Viewer,
    class_id: int,
    piece: tuple[str, str],
    due_on: date | None,
    at: datetime,
) -> None:
    """Put a piece of work, (kind, key), on a class's list, or change the day it is due.

    Raises `Invalid` for what the class cannot read, `NotFound`, `Closed`.
    """
    found = _living(session, viewer, class_id, at)
    kind, key = piece
    if piece not in shelf_of(session, viewer, found, "en"):
        raise Invalid("work", "Choose a lesson, a quiz or a shift from the list.")
    row = session.scalar(
        select(ClassWork).where(
            ClassWork.class_id == class_id, ClassWork.kind == kind, ClassWork.key == key
        )
    )
    if row is None:
        if len(tasks_of(session, class_id)) >= MOST_TASKS:
            raise Invalid(
                "work", "The list is full: %(most)s pieces of work at most.", most=MOST_TASKS
            )
        row = ClassWork(class_id=class_id, kind=kind, key=key, added_at=at)
        session.add(row)
    row.due_on = due_on
    session.flush()


def unassign(session: Session, viewer: Viewer, class_id: int, task_id: int) -> None:
    """Take a piece of work off a class's list; what was done of it stays done."""
    class_taught(session, viewer, class_id)
    row = session.get(ClassWork, task_id)
    if row is None or row.class_id != class_id:
        raise NotFound("This is not on the list of the class.")
    session.delete(row)
    session.flush()


def remove_member(
    session: Session, viewer: Viewer, class_id: int, member_id: int, at: datetime
) -> Member:
    """Take somebody out of a class. Raises `NotFound`."""
    found = class_taught(session, viewer, class_id)
    member = member_of(session, found, member_id, at)
    _note(session, viewer, found, "class.member_removed", at, f"member {member_id}")
    _part(session, found, member.person_id)
    return member


def issue_key(
    session: Session, viewer: Viewer, class_id: int, member_id: int, secret: str, at: datetime
) -> tuple[Member, str]:
    """Give a guest a new key in their language; the old one and every browser's sign-in end.

    Whoever holds a key acts as the guest in every class they are in, so an instructor makes none
    for somebody who is in a class of another organisation as well. Raises `Conflict` for them
    and for members with an account, `NotFound`, `Closed`.
    """
    found = _living(session, viewer, class_id, at)
    member = member_of(session, found, member_id, at)
    if not member.is_guest:
        raise Conflict("This member has an account and signs in with it; they need no key.")
    elsewhere = (
        select(ClassMember.id)
        .join(SchoolClass, SchoolClass.id == ClassMember.class_id)
        .where(
            ClassMember.person_id == member.person_id,
            SchoolClass.organisation_id != found.organisation_id,
        )
    )
    if session.scalar(elsewhere.limit(1)) is not None:
        raise Conflict("No new key can be made for this member. Let them join anew, or register.")
    locale = session.get_one(Person, member.person_id).locale
    key = _make_key(session.get_one(ClassMember, member_id), locale, secret, at)
    end_sign_ins(session, member.person_id)
    _note(session, viewer, found, "class.key_issued", at, f"member {member_id}")
    return member, key


def count_misses(session: Session, subjects: tuple[str, ...], at: datetime) -> None:
    """Count a code or key that fits nothing."""
    session.add_all(Attempt(subject=subject, at=at) for subject in subjects)


def join(
    session: Session,
    person: Viewer,
    found: SchoolClass,
    joining: Joining,
    secret: str,
    at: datetime,
) -> str:
    """Let somebody into a class; return a guest's key, empty for an account and for a member.

    Raises `Invalid` for a name that is none or taken, `Conflict` for a class that is full.
    """
    hold_person(session, person.id)
    if is_member(session, person, found.id):
        return ""
    count = select(func.count()).where(ClassMember.class_id == found.id)
    if (session.scalar(count) or 0) >= MOST_MEMBERS:
        raise Conflict("This class is full. Ask whoever runs it to open another one.")
    name = free_name(session, found.id, joining.name)
    member = ClassMember(
        class_id=found.id,
        person_id=person.id,
        name=name,
        name_key=name_key(name),
        shares_replies=joining.shares_replies,
        joined_at=at,
    )
    session.add(member)
    key = ""
    if person.kind == "guest":
        key = _make_key(member, joining.locale, secret, at)
        until = end_of_day(found.retention_on, found.timezone)
        keep_guests_until(session, [person.id], until)
    session.flush()
    grant(session, person.id, found.organisation_id, Role.LEARNER)
    return key


def come_back(session: Session, found: SchoolClass, member: ClassMember, at: datetime) -> str:
    """Sign a guest in on another device, until the class is over; return the token."""
    note(
        session,
        "class.joined_by_key",
        at,
        person_id=member.person_id,
        organisation_id=found.organisation_id,
        subject=f"class {found.id}",
        detail=f"member {member.id}",
    )
    return open_sign_in(session, member.person_id, kept_until(session, member.person_id) - at, at)


def share_replies(
    session: Session, viewer: Viewer, class_id: int, at: datetime, *, shares: bool
) -> None:
    """Let a class's instructors read one's replies, or no longer. Raises `NotFound`."""
    _, member = own_place(session, viewer, class_id, at)
    member.shares_replies = shares


def leave(session: Session, viewer: Viewer, class_id: int, at: datetime) -> SchoolClass:
    """Leave a class: from now on its instructors see nothing. Raises `NotFound`."""
    found, _ = own_place(session, viewer, class_id, at)
    _part(session, found, viewer.id)
    return found


def end_classes(session: Session, at: datetime) -> None:
    """Forget the members of classes whose last day has ended."""
    filled = select(ClassMember.class_id).distinct()
    near = select(SchoolClass).where(
        SchoolClass.id.in_(filled), SchoolClass.retention_on <= at.date()
    )
    for found in session.scalars(near).all():
        if is_over(found.retention_on, found.timezone, at):
            _end_codes(session, found.id, at)
            _empty(session, found)


def export_classes(session: Session, person_id: int) -> dict[str, Any]:
    """Return what this slice knows of a person: classes they are in and classes they opened."""
    joined = session.execute(
        select(ClassMember, SchoolClass.name, SchoolClass.retention_on)
        .join(SchoolClass, SchoolClass.id == ClassMember.class_id)
        .where(ClassMember.person_id == person_id)
        .order_by(ClassMember.id)
    )
    opened = session.scalars(
        select(SchoolClass).where(SchoolClass.opened_by_id == person_id).order_by(SchoolClass.id)
    )
    return {
        "member_of": [
            {
                "class": name,
                "known_as": member.name,
                "joined_at": member.joined_at,
                "shares_replies": member.shares_replies,
                "kept_until": last_day.isoformat(),
            }
            for member, name, last_day in joined
        ],
        "opened": [{"class": one.name, "at": one.created_at} for one in opened],
    }


def erase_memberships(session: Session, person_id: int) -> None:
    """Take a person out of every class; classes that they opened stay with the organisation."""
    session.execute(delete(ClassMember).where(ClassMember.person_id == person_id))
    session.execute(
        update(SchoolClass).where(SchoolClass.opened_by_id == person_id).values(opened_by_id=None)
    )


def _living(session: Session, viewer: Viewer, class_id: int, at: datetime) -> SchoolClass:
    found = class_taught(session, viewer, class_id)
    if is_over(found.retention_on, found.timezone, at):
        raise Closed("This class is over. Open a new one for the next group.")
    return found


def _apply(found: SchoolClass, plan: Plan, at: datetime) -> None:
    checked = checked_plan(plan, at)
    found.name, found.timezone = checked.name, checked.timezone
    found.retention_on = checked.retention_on


def _make_code(session: Session, class_id: int, at: datetime) -> None:
    code = new_code()
    while session.get(ClassCode, code) is not None:
        code = new_code()
    session.add(ClassCode(code=code, class_id=class_id, made_at=at))
    session.flush()


def _end_codes(session: Session, class_id: int, at: datetime) -> None:
    session.execute(
        update(ClassCode)
        .where(ClassCode.class_id == class_id, ClassCode.ended_at.is_(None))
        .values(ended_at=at)
    )


def _make_key(member: ClassMember, locale: str, secret: str, at: datetime) -> str:
    key = new_key(locale)
    member.key_hash, member.key_made_at = key_hash(secret, member.class_id, key), at
    return key


def _part(session: Session, found: SchoolClass, person_id: int) -> None:
    """Take one person out of a class, and the role with their last class in the organisation."""
    session.execute(
        delete(ClassMember).where(
            ClassMember.class_id == found.id, ClassMember.person_id == person_id
        )
    )
    remaining = (
        select(ClassMember.id)
        .join(SchoolClass, SchoolClass.id == ClassMember.class_id)
        .where(
            ClassMember.person_id == person_id,
            SchoolClass.organisation_id == found.organisation_id,
        )
    )
    if session.scalar(remaining.limit(1)) is None:
        revoke(session, person_id, found.organisation_id, Role.LEARNER)


def _empty(session: Session, found: SchoolClass) -> None:
    people = select(ClassMember.person_id).where(ClassMember.class_id == found.id)
    for person_id in session.scalars(people).all():
        _part(session, found, person_id)


def _note(
    session: Session,
    viewer: Viewer,
    found: SchoolClass,
    action: str,
    at: datetime,
    detail: str = "",
) -> None:
    note(
        session,
        action,
        at,
        person_id=viewer.id,
        organisation_id=found.organisation_id,
        subject=f"class {found.id}",
        detail=detail,
    )
