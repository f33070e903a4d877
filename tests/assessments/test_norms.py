"""Candidates beside each other: from a hundred of the same test and language on, never below."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import Person, PersonKind
from smm_academy.app import handlers
from smm_academy.assessments.jobs import NORMS
from smm_academy.assessments.models import Assessment, Candidacy
from smm_academy.clock import now
from smm_academy.jobs.operations import enqueue
from smm_academy.jobs.worker import run_due
from smm_academy.measurement.blueprint import SKILLS
from smm_academy.measurement.models import Norm
from smm_academy.measurement.operations import Shown, record_evidence
from smm_academy.progress.models import ComparisonChoice
from smm_academy.sittings.models import Activity, Feedback, Purpose, Sitting
from smm_academy.web.application import Academy
from tests.hiring import employer, makes_test
from tests.people import Visitor

ANSWERS = 30


def others_finish(
    app: Academy, people: int, locale: str = "en", *, kind: PersonKind = PersonKind.CANDIDATE
) -> list[str]:
    """Let people finish the one assessment there is, 0 to 30 answers right; return their ids."""
    with app.database.unit() as session:
        assessment = session.scalars(select(Assessment)).one()
        return [
            _finishes(session, assessment, locale, number % (ANSWERS + 1), kind)
            for number in range(people)
        ]


def _finishes(
    session: Session, assessment: Assessment, locale: str, right: int, kind: PersonKind
) -> str:
    at = now() - timedelta(days=2)
    person = Person(
        kind=kind, organisation_id=assessment.organisation_id, created_at=at, last_seen_at=at
    )
    session.add(person)
    session.flush()
    ids = [f"{activity}-{person.id}" for activity in (Activity.QUIZ, Activity.SHIFT)]
    sittings = [
        Sitting(
            id=id_,
            person_id=person.id,
            organisation_id=assessment.organisation_id,
            purpose=Purpose.ASSESSMENT,
            activity=id_.partition("-")[0],
            subject=f"test-{assessment.id}",
            content_locale=locale,
            feedback=Feedback.NEVER,
            frozen={},
            rubric={},
            started_at=at,
            finished_at=at,
        )
        for id_ in ids
    ]
    session.add_all(sittings)
    session.flush()
    shown = [
        Shown(SKILLS[one % 13], f"item:t{one}@{one + 1}", int(one < right), 1, 1.0, 1.0, (0.0,))
        for one in range(ANSWERS)
    ]
    record_evidence(session, sittings[0], shown, at)
    candidacy = Candidacy(
        id=f"c-{person.id}",
        assessment_id=assessment.id,
        organisation_id=assessment.organisation_id,
        person_id=person.id,
        locale=locale,
        begun_at=at,
        erase_at=at + timedelta(days=90),
        paper_id=ids[0],
        shift_id=ids[1],
    )
    session.add(candidacy)
    session.flush()
    return candidacy.id


def works_out(app: Academy) -> list[tuple[str, int]]:
    """Let the worker work the groups out; return (key, people) of those that are kept."""
    at = now()
    with app.database.unit() as session:
        enqueue(session, NORMS, f"{NORMS}:{at.isoformat()}", {}, at)
    assert run_due(app.database, handlers(app, app.settings), at) >= 1
    with app.database.reading() as session:
        return [(row.key.partition(":")[2], row.people) for row in session.scalars(select(Norm))]


def offers_test(app: Academy) -> Visitor:
    boss = employer(app)
    makes_test(boss)
    return boss


def test_below_a_hundred_the_report_says_what_it_would_take(app: Academy) -> None:
    boss = offers_test(app)
    ids = others_finish(app, 99)

    assert works_out(app) == []
    report = boss.opens(f"/hire/candidates/{ids[20]}")
    assert "it takes 100 candidates" in report.text
    assert "stand below this result" not in report.text


def test_from_a_hundred_on_group_number_and_dates_stand_in_the_report(app: Academy) -> None:
    boss = offers_test(app)
    ids = others_finish(app, 120)
    others_finish(app, 20, "pl")

    (group,) = works_out(app)
    report = boss.opens(f"/hire/candidates/{ids[20]}")
    polish = boss.opens(f"/hire/candidates/{ids[20]}?lang=pl")

    assert group[0].endswith(":en")
    found = re.search(r"between (\d+) and (\d+) stand below this result", report.text)
    assert found
    low, high = int(found[1]), int(found[2])
    assert 0 < low < 65 < high < 100
    assert f"People: {group[1]}, finished from" in report.text
    assert "percent" not in report.text
    assert f"od {low} do {high} wypadło poniżej tego wyniku" in polish.text


def test_each_reads_their_own_language_and_the_other_is_not_told_without_people(
    app: Academy,
) -> None:
    boss = offers_test(app)
    others_finish(app, 110)
    polish = others_finish(app, 10, "pl")
    works_out(app)

    assert "it takes 100 candidates" in boss.opens(f"/hire/candidates/{polish[5]}").text


def test_when_data_are_deleted_the_group_goes_with_them(app: Academy) -> None:
    boss = offers_test(app)
    ids = others_finish(app, 130)
    before = works_out(app)
    with app.database.unit() as session:
        session.execute(delete(Candidacy).where(Candidacy.id.in_(ids[60:])))
    after = works_out(app)

    assert before
    assert after == []
    assert "it takes 100 candidates" in boss.opens(f"/hire/candidates/{ids[10]}").text


def test_an_account_that_left_the_norms_is_in_none_of_them(sqlite_app: Academy) -> None:
    offers_test(sqlite_app)
    others_finish(sqlite_app, 140, kind=PersonKind.ACCOUNT)
    ((_, before),) = works_out(sqlite_app)
    with sqlite_app.database.unit() as session:
        people = session.scalars(select(Candidacy.person_id).order_by(Candidacy.begun_at)).all()
        session.add_all(
            ComparisonChoice(person_id=one, left_out=True, hidden=False, at=now())
            for one in sorted(people)[10:15]
        )
    ((_, after),) = works_out(sqlite_app)

    assert after == before - 5
