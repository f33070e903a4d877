"""Brings content files and the database together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from smm_academy.accounts.operations import note
from smm_academy.authoring.reading import Library
from smm_academy.errors import Conflict
from smm_academy.revisions.models import Chain, ChainKind, Revision
from smm_academy.revisions.operations import Draft, fingerprint, keep_medium, publish, withdraw
from smm_academy.revisions.queries import chains_of, forget_serving, last_revision


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
    edited = {
        draft.identity: revision
        for draft in by_file
        if (revision := _edited_here(session, chains.get(draft.identity)))
    }
    clashes = [draft.origin for draft in by_file if _clashes(edited.get(draft.identity), draft)]
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
        ours = edited.get(draft.identity)
        if ours is not None and (side is not Side.THEIRS or not _clashes(ours, draft)):
            # Which text of the file the database's own was preferred to.
            ours.origin, ours.origin_sha256 = draft.origin, fingerprint(draft.source)
            report.kept.append(draft.origin)
            continue
        _take(session, organisation_id, library, draft, chains, report, at)
    _withdraw(session, chains, library, report)
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


def _edited_here(session: Session, chain: Chain | None) -> Revision | None:
    """Return the revision that stands for what a person did here, published or withdrew."""
    if chain is not None and chain.withdrawn_at is not None:
        return last_revision(session, chain.id)
    return chain.published if chain is not None and _is_edited(chain) else None


def _clashes(ours: Revision | None, draft: Draft) -> bool:
    """Tell whether a file changed too since what stands here was equal to it."""
    if ours is None:
        return False
    return fingerprint(draft.source) not in {ours.origin_sha256, ours.sha256}


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
        items = library.items[draft.key, draft.locale]
        draft = with_items(session, organisation_id, draft, items, chains, at)
    revision = publish(session, organisation_id, draft, at, chain=chain)
    # The same text in another place: a file was moved.
    revision.origin = draft.origin
    if revision.id == before:
        report.unchanged += 1
    else:
        report.taken.append(draft.origin)


def with_items(  # noqa: PLR0913, PLR0917 - where, which quiz, its questions, what was before
    session: Session,
    organisation_id: int,
    quiz: Draft,
    questions: Sequence[Draft],
    chains: Mapping[tuple[str, str, str], Chain],
    at: datetime,
    author_id: int | None = None,
) -> Draft:
    """Write a quiz's questions; return the quiz's draft with the revision of each.

    A question that has an error keeps its last good revision.
    """
    items: dict[str, int] = {}
    for item in questions:
        chain = chains.get(item.identity)
        revision = publish(session, organisation_id, item, at, chain=chain, author_id=author_id)
        items[item.key.rpartition("/")[2]] = revision.id
    for broken in quiz.parsed["broken"]:
        last = chains.get((ChainKind.ITEM, f"{quiz.key}/{broken}", quiz.locale))
        if last is not None and last.published_id is not None:
            items.setdefault(broken, last.published_id)
    return replace(quiz, parsed={**quiz.parsed, "items": items})


def _withdraw(
    session: Session,
    chains: dict[tuple[str, str, str], Chain],
    library: Library,
    report: SyncReport,
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
            withdraw(session, chain, None)
            report.withdrawn.append(serving.origin)
