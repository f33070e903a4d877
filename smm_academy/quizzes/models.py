"""Quiz attempts and the answers given in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base


class QuizAttempt(Base):
    """One attempt at a quiz: its number, the questions drawn for it, its result.

    `questions` lists ``{"item": key, "revision": id, "variant": number}`` as they are shown; a
    skill check's list grows by one with each answer, and `stopped` says why it ended.
    """

    __tablename__ = "quiz_attempt"
    __table_args__ = (UniqueConstraint("person_id", "quiz_key", "number"),)

    sitting_id: Mapped[str] = mapped_column(
        ForeignKey("sitting.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    quiz_key: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    questions: Mapped[list[Any]]
    points: Mapped[float | None]
    maximum: Mapped[float | None]
    passed: Mapped[bool | None]
    stopped: Mapped[str | None] = mapped_column(String(12))


class QuizAnswer(Base):
    """A graded answer to one question of an attempt."""

    __tablename__ = "quiz_answer"
    __table_args__ = (UniqueConstraint("sitting_id", "item_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[str] = mapped_column(
        ForeignKey("quiz_attempt.sitting_id", ondelete="CASCADE")
    )
    item_key: Mapped[str] = mapped_column(String(120))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    value: Mapped[dict[str, Any]]
    points: Mapped[float]
    answered_at: Mapped[datetime]
