"""Which classes there are, who is in them, what stands on their lists."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smm_academy.accounts.identifiers import display_name
from smm_academy.accounts.models import Role
from smm_academy.accounts.queries import ago, attempts_since, find_organisations, kinds_of
from smm_academy.classes.cards import ClassCard, Member, Piece, Report, Shelf, name_key
from smm_academy.classes.codes import read_code
from smm_academy.classes.days import end_of_day, is_over
from smm_academy.classes.gradebook import Deed, Gradebook, Task, row_of
from smm_academy.classes.guessing import (
    MISSES_PER_ASKER,
    MISSES_PER_CLASS,
    WINDOW_MINUTES,
    key_tries,
)
from smm_academy.classes.models import ClassCode, ClassMember, ClassWork, SchoolClass, WorkKind
from smm_academy.classes.return_keys import key_hash
from smm_academy.errors import Invalid, NotAllowed, NotFound, TooMany
from smm_academy.lessons.queries import lessons_read_by, published_lessons
from smm_academy.measurement.queries import maps_of
from smm_academy.quizzes.queries import quiz_cards, quiz_scores_of
from smm_academy.shifts.offer_queries import drill_cards, scenario_cards
from smm_academy.shifts.queries import replies_in, shift_scores_of
from smm_academy.sittings.models import Activity
from smm_academy.sittings.queries import practised_by
from smm_academy.web.viewer import NOBODY, Viewer

REPLIES_OF = 10
"""From how many drills and shifts, the newest, a member's replies are shown."""

KINDS: dict[str, str] = {
    Activity.QUIZ: WorkKind.QUIZ,
    Activity.SHIFT: WorkKind.SCENARIO,
    Activity.DRILL: "drill",
}


def taught_organisations(viewer: Viewer) -> frozenset[int]:
    """Return where the viewer is an instructor. Raises `NotAllowed` for nowhere."""
    found = viewer.places(Role.INSTRUCTOR)
    if not found:
        raise NotAllowed("Classes are run by instructors. Ask your organisation for that role.")
    return found


def teaching_places(session: Session, viewer: Viewer) -> dict[int, tuple[str, str]]:
    """Return (name, time zone) of the organisations where the viewer is an instructor."""
    places = find_organisations(session, taught_organisations(viewer))
    return {number: (place.name, place.timezone) for number, place in sorted(places.items())}


def class_taught(session: Session, viewer: Viewer, class_id: int) -> SchoolClass:
    """Return a class of an organisation where the viewer is an instructor. Raises `NotFound`."""
    places = taught_organisations(viewer)
    found = session.get(SchoolClass, class_id)
    if found is None or found.organisation_id not in places:
        raise NotFound("There is no such class, or it is not yours.")
    return found


def classes_taught(session: Session, viewer: Viewer, at: datetime) -> list[ClassCard]:
    """Return the classes of the viewer's organisations, the newest first, archived ones last."""
    places = taught_organisations(viewer)
    found = session.scalars(
        select(SchoolClass)
        .where(SchoolClass.organisation_id.in_(places))
        .order_by(SchoolClass.archived_at.is_not(None), SchoolClass.id.desc())
    )
    return _cards(session, list(found), at)


def classes_attended(session: Session, viewer: Viewer, at: datetime) -> list[ClassCard]:
    """Return the classes that the viewer is in, the newest first."""
    if not viewer.id:
        return []
    found = session.scalars(
        select(SchoolClass)
        .join(ClassMember, ClassMember.class_id == SchoolClass.id)
        .where(ClassMember.person_id == viewer.id)
        .order_by(SchoolClass.archived_at.is_not(None), SchoolClass.id.desc())
    )
    return [card for card in _cards(session, list(found), at) if not card.over]


def _cards(session: Session, classes: Sequence[SchoolClass], at: datetime) -> list[ClassCard]:
    ids = [one.id for one in classes]
    places = find_organisations(session, {one.organisation_id for one in classes})
    counts = session.execute(
        select(ClassMember.class_id, func.count())
        .where(ClassMember.class_id.in_(ids))
        .group_by(ClassMember.class_id)
    )
    members = {class_id: count for class_id, count in counts}  # noqa: C416 - rows are not pairs to mypy
    codes = live_codes(session, ids)
    return [
        ClassCard(
            one.id,
            one.name,
            places[one.organisation_id].name,
            0 if is_over(one.retention_on, one.timezone, at) else members.get(one.id, 0),
            codes.get(one.id, ""),
            one.retention_on,
            one.archived_at is not None,
            is_over(one.retention_on, one.timezone, at),
        )
        for one in classes
    ]


def organisation_name(session: Session, found: SchoolClass) -> str:
    """Return the name of a class's organisation."""
    return find_organisations(session, [found.organisation_id])[found.organisation_id].name


