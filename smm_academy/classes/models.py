"""Classes, the codes they are joined by, their members and the work on their lists."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base


class WorkKind(StrEnum):
    """What can stand on a class's list."""

    LESSON = "lesson"
    QUIZ = "quiz"
    SCENARIO = "scenario"


class SchoolClass(Base):
    """A class of an organisation; it outlives the account of whoever opened it.

    `retention_on` is the last day, in the class's zone, on which its members and what they did
    are kept for it. `archived_at` says that it is over before that: nothing is added any more.
    """

    __tablename__ = "school_class"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    opened_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = mapped_column(String(80))
    timezone: Mapped[str] = mapped_column(String(64))
    retention_on: Mapped[date]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class ClassCode(Base):
    """A code that a class is or was joined by.

    One that has ended lets nobody new in. It still names the class for those who come back with
    a key, since it stands on the sheet that they were given.
    """

    __tablename__ = "class_code"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    class_id: Mapped[int] = mapped_column(
        ForeignKey("school_class.id", ondelete="CASCADE"), index=True
    )
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ClassMember(Base):
    """Somebody in a class, by the name they want to be known by there.

    `key_hash` is what is kept of a guest's return key; it opens nothing once they registered.
    """

    __tablename__ = "class_member"
    __table_args__ = (
        UniqueConstraint("class_id", "person_id"),
        UniqueConstraint("class_id", "key_hash"),
        UniqueConstraint("class_id", "name_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(160))
    shares_replies: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]
    key_hash: Mapped[str | None] = mapped_column(String(64))
    key_made_at: Mapped[datetime | None]


class ClassWork(Base):
    """A lesson, quiz or scenario on a class's list, by its permanent key.

    It is due at the end of the day `due_on` in the class's zone, if it has one.
    """

    __tablename__ = "class_work"
    __table_args__ = (UniqueConstraint("class_id", "kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date | None]
    added_at: Mapped[datetime]


class ClassWeighting(Base):
    """How a class weighs the rubric from a moment on; the newest row holds.

    `weighting` is empty for the house's own. Earlier rows stay: shifts were scored by them.
    """

    __tablename__ = "class_weighting"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(
        ForeignKey("school_class.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    weighting: Mapped[dict[str, Any]]
    at: Mapped[datetime]
