"""Brings content files and the database together."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.accounts.operations import note
from smm_academy.authoring.reading import Library
from smm_academy.errors import Conflict
from smm_academy.revisions.models import Chain, ChainKind, Revision
from smm_academy.revisions.operations import Draft, fingerprint, keep_medium, publish
from smm_academy.revisions.queries import chains_of, forget_serving


class Side(StrEnum):
    """Whose text stays where file and database were both changed."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(slots=True)
class SyncReport:
    """What a sync did, by the origin of each file."""

    taken: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0
    withdrawn: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def sync(
    session: Session,
    organisation_id: int,
    library: Library,
    at: datetime,
    side: Side | None = None,
) -> SyncReport:
    """Take what changed in the files, keep what changed in the database.

    Raises `Conflict`, and writes nothing, where both changed and no side is chosen.
    """
    chains = chains_of(session, organisation_id)
    by_file = [draft for draft in library.drafts if draft.kind is not ChainKind.ITEM]
    clashes = [draft.origin for draft in by_file if _clashes(chains.get(draft.identity), draft)]
    if clashes and side is None:
        raise Conflict(
            "Changed both here and in the file: %(files)s. "
            "Choose with --ours (the database) or --theirs (the file). Nothing was written.",
            files=", ".join(clashes),
        )
    report = SyncReport(broken=sorted(library.broken))
    for picture in library.pictures.values():
        keep_medium(session, organisation_id, picture.media_type, picture.content, at)
    for draft in by_file:
        chain = chains.get(draft.identity)
        if chain is not None and _keeps_ours(chain, draft, side):
            _note_origin(chain, draft)
            report.kept.append(draft.origin)
            continue
        _take(session, organisation_id, library, draft, chains, report, at)
    _withdraw(chains, library, report)
    note(
        session,
        "content.synced",
        at,
        organisation_id=organisation_id,
        detail=f"{len(report.taken)} taken, {len(report.withdrawn)} withdrawn, "
        f"{len(report.broken)} broken",
    )
    session.flush()
    forget_serving(session)
    return report


def _is_edited(chain: Chain | None) -> bool:
    """Tell whether the database's text was changed since it was equal to its file."""
    serving = chain.published if chain else None
    return serving is not None and serving.sha256 != serving.origin_sha256


def _clashes(chain: Chain | None, draft: Draft) -> bool:
    serving = chain.published if chain else None
    if serving is None or not _is_edited(chain):
        return False
    new = fingerprint(draft.source)
    return new not in {serving.origin_sha256, serving.sha256}


def _keeps_ours(chain: Chain, draft: Draft, side: Side | None) -> bool:
    if not _is_edited(chain):
        return False
    return side is not Side.THEIRS or not _clashes(chain, draft)


def _note_origin(chain: Chain, draft: Draft) -> None:
    """Remember which text of the file the database's own was preferred to."""
    if chain.published is not None:
        chain.published.origin = draft.origin
        chain.published.origin_sha256 = fingerprint(draft.source)


def _take(  # noqa: PLR0913, PLR0917 - where, what, from where, into which report
    session: Session,
    organisation_id: int,
    library: Library,
    draft: Draft,
    chains: dict[tuple[str, str, str], Chain],
    report: SyncReport,
    at: datetime,
) -> None:
    chain = chains.get(draft.identity)
    before = chain.published_id if chain else None
    if draft.kind is ChainKind.QUIZ:
        draft = _with_items(session, organisation_id, library, draft, chains, at)
    revision = publish(session, organisation_id, draft, at, chain=chain)
    # The same text in another place: a file was moved.
    revision.origin = draft.origin
    if revision.id == before:
        report.unchanged += 1
    else:
        report.taken.append(draft.origin)


def _with_items(
    session: Session,
    organisation_id: int,
    library: Library,
    quiz: Draft,
    chains: dict[tuple[str, str, str], Chain],
    at: datetime,
) -> Draft:
    """Write a quiz's questions; return the quiz's draft with the revision of each.

    A question that has an error keeps its last good revision.
    """
    items: dict[str, int] = {}
    for item in library.items[quiz.key, quiz.locale]:
        revision = publish(session, organisation_id, item, at, chain=chains.get(item.identity))
        items[item.key.rpartition("/")[2]] = revision.id
    for broken in quiz.parsed["broken"]:
        last = chains.get((ChainKind.ITEM, f"{quiz.key}/{broken}", quiz.locale))
        if last is not None and last.published_id is not None:
            items.setdefault(broken, last.published_id)
    parsed: dict[str, Any] = {**quiz.parsed, "items": items}
    return Draft(quiz.kind, quiz.key, quiz.locale, quiz.source, parsed, quiz.origin)


def _withdraw(
    chains: dict[tuple[str, str, str], Chain], library: Library, report: SyncReport
) -> None:
    """Take out of service what came from a file that is gone, unless it was edited here."""
    present = {draft.origin for draft in library.drafts} | library.broken
    drafted = {draft.identity for draft in library.drafts}
    for identity, chain in chains.items():
        serving: Revision | None = chain.published
        if chain.kind == ChainKind.ITEM or serving is None or not serving.origin:
            continue
        if identity in drafted or serving.origin in present:
            continue
        if not _is_edited(chain):
            chain.published_id = None
            chain.published = None
            report.withdrawn.append(serving.origin)
