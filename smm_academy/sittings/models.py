"""A sitting: someone working at something under terms that are fixed when it starts."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base


class Purpose(StrEnum):
    """What a sitting is for; only practice and checks are the learner's own."""

    PRACTICE = "practice"
    CHECK = "check"
    ASSESSMENT = "assessment"


class Activity(StrEnum):
    """What is worked at."""

    QUIZ = "quiz"
    DRILL = "drill"
    SHIFT = "shift"


class Feedback(StrEnum):
    """When someone learns how they did."""

    AFTER_QUESTION = "after question"
    AFTER_SUBMIT = "after submit"
    AFTER_CLOSE = "after close"
    NEVER = "never"


class Sitting(Base):
    """The terms of one piece of work: person, purpose, locale, deadline, frozen revisions.

    `subject` is the permanent key of what is worked at, `frozen` the ids of the revisions that
    are used to its end, `return_to` the address that its last page leads back to.
    """

    __tablename__ = "sitting"
    __table_args__ = (Index("ix_sitting_person_activity", "person_id", "activity", "subject"),)

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    purpose: Mapped[str] = mapped_column(String(12))
    activity: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(120))
    content_locale: Mapped[str] = mapped_column(String(5))
    feedback: Mapped[str] = mapped_column(String(16))
    frozen: Mapped[dict[str, Any]]
    rubric: Mapped[dict[str, Any]]
    return_to: Mapped[str] = mapped_column(String(255), default="")
    time_multiplier: Mapped[float] = mapped_column(default=1.0)
    started_at: Mapped[datetime]
    deadline: Mapped[datetime | None] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]


class Draft(Base):
    """What someone has typed but not sent: saved as they type, newest version wins."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("sitting_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[str] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(120))
    version: Mapped[int]
    value: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
