"""Evidence that comes twice, late, out of order or after the end: each has one stated outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from smm_academy.accounts.models import HOUSE, Organisation, Person, PersonKind
from smm_academy.database.session import Database
from smm_academy.measurement.models import Evidence
from smm_academy.measurement.operations import Shown, record_evidence
from smm_academy.measurement.queries import evidence_of, map_at, map_of_sitting
from smm_academy.sittings.models import Activity, Feedback, Purpose, Sitting
from smm_academy.web.viewer import Viewer

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def shown(name: str, score: int, skill: str = "concepts") -> Shown:
    return Shown(skill, f"item:{name}@1", score, 1, 1.0, 1.0, (0.0,))


@pytest.fixture
def session(empty_database: Database) -> Iterator[Session]:
    with empty_database.writing() as opened:
        if opened.get(Organisation, HOUSE) is None:
            opened.add(Organisation(id=HOUSE, name="House", slug="house", created_at=NOON))
        opened.add(Person(id=1, kind=PersonKind.ACCOUNT, created_at=NOON, last_seen_at=NOON))
        opened.flush()
        yield opened


def sits(session: Session, name: str, at: datetime = NOON) -> Sitting:
    sitting = Sitting(
        id=name,
        person_id=1,
        organisation_id=HOUSE,
        purpose=Purpose.CHECK,
        activity=Activity.QUIZ,
        subject="skill_check",
        content_locale="en",
        feedback=Feedback.AFTER_SUBMIT,
        frozen={},
        rubric={},
        started_at=at,
        finished_at=at,
    )
    session.add(sitting)
    session.flush()
    return sitting


def scores(session: Session) -> list[tuple[str, int]]:
    rows = session.scalars(select(Evidence).order_by(Evidence.id))
    return [(row.source.removeprefix("item:")[0], row.score) for row in rows]


def test_what_comes_twice_counts_once_and_the_first_stands(session: Session) -> None:
    sitting = sits(session, "one")

    first = record_evidence(session, sitting, [shown("a", 1), shown("b", 0)], NOON)
    again = record_evidence(session, sitting, [shown("a", 1), shown("b", 0)], NOON + HOUR)
    another = record_evidence(session, sitting, [shown("a", 0), shown("b", 1)], NOON + HOUR)

    assert (first, again, another) == (2, 0, 0)
    assert scores(session) == [("a", 1), ("b", 0)]


def test_twice_in_one_go_is_once_and_the_first_stands(session: Session) -> None:
    sitting = sits(session, "one")

    assert record_evidence(session, sitting, [shown("a", 1), shown("a", 0)], NOON) == 1
    assert scores(session) == [("a", 1)]


def test_the_database_itself_refuses_a_second_row(session: Session) -> None:
    sitting = sits(session, "one")
    record_evidence(session, sitting, [shown("a", 1)], NOON)
    (row,) = session.scalars(select(Evidence))
    twin = {
        column.key: getattr(row, column.key)
        for column in Evidence.__table__.columns
        if column.key != "id"
    }
    session.add(Evidence(**twin))

    with pytest.raises(IntegrityError):
        session.flush()


def test_one_item_in_two_sittings_is_evidence_of_each(session: Session) -> None:
    for name in ("one", "two"):
        assert record_evidence(session, sits(session, name), [shown("a", 1)], NOON) == 1


def test_within_a_sitting_the_order_says_nothing(session: Session) -> None:
    found = set()
    answers = [shown("a", 1), shown("b", 0, "voice"), shown("c", 1, "empathy")]
    for number, order in enumerate(permutations(answers)):
        sitting = sits(session, f"sitting {number}")
        record_evidence(session, sitting, order, NOON)
        overall = map_of_sitting(session, Viewer(1), sitting, NOON).overall
        found.add((round(overall.mean, 12), round(overall.se, 12), overall.answers))

    assert len(found) == 1


def test_what_is_late_counts_from_its_own_time_and_not_in_maps_before(session: Session) -> None:
    record_evidence(session, sits(session, "one"), [shown("a", 1)], NOON)
    before = map_at(session, Viewer(1), NOON)
    # A second sitting is written later, and a third that ended earlier only after both.
    record_evidence(session, sits(session, "two", NOON + HOUR), [shown("b", 0)], NOON + HOUR)
    record_evidence(session, sits(session, "three", NOON - HOUR), [shown("c", 1)], NOON - HOUR)

    times = [row.at for row in evidence_of(session, Viewer(1))]
    assert times == sorted(times)
    assert map_at(session, Viewer(1), NOON - HOUR).overall.answers == 1
    assert map_at(session, Viewer(1), NOON).overall.answers == before.overall.answers + 1
    assert map_at(session, Viewer(1), NOON + HOUR).overall.answers == 3
