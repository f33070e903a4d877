"""Which revision serves."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager

from smm_academy.accounts.models import HOUSE
from smm_academy.errors import NotFound
from smm_academy.revisions.models import Chain, ChainKind, Medium, Revision
from smm_academy.web.viewer import Viewer


def find_published(
    session: Session, viewer: Viewer, kind: ChainKind, key: str, locale: str = ""
) -> Revision | None:
    """Return the revision that serves a key in a locale to this viewer."""
    return session.scalar(
        select(Revision)
        .join(Chain, Chain.published_id == Revision.id)
        .where(Chain.kind == kind, Chain.key == key, Chain.locale == locale, readable(viewer))
    )


def published_id(
    session: Session, viewer: Viewer, kind: ChainKind, key: str, locale: str = ""
) -> int:
    """Return the id of the revision that serves a key, in the wanted locale or the other one.

    Only the id is read: revisions are large and never change, so slices keep what they parsed.
    Raises `NotFound` when there is none in any locale.
    """
    found = session.execute(
        select(Chain.published_id, Chain.locale).where(
            Chain.kind == kind,
            Chain.key == key,
            Chain.published_id.is_not(None),
            readable(viewer),
        )
    ).all()
    ranked = sorted(found, key=lambda row: (row.locale != locale, row.locale))
    if not ranked:
        raise NotFound("This is not published here, or is no longer.")
    first: int = ranked[0].published_id
    return first


def published(
    session: Session, viewer: Viewer, kind: ChainKind, key: str, locale: str = ""
) -> Revision:
    """Return the revision that serves a key. Raises `NotFound`, as `published_id` does."""
    return session.get_one(Revision, published_id(session, viewer, kind, key, locale))


def published_keys(
    session: Session, viewer: Viewer, kind: ChainKind
) -> list[tuple[str, str, int]]:
    """Return (key, locale, revision id) of everything of a kind that serves this viewer."""
    rows = session.execute(
        select(Chain.key, Chain.locale, Chain.published_id)
        .where(Chain.kind == kind, Chain.published_id.is_not(None), readable(viewer))
        .order_by(Chain.key, Chain.locale)
    )
    return [(row.key, row.locale, row.published_id) for row in rows]


def revisions_by_id(session: Session, ids: Sequence[int]) -> dict[int, Revision]:
    """Return revisions by id; they never change, so any that was ever written can be read."""
    found = session.scalars(select(Revision).where(Revision.id.in_(set(ids))))
    return {revision.id: revision for revision in found}


def chains_of(session: Session, organisation_id: int) -> dict[tuple[str, str, str], Chain]:
    """Return the chains of an organisation with what they serve, by (kind, key, locale)."""
    found = session.scalars(
        select(Chain)
        .outerjoin(Chain.published)
        .options(contains_eager(Chain.published))
        .where(Chain.organisation_id == organisation_id)
    )
    return {(chain.kind, chain.key, chain.locale): chain for chain in found}


def medium(session: Session, sha256: str) -> Medium:
    """Return a picture by its hash. Raises `NotFound`."""
    found = session.get(Medium, sha256)
    if found is None:
        raise NotFound("There is no such picture.")
    return found


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that a chain may be read: the house's, or of an own organisation."""
    return Chain.organisation_id.in_({HOUSE} | {place for place, _ in viewer.memberships})
