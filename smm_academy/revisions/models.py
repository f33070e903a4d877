"""Authored things and their revisions: lessons, quizzes, items, brands, scenarios, media."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smm_academy.database.types import Base


class ChainKind(StrEnum):
    """What is authored."""

    LESSON = "lesson"
    QUIZ = "quiz"
    ITEM = "item"
    BRAND = "brand"
    SCENARIO = "scenario"
    SKILLS = "skills"
    GLOSSARY = "glossary"


class Chain(Base):
    """An authored thing in one locale, by its permanent key; its revisions hang on it.

    Brands and scenarios carry all their languages in one file: their locale is empty.
    `withdrawn_at` says that a person took it out of service; where a file's chain serves nothing
    and this is empty, its file is gone.
    """

    __tablename__ = "chain"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "key", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(5), default="")
    published_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", use_alter=True, name="fk_chain_published_id_revision"),
        index=True,
    )
    withdrawn_at: Mapped[datetime | None]

    published: Mapped["Revision | None"] = relationship(foreign_keys=[published_id])


class Revision(Base):
    """One state of an authored thing; never changed once it is written.

    `source` is the author's text to the letter and `sha256` its hash; `parsed` is what a page
    needs of it, rendered once. `origin` is the file it came from and `origin_sha256` that file's
    hash when the two were last equal.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("chain_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chain_id: Mapped[int] = mapped_column(ForeignKey("chain.id", ondelete="CASCADE"))
    number: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    parsed: Mapped[dict[str, Any]]
    origin: Mapped[str] = mapped_column(String(255), default="")
    origin_sha256: Mapped[str] = mapped_column(String(64), default="")
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    wording_only: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


class Medium(Base):
    """A picture, kept by its hash, so that its address never changes."""

    __tablename__ = "medium"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