def live_codes(session: Session, class_ids: Sequence[int]) -> dict[int, str]:
    """Return the code that each class is joined by; none where it is closed."""
    rows = session.scalars(
        select(ClassCode).where(ClassCode.class_id.in_(class_ids), ClassCode.ended_at.is_(None))
    )
    return {row.class_id: row.code for row in rows}


def class_by_code(
    session: Session, typed: str, at: datetime, *, ended: bool = False
) -> SchoolClass | None:
    """Return the class that a code lets in, ``None`` for none.

    ``ended`` takes codes that were closed or renewed too, and archived classes: a returning
    member has the code of the sheet that they were given.
    """
    code = session.get(ClassCode, read_code(typed))
    if code is None or (code.ended_at is not None and not ended):
        return None
    found = session.get_one(SchoolClass, code.class_id)
    if is_over(found.retention_on, found.timezone, at):
        return None
    return found if ended or found.archived_at is None else None


def own_place(
    session: Session, viewer: Viewer, class_id: int, at: datetime
) -> tuple[SchoolClass, ClassMember]:
    """Return a class that the viewer is in, and their place in it. Raises `NotFound`."""
    member = session.scalar(
        select(ClassMember).where(
            ClassMember.class_id == class_id, ClassMember.person_id == viewer.id
        )
    )
    if member is None or not viewer.id:
        raise NotFound("There is no such class, or it is not yours.")
    found = session.get_one(SchoolClass, class_id)
    if is_over(found.retention_on, found.timezone, at):
        raise NotFound("This class is over, and what it knew of its members is gone.")
    return found, member


def is_member(session: Session, viewer: Viewer, class_id: int) -> bool:
    """Tell whether the viewer is in a class."""
    held = select(ClassMember.id).where(
        ClassMember.class_id == class_id, ClassMember.person_id == viewer.id
    )
    return bool(viewer.id) and session.scalar(held) is not None


def members_of(session: Session, found: SchoolClass, at: datetime) -> list[Member]:
    """Return the members of a class in the order of their names; nobody once it is over."""
    if is_over(found.retention_on, found.timezone, at):
        return []
    rows = session.scalars(
        select(ClassMember)
        .where(ClassMember.class_id == found.id)
        .order_by(ClassMember.name_key, ClassMember.id)
    ).all()
    kinds = kinds_of(session, [row.person_id for row in rows])
    return [
        Member(
            row.id,
            row.person_id,
            row.name,
            kinds[row.person_id] == "guest",
            row.shares_replies,
            row.joined_at,
            row.key_made_at,
        )
        for row in rows
    ]


def member_of(session: Session, found: SchoolClass, member_id: int, at: datetime) -> Member:
    """Return one member of a class. Raises `NotFound`."""
    for member in members_of(session, found, at):
        if member.id == member_id:
            return member
    raise NotFound("There is nobody like that in this class, or they have left it.")


def member_by_key(
    session: Session, found: SchoolClass, secret: str, key: str
) -> ClassMember | None:
    """Return the guest who comes back with a key, ``None`` for a key that opens nothing.

    A key of somebody who registered since opens nothing: an account has a password.
    """
    member = session.scalar(
        select(ClassMember).where(
            ClassMember.class_id == found.id,
            ClassMember.key_hash == key_hash(secret, found.id, key),
        )
    )
    if member is None or kinds_of(session, [member.person_id])[member.person_id] != "guest":
        return None
    return member


def refuse_guessing(session: Session, asker: str, at: datetime, class_id: int = 0) -> None:
    """Raise `TooMany` after too many wrong codes and keys in the last minutes."""
    since = ago(at, WINDOW_MINUTES)
    tried = attempts_since(session, asker, since)
    of_class = attempts_since(session, key_tries(class_id), since) if class_id else 0
    if tried >= MISSES_PER_ASKER or of_class >= MISSES_PER_CLASS:
        raise TooMany(
            "Too many codes or keys that fit nothing. Wait %(minutes)s minutes, then type what "
            "stands on the sheet.",
            minutes=WINDOW_MINUTES,
        )


def free_name(session: Session, class_id: int, typed: str, member_id: int = 0) -> str:
    """Return a name as it is kept. Raises `Invalid` for none, or one that the class has."""
    name = display_name(typed)
    taken = select(ClassMember.id).where(
        ClassMember.class_id == class_id,
        ClassMember.name_key == name_key(name),
        ClassMember.id != member_id,
    )
    if session.scalar(taken) is not None:
        raise Invalid(
            "name",
            "Somebody in this class is called that already. Add a letter of your surname; if it "
            "is you, come back with your key on the page where you typed the code.",
        )
    return name


