"""What authors do: begin a text, save it, let it serve, take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from smm_academy.accounts.operations import note
from smm_academy.authoring.operations import with_items
from smm_academy.errors import Conflict, Invalid, NotFound
from smm_academy.quizzes.questions import Question
from smm_academy.revisions.models import Chain, ChainKind, Revision
from smm_academy.revisions.operations import Draft, keep_medium, publish, serve, withdraw
from smm_academy.revisions.queries import find_chain, last_revision, revision_at
from smm_academy.revisions.records import from_plain
from smm_academy.revisions.sources import slug
from smm_academy.web.viewer import Viewer
from smm_academy.writing.differences import as_written
from smm_academy.writing.models import TITLE_CHARACTERS, Manuscript
from smm_academy.writing.pictures import place_of
from smm_academy.writing.proof import LONGEST_TEXT, title_in
from smm_academy.writing.queries import (
    copyable_chain,
    find_manuscript,
    own_chain,
    own_manuscript,
    written_of,
)
from smm_academy.writing.sent import Beginning, Publication, Typed, Upload
from smm_academy.writing.shelf import TRANSLATED, places_of
from smm_academy.writing.starts import starting_text
from smm_academy.writing.wording import key_shape


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a draft; ``is_ours`` is false where somebody else saved before.

    ``chain_id`` is the text that it was published as.
    """

    manuscript: Manuscript
    is_ours: bool
    chain_id: int | None = None


def begin_text(session: Session, viewer: Viewer, beginning: Beginning, at: datetime) -> Manuscript:
    """Begin something new from a sound text. Raises `NotFound` for another's organisation."""
    if beginning.organisation_id not in places_of(viewer):
        raise NotFound("There is no such organisation.")
    # The author may still change it; ids of questions begin with it, so that they stay apart.
    key = _free_key(session, beginning, slug(beginning.title) or beginning.kind.value)
    locale = beginning.locale if beginning.kind in TRANSLATED else ""
    manuscript = Manuscript(
        organisation_id=beginning.organisation_id,
        kind=beginning.kind,
        key=None,
        locale=locale,
        module=beginning.module,
        title=beginning.title[:TITLE_CHARACTERS],
        source=starting_text(beginning.kind, beginning.locale, key, beginning.title),
        pictures={},
    )
    return _begun(session, viewer, manuscript, at)


def begin_editing(session: Session, viewer: Viewer, chain_id: int, at: datetime) -> Manuscript:
    """Begin to change a text, or go on where somebody began."""
    chain = own_chain(session, viewer, chain_id)
    stands = chain.published or last_revision(session, chain.id)
    if stands is None:
        raise NotFound("There is no such text.")
    draft = _copied(chain, chain.organisation_id, chain.locale, stands)
    draft.follows_id, draft.based_on_id = stands.follows_id, stands.id
    return _begun(session, viewer, draft, at)


def begin_translation(session: Session, viewer: Viewer, chain_id: int, at: datetime) -> Manuscript:
    """Begin a text in the other language from the structure of this one."""
    chain = own_chain(session, viewer, chain_id)
    if chain.kind not in TRANSLATED or chain.published is None:
        raise NotFound("There is no such text.")
    other = "en" if chain.locale == "pl" else "pl"
    place, key = chain.organisation_id, chain.key
    exists = find_chain(session, place, chain.kind, key, other)
    if exists is not None:
        return begin_editing(session, viewer, exists.id, at)
    draft = _copied(chain, place, other, chain.published)
    # Files of a translation lie beside the original's, and so do those that they link to.
    draft.source = draft.source.replace(f".{chain.locale}.md", f".{other}.md")
    return _begun(session, viewer, draft, at)


def begin_copy(
    session: Session, viewer: Viewer, chain_id: int, organisation_id: int, at: datetime
) -> Manuscript:
    """Begin an organisation's own version of a text that serves. Raises `NotFound`, `Conflict`."""
    chain = copyable_chain(session, viewer, chain_id)
    if organisation_id not in places_of(viewer) or chain.published is None:
        raise NotFound("There is no such organisation.")
    if find_chain(session, organisation_id, chain.kind, chain.key, chain.locale) is not None:
        raise Conflict(
            "Your organisation has a text with the id %(key)s already. Change that one.",
            key=chain.key,
        )
    draft = _copied(chain, organisation_id, chain.locale, chain.published)
    return _begun(session, viewer, draft, at)


def save_text(
    session: Session, viewer: Viewer, manuscript_id: int, typed: Typed, at: datetime
) -> Kept:
    """Keep what was typed, unless the draft was saved by another window since.

    Raises `NotFound`, or `Invalid` for a text that is too long to be kept.
    """
    manuscript = _held(session, viewer, manuscript_id)
    if len(typed.source) > LONGEST_TEXT:
        raise Invalid(
            "source",
            "This text is too long to be saved: %(most)s characters at most.",
            most=LONGEST_TEXT,
        )
    source = as_written(typed.source, manuscript.source)
    if source == manuscript.source:
        return Kept(manuscript, is_ours=True)
    if typed.version != manuscript.version:
        return Kept(manuscript, is_ours=False)
    _write(manuscript, viewer, source, at)
    session.flush()
    return Kept(manuscript, is_ours=True)


