"""What somebody believes of themselves, and what they did lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from smm_academy.database.session import rows_of
from smm_academy.lessons.course import LessonCard
from smm_academy.lessons.queries import readings_of
from smm_academy.measurement.curriculum import Curriculum
from smm_academy.measurement.queries import SIMULATED, evidence_of
from smm_academy.progress.models import SelfRating
from smm_academy.progress.next_step import Work
from smm_academy.progress.plan import Done, Shelf
from smm_academy.quizzes.queries import quiz_cards
from smm_academy.shifts.queries import messages_answered
from smm_academy.sittings.models import Activity
from smm_academy.sittings.queries import finished_since, sittings_of
from smm_academy.web.viewer import Viewer

WEEKS = 4
MOST_TAKEN = 200


@dataclass(frozen=True, slots=True)
class Lately:
    """How much somebody did in the last weeks, and on how many days of this one."""

    lessons: int
    quizzes: int
    answered: int
    shifts: int
    days_this_week: int


_NEWEST = (
    select(func.max(SelfRating.id))
    .where(SelfRating.person_id == bindparam("person"))
    .group_by(SelfRating.skill)
)
_RATINGS = select(SelfRating.skill, SelfRating.step).where(SelfRating.id.in_(_NEWEST))


def ratings_of(session: Session, viewer: Viewer) -> dict[str, int]:
    """Return the viewer's newest step on each skill, from 0 to 3."""
    rows = rows_of(session, _RATINGS, {"person": viewer.id})
    return {row.skill: row.step for row in rows}


def ratings_at(session: Session, viewer: Viewer, at: datetime) -> dict[str, int]:
    """Return the viewer's newest step on each skill at a moment, from 0 to 3."""
    rows = session.execute(
        select(SelfRating.skill, SelfRating.step)
        .where(SelfRating.person_id == viewer.id, SelfRating.at <= at)
        .order_by(SelfRating.id)
    )
    return {row.skill: row.step for row in rows}


def last_rated(session: Session, viewer: Viewer) -> datetime | None:
    """Return when the viewer last rated themself."""
    return session.scalar(select(func.max(SelfRating.at)).where(SelfRating.person_id == viewer.id))


def shelf_of(
    session: Session, viewer: Viewer, catalogue: Sequence[LessonCard], locale: str
) -> Shelf:
    """Return what there is to do in a language; what is not translated yet is left out."""
    quizzes = quiz_cards(session, viewer, locale)
    return Shelf(
        [card for card in catalogue if card.lesson.locale == locale],
        [card for card in quizzes if card.locale == locale],
    )


def done_since(session: Session, viewer: Viewer, since: datetime | None) -> Done:
    """Return what the viewer finished since a moment, or ever."""
    begin = since or datetime.min.replace(tzinfo=UTC)
    readings = readings_of(session, viewer).items()
    taken = sittings_of(session, viewer, [Activity.QUIZ], most=MOST_TAKEN)
    return Done(
        {key for key, place in readings if place.finished_at and place.finished_at >= begin},
        {one.subject for one in taken if one.finished_at and one.finished_at >= begin},
        {
            row.skill
            for row in evidence_of(session, viewer)
            if row.activity in SIMULATED and row.at >= begin
        },
    )


def work_for(
    session: Session,
    viewer: Viewer,
    known: Curriculum,
    catalogue: Sequence[LessonCard],
    locale: str,
) -> dict[str, Work]:
    """Return what there is to do for each skill: the first lesson and quiz not yet done."""
    lessons = [card for card in catalogue if not card.finished]
    quizzes = [card for card in quiz_cards(session, viewer, locale) if not card.passed]
    found = {}
    for skill in known.skills:
        lesson = next((card.lesson for card in lessons if skill.id in card.lesson.skills), None)
        quiz = next((card for card in quizzes if skill.id in card.skills), None)
        found[skill.id] = Work(
            lesson=lesson.id if lesson else "",
            lesson_title=lesson.title if lesson else "",
            lesson_minutes=lesson.minutes if lesson else 0,
            quiz=quiz.id if quiz else "",
            quiz_minutes=quiz.minutes if quiz else 0,
        )
    return found


def lately(
    session: Session, viewer: Viewer, catalogue: Sequence[LessonCard], at: datetime
) -> Lately:
    """Return what the viewer finished in the last four weeks, in their own zone."""
    zone = ZoneInfo(viewer.timezone)
    today = at.astimezone(zone).date()
    since = today - timedelta(weeks=WEEKS)
    monday = today - timedelta(days=today.weekday())
    begin = datetime.combine(min(since, monday), time(), zone)
    ended = [
        (activity, moment.astimezone(zone).date())
        for activity, moment in finished_since(session, viewer, begin)
    ]
    recent = [activity for activity, day in ended if day >= since]
    return Lately(
        lessons=sum(card.finished for card in catalogue),
        quizzes=recent.count(Activity.QUIZ),
        answered=messages_answered(session, viewer, datetime.combine(since, time(), zone)),
        shifts=recent.count(Activity.SHIFT),
        days_this_week=len({day for _, day in ended if day >= monday}),
    )
