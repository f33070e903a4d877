"""Shifts: what began them, the moves made, the record that is kept, and what people say of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base


class Shift(Base):
    """A shift or a drill: everything that its replay needs besides its moves.

    A drill has a kind of message and no scenario: its one message comes from the brand's pack.

    `record` is written once, when the shift ends: the messages as shown, the replies, the
    scorecard with its spans and the baselines. Debriefs and reports read nothing else.
    """

    __tablename__ = "shift"

    sitting_id: Mapped[str] = mapped_column(
        ForeignKey("sitting.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    scenario_key: Mapped[str] = mapped_column(String(120))
    scenario_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    drill_kind: Mapped[str] = mapped_column(String(24), default="")
    brand_revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    seed: Mapped[int]
    intensity: Mapped[str] = mapped_column(String(8), default="usual", server_default="usual")
    locale: Mapped[str] = mapped_column(String(5))
    engine_version: Mapped[str] = mapped_column(String(20))
    rubric_version: Mapped[str] = mapped_column(String(20))
    moves_made: Mapped[int] = mapped_column(default=0)
    score: Mapped[float | None]
    record: Mapped[dict[str, Any] | None]
    record_version: Mapped[int] = mapped_column(default=1)


class ShiftMove(Base):
    """One move, in order; its number makes a repeated or late request harmless."""

    __tablename__ = "shift_move"
    __table_args__ = (UniqueConstraint("sitting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[str] = mapped_column(ForeignKey("shift.sitting_id", ondelete="CASCADE"))
    number: Mapped[int]
    move: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class ShiftSnapshot(Base):
    """The state of an open shift after some of its moves: a cache, deletable at any time."""

    __tablename__ = "shift_snapshot"

    sitting_id: Mapped[str] = mapped_column(
        ForeignKey("shift.sitting_id", ondelete="CASCADE"), primary_key=True
    )
    moves_made: Mapped[int]
    engine_version: Mapped[str] = mapped_column(String(20))
    state: Mapped[bytes] = mapped_column(LargeBinary)


class Retry(Base):
    """Another reply to a message of a finished shift; it counts for nothing but learning."""

    __tablename__ = "retry"

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[str] = mapped_column(
        ForeignKey("shift.sitting_id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    scorecard: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Disagreement(Base):
    """A learner's "I don't agree" with one line of a scorecard, kept for a human rater."""

    __tablename__ = "disagreement"
    __table_args__ = (UniqueConstraint("sitting_id", "message_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[str] = mapped_column(ForeignKey("shift.sitting_id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(String(60))
    criterion: Mapped[str] = mapped_column(String(8))
    sentence: Mapped[str] = mapped_column(Text)
    rubric_version: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]


class Rating(Base):
    """What a person says of one reply, blind, line by line; the score stays as it is.

    `marks` maps a criterion to ``{"mark": 0, 0.5, 1 or null for "cannot tell", "sentence"}``.
    The row goes with the shift; when only the rater goes, it stays without them.
    """

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("sitting_id", "message_id", "rater_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[str] = mapped_column(ForeignKey("shift.sitting_id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(String(60))
    rater_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    rubric_version: Mapped[str] = mapped_column(String(20))
    marks: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Opinion(Base):
    """What a language model says of a reply, beside the score and never instead.

    `state` is waiting, given or failed; `marks` maps a criterion to 0, 0.5, 1 or null for "cannot
    tell".
    """

    __tablename__ = "opinion"
    __table_args__ = (UniqueConstraint("sitting_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[str] = mapped_column(ForeignKey("shift.sitting_id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(5))
    state: Mapped[str] = mapped_column(String(8))
    model: Mapped[str] = mapped_column(String(120))
    marks: Mapped[dict[str, Any]]
    sentence: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(index=True)


class ReadingObjection(Base):
    """Somebody's wish that no rater reads samples of what they practise."""

    __tablename__ = "reading_objection"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime]