def take_file(
    session: Session, viewer: Viewer, manuscript_id: int, source: str, at: datetime
) -> Kept:
    """Put a file's text into a draft to the letter, its line endings and mark included."""
    manuscript = _held(session, viewer, manuscript_id)
    _write(manuscript, viewer, source, at)
    session.flush()
    return Kept(manuscript, is_ours=True)


def add_picture(
    session: Session,
    viewer: Viewer,
    manuscript_id: int,
    typed: Typed,
    upload: Upload,
    at: datetime,
) -> tuple[Kept, str]:
    """Save a draft and keep a picture for it; return the address by which its text shows it."""
    kept = save_text(session, viewer, manuscript_id, typed, at)
    manuscript, picture = kept.manuscript, upload.picture
    if manuscript.kind != ChainKind.LESSON:
        raise NotFound("Pictures belong to lessons.")
    address = place_of(upload.name, picture)
    if kept.is_ours:
        place = manuscript.organisation_id
        keep_medium(session, place, picture.media_type, picture.content, at)
        folder = PurePosixPath(written_of(manuscript).path).parent
        manuscript.pictures = {**manuscript.pictures, f"{folder}/{address}": picture.sha256}
        session.flush()
    return kept, address


def discard_text(session: Session, viewer: Viewer, manuscript_id: int, at: datetime) -> None:
    """Throw a draft away; what serves goes on serving."""
    manuscript = _held(session, viewer, manuscript_id)
    _note(session, viewer, "text.discarded", manuscript.organisation_id, manuscript, at)
    session.delete(manuscript)
    session.flush()


def publish_text(
    session: Session,
    viewer: Viewer,
    manuscript_id: int,
    publication: Publication,
    at: datetime,
) -> Kept:
    """Save a draft and let it serve as it was proved; with errors it is only saved.

    Raises `Conflict` where the draft is not the one that was proved or its id was taken since,
    `Invalid` where a key changed although only wording is said to have.
    """
    proof = publication.proof
    kept = save_text(session, viewer, manuscript_id, publication.typed, at)
    manuscript = kept.manuscript
    if not kept.is_ours or proof.draft is None:
        return kept
    if proof.draft.source != manuscript.source:
        raise Conflict("The draft has changed since it was checked. Look at it again.")
    place, kind = manuscript.organisation_id, manuscript.kind
    chain = find_chain(session, place, kind, proof.draft.key, manuscript.locale)
    if manuscript.key is None and chain is not None:
        raise Conflict("Another text has taken this id in the meantime. Choose another one.")
    follows = manuscript.follows_id
    if publication.caught_up and follows is not None:
        followed = session.get_one(Chain, session.get_one(Revision, follows).chain_id)
        follows = followed.published_id or follows
    draft = replace(proof.draft, follows_id=follows, wording_only=publication.wording_only)
    if kind == ChainKind.QUIZ:
        draft = _with_proved_items(session, viewer, place, draft, proof.items, at)
    revision = publish(session, place, draft, at, chain=chain, author_id=viewer.id)
    detail = f"revision {revision.number}"
    _note(session, viewer, "text.published", place, draft, at, detail)
    session.delete(manuscript)
    session.flush()
    return replace(kept, chain_id=revision.chain_id)


def restore_text(
    session: Session, viewer: Viewer, chain_id: int, number: int, at: datetime
) -> Revision:
    """Publish the text of an earlier revision again, as a new one."""
    chain = own_chain(session, viewer, chain_id)
    earlier = revision_at(session, chain, number)
    for item_id in earlier.parsed.get("items", {}).values():
        item = session.get_one(Revision, item_id)
        # The questions of that time are served again as they were, so their answers count on.
        serve(session, session.get_one(Chain, item.chain_id), item)
    revision = publish(
        session,
        chain.organisation_id,
        _again(chain, earlier),
        at,
        chain=chain,
        author_id=viewer.id,
    )
    detail = f"revision {revision.number} from {number}"
    _note(session, viewer, "text.restored", chain.organisation_id, chain, at, detail)
    return revision


def withdraw_text(session: Session, viewer: Viewer, chain_id: int, at: datetime) -> None:
    """Take a text out of service; its revisions and the answers to it stay."""
    chain = own_chain(session, viewer, chain_id)
    if chain.published_id is not None:
        withdraw(session, chain, at)
        _note(session, viewer, "text.withdrawn", chain.organisation_id, chain, at)


