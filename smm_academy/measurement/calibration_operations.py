"""Fitting the house's questions again on what people answered, in the background.

Nothing moves by itself: the fit is shown with whom it would move, and a person takes it into
force. From then on new answers are scored with it; old ones keep what they were scored with.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import HOUSE, Role
from smm_academy.accounts.operations import note
from smm_academy.database.session import Database
from smm_academy.errors import Conflict, NotFound
from smm_academy.jobs.operations import Handler, enqueue
from smm_academy.jobs.queries import still_to_come
from smm_academy.measurement.ability import MISSING
from smm_academy.measurement.curves import FloatArray
from smm_academy.measurement.expectation_maximisation import fit_items
from smm_academy.measurement.marginal_likelihood import Priors
from smm_academy.measurement.mastery import LEVELS
from smm_academy.measurement.models import Evidence, ItemParameter, ParameterSet
from smm_academy.measurement.queries import OWN, evidence_rows
from smm_academy.measurement.skill_map import SkillMap, map_skills
from smm_academy.revisions.models import Chain, Revision
from smm_academy.revisions.queries import wording_roots
from smm_academy.web.viewer import Viewer

CALIBRATION = "measurement.calibration"
FEWEST_ANSWERS = 50
"""Below, an author's judgement is worth more than a fit (reference: 0 to 49 answers)."""

FEWEST_ITEMS = 3
MOST_PEOPLE = 3000
MOST_PREVIEWED = 300
HARDEST = 4.0
STEPS = (0.25, 0.5, 1.0)
"""Where the preview cuts the sizes of changes of difficulty, in logits."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What a calibration found: rows of parameters, and the report with whom they would move."""

    parameters: list[dict[str, Any]]
    report: dict[str, Any]


def may_calibrate(viewer: Viewer) -> bool:
    """Tell whether somebody may calibrate: administrators and the house's instructors."""
    return viewer.is_admin or (HOUSE, Role.INSTRUCTOR) in viewer.memberships


def calibrations(session: Session, viewer: Viewer) -> list[ParameterSet]:
    """Return all calibrations, the newest first. Raises `NotFound` for those who may not."""
    if not may_calibrate(viewer):
        raise NotFound("There is no such page.")
    return list(session.scalars(select(ParameterSet).order_by(ParameterSet.id.desc())))


def under_way(session: Session, sets: Sequence[ParameterSet]) -> set[int]:
    """Return which calibrations the worker has still to do; one without a report else failed."""
    open_ones = {_job_key(one): one.id for one in sets if one.report is None}
    return {open_ones[key] for key in still_to_come(session, open_ones)}


def ask_calibration(session: Session, viewer: Viewer, at: datetime) -> ParameterSet:
    """Ask the worker for a calibration. Raises `NotFound`, or `Conflict` while one runs."""
    known = calibrations(session, viewer)
    if under_way(session, known):
        raise Conflict("A calibration is under way already. Its preview appears on this page.")
    asked = ParameterSet(name=at.isoformat(), created_at=at)
    session.add(asked)
    session.flush()
    enqueue(session, CALIBRATION, _job_key(asked), {"set": asked.id}, at)
    note(session, "calibration.asked", at, person_id=viewer.id, subject=str(asked.id))
    return asked


def take_into_force(session: Session, viewer: Viewer, set_id: int, at: datetime) -> None:
    """Score from now on with a calibration. Raises `NotFound`, and `Conflict` unless it is ready.

    Only the newest that came to an end can be taken: an older one was fitted on less.
    """
    found = calibrations(session, viewer)
    chosen = next((one for one in found if one.id == set_id), None)
    if chosen is None:
        raise NotFound("There is no such calibration.")
    newest = next((one for one in found if one.report), None)
    if chosen is not newest or not chosen.report or not chosen.report["items"]:
        raise Conflict("This calibration cannot be taken into force. Start a new one.")
    if chosen.in_force_at is None:
        chosen.in_force_at = at
        note(session, "calibration.taken", at, person_id=viewer.id, subject=str(set_id))


def calibration(database: Database) -> Handler:
    """Return the job that fits the items of the house and writes whom that would move.

    Reading and fitting take seconds, so they are done in a session of their own before this unit
    of work writes its first row and takes the lock. Run twice, it fits once.
    """

    def run(session: Session, payload: Mapping[str, Any], at: datetime) -> None:
        with database.reading() as before:
            if before.get_one(ParameterSet, payload["set"]).report is not None:
                return
            found = work_out(before, at)
        asked = session.get_one(ParameterSet, payload["set"], with_for_update=True)
        if asked.report is None:
            session.add_all(
                ItemParameter(parameter_set_id=asked.id, **row) for row in found.parameters
            )
            asked.report = found.report
            session.flush()

    return run


