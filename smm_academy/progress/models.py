"""What people believe of themselves, what they review and when, what they show of their work."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base


class SelfRating(Base):
    """A step on a skill, as somebody rated themselves; later ones do not erase it."""

    __tablename__ = "self_rating"
    __table_args__ = (Index("ix_self_rating_person_skill_at", "person_id", "skill", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    skill: Mapped[str] = mapped_column(String(20))
    step: Mapped[int]
    at: Mapped[datetime]


class ReviewCard(Base):
    """How well something is remembered; written with the first answer.

    `source` says what is asked (`cards.py`). Days are those of the person's own zone, so that a
    card that is due tomorrow is due all of tomorrow.
    """

    __tablename__ = "review_card"
    __table_args__ = (UniqueConstraint("person_id", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(200))
    stability: Mapped[float]
    difficulty: Mapped[float]
    reviewed_on: Mapped[date]
    due_on: Mapped[date]


class ReviewAnswer(Base):
    """One answer to a card; the card is what follows from its answers."""

    __tablename__ = "review_answer"
    __table_args__ = (Index("ix_review_answer_person_at", "person_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    card_id: Mapped[int] = mapped_column(ForeignKey("review_card.id", ondelete="CASCADE"))
    rating: Mapped[int]
    at: Mapped[datetime]


class WeeklyGoal(Base):
    """On how many days a week somebody wants to learn, from a Monday on."""

    __tablename__ = "weekly_goal"
    __table_args__ = (UniqueConstraint("person_id", "monday"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    monday: Mapped[date]
    days: Mapped[int]


class Digest(Base):
    """Somebody wants a letter on Monday when something is due; without a row they do not."""

    __tablename__ = "digest"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[datetime]
    sent_on: Mapped[date | None]


class ComparisonChoice(Base):
    """Somebody wants out of the norm group, or no comparison shown; without a row neither."""

    __tablename__ = "comparison_choice"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    left_out: Mapped[bool]
    hidden: Mapped[bool]
    at: Mapped[datetime]


class Portfolio(Base):
    """Replies that a learner shows to whoever has the address; nobody can guess its id."""

    __tablename__ = "portfolio"

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80))
    introduction: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]


class PortfolioReply(Base):
    """A reply of a portfolio: a message of a finished drill or shift, at a place in its order."""

    __tablename__ = "portfolio_reply"
    __table_args__ = (UniqueConstraint("portfolio_id", "sitting_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    portfolio_id: Mapped[str] = mapped_column(ForeignKey("portfolio.id", ondelete="CASCADE"))
    sitting_id: Mapped[str] = mapped_column(
        ForeignKey("sitting.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[str] = mapped_column(String(60))
    place: Mapped[int]