def kept_guests(session: Session, at: datetime) -> set[int]:
    """Return the people whom a class keeps: its members, until its last day has ended."""
    rows = session.execute(
        select(ClassMember.person_id, SchoolClass.retention_on, SchoolClass.timezone)
        .join(SchoolClass, SchoolClass.id == ClassMember.class_id)
        .where(SchoolClass.retention_on >= (at - timedelta(days=2)).date())
    )
    return {person_id for person_id, last_day, zone in rows if not is_over(last_day, zone, at)}


def kept_until(session: Session, person_id: int) -> datetime:
    """Return until when the classes that somebody is in keep them; they are in one at least."""
    rows = session.execute(
        select(SchoolClass.retention_on, SchoolClass.timezone)
        .join(ClassMember, ClassMember.class_id == SchoolClass.id)
        .where(ClassMember.person_id == person_id)
    )
    return max(end_of_day(last_day, zone) for last_day, zone in rows)


def tasks_of(session: Session, class_id: int) -> list[Task]:
    """Return what stands on a class's list: by day, what has none last."""
    rows = session.scalars(
        select(ClassWork)
        .where(ClassWork.class_id == class_id)
        .order_by(ClassWork.due_on.is_(None), ClassWork.due_on, ClassWork.id)
    )
    return [Task(row.id, row.kind, row.key, row.due_on) for row in rows]


def shelf_of(session: Session, viewer: Viewer, found: SchoolClass, locale: str) -> Shelf:
    """Return what the members of a class can read: its organisation's and the house's."""
    reader = _reader(found, viewer)
    pieces = [
        *(
            Piece(WorkKind.LESSON, lesson.id, lesson.title, lesson.minutes)
            for lesson in published_lessons(session, reader, locale)
        ),
        *(
            Piece(WorkKind.QUIZ, card.id, card.title, card.minutes)
            for card in quiz_cards(session, reader, locale)
        ),
        *(
            Piece(WorkKind.SCENARIO, card.id, card.title, card.minutes)
            for card in scenario_cards(session, reader, locale)
        ),
    ]
    return {(str(piece.kind), piece.key): piece for piece in pieces}


def _reader(found: SchoolClass, viewer: Viewer = NOBODY) -> Viewer:
    """Return a viewer who reads what the members of a class do, whatever else is theirs."""
    return replace(viewer, memberships=frozenset({(found.organisation_id, str(Role.LEARNER))}))


def gradebook_of(session: Session, found: SchoolClass, at: datetime) -> Gradebook:
    """Return what the members of a class did, by its list and altogether.

    Whether the viewer may see it is decided by how the class was found.
    """
    members = members_of(session, found, at)
    tasks = tasks_of(session, found.id)
    done = deeds_of(session, [member.person_id for member in members])
    rows = tuple(
        row_of((member.id, member.name), tasks, done[member.person_id], found.timezone, at)
        for member in members
    )
    return Gradebook(tuple(tasks), rows)


def report_of(
    session: Session, found: SchoolClass, member: Member, locale: str, at: datetime
) -> Report:
    """Return what a class's instructors see of one member, and nothing else.

    Whether the viewer may see it is decided by how the class and the member were found.
    """
    done = deeds_of(session, [member.person_id])[member.person_id]
    tasks = tasks_of(session, found.id)
    sittings = [deed.sitting_id for deed in reversed(done) if deed.kind in {"drill", "scenario"}]
    return Report(
        member,
        tuple(tasks),
        row_of((member.id, member.name), tasks, done, found.timezone, at),
        tuple(done),
        maps_of(session, [member.person_id], found.timezone, at)[member.person_id],
        tuple(replies_in(session, sittings[:REPLIES_OF])) if member.shares_replies else (),
        {card.brand: card.brand_name for card in drill_cards(session, _reader(found), locale)},
    )


def deeds_of(session: Session, people: Collection[int]) -> dict[int, list[Deed]]:
    """Return what people did, by person: lessons by key, then practice, the oldest first."""
    done: dict[int, list[Deed]] = {person_id: [] for person_id in people}
    if not done:
        return done
    for read in lessons_read_by(session, people):
        deed = Deed(WorkKind.LESSON, read.lesson, read.read_at, read.finished_at)
        done[read.person_id].append(deed)
    quizzes, shifts = quiz_scores_of(session, people), shift_scores_of(session, people)
    for sitting in practised_by(session, people):
        score: float | None = shifts.get(sitting.id)
        passed = True
        if sitting.activity == Activity.QUIZ:
            score, passed = quizzes.get(sitting.id, (None, False))
        done[sitting.person_id].append(
            Deed(
                KINDS[sitting.activity],
                sitting.subject,
                sitting.started_at,
                sitting.finished_at,
                score,
                passed,
                sitting.id,
            )
        )
    return done
