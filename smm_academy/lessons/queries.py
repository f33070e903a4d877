"""Which lessons there are, and how far somebody has read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from smm_academy.database.session import rows_of
from smm_academy.errors import NotFound
from smm_academy.lessons.course import LessonCard
from smm_academy.lessons.glossary import Glossary, read_glossary
from smm_academy.lessons.linking import link_terms
from smm_academy.lessons.models import MissedCheck, Reading
from smm_academy.lessons.passages import MODULES, Lesson
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.queries import published_id, published_keys, revisions_by_id
from smm_academy.revisions.records import from_plain
from smm_academy.web.viewer import Viewer

_lessons: dict[int, Lesson] = {}
_courses: dict[tuple[int, ...], list[Lesson]] = {}
_glossaries: dict[int, Glossary] = {}
_linked: dict[tuple[int, int], Lesson] = {}
"""Revisions never change, so what was parsed from one is kept for the life of the process."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in a lesson, and when they finished it."""

    block: str
    finished_at: datetime | None


_READINGS = select(Reading.lesson_key, Reading.block, Reading.finished_at).where(
    Reading.person_id == bindparam("person")
)
_MISSED = select(MissedCheck.lesson_key, MissedCheck.passage_id, MissedCheck.at).where(
    MissedCheck.person_id == bindparam("person")
)


def load_lessons(session: Session, ids: Sequence[int]) -> list[Lesson]:
    """Return the lessons of revisions, in the order of their ids."""
    missing = [number for number in ids if number not in _lessons]
    for revision in revisions_by_id(session, missing).values() if missing else ():
        _lessons[revision.id] = from_plain(Lesson, revision.parsed)
    return [_lessons[number] for number in ids]


def published_lesson(session: Session, viewer: Viewer, key: str, locale: str) -> Lesson:
    """Return a lesson, in the wanted locale if it has it, its terms linked to the glossary.

    Raises `NotFound`.
    """
    found = published_id(session, viewer, ChainKind.LESSON, key, locale)
    glossary_id = _glossary_id(session, viewer)
    if (found, glossary_id) not in _linked:
        lesson = load_lessons(session, [found])[0]
        _linked[found, glossary_id] = link_terms(lesson, _glossary(session, glossary_id))
    return _linked[found, glossary_id]


def published_glossary(session: Session, viewer: Viewer) -> Glossary:
    """Return the terms of the glossary that serves. Raises `NotFound` where there is none."""
    glossary = _glossary(session, _glossary_id(session, viewer))
    if not glossary:
        raise NotFound("There is no glossary here yet.")
    return glossary


def _glossary_id(session: Session, viewer: Viewer) -> int:
    """Return the id of the glossary's revision, 0 where none serves."""
    keys = published_keys(session, viewer, ChainKind.GLOSSARY)
    return keys[0][2] if keys else 0


def _glossary(session: Session, revision_id: int) -> Glossary:
    if revision_id and revision_id not in _glossaries:
        revision = revisions_by_id(session, [revision_id])[revision_id]
        _glossaries[revision_id] = read_glossary(revision.parsed)
    return _glossaries.get(revision_id, ())


def published_lessons(session: Session, viewer: Viewer, locale: str) -> list[Lesson]:
    """Return all lessons in the order they are taught, each in the wanted locale if it has it."""
    serving: dict[str, int] = {}
    own: set[str] = set()
    for key, language, revision_id in published_keys(session, viewer, ChainKind.LESSON):
        if language == locale or key not in own:
            serving[key] = revision_id
            own |= {key} if language == locale else set()
    ids = tuple(serving.values())
    if ids not in _courses:
        published_ones = [one for one in load_lessons(session, ids) if one.status == "published"]
        _courses[ids] = in_teaching_order(published_ones)
    return _courses[ids]


def lesson_cards(
    session: Session, viewer: Viewer, locale: str, readings: Mapping[str, Place] | None = None
) -> list[LessonCard]:
    """Return all lessons with how far the viewer is in each, by the readings where at hand."""
    read = readings_of(session, viewer) if readings is None else readings
    return [
        LessonCard(
            lesson,
            lesson.id in read,
            lesson.id in read and read[lesson.id].finished_at is not None,
        )
        for lesson in published_lessons(session, viewer, locale)
    ]


def module_lessons(session: Session, viewer: Viewer, module: str, locale: str) -> list[Lesson]:
    """Return the lessons of a module in their order. Raises `NotFound` where it has none."""
    lessons = published_lessons(session, viewer, locale)
    inside = [lesson for lesson in lessons if lesson.module == module]
    if not inside:
        raise NotFound("There is no such module here.")
    return inside


def readings_of(session: Session, viewer: Viewer) -> dict[str, Place]:
    """Return where the viewer is in each lesson they have opened, by lesson."""
    if not viewer.id:
        return {}
    rows = rows_of(session, _READINGS, {"person": viewer.id})
    return {row.lesson_key: Place(row.block, row.finished_at) for row in rows}


def missed_checks(session: Session, viewer: Viewer) -> dict[tuple[str, str], datetime]:
    """Return when the viewer last missed a question inside a lesson, by (lesson, passage)."""
    rows = rows_of(session, _MISSED, {"person": viewer.id})
    return {(row.lesson_key, row.passage_id): row.at for row in rows}


def in_teaching_order(lessons: list[Lesson]) -> list[Lesson]:
    """Return lessons module by module, each at its place and after those that it requires."""
    ordered: list[Lesson] = []
    waiting = sorted(
        lessons,
        key=lambda one: (MODULES.index(one.module), one.place, len(one.requires), one.id),
    )
    known = {lesson.id for lesson in lessons}
    while waiting:
        taught = {lesson.id for lesson in ordered}
        ready = [one for one in waiting if set(one.requires) & known <= taught] or waiting
        first = min(ready, key=lambda one: MODULES.index(one.module))
        ordered.append(first)
        waiting.remove(first)
    return sorted(ordered, key=lambda one: MODULES.index(one.module))


@dataclass(frozen=True, slots=True)
class ReadLesson:
    """Where one of several people is in a lesson."""

    person_id: int
    lesson: str
    read_at: datetime
    finished_at: datetime | None


_READ = select(Reading.person_id, Reading.lesson_key, Reading.read_at, Reading.finished_at).where(
    Reading.person_id.in_(bindparam("people", expanding=True))
)


def lessons_read_by(session: Session, people: Collection[int]) -> list[ReadLesson]:
    """Return where people are in the lessons that they opened.

    Whose readings somebody may see is for the caller to know.
    """
    rows = rows_of(session, _READ, {"people": list(people)})
    return [
        ReadLesson(row.person_id, row.lesson_key, row.read_at, row.finished_at) for row in rows
    ]
