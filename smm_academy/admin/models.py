"""What the last check of the content that serves found."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base


class ContentReport(Base):
    """The problems of what served in one state of the database; only the newest row is kept."""

    __tablename__ = "content_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(120))
    checked_at: Mapped[datetime]
    problems: Mapped[list[Any]]
