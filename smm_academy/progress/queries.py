"""What somebody believes of themselves, what they did, what they review, what they show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from smm_academy.database.session import rows_of
from smm_academy.errors import NotFound
from smm_academy.lessons.course import LessonCard
from smm_academy.lessons.queries import Place, missed_checks, published_lessons, readings_of
from smm_academy.measurement.curriculum import Curriculum
from smm_academy.measurement.norm_queries import Known, check_key, norm_of
from smm_academy.measurement.queries import SIMULATED, evidence_of
from smm_academy.progress.cards import Card, known
from smm_academy.progress.models import (
    ComparisonChoice,
    Digest,
    Portfolio,
    PortfolioReply,
    ReviewAnswer,
    ReviewCard,
    SelfRating,
    WeeklyGoal,
)
from smm_academy.progress.next_step import Work
from smm_academy.progress.plan import Done, Shelf
from smm_academy.progress.spacing import TOMORROW, Memory
from smm_academy.progress.weeks import first_monday, local_day
from smm_academy.quizzes.queries import missed_items, practice_items, quiz_cards
from smm_academy.shifts.queries import Reply, answered_since, replies_of, shifts_by_id
from smm_academy.sittings.models import Activity, Purpose
from smm_academy.sittings.queries import finished_since, sittings_of
from smm_academy.web.viewer import Viewer

WEEKS = 4
MOST_TAKEN = 200


SHOWN_SITTINGS = 30
"""So many of the newest drills and shifts are offered for a portfolio."""


@dataclass(frozen=True, slots=True)
class Doings:
    """What somebody did and when, as far back as weeks are looked at."""

    sittings: tuple[tuple[str, datetime], ...]
    answers: tuple[datetime, ...]
    lessons: tuple[datetime, ...]
    reviews: tuple[datetime, ...]

    def days(self, zone: str) -> frozenset[date]:
        """Return the days of learning, in a zone."""
        ended = [moment for _activity, moment in self.sittings]
        moments = (*ended, *self.answers, *self.lessons, *self.reviews)
        return frozenset(local_day(moment, zone) for moment in moments)


@dataclass(frozen=True, slots=True)
class Lately:
    """How much somebody did in the last four weeks, and which lessons they finished ever."""

    lessons: int
    quizzes: int
    answered: int
    shifts: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A portfolio with its replies."""

    portfolio: Portfolio
    replies: tuple[Reply, ...]


_NEWEST = (
    select(func.max(SelfRating.id))
    .where(SelfRating.person_id == bindparam("person"))
    .group_by(SelfRating.skill)
)
_RATINGS = select(SelfRating.skill, SelfRating.step).where(SelfRating.id.in_(_NEWEST))
_CARDS = select(
    ReviewCard.source,
    ReviewCard.stability,
    ReviewCard.difficulty,
    ReviewCard.reviewed_on,
    ReviewCard.due_on,
).where(ReviewCard.person_id == bindparam("person"))
_REVIEWS = select(ReviewAnswer.at).where(
    ReviewAnswer.person_id == bindparam("person"), ReviewAnswer.at >= bindparam("since")
)
_GOALS = select(WeeklyGoal.monday, WeeklyGoal.days).where(
    WeeklyGoal.person_id == bindparam("person")
)


def ratings_of(session: Session, viewer: Viewer) -> dict[str, int]:
    """Return the viewer's newest step on each skill, from 0 to 3."""
    rows = rows_of(session, _RATINGS, {"person": viewer.id})
    return {row.skill: row.step for row in rows}


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


def doings_of(
    session: Session, viewer: Viewer, readings: Mapping[str, Place], at: datetime
) -> Doings:
    """Return what the viewer did in the weeks that are looked at."""
    zone = ZoneInfo(viewer.timezone)
    since = datetime.combine(first_monday(local_day(at, viewer.timezone)), time(), zone)
    finished = (place.finished_at for place in readings.values())
    reviewed = rows_of(session, _REVIEWS, {"person": viewer.id, "since": since})
    return Doings(
        tuple(finished_since(session, viewer, since)),
        tuple(answered_since(session, viewer, since)),
        tuple(moment for moment in finished if moment is not None and moment >= since),
        tuple(row.at for row in reviewed),
    )


