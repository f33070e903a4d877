"""How far somebody has read, and which questions inside lessons they missed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base


class Reading(Base):
    """A person's place in a lesson, and when they finished it; the same in both languages."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("person_id", "lesson_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    lesson_key: Mapped[str] = mapped_column(String(120))
    block: Mapped[str] = mapped_column(String(60), default="")
    read_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class MissedCheck(Base):
    """A question inside a lesson that somebody answered wrongly, and when they last did."""

    __tablename__ = "missed_check"
    __table_args__ = (UniqueConstraint("person_id", "lesson_key", "passage_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    lesson_key: Mapped[str] = mapped_column(String(120))
    passage_id: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
