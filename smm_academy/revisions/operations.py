"""Writes revisions and says which one serves."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.revisions.models import Chain, ChainKind, Medium, Revision
from smm_academy.revisions.queries import forget_serving, last_revision


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to become a revision: the author's text and what was parsed from it.

    ``follows_id`` is the revision in the other language that a translation follows.
    """

    kind: ChainKind
    key: str
    locale: str
    source: str
    parsed: Mapping[str, Any]
    origin: str = ""
    follows_id: int | None = None
    wording_only: bool = False

    @property
    def identity(self) -> tuple[str, str, str]:
        """What tells one chain from another within an organisation."""
        return self.kind, self.key, self.locale


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def publish(
    session: Session,
    organisation_id: int,
    draft: Draft,
    at: datetime,
    *,
    chain: Chain | None = None,
    author_id: int | None = None,
) -> Revision:
    """Write a revision of a chain and let it serve; the same text twice is one revision.

    The chain is made when it is not given. A draft without an origin was written here: it keeps
    the file that the chain came from and that file's hash, so that the next sync can tell which
    of the two was changed.
    """
    if chain is None:
        chain = Chain(
            organisation_id=organisation_id,
            kind=draft.kind,
            key=draft.key,
            locale=draft.locale,
        )
        session.add(chain)
        session.flush()
    sha256 = fingerprint(draft.source)
    serving = chain.published
    if serving is not None and serving.sha256 == sha256 and serving.parsed == draft.parsed:
        return serving
    last = last_revision(session, chain.id)
    revision = Revision(
        chain_id=chain.id,
        number=(last.number if last else 0) + 1,
        source=draft.source,
        sha256=sha256,
        parsed=dict(draft.parsed),
        origin=draft.origin or (last.origin if last else ""),
        origin_sha256=sha256 if draft.origin else (last.origin_sha256 if last else ""),
        follows_id=draft.follows_id,
        wording_only=draft.wording_only,
        author_id=author_id,
        created_at=at,
    )
    session.add(revision)
    session.flush()
    serve(session, chain, revision)
    return revision


def serve(session: Session, chain: Chain, revision: Revision) -> None:
    """Let a revision of a chain serve."""
    chain.published_id, chain.published = revision.id, revision
    chain.withdrawn_at = None
    session.flush()
    forget_serving(session)


def withdraw(session: Session, chain: Chain, at: datetime | None) -> None:
    """Take a chain out of service: `at` a person's word, or without a moment with its file."""
    chain.published_id, chain.published = None, None
    chain.withdrawn_at = at
    session.flush()
    forget_serving(session)


def keep_medium(
    session: Session, organisation_id: int, media_type: str, content: bytes, at: datetime
) -> str:
    """Keep a picture; return the hash it is addressed by."""
    sha256 = hashlib.sha256(content).hexdigest()
    if session.get(Medium, sha256) is None:
        session.add(
            Medium(
                sha256=sha256,
                organisation_id=organisation_id,
                media_type=media_type,
                content=content,
                created_at=at,
            )
        )
        session.flush()
    return sha256
