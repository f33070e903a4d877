"""Texts that are being written."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from smm_academy.database.types import Base

TITLE_CHARACTERS = 200
MODULE_CHARACTERS = 30


class Manuscript(Base):
    """A text of an organisation that somebody works on and that no reader sees yet.

    `key` is the permanent id of what it changes or translates, empty (``None``) where it is
    something new: then the text itself says the id, until it is published. `version` grows with
    each save, so that two windows cannot overwrite each other. `follows_id` is the revision that
    it translates or was copied from, `based_on_id` the one that served when work on it began.
    `pictures` says which file each picture is, ``{path in the content folder: hash}``.
    """

    __tablename__ = "manuscript"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kind", "key", "locale"),
        # A browser keeps what was not saved by this id: it must never be another draft's.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str | None] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(5), default="")
    module: Mapped[str] = mapped_column(String(MODULE_CHARACTERS), default="")
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS), default="")
    source: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    pictures: Mapped[dict[str, Any]]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]
