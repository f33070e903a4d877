"""Whom learners are compared with: those who finished a skill check, language by language."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import Person, PersonKind
from smm_academy.database.session import rows_of
from smm_academy.measurement.models import Evidence, Norm
from smm_academy.measurement.norms import Measured, NormGroup
from smm_academy.measurement.selection import LEARNER_CHECK
from smm_academy.measurement.skill_map import EvidenceRow, estimate_overall
from smm_academy.sittings.models import Purpose, Sitting

FINISHED_FROM = LEARNER_CHECK.shortest
"""A check that was left after fewer answers measured too little to stand for its person."""

Ended: TypeAlias = tuple[str, int, datetime]
"""A sitting, its person and its end."""

MOST_PEOPLE = 20_000
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Known:
    """A norm group as it is kept, and when it was worked out."""

    key: str
    taken_at: datetime
    group: NormGroup


def check_key(locale: str) -> str:
    """Return the key of the learners who finished a skill check in a language."""
    return f"check:{locale}"


def norm_of(session: Session, key: str) -> Known | None:
    """Return a norm group as it was last worked out, ``None`` before the first time."""
    found = session.get(Norm, key)
    return _known(found) if found else None


def norms_like(session: Session, prefix: str) -> list[Known]:
    """Return the norm groups whose keys begin somehow, in their order."""
    found = select(Norm).where(Norm.key.startswith(prefix, autoescape=True)).order_by(Norm.key)
    return [_known(one) for one in session.scalars(found)]


def check_members(session: Session, locale: str, left_out: Collection[int]) -> list[Measured]:
    """Return the newest finished check in a language of each account holder but some."""
    rows = rows_of(
        session,
        select(Sitting.id, Sitting.person_id, Sitting.finished_at)
        .join(Person, Person.id == Sitting.person_id)
        .where(
            Person.kind == PersonKind.ACCOUNT,
            Sitting.purpose == Purpose.CHECK,
            Sitting.content_locale == locale,
            Sitting.finished_at.is_not(None),
        )
        .order_by(Sitting.finished_at.desc()),
    )
    ended = [(row.id, row.person_id, row.finished_at) for row in rows]
    dealt_with = set(left_out)
    found: list[Measured] = []
    for part in _parts(ended):
        answers = _answers_in(session, [sitting for sitting, _, _ in part])
        for sitting, person_id, at in part:
            given = answers.get(sitting, [])
            if person_id in dealt_with or len(given) < FINISHED_FROM:
                continue
            dealt_with.add(person_id)
            overall = estimate_overall(given)
            found.append(Measured(overall.mean, overall.se, at.astimezone(UTC).date()))
        if len(found) >= MOST_PEOPLE:
            break
    return found


def _answers_in(session: Session, sittings: Sequence[str]) -> dict[str, list[EvidenceRow]]:
    rows = rows_of(
        session,
        select(
            Evidence.sitting_id,
            Evidence.skill,
            Evidence.score,
            Evidence.maximum,
            Evidence.a,
            Evidence.thresholds,
            Evidence.weight,
            Evidence.at,
        ).where(Evidence.sitting_id.in_(sittings), Evidence.weight > 0),
    )
    found: dict[str, list[EvidenceRow]] = {}
    for row in rows:
        found.setdefault(row.sitting_id, []).append(
            EvidenceRow(
                row.skill, row.score, row.maximum, row.a, tuple(row.thresholds), row.at, row.weight
            )
        )
    return found


def _known(row: Norm) -> Known:
    group = NormGroup(row.people, row.first_on, row.last_on, tuple(row.shares))
    return Known(row.key, row.taken_at, group)


def _parts(ended: Sequence[Ended]) -> Iterator[Sequence[Ended]]:
    for first in range(0, len(ended), _AT_ONCE):
        yield ended[first : first + _AT_ONCE]