def work_out(session: Session, at: datetime) -> Fit:
    """Return what a fit of the house's items on everybody's answers finds; nothing is written."""
    rows = _answers(session)
    roots = _house_roots(session, {_revision(row.source) for row in rows})
    kept = [row for row in rows if _revision(row.source) in roots]
    by_root = {row.id: roots[_revision(row.source)] for row in kept}
    found = _fit(kept, by_root)
    names = {by_root[row.id]: row for row in kept}
    changes = [abs(b - names[root].thresholds[0]) for root, (_, b, _) in found.items()]
    report = {
        "people": len({row.person_id for row in kept}),
        "answers": len(kept),
        "items": len(found),
        "left": len(names) - len(found),
        "steps": [int(one) for one in np.bincount(np.digitize(changes, STEPS), minlength=4)],
        "largest": max(changes, default=0.0),
        **_preview(session, found, roots, [row.person_id for row in kept], at),
    }
    return Fit([_parameter(root, names[root], *known) for root, known in found.items()], report)


def _parameter(root: int, newest: Evidence, a: float, b: float, answers: int) -> dict[str, Any]:
    key = newest.source.removeprefix("item:").rpartition("@")[0]
    return {
        "source": f"item:{key}@{root}",
        "locale": newest.content_locale,
        "a": a,
        "b": [b],
        "answers": answers,
    }


def _job_key(asked: ParameterSet) -> str:
    return f"calibration:{asked.id}"


def _answers(session: Session) -> list[Evidence]:
    """Return first answers to items, the oldest first, of the people who came last."""
    last = (
        select(Evidence.person_id)
        .where(Evidence.source.startswith("item:"), Evidence.weight > 0)
        .group_by(Evidence.person_id)
        .order_by(func.max(Evidence.id).desc())
        .limit(MOST_PEOPLE)
    )
    return list(
        session.scalars(
            select(Evidence)
            .where(
                Evidence.person_id.in_(last),
                Evidence.source.startswith("item:"),
                Evidence.weight > 0,
            )
            .order_by(Evidence.id)
        )
    )


def _house_roots(session: Session, revisions: set[int]) -> dict[int, int]:
    house = session.scalars(
        select(Revision.id)
        .join(Chain, Chain.id == Revision.chain_id)
        .where(Revision.id.in_(revisions), Chain.organisation_id == HOUSE)
    )
    return wording_roots(session, list(house))


def _fit(
    rows: Sequence[Evidence], by_root: Mapping[int, int]
) -> dict[int, tuple[float, float, int]]:
    """Return (a, b, answers) by the item's first revision; nothing where there is too little.

    The scale stays where it was: all difficulties are shifted together so that their mean,
    weighted by answers, is that of the parameters that the newest answers were scored with.
    """
    counts, rights = Counter(by_root.values()), Counter[int]()
    for row in rows:
        rights[by_root[row.id]] += row.score > 0
    items = sorted(
        root
        for root, count in counts.items()
        if count >= FEWEST_ANSWERS and 0 < rights[root] < count
    )
    if len(items) < FEWEST_ITEMS:
        return {}
    column = {root: place for place, root in enumerate(items)}
    person = {one: place for place, one in enumerate(dict.fromkeys(r.person_id for r in rows))}
    codes = np.full((len(person), len(items)), MISSING, dtype=np.int64)
    before = np.zeros(len(items))
    for row in rows:
        if by_root[row.id] in column:
            place = column[by_root[row.id]]
            codes[person[row.person_id], place] = int(row.score > 0)
            before[place] = row.thresholds[0]
    fit = fit_items(codes[(codes != MISSING).any(axis=1)], "2pl", Priors())
    weights = np.array([counts[root] for root in items], dtype=float)
    hard: FloatArray = fit.curves.thresholds[:, 0]
    hard = np.clip(hard, -HARDEST, HARDEST)
    hard = hard + np.average(before - hard, weights=weights)
    return {
        root: (float(fit.curves.slopes[place]), float(hard[place]), counts[root])
        for root, place in column.items()
    }


def _preview(
    session: Session,
    found: Mapping[int, tuple[float, float, int]],
    roots: Mapping[int, int],
    people: Sequence[int],
    at: datetime,
) -> dict[str, Any]:
    """Return how people's maps would differ if all they showed were scored anew; nobody named."""
    newest = list(dict.fromkeys(reversed(people)))[:MOST_PREVIEWED]
    own: dict[int, list[Evidence]] = defaultdict(list)
    for row in session.scalars(
        select(Evidence)
        .where(Evidence.person_id.in_(newest), Evidence.purpose.in_(OWN))
        .order_by(Evidence.at, Evidence.id)
    ):
        own[row.person_id].append(row)
    up = down = 0
    shifts = [0.0]
    for rows in own.values():
        plain = evidence_rows(rows)
        before = map_skills(plain, at)
        anew = []
        for row, old in zip(rows, plain, strict=True):
            root = roots.get(_revision(row.source)) if row.source.startswith("item:") else None
            known = found.get(root) if root is not None else None
            anew.append(replace(old, a=known[0], thresholds=(known[1],)) if known else old)
        after = map_skills(anew, at)
        rise = _levels(after) - _levels(before)
        up += bool((rise > 0).any())
        down += bool((rise < 0).any())
        shifts.append(abs(after.overall.mean - before.overall.mean))
    return {
        "previewed": len(own),
        "up": up,
        "down": down,
        "shift": float(np.median(shifts[1:] or [0.0])),
        "furthest": max(shifts),
    }


def _levels(skill_map: SkillMap) -> FloatArray:
    return np.array([LEVELS.index(one.level) for one in skill_map.skills], dtype=float)


def _revision(source: str) -> int:
    return int(source.rpartition("@")[2])
