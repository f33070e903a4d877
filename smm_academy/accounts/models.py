"""People, organisations, memberships, sign-in sessions, mailed links and the audit log."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smm_academy.database.types import Base

HOUSE = 1
"""The organisation that owns the shipped content; what it owns, everyone may read."""


class PersonKind(StrEnum):
    """How someone came to answer: with an account, on a first visit, by an invitation."""

    ACCOUNT = "account"
    GUEST = "guest"
    CANDIDATE = "candidate"


class Role(StrEnum):
    """What a membership lets a person do in an organisation."""

    OWNER = "owner"
    INSTRUCTOR = "instructor"
    RECRUITER = "recruiter"
    REVIEWER = "reviewer"
    LEARNER = "learner"
    """Reads what the organisation publishes, and nothing else: members of its classes."""


STAFF = (Role.OWNER, Role.INSTRUCTOR, Role.RECRUITER, Role.REVIEWER)
"""Roles that are given by hand; a class gives and takes that of a learner by itself."""


class LinkPurpose(StrEnum):
    """What a mailed link is good for."""

    CONFIRM = "confirm"
    RESET = "reset"


class Organisation(Base):
    """A school, an employer, or the house itself."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    timezone: Mapped[str] = mapped_column(String(64), default="Europe/Warsaw")
    created_at: Mapped[datetime]


class Person(Base):
    """Whoever answers. `email` is what they typed, `email_key` what it is compared by."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(80), default="")
    email: Mapped[str | None] = mapped_column(String(254))
    email_key: Mapped[str | None] = mapped_column(String(254), unique=True)
    email_confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(5), default="")
    timezone: Mapped[str] = mapped_column(String(64), default="Europe/Warsaw")
    is_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime] = mapped_column(index=True)

    memberships: Mapped[list["Membership"]] = relationship(cascade="all, delete-orphan")


class Membership(Base):
    """A person's role in an organisation."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))


class SignIn(Base):
    """A sign-in session: the browser holds the token, the row only its hash."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class MailedLink(Base):
    """A single-use link sent by e-mail; only its hash is kept."""

    __tablename__ = "mailed_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(12))
    email_key: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class MembershipOffer(Base):
    """An offer of a role in an organisation, mailed to an address; only its hash is kept.

    Inviting an address to the same role again renews the row, so that the older link is void.
    """

    __tablename__ = "membership_offer"
    __table_args__ = (UniqueConstraint("organisation_id", "email_key", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str] = mapped_column(String(12))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class Attempt(Base):
    """One try at something that is limited (a password, a token), counted by a hashed subject."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class AuditEntry(Base):
    """Who did what that others may have to account for; kept when the person is gone."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120), default="")
    detail: Mapped[str] = mapped_column(Text, default="")

    @property
    def subject_id(self) -> int | None:
        """The person that the entry speaks of, where it speaks of one."""
        kind, _, number = self.subject.partition(" ")
        return int(number) if kind == "person" and number.isdecimal() else None
