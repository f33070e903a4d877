"""What somebody does about their progress: rates themselves, reviews, sets a goal, shows work."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from smm_academy.accounts.queries import hold_person
from smm_academy.errors import Conflict, Invalid
from smm_academy.progress.cards import Card
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
from smm_academy.progress.queries import own_portfolio
from smm_academy.progress.spacing import Memory, Rating, remembered
from smm_academy.progress.weeks import local_day, monday_of
from smm_academy.web.viewer import Viewer

ID_BYTES = 16
MOST_PORTFOLIOS = 20
MOST_REPLIES = 12


@dataclass(frozen=True, slots=True)
class Showing:
    """What somebody wants to show: a title, a name of their choice, (sitting, message) each.

    The replies are in the order in which they stand; ``introduction`` is a line above them.
    """

    title: str
    name: str
    replies: Sequence[tuple[str, str]]
    introduction: str = ""


def rate_oneself(session: Session, viewer: Viewer, steps: Mapping[str, int], at: datetime) -> None:
    """Keep the steps that somebody chose, by skill; earlier ratings stay, to be compared."""
    session.add_all(
        SelfRating(person_id=viewer.id, skill=skill, step=step, at=at)
        for skill, step in steps.items()
    )


def answer_card(
    session: Session, viewer: Viewer, card: Card, rating: Rating, at: datetime
) -> None:
    """Keep how well something came back to mind, and when it is asked again.

    A card is answered once a day: from a second window, or sent twice, an answer changes nothing.
    """
    hold_person(session, viewer.id)
    today = local_day(at, viewer.timezone)
    row = session.scalar(
        select(ReviewCard).where(
            ReviewCard.person_id == viewer.id, ReviewCard.source == card.source
        )
    )
    before = None
    if row is None:
        row = ReviewCard(person_id=viewer.id, source=card.source)
        session.add(row)
    elif row.reviewed_on >= today:
        return
    else:
        before = Memory(row.stability, row.difficulty, row.reviewed_on, row.due_on)
    after = remembered(before, rating, today)
    row.stability, row.difficulty = after.stability, after.difficulty
    row.reviewed_on, row.due_on = after.reviewed_on, after.due_on
    session.flush()
    session.add(ReviewAnswer(person_id=viewer.id, card_id=row.id, rating=rating, at=at))


def choose_rhythm(
    session: Session, viewer: Viewer, days: int, at: datetime, *, digest: bool
) -> None:
    """Set the goal from this week on, and whether a letter comes on Mondays."""
    hold_person(session, viewer.id)
    monday = monday_of(local_day(at, viewer.timezone))
    goal = session.scalar(
        select(WeeklyGoal).where(WeeklyGoal.person_id == viewer.id, WeeklyGoal.monday == monday)
    )
    if goal is None:
        goal = WeeklyGoal(person_id=viewer.id, monday=monday)
        session.add(goal)
    goal.days = days
    if not digest:
        stop_digest(session, viewer.id)
    elif session.get(Digest, viewer.id) is None:
        session.add(Digest(person_id=viewer.id, since=at))


def stop_digest(session: Session, person_id: int) -> None:
    """Send no more letters about what is due; twice is once."""
    session.execute(delete(Digest).where(Digest.person_id == person_id))


def note_digest(session: Session, person_id: int, monday: date) -> bool:
    """Note that a Monday's letter is dealt with; tell whether it still was to be sent."""
    wanted = session.get(Digest, person_id, with_for_update=True)
    if wanted is None or (wanted.sent_on is not None and wanted.sent_on >= monday):
        return False
    wanted.sent_on = monday
    return True


def choose_comparison(
    session: Session, viewer: Viewer, at: datetime, *, left_out: bool, hidden: bool
) -> None:
    """Keep whether somebody counts in the norm group, and whether a comparison is shown to them.

    The group follows when it is next worked out, within a day.
    """
    hold_person(session, viewer.id)
    row = session.get(ComparisonChoice, viewer.id)
    if row is None:
        row = ComparisonChoice(person_id=viewer.id)
        session.add(row)
    row.left_out, row.hidden, row.at = left_out, hidden, at


def publish_portfolio(
    session: Session,
    viewer: Viewer,
    showing: Showing,
    showable: frozenset[tuple[str, str]],
    at: datetime,
) -> Portfolio:
    """Publish replies at an address that nobody can guess.

    Raises `Invalid` when none is chosen, too many are, or one is not among the `showable`, and
    `Conflict` when somebody shows too many portfolios already.
    """
    _require_showable(showing, showable)
    hold_person(session, viewer.id)
    held = select(func.count()).where(Portfolio.person_id == viewer.id)
    if (session.scalar(held) or 0) >= MOST_PORTFOLIOS:
        raise Conflict("You show very many portfolios. Take one back first.")
    portfolio = Portfolio(
        id=secrets.token_urlsafe(ID_BYTES),
        person_id=viewer.id,
        title=showing.title,
        name=showing.name,
        introduction=showing.introduction,
        created_at=at,
    )
    session.add(portfolio)
    session.flush()
    _show(session, portfolio, showing)
    return portfolio


