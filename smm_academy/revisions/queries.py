"""Which revision serves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import URL, func, select
from sqlalchemy.orm import Session, contains_eager

from smm_academy.accounts.models import HOUSE
from smm_academy.accounts.queries import people_by_id
from smm_academy.database.session import rows_of
from smm_academy.errors import NotFound
from smm_academy.revisions.models import Chain, ChainKind, Medium, Revision
from smm_academy.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Served:
    """What serves one key in one locale, and whose it is."""

    organisation_id: int
    key: str
    locale: str
    revision_id: int


@dataclass(frozen=True, slots=True)
class Past:
    """A revision as a history lists it."""

    id: int
    number: int
    at: datetime
    author: str
    serves: bool
    wording_only: bool


_SERVING = "serving"
_STATE = select(
    func.count(Chain.published_id), func.sum(Chain.published_id), func.max(Chain.published_id)
)
_LISTED = (
    select(Chain.organisation_id, Chain.kind, Chain.key, Chain.locale, Chain.published_id)
    .where(Chain.published_id.is_not(None))
    .order_by(Chain.kind, Chain.key, Chain.locale)
)
_listed: dict[URL, tuple[tuple[Any, ...], Mapping[str, tuple[Served, ...]]]] = {}
"""What serves, by database, with the state of the chains that it was read in."""


def serving(session: Session, viewer: Viewer, kind: ChainKind) -> list[Served]:
    """Return everything of a kind that serves this viewer, by key and locale.

    Where two organisations serve the same, the viewer's own comes before the house's, and the
    older before the younger.

    Publishing always changes how many chains serve, or the sum or the highest of what they
    serve; while these are the same, the list that a process has read is still right.
    """
    return serving_in(session, {place for place, _ in viewer.memberships}, kind)


def serving_in(session: Session, places: Collection[int], kind: ChainKind) -> list[Served]:
    """Return everything of a kind that serves in some organisations, as `serving` does."""
    everything = _all_serving(session).get(kind, ())
    own = [served for served in everything if served.organisation_id in {HOUSE, *places}]
    if not set(places) - {HOUSE}:
        return own
    first: dict[tuple[str, str], Served] = {}
    for served in sorted(own, key=lambda one: (one.organisation_id == HOUSE, one.organisation_id)):
        first.setdefault((served.key, served.locale), served)
    return [served for served in own if first[served.key, served.locale] is served]


def serving_state(session: Session) -> str:
    """Return what changes whenever something is published or withdrawn, for what is kept of it."""
    return "-".join(str(number) for number in rows_of(session, _STATE).one())


def serving_counts(session: Session) -> dict[tuple[int, str, str], int]:
    """Return how many things serve, by (organisation, kind, locale)."""
    rows = session.execute(
        select(Chain.organisation_id, Chain.kind, Chain.locale, func.count())
        .where(Chain.published_id.is_not(None))
        .group_by(Chain.organisation_id, Chain.kind, Chain.locale)
    )
    return {(place, kind, locale): count for place, kind, locale, count in rows}


def untranslated(session: Session, organisation_id: int) -> list[tuple[str, str, str]]:
    """Return (kind, key, locale) of the lessons and quizzes that serve in that locale alone."""
    rows = session.execute(
        select(Chain.kind, Chain.key, func.min(Chain.locale))
        .where(
            Chain.organisation_id == organisation_id,
            Chain.published_id.is_not(None),
            Chain.kind.in_((ChainKind.LESSON, ChainKind.QUIZ)),
        )
        .group_by(Chain.kind, Chain.key)
        .having(func.count() == 1)
        .order_by(Chain.kind, Chain.key)
    )
    return [(kind, key, locale) for kind, key, locale in rows]


def forget_serving(session: Session) -> None:
    """Look again at what serves, after this session changed it."""
    session.info.pop(_SERVING, None)


def _all_serving(session: Session) -> Mapping[str, tuple[Served, ...]]:
    if _SERVING not in session.info:
        database = session.get_bind().engine.url
        state = tuple(rows_of(session, _STATE).one())
        if database not in _listed or _listed[database][0] != state:
            found: dict[str, list[Served]] = {}
            for row in rows_of(session, _LISTED):
                served = Served(row.organisation_id, row.key, row.locale, row.published_id)
                found.setdefault(row.kind, []).append(served)
            _listed[database] = state, {kind: tuple(rows) for kind, rows in found.items()}
        session.info[_SERVING] = _listed[database][1]
    listed: Mapping[str, tuple[Served, ...]] = session.info[_SERVING]
    return listed


def published_id(
    session: Session, viewer: Viewer, kind: ChainKind, key: str, locale: str = ""
) -> int:
    """Return the id of the revision that serves a key, in the wanted locale or the other one.

    Only the id is read: revisions are large and never change, so slices keep what they parsed.
    Raises `NotFound` when there is none in any locale.
    """
    found = [served for served in serving(session, viewer, kind) if served.key == key]
    if not found:
        raise NotFound("This is not published here, or is no longer.")
    return min(found, key=lambda served: (served.locale != locale, served.locale)).revision_id


def published(
    session: Session, viewer: Viewer, kind: ChainKind, key: str, locale: str = ""
) -> Revision:
    """Return the revision that serves a key. Raises `NotFound`, as `published_id` does."""
    return session.get_one(Revision, published_id(session, viewer, kind, key, locale))


def published_keys(
    session: Session, viewer: Viewer, kind: ChainKind
) -> list[tuple[str, str, int]]:
    """Return (key, locale, revision id) of everything of a kind that serves this viewer."""
    return [
        (served.key, served.locale, served.revision_id)
        for served in serving(session, viewer, kind)
    ]


def revisions_by_id(session: Session, ids: Sequence[int]) -> dict[int, Revision]:
    """Return revisions by id; they never change, so any that was ever written can be read."""
    found = session.scalars(select(Revision).where(Revision.id.in_(set(ids))))
    return {revision.id: revision for revision in found}


def wording_roots(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Return, of every revision of the chains of some, the first with the same meaning.

    Revisions that their authors marked as changing wording only mean what the one before meant.
    """
    chains = select(Revision.chain_id).where(Revision.id.in_(set(ids)))
    rows = rows_of(
        session,
        select(Revision.id, Revision.chain_id, Revision.wording_only)
        .where(Revision.chain_id.in_(chains))
        .order_by(Revision.chain_id, Revision.number),
    )
    roots: dict[int, int] = {}
    chain = before = 0
    for row in rows:
        goes_on = row.wording_only and row.chain_id == chain
        roots[row.id] = roots[before] if goes_on else row.id
        chain, before = row.chain_id, row.id
    return roots


