"""Item parameters and evidence: the one place where what somebody showed is written down."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base


class ParameterSet(Base):
    """A calibration: the parameters that are, were or could be in force together.

    ``report`` is what the fit found and whom it would move, ``None`` until it is done;
    ``in_force_at`` is empty until somebody took it into force. The last taken is in force.
    """

    __tablename__ = "parameter_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    created_at: Mapped[datetime]
    report: Mapped[dict[str, Any] | None]
    in_force_at: Mapped[datetime | None]


class ItemParameter(Base):
    """How hard and how telling one item or criterion is, within one calibration.

    `source` is ``item:<key>@<revision id>`` of the first revision with the item's meaning, or a
    criterion; `b` is a list of thresholds, one for right or wrong.
    """

    __tablename__ = "item_parameter"
    __table_args__ = (UniqueConstraint("parameter_set_id", "source", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    parameter_set_id: Mapped[int] = mapped_column(ForeignKey("parameter_set.id"))
    source: Mapped[str] = mapped_column(String(180))
    locale: Mapped[str] = mapped_column(String(5))
    a: Mapped[float]
    b: Mapped[list[Any]]
    answers: Mapped[int] = mapped_column(default=0)


class Evidence(Base):
    """One thing that somebody showed about one skill.

    `source` names the item revision (``item:<key>@<revision id>``) or what a shift asked for and
    the criterion (``message:<id>:<criterion>``, ``duty:<id>:<criterion>``); `a` and `thresholds`
    are the parameters it was scored with, so that an old result never moves on its own. `score`
    counts steps from 0 to `maximum`.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("sitting_id", "skill", "source"),
        Index("ix_evidence_person_skill", "person_id", "skill"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    sitting_id: Mapped[str] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(12))
    activity: Mapped[str] = mapped_column(String(12))
    skill: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(180))
    content_locale: Mapped[str] = mapped_column(String(5))
    score: Mapped[int]
    maximum: Mapped[int]
    weight: Mapped[float]
    a: Mapped[float]
    thresholds: Mapped[list[Any]]
    parameter_set_id: Mapped[int | None] = mapped_column(ForeignKey("parameter_set.id"))
    at: Mapped[datetime]


class Norm(Base):
    """A norm group as it was last worked out: shares of an ability scale, nobody's own figure.

    `key` says who they are (``check:en``); `shares` is empty below 100 people.
    """

    __tablename__ = "norm"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    taken_at: Mapped[datetime]
    people: Mapped[int]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    shares: Mapped[list[Any]]