def serve_again(session: Session, viewer: Viewer, chain_id: int, at: datetime) -> None:
    """Let a text that was withdrawn serve as it did last."""
    chain = own_chain(session, viewer, chain_id)
    last = last_revision(session, chain.id)
    if chain.published_id is None and last is not None:
        publish(
            session,
            chain.organisation_id,
            _again(chain, last),
            at,
            chain=chain,
            author_id=viewer.id,
        )
        _note(session, viewer, "text.served_again", chain.organisation_id, chain, at)


def export_texts(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return what this slice knows of a person: the drafts that they saved last."""
    found = session.scalars(select(Manuscript).where(Manuscript.editor_id == person_id))
    return [
        {"draft": one.title, "kind": one.kind, "changed_at": one.changed_at, "text": one.source}
        for one in found
    ]


def erase_texts(session: Session, person_id: int) -> None:
    """Forget who saved which draft; the texts are their organisation's."""
    session.execute(
        update(Manuscript).where(Manuscript.editor_id == person_id).values(editor_id=None)
    )


def _held(session: Session, viewer: Viewer, manuscript_id: int) -> Manuscript:
    """Return a draft of the viewer's organisations, held against other writers."""
    session.execute(select(Manuscript.id).where(Manuscript.id == manuscript_id).with_for_update())
    return own_manuscript(session, viewer, manuscript_id)


def _begun(session: Session, viewer: Viewer, manuscript: Manuscript, at: datetime) -> Manuscript:
    """Keep a new draft, or return the one that somebody has begun of the same text."""
    if manuscript.key is not None:
        place, kind = manuscript.organisation_id, manuscript.kind
        begun = find_manuscript(session, place, kind, manuscript.key, manuscript.locale)
        if begun is not None:
            return begun
    manuscript.version, manuscript.editor_id, manuscript.changed_at = 1, viewer.id, at
    session.add(manuscript)
    session.flush()
    return manuscript


def _copied(chain: Chain, place: int, locale: str, revision: Revision) -> Manuscript:
    parsed = revision.parsed
    title = parsed.get("settings", {}).get("title") or parsed.get("name") or parsed.get("title")
    return Manuscript(
        organisation_id=place,
        kind=chain.kind,
        key=chain.key,
        locale=locale,
        module=parsed.get("module", ""),
        title=title if isinstance(title, str) else chain.key,
        source=revision.source,
        pictures=dict(parsed.get("pictures", {})),
        follows_id=revision.id,
    )


def _free_key(session: Session, beginning: Beginning, wanted: str) -> str:
    number, key = 1, wanted
    while any(
        find_chain(session, beginning.organisation_id, beginning.kind, key, locale)
        for locale in ("", "en", "pl")
    ):
        number += 1
        key = f"{wanted}-{number}"
    return key


def _write(manuscript: Manuscript, viewer: Viewer, source: str, at: datetime) -> None:
    manuscript.source, manuscript.version = source, manuscript.version + 1
    manuscript.title = title_in(source)[:TITLE_CHARACTERS] or manuscript.title
    manuscript.editor_id, manuscript.changed_at = viewer.id, at


def _again(chain: Chain, revision: Revision) -> Draft:
    return Draft(
        ChainKind(chain.kind),
        chain.key,
        chain.locale,
        revision.source,
        revision.parsed,
        follows_id=revision.follows_id,
    )


def _with_proved_items(
    session: Session,
    viewer: Viewer,
    place: int,
    quiz: Draft,
    items: Sequence[Draft],
    at: datetime,
) -> Draft:
    found = {
        item.identity: find_chain(session, place, item.kind, item.key, item.locale)
        for item in items
    }
    chains = {identity: chain for identity, chain in found.items() if chain is not None}
    if quiz.wording_only:
        changed = [item.key.rpartition("/")[2] for item in items if _rekeyed(item, chains)]
        if changed:
            raise Invalid(
                "wording_only",
                "More than wording changed: what counts as right is another in %(questions)s. "
                "Take the tick away.",
                questions=", ".join(changed),
            )
        items = [replace(item, wording_only=True) for item in items]
    return with_items(session, place, quiz, items, chains, at, viewer.id)


def _rekeyed(item: Draft, chains: Mapping[tuple[str, str, str], Chain]) -> bool:
    chain = chains.get(item.identity)
    if chain is None or chain.published is None:
        return False
    old, new = (
        [key_shape(from_plain(Question, version).key) for version in parsed["versions"]]
        for parsed in (chain.published.parsed, item.parsed)
    )
    return old != new


def _note(  # noqa: PLR0913, PLR0917 - an audit entry says who, what, where, of what, when, how
    session: Session,
    viewer: Viewer,
    action: str,
    place: int,
    text: Manuscript | Chain | Draft,
    at: datetime,
    detail: str = "",
) -> None:
    subject = " ".join(filter(None, (text.kind, text.key, text.locale)))
    note(
        session,
        action,
        at,
        person_id=viewer.id,
        organisation_id=place,
        subject=subject,
        detail=detail,
    )
