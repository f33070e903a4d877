"""Certificates, as they were when they were issued."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base


class Certificate(Base):
    """What somebody showed in a test of the house, under an id that nobody can guess.

    `figures` are those of the report on that day: ``{"overall": {…}, "areas": [{…}]}``, each with
    ``id``, ``low``, ``high`` in percent of the bar and ``band``, and ``shift`` with ``score`` and
    ``se`` in points (not in certificates from before shifts were equated). A withdrawn
    certificate says so and shows nothing else.
    """

    __tablename__ = "certificate"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    candidacy_id: Mapped[str | None] = mapped_column(
        ForeignKey("candidacy.id", ondelete="SET NULL"), unique=True
    )
    name: Mapped[str] = mapped_column(String(80))
    locale: Mapped[str] = mapped_column(String(5))
    figures: Mapped[dict[str, Any]]
    taken_at: Mapped[datetime]
    issued_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