def change_portfolio(
    session: Session,
    viewer: Viewer,
    portfolio_id: str,
    showing: Showing,
    showable: frozenset[tuple[str, str]],
) -> None:
    """Change what a portfolio shows, at the address that it has.

    Raises `NotFound`, and `Invalid` as `publish_portfolio` does.
    """
    portfolio = own_portfolio(session, viewer, portfolio_id)
    _require_showable(showing, showable)
    # Two windows that save at once write one after the other.
    hold_person(session, viewer.id)
    portfolio.title, portfolio.name = showing.title, showing.name
    portfolio.introduction = showing.introduction
    session.execute(delete(PortfolioReply).where(PortfolioReply.portfolio_id == portfolio_id))
    _show(session, portfolio, showing)


def take_back(session: Session, viewer: Viewer, portfolio_id: str) -> None:
    """Take a portfolio back: its address leads nowhere from now on. Raises `NotFound`."""
    _delete_portfolios(session, [own_portfolio(session, viewer, portfolio_id).id])


def export_progress(session: Session, person_id: int) -> dict[str, Any]:
    """Return what this slice knows of a person."""
    ratings = session.scalars(select(SelfRating).where(SelfRating.person_id == person_id))
    cards = session.scalars(select(ReviewCard).where(ReviewCard.person_id == person_id)).all()
    sources = {card.id: card.source for card in cards}
    answers = session.scalars(select(ReviewAnswer).where(ReviewAnswer.person_id == person_id))
    goals = session.scalars(select(WeeklyGoal).where(WeeklyGoal.person_id == person_id))
    digest = session.get(Digest, person_id)
    choice = session.get(ComparisonChoice, person_id)
    return {
        "ratings": [{"skill": row.skill, "step": row.step, "at": row.at} for row in ratings],
        "reviews": [
            {"of": sources[row.card_id], "rating": row.rating, "at": row.at} for row in answers
        ],
        "due": [{"of": card.source, "on": card.due_on.isoformat()} for card in cards],
        "goals": [{"from": row.monday.isoformat(), "days": row.days} for row in goals],
        "digest_since": digest.since if digest else None,
        "comparison": choice
        and {"left_out": choice.left_out, "hidden": choice.hidden, "at": choice.at},
        "portfolios": _export_portfolios(session, person_id),
    }


def erase_progress(session: Session, person_id: int) -> None:
    """Delete what somebody believed, reviewed, aimed at and showed."""
    shown = select(Portfolio.id).where(Portfolio.person_id == person_id)
    _delete_portfolios(session, list(session.scalars(shown)))
    for table in (ReviewAnswer, ReviewCard, WeeklyGoal, Digest, ComparisonChoice, SelfRating):
        session.execute(delete(table).where(table.person_id == person_id))


def _require_showable(showing: Showing, showable: frozenset[tuple[str, str]]) -> None:
    if not showing.replies or not showable.issuperset(showing.replies):
        raise Invalid("replies", "Choose at least one reply from the list.")
    if len(set(showing.replies)) > MOST_REPLIES:
        raise Invalid(
            "replies",
            "Choose %(most)s replies at most; the best ones say more.",
            most=MOST_REPLIES,
        )


def _show(session: Session, portfolio: Portfolio, showing: Showing) -> None:
    session.add_all(
        PortfolioReply(
            portfolio_id=portfolio.id, sitting_id=sitting_id, message_id=message_id, place=place
        )
        for place, (sitting_id, message_id) in enumerate(dict.fromkeys(showing.replies), start=1)
    )
    session.flush()


def _export_portfolios(session: Session, person_id: int) -> list[dict[str, Any]]:
    found = session.execute(
        select(Portfolio, PortfolioReply)
        .join(PortfolioReply, PortfolioReply.portfolio_id == Portfolio.id)
        .where(Portfolio.person_id == person_id)
        .order_by(PortfolioReply.place, PortfolioReply.id)
    )
    portfolios: dict[str, dict[str, Any]] = {}
    for portfolio, reply in found:
        empty = {
            "id": portfolio.id,
            "title": portfolio.title,
            "name": portfolio.name,
            "introduction": portfolio.introduction,
            "created_at": portfolio.created_at,
            "replies": [],
        }
        kept = portfolios.setdefault(portfolio.id, empty)
        kept["replies"].append({"sitting": reply.sitting_id, "message": reply.message_id})
    return list(portfolios.values())


def _delete_portfolios(session: Session, ids: Sequence[str]) -> None:
    session.execute(delete(PortfolioReply).where(PortfolioReply.portfolio_id.in_(ids)))
    session.execute(delete(Portfolio).where(Portfolio.id.in_(ids)))