def lately(done: Doings, viewer: Viewer, catalogue: Sequence[LessonCard], at: datetime) -> Lately:
    """Return what the viewer did in the last four weeks, in their own zone."""
    since = local_day(at, viewer.timezone) - timedelta(weeks=WEEKS)

    def recent(moment: datetime) -> bool:
        return local_day(moment, viewer.timezone) >= since

    sittings = [activity for activity, moment in done.sittings if recent(moment)]
    return Lately(
        lessons=sum(card.finished for card in catalogue),
        quizzes=sittings.count(Activity.QUIZ),
        answered=sum(map(recent, done.answers)),
        shifts=sittings.count(Activity.SHIFT),
        reviewed=sum(map(recent, done.reviews)),
    )


def goals_of(session: Session, viewer: Viewer) -> dict[date, int]:
    """Return the viewer's goals for a week, by the Monday from which each holds."""
    rows = rows_of(session, _GOALS, {"person": viewer.id})
    return {row.monday: row.days for row in rows}


def wants_digest(session: Session, viewer: Viewer) -> bool:
    """Tell whether the viewer wants a letter when something is due."""
    return session.get(Digest, viewer.id) is not None


def digests_not_sent(session: Session, monday: date) -> list[int]:
    """Return who wants a letter and has had none on a Monday or since."""
    unsent = or_(Digest.sent_on.is_(None), Digest.sent_on < monday)
    return list(session.scalars(select(Digest.person_id).where(unsent).order_by(Digest.person_id)))


def comparison_choice(session: Session, viewer: Viewer) -> tuple[bool, bool]:
    """Return whether the viewer is left out of the norm group, and wants no comparison shown."""
    found = session.get(ComparisonChoice, viewer.id) if viewer.id else None
    return (found.left_out, found.hidden) if found else (False, False)


def others(session: Session, viewer: Viewer, locale: str) -> Known | None:
    """Return whom the viewer's check in a language is compared with, unless they want it not."""
    _left_out, hidden = comparison_choice(session, viewer)
    return None if hidden else norm_of(session, check_key(locale))


def left_out_of_norms(session: Session) -> set[int]:
    """Return who does not want to count in a norm group."""
    chosen = select(ComparisonChoice.person_id).where(ComparisonChoice.left_out)
    return set(session.scalars(chosen))


def review_cards(
    session: Session, viewer: Viewer, readings: Mapping[str, Place], locale: str
) -> list[Card]:
    """Return everything that the viewer reviews: what they finished or missed, as it serves now.

    What is not published any more rests until it is.
    """
    rows = rows_of(session, _CARDS, {"person": viewer.id})
    memories = {
        row.source: Memory(row.stability, row.difficulty, row.reviewed_on, row.due_on)
        for row in rows
    }
    found = (
        *_of_lessons(session, viewer, readings, locale),
        *_of_quizzes(session, viewer, locale),
    )
    return [known(card, memories.get(card.source)) for card in found]


def _of_lessons(
    session: Session, viewer: Viewer, readings: Mapping[str, Place], locale: str
) -> Iterator[Card]:
    """Yield key points, asked from the day on which a lesson was finished, and missed checks."""
    if not readings:
        return
    missed = missed_checks(session, viewer)
    for lesson in published_lessons(session, viewer, locale):
        url, place = f"/learn/{lesson.id}", readings.get(lesson.id)
        if place and place.finished_at and lesson.review:
            day = local_day(place.finished_at, viewer.timezone)
            for number, html in enumerate(lesson.key_points, start=1):
                source = f"point:{lesson.id}/{number}"
                yield Card(source, lesson.locale, lesson.title, url, day, html)
        for passage in lesson.passages if place else ():
            miss = missed.get((lesson.id, passage.id))
            if miss is not None and passage.question is not None:
                day, question = _day_after(miss, viewer), passage.question
                source, there = f"check:{lesson.id}/{passage.id}", f"{url}#{passage.id}"
                yield Card(source, lesson.locale, lesson.title, there, day, question=question)


