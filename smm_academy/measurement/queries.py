"""What somebody showed."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from smm_academy.database.session import rows_of
from smm_academy.measurement.curriculum import Curriculum, curriculum_of
from smm_academy.measurement.models import Evidence
from smm_academy.measurement.skill_map import EvidenceRow, SkillMap, map_skills
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.queries import published_id, revisions_by_id
from smm_academy.sittings.models import Activity, Purpose, Sitting
from smm_academy.web.viewer import Viewer

OWN = (Purpose.PRACTICE, Purpose.CHECK)
SIMULATED = (Activity.DRILL, Activity.SHIFT)

_curricula: dict[int, Curriculum] = {}
"""Revisions never change, so what was read from one is kept for the life of the process."""


_EVIDENCE = (
    select(Evidence)
    .where(
        Evidence.person_id == bindparam("person"),
        Evidence.purpose.in_(bindparam("purposes", expanding=True)),
    )
    .order_by(Evidence.at, Evidence.id)
)
_STATE = select(func.count(), func.max(Evidence.id)).where(
    Evidence.person_id == bindparam("person")
)
_MAPS_KEPT = 512
_maps: OrderedDict[tuple[Any, ...], SkillMap] = OrderedDict()
"""Maps by database, person, state of the evidence, hour and zone: evidence is only ever added."""


def evidence_of(
    session: Session, viewer: Viewer, purposes: Sequence[Purpose] = OWN
) -> list[Evidence]:
    """Return a person's evidence, oldest first."""
    found = session.scalars(_EVIDENCE, {"person": viewer.id, "purposes": list(purposes)})
    return list(found)


def rows_of_sittings(session: Session, ids: Sequence[str]) -> dict[str, list[EvidenceRow]]:
    """Return the evidence of sittings, oldest first; whoever asks has made sure that they may."""
    found = session.scalars(
        select(Evidence).where(Evidence.sitting_id.in_(ids)).order_by(Evidence.at, Evidence.id)
    )
    rows: dict[str, list[EvidenceRow]] = {}
    for row in found:
        rows.setdefault(row.sitting_id, []).append(_row(row, UTC))
    return rows


def items_answered_before(session: Session, sitting: Sitting) -> set[str]:
    """Return the keys of the items that the sitting's person answered in other sittings."""
    return items_seen_by(session, sitting.person_id, besides=sitting.id)


def items_seen_by(session: Session, person_id: int, besides: str = "") -> set[str]:
    """Return the keys of the items that a person answered, in any sitting but one."""
    sources = session.scalars(
        select(Evidence.source).where(
            Evidence.person_id == person_id,
            Evidence.sitting_id != besides,
            Evidence.source.startswith("item:"),
        )
    )
    return {source.removeprefix("item:").rpartition("@")[0] for source in sources}


def curriculum(session: Session, viewer: Viewer) -> Curriculum:
    """Return the skills as the site states them now. Raises `NotFound` on an empty site."""
    number = published_id(session, viewer, ChainKind.SKILLS, "skills")
    if number not in _curricula:
        _curricula[number] = curriculum_of(revisions_by_id(session, [number])[number].parsed)
    return _curricula[number]


def map_of(session: Session, viewer: Viewer, at: datetime) -> SkillMap:
    """Return the viewer's skill map in the hour of a moment, from practice and checks alone."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    state = tuple(rows_of(session, _STATE, {"person": viewer.id}).one())
    key = (session.get_bind().engine.url, viewer.id, viewer.timezone, hour, state)
    if key not in _maps:
        _maps[key] = _work_out(evidence_of(session, viewer), at, ZoneInfo(viewer.timezone))
        if len(_maps) > _MAPS_KEPT:
            _maps.popitem(last=False)
    return _maps[key]


_EVIDENCE_OF_MANY = (
    select(Evidence)
    .where(
        Evidence.person_id.in_(bindparam("people", expanding=True)),
        Evidence.purpose.in_(bindparam("purposes", expanding=True)),
    )
    .order_by(Evidence.at, Evidence.id)
)


def maps_of(
    session: Session, people: Collection[int], zone: str, at: datetime
) -> dict[int, SkillMap]:
    """Return people's skill maps at a moment, days reckoned in one zone.

    Whose maps somebody may see is for the caller to know.
    """
    rows: dict[int, list[Evidence]] = {person_id: [] for person_id in people}
    asked = {"people": list(people), "purposes": list(OWN)}
    for row in session.scalars(_EVIDENCE_OF_MANY, asked):
        rows[row.person_id].append(row)
    return {one: _work_out(found, at, ZoneInfo(zone)) for one, found in rows.items()}


def map_at(session: Session, viewer: Viewer, at: datetime) -> SkillMap:
    """Return the viewer's skill map as it stood at a moment: what came later is left out."""
    known = [row for row in evidence_of(session, viewer) if row.at <= at]
    return _work_out(known, at, ZoneInfo(viewer.timezone))


def map_of_sitting(session: Session, viewer: Viewer, sitting: Sitting, at: datetime) -> SkillMap:
    """Return the map that one sitting of the viewer's gives, without anything else of theirs."""
    found = evidence_of(session, viewer, (Purpose(sitting.purpose),))
    shown = [row for row in found if row.sitting_id == sitting.id]
    return _work_out(shown, at, ZoneInfo(viewer.timezone))


def evidence_rows(evidence: Sequence[Evidence]) -> list[EvidenceRow]:
    """Return evidence as a map reads it, days reckoned in UTC."""
    return [_row(row, UTC) for row in evidence]


def _work_out(evidence: Sequence[Evidence], at: datetime, zone: ZoneInfo) -> SkillMap:
    return map_skills([_row(row, zone) for row in evidence], at.astimezone(zone))


def _row(evidence: Evidence, zone: tzinfo) -> EvidenceRow:
    return EvidenceRow(
        evidence.skill,
        evidence.score,
        evidence.maximum,
        evidence.a,
        tuple(evidence.thresholds),
        evidence.at.astimezone(zone),
        evidence.weight,
        evidence.activity in SIMULATED,
        testlet_of(evidence.source),
    )


def testlet_of(source: str) -> str:
    """Return what the rows of one reply or duty share: its item; empty for one of its own."""
    is_of_shift = source.startswith(("message:", "duty:"))
    return source.rpartition(":")[0] if is_of_shift else ""
