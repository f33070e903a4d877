"""The parameters in force: what an item that is answered now is scored with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, select
from sqlalchemy.orm import Session

from smm_academy.database.session import rows_of
from smm_academy.measurement.models import ItemParameter, ParameterSet
from smm_academy.revisions.queries import wording_roots


@dataclass(frozen=True, slots=True)
class Strength:
    """How telling and how hard an item is, in logits, and the calibration that says so."""

    a: float
    thresholds: tuple[float, ...]
    parameter_set_id: int | None


_LAST = (
    select(ParameterSet.id)
    .where(ParameterSet.in_force_at.is_not(None))
    .order_by(ParameterSet.in_force_at.desc(), ParameterSet.id.desc())
    .limit(1)
)
_sets: dict[tuple[URL, int], Mapping[int, Strength]] = {}
_roots: dict[tuple[URL, int], int] = {}
"""A calibration and a revision never change, so what was read stays until the process ends."""


def set_in_force(session: Session) -> int | None:
    """Return the id of the calibration in force, ``None`` while authors' difficulties hold."""
    found: int | None = rows_of(session, _LAST).scalar()
    return found


def strengths_of(session: Session, revisions: Mapping[str, int]) -> dict[str, Strength]:
    """Return the strengths in force of items, from the revision of each by the item's key.

    Items that the calibration does not know, or whose meaning changed since, are left out. It
    costs one small query until something is new to this process.
    """
    present = set_in_force(session)
    if present is None:
        return {}
    database = session.get_bind().engine.url
    known = _known(session, database, present)
    missing = {one for one in revisions.values() if (database, one) not in _roots}
    if missing:
        for one, root in wording_roots(session, missing).items():
            _roots[database, one] = root
    places = {key: _roots[database, one] for key, one in revisions.items()}
    return {key: known[root] for key, root in places.items() if root in known}


def _known(session: Session, database: URL, present: int) -> Mapping[int, Strength]:
    if (database, present) not in _sets:
        rows: Any = rows_of(
            session,
            select(ItemParameter.source, ItemParameter.a, ItemParameter.b).where(
                ItemParameter.parameter_set_id == present
            ),
        )
        _sets[database, present] = {
            int(row.source.rpartition("@")[2]): Strength(row.a, tuple(row.b), present)
            for row in rows
        }
    return _sets[database, present]