def _of_quizzes(session: Session, viewer: Viewer, locale: str) -> Iterator[Card]:
    """Yield missed questions, asked from the day after: today their reason was read."""
    missed = missed_items(session, viewer)
    for key, (bank, question) in practice_items(session, viewer, missed, locale).items():
        yield Card(
            f"item:{key}",
            question.locale,
            bank.quiz.settings.title,
            f"/quizzes/{bank.quiz.id}",
            _day_after(missed[key], viewer),
            question=question,
        )


def _day_after(moment: datetime, viewer: Viewer) -> date:
    return local_day(moment, viewer.timezone) + TOMORROW


def showable_replies(session: Session, viewer: Viewer) -> list[Reply]:
    """Return what the viewer wrote in their newest drills and shifts for practice."""
    activities = (Activity.DRILL, Activity.SHIFT)
    ids = [
        sitting.id
        for sitting in sittings_of(session, viewer, activities, SHOWN_SITTINGS)
        if sitting.finished_at is not None and sitting.purpose == Purpose.PRACTICE
    ]
    shifts = shifts_by_id(session, ids)
    return [reply for one in ids if one in shifts for reply in replies_of(shifts[one])]


def portfolios_of(session: Session, viewer: Viewer) -> dict[Portfolio, int]:
    """Return the viewer's portfolios, newest first, with how many replies each shows."""
    counted = (
        select(func.count(PortfolioReply.id))
        .where(PortfolioReply.portfolio_id == Portfolio.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Portfolio, counted)
        .where(Portfolio.person_id == viewer.id)
        .order_by(Portfolio.created_at.desc())
    )
    return {portfolio: replies for portfolio, replies in rows}  # noqa: C416 - rows are not pairs to mypy


def own_portfolio(session: Session, viewer: Viewer, portfolio_id: str) -> Portfolio:
    """Return a portfolio of the viewer's. Raises `NotFound` for anybody else's."""
    found = session.get(Portfolio, portfolio_id)
    if found is None or found.person_id != viewer.id:
        raise NotFound("There is no such portfolio, or it was taken back.")
    return found


def own_shown_portfolio(session: Session, viewer: Viewer, portfolio_id: str) -> Shown:
    """Return a portfolio of the viewer's with its replies. Raises `NotFound`."""
    return shown_portfolio(session, own_portfolio(session, viewer, portfolio_id).id)


def shown_portfolio(session: Session, portfolio_id: str) -> Shown:
    """Return a portfolio for whoever has its address, from the records of its shifts.

    Raises `NotFound` once it was taken back.
    """
    found = session.get(Portfolio, portfolio_id)
    if found is None:
        raise NotFound("There is no such portfolio, or it was taken back.")
    chosen = session.execute(
        select(PortfolioReply.sitting_id, PortfolioReply.message_id)
        .where(PortfolioReply.portfolio_id == portfolio_id)
        .order_by(PortfolioReply.place, PortfolioReply.id)
    ).all()
    shifts = shifts_by_id(session, [sitting_id for sitting_id, _ in chosen])
    replies: Mapping[tuple[str, str], Reply] = {
        (reply.sitting_id, reply.message["id"]): reply
        for shift in shifts.values()
        for reply in replies_of(shift)
    }
    shown = (replies.get((sitting_id, message_id)) for sitting_id, message_id in chosen)
    return Shown(found, tuple(reply for reply in shown if reply is not None))


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