def same_but_for_wording(session: Session, ids: Collection[int]) -> set[int]:
    """Return the revisions that mean what some revisions mean, those included."""
    roots = wording_roots(session, ids)
    meant = {roots[one] for one in ids}
    return {one for one, root in roots.items() if root in meant}


def chains_of(session: Session, organisation_id: int) -> dict[tuple[str, str, str], Chain]:
    """Return the chains of an organisation with what they serve, by (kind, key, locale)."""
    found = session.scalars(
        select(Chain)
        .outerjoin(Chain.published)
        .options(contains_eager(Chain.published))
        .where(Chain.organisation_id == organisation_id)
    )
    return {(chain.kind, chain.key, chain.locale): chain for chain in found}


def last_revision(session: Session, chain_id: int) -> Revision | None:
    """Return the youngest revision of a chain, whether it serves or not."""
    return session.scalar(
        select(Revision)
        .where(Revision.chain_id == chain_id)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def revision_at(session: Session, chain: Chain, number: int) -> Revision:
    """Return a revision of a chain by its number. Raises `NotFound`."""
    found = session.scalar(
        select(Revision).where(Revision.chain_id == chain.id, Revision.number == number)
    )
    if found is None:
        raise NotFound("There is no such revision.")
    return found


def find_chain(
    session: Session, organisation_id: int, kind: str, key: str, locale: str
) -> Chain | None:
    """Return an organisation's chain by what it goes by."""
    return session.scalar(
        select(Chain).where(
            Chain.organisation_id == organisation_id,
            Chain.kind == kind,
            Chain.key == key,
            Chain.locale == locale,
        )
    )


def history_of(session: Session, chain: Chain) -> list[Past]:
    """Return the revisions of a chain, the youngest first."""
    rows = session.execute(
        select(
            Revision.id,
            Revision.number,
            Revision.created_at,
            Revision.author_id,
            Revision.wording_only,
        )
        .where(Revision.chain_id == chain.id)
        .order_by(Revision.number.desc())
    ).all()
    names = people_by_id(session, [row.author_id for row in rows if row.author_id])
    return [
        Past(
            row.id,
            row.number,
            row.created_at,
            names.get(row.author_id, ""),
            row.id == chain.published_id,
            row.wording_only,
        )
        for row in rows
    ]


def origins_of(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the file that each revision came from, empty for what was written here."""
    rows = session.execute(select(Revision.id, Revision.origin).where(Revision.id.in_(ids)))
    return {row.id: row.origin for row in rows}


def medium(session: Session, sha256: str) -> Medium:
    """Return a picture by its hash. Raises `NotFound`."""
    found = session.get(Medium, sha256)
    if found is None:
        raise NotFound("There is no such picture.")
    return found
