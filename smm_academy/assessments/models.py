"""Assessments, the invitations to them, and the people who took them up."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base


class Decision(StrEnum):
    """What a person decided about a candidate, after reading; never a score on its own."""

    FORWARD = "forward"
    HOLD = "hold"
    DECLINE = "decline"


class Assessment(Base):
    """A quiz and a shift that are the same for everyone who is invited.

    `skills` says how many questions each skill has, `papers` which ones they are, by locale, as
    rows of a quiz attempt; without papers each candidate gets questions of their own. `revisions`
    holds the ids of the scenario's and the brand's revision, so that later edits change nothing.
    """

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(String(200))
    skills: Mapped[dict[str, Any]]
    papers: Mapped[dict[str, Any]]
    question_seconds: Mapped[int]
    scenario_key: Mapped[str] = mapped_column(String(120))
    revisions: Mapped[dict[str, Any]]
    seed: Mapped[int]
    shift_seconds: Mapped[int]
    keep_days: Mapped[int]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Invitation(Base):
    """A link for one person; only the hash of its token is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), default="")
    locale: Mapped[str] = mapped_column(String(5))
    time_multiplier: Mapped[float] = mapped_column(default=1.0)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Candidacy(Base):
    """Somebody who takes an assessment: what they have begun, until when it is kept.

    Whoever looks at their own assessment first, or takes the house's, does so as an account and
    has no invitation. The sittings are empty until that part is begun.
    """

    __tablename__ = "candidacy"

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation.id", ondelete="SET NULL"), unique=True
    )
    is_preview: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str] = mapped_column(String(5))
    time_multiplier: Mapped[float] = mapped_column(default=1.0)
    begun_at: Mapped[datetime]
    erase_at: Mapped[datetime] = mapped_column(index=True)
    browsers: Mapped[int] = mapped_column(default=1)
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("sitting.id", ondelete="SET NULL"))
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("sitting.id", ondelete="SET NULL"))
    shift_id: Mapped[str | None] = mapped_column(ForeignKey("sitting.id", ondelete="SET NULL"))
    review_asked_at: Mapped[datetime | None]
    review_reason: Mapped[str] = mapped_column(Text, default="")
    review_answered_at: Mapped[datetime | None]
    review_answer: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str] = mapped_column(String(12), default="")
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
