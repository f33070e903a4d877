"""What people believe of themselves."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
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
