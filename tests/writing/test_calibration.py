"""Calibration from the page to the next answer: fitted, previewed, taken into force."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.event import listen

from smm_academy.app import handlers
from smm_academy.clock import now
from smm_academy.jobs.models import Job, JobState
from smm_academy.jobs.worker import run_due
from smm_academy.measurement.calibration_operations import CALIBRATION, calibration
from smm_academy.measurement.mastery import LEVELS
from smm_academy.measurement.models import Evidence, ItemParameter, ParameterSet
from smm_academy.measurement.norm_operations import keep_norm
from smm_academy.measurement.norms import Measured, gather_group
from smm_academy.measurement.parameter_queries import strengths_of
from smm_academy.measurement.queries import evidence_rows
from smm_academy.measurement.skill_map import map_skills
from smm_academy.revisions.models import Chain, ChainKind, Revision
from smm_academy.web.application import Academy
from tests.admin.people import admin_of
from tests.people import Visitor
from tests.quizzes.many_answers import answer_quiz
from tests.writing.authors import Author

KEY = "concepts-basics"
PAGE = "/teach/calibration"


@pytest.fixture
def teacher(app: Academy) -> Author:
    found = Author(app)
    found.joins_house("ewa@example.com")
    return found


def works(app: Academy) -> None:
    run_due(app.database, handlers(app, app.settings), now())


def calibrates(app: Academy, teacher: Author, people: int = 300) -> str:
    """Let people answer with one question far harder than its author says; calibrate."""
    with app.database.unit() as session:
        first = answer_quiz(session, KEY, people=1, seed=9)[0].id
        harder = {first: lambda theta: 1 / (1 + math.exp(2.0 - theta))}
        answer_quiz(session, KEY, people=people, chances=harder)
    teacher.opens(PAGE)
    teacher.sends(PAGE)
    works(app)
    teacher.opens(PAGE)
    return first


def strengths(app: Academy) -> dict[str, tuple[float, float]]:
    with app.database.reading() as session:
        rows = session.scalars(select(ItemParameter)).all()
        return {row.source.split("@")[0].rpartition("/")[2]: (row.a, row.b[0]) for row in rows}


def test_a_harder_question_than_the_author_said_is_found_and_shown_before_it_counts(
    app: Academy, teacher: Author
) -> None:
    first = calibrates(app, teacher)
    assert teacher.page is not None

    found = strengths(app)
    assert max(found, key=lambda one: found[one][1]) == first
    assert all(a > 0.3 for a, _ in found.values())
    assert "questions are fitted" in teacher.page.text
    assert "Take into force" in teacher.page.html
    with app.database.reading() as session:
        chain = session.scalars(
            select(Chain).where(Chain.key == f"{KEY}/{first}", Chain.locale == "en")
        ).one()
        assert strengths_of(session, {chain.key: chain.published_id or 0}) == {}


def test_new_answers_are_scored_with_it_and_old_ones_keep_theirs(
    app: Academy, teacher: Author
) -> None:
    first = calibrates(app, teacher)
    with app.database.reading() as session:
        before = {
            row.id: (row.a, row.thresholds, row.parameter_set_id)
            for row in session.scalars(select(Evidence))
        }
        set_id = session.scalars(select(ParameterSet.id)).one()

    page = teacher.sends(f"{PAGE}/{set_id}/force")
    assert "In force since" in page.text
    learner = Visitor(app)
    learner.opens(f"/quizzes/{KEY}")
    learner.sends(f"/quizzes/{KEY}")
    sitting = learner.page.path.split("/")[3]  # type: ignore[union-attr]
    learner.posts(f"/quizzes/sittings/{sitting}/submit")

    with app.database.reading() as session:
        rows = {row.id: row for row in session.scalars(select(Evidence))}
    assert {
        one: (rows[one].a, rows[one].thresholds, rows[one].parameter_set_id) for one in before
    } == before
    fresh = [row for one, row in rows.items() if one not in before]
    assert fresh
    assert {row.parameter_set_id for row in fresh} == {set_id}
    found = strengths(app)
    scored = {row.source.split("@")[0].rpartition("/")[2]: row for row in fresh}
    assert (scored[first].a, scored[first].thresholds) == (found[first][0], [found[first][1]])


def test_parameters_outlive_a_change_of_wording_and_no_other(
    app: Academy, teacher: Author
) -> None:
    first = calibrates(app, teacher)
    with app.database.unit() as session:
        asked = session.scalars(select(ParameterSet)).one()
        asked.in_force_at = now()
        chain = session.scalars(
            select(Chain).where(
                Chain.key == f"{KEY}/{first}", Chain.locale == "en", Chain.kind == ChainKind.ITEM
            )
        ).one()
        assert chain.published is not None
        number = chain.published.number
        later = [
            Revision(
                chain_id=chain.id,
                number=number + step,
                source="",
                sha256="",
                parsed=chain.published.parsed,
                wording_only=wording_only,
                created_at=now(),
            )
            for step, wording_only in ((1, True), (2, False), (3, True))
        ]
        session.add_all(later)
        session.flush()
        known = [bool(strengths_of(session, {chain.key: one.id})) for one in later]

    assert known == [True, False, False]


def test_the_preview_tells_whom_it_moves_as_scoring_them_anew_would(
    app: Academy, teacher: Author
) -> None:
    calibrates(app, teacher, people=120)
    with app.database.reading() as session:
        asked = session.scalars(select(ParameterSet)).one()
        known = {
            int(row.source.rpartition("@")[2]): (row.a, row.b)
            for row in session.scalars(select(ItemParameter))
        }
        people: dict[int, list[Evidence]] = {}
        for row in session.scalars(select(Evidence)):
            people.setdefault(row.person_id, []).append(row)
        up = down = 0
        shifts = []
        for rows in people.values():
            before = map_skills(evidence_rows(rows), asked.created_at)
            for row in rows:
                revision = int(row.source.rpartition("@")[2])
                row.a, row.thresholds = known.get(revision, (row.a, row.thresholds))
            after = map_skills(evidence_rows(rows), asked.created_at)
            moves = [
                LEVELS.index(new.level) - LEVELS.index(old.level)
                for new, old in zip(after.skills, before.skills, strict=True)
            ]
            up, down = up + (max(moves) > 0), down + (min(moves) < 0)
            shifts.append(abs(after.overall.mean - before.overall.mean))
        report = asked.report or {}
        session.rollback()

    assert report["previewed"] == len(people) == 121
    assert (report["up"], report["down"]) == (up, down)
    assert up + down > 0
    assert report["shift"] == pytest.approx(float(np.median(shifts)), abs=1e-3)
    assert report["furthest"] == pytest.approx(max(shifts), abs=1e-3)
    assert f"{up} would have a higher level in some skill" in teacher.opens(PAGE).text


def test_with_few_answers_nothing_can_be_taken_into_force(app: Academy, teacher: Author) -> None:
    calibrates(app, teacher, people=20)
    assert teacher.page is not None
    with app.database.reading() as session:
        set_id = session.scalars(select(ParameterSet.id)).one()

    refused = teacher.posts(f"{PAGE}/{set_id}/force")

    assert refused.status == 409
    assert strengths(app) == {}


def test_one_at_a_time_and_again_when_it_is_done(app: Academy, teacher: Author) -> None:
    teacher.opens(PAGE)
    teacher.sends(PAGE)

    assert teacher.posts(PAGE).status == 409
    works(app)
    assert teacher.posts(PAGE).status == 200


def test_a_job_that_runs_twice_fits_once(app: Academy, teacher: Author) -> None:
    calibrates(app, teacher, people=80)
    count = len(strengths(app))
    with app.database.unit() as session:
        set_id = session.scalars(select(ParameterSet.id)).one()
        session.execute(
            update(Job)
            .where(Job.name == "measurement.calibration")
            .values(state="queued", payload={"set": set_id})
        )
    works(app)

    assert len(strengths(app)) == count


def job(app: Academy, **changes: object) -> None:
    """Bring the newest calibration's job into a state."""
    with app.database.unit() as session:
        known = session.scalars(select(Job).where(Job.name == CALIBRATION).order_by(Job.id))
        newest = list(known)[-1]
        for name, value in changes.items():
            setattr(newest, name, value)


def test_a_calibration_that_died_says_so_and_stands_in_nobodys_way(
    app: Academy, teacher: Author
) -> None:
    first = calibrates(app, teacher)
    teacher.sends(PAGE)
    job(app, state=JobState.DEAD, finished_at=now())

    page = teacher.opens(PAGE)
    with app.database.reading() as session:
        ready = session.scalars(select(ParameterSet.id).order_by(ParameterSet.id)).first()
    taken = teacher.sends(f"{PAGE}/{ready}/force")
    teacher.opens(PAGE)
    asked = teacher.sends(PAGE)

    assert "It failed, and nothing changed." in page.text
    assert "In force since" in taken.text
    assert asked.status == 200
    assert "Under way" in asked.text
    assert first in strengths(app)


def test_a_worker_that_was_killed_at_it_is_waited_for_and_another_ends_it(
    app: Academy, teacher: Author
) -> None:
    teacher.opens(PAGE)
    teacher.sends(PAGE)
    killed = now() - timedelta(seconds=1)
    job(app, state=JobState.RUNNING, attempts=1, lease_until=now() + timedelta(minutes=5))

    while_held = teacher.posts(PAGE)
    job(app, lease_until=killed)
    after_the_lease = teacher.posts(PAGE)
    works(app)

    assert (while_held.status, after_the_lease.status) == (409, 409)
    page = teacher.opens(PAGE)
    assert "Under way" not in page.text
    assert "It failed" not in page.text
    assert teacher.posts(PAGE).status == 200


def test_a_job_that_an_admin_dropped_blocks_nothing(app: Academy, teacher: Author) -> None:
    teacher.opens(PAGE)
    teacher.sends(PAGE)
    with app.database.unit() as session:
        session.execute(delete(Job).where(Job.name == CALIBRATION))

    assert "It failed" in teacher.opens(PAGE).text
    assert teacher.posts(PAGE).status == 200


def test_the_fit_is_done_before_the_lock_is_taken(sqlite_app: Academy) -> None:
    database = sqlite_app.database
    with database.unit() as session:
        answer_quiz(session, KEY, people=60)
        session.add(ParameterSet(name="asked", created_at=now()))
        session.flush()
        set_id = session.scalars(select(ParameterSet.id)).one()
    said: list[str] = []
    listen(database.engine, "before_cursor_execute", lambda _c, _k, text, *_r: said.append(text))

    with database.unit() as session:
        calibration(database)(session, {"set": set_id}, now())

    read = [place for place, text in enumerate(said) if "FROM evidence" in text]
    locked = next(place for place, text in enumerate(said) if text.startswith("INSERT"))
    own = [text for text in said[max(read) + 1 : locked] if text.startswith("SELECT")]
    assert read
    assert max(read) < locked
    assert own
    assert all("parameter_set" in text for text in own)


def test_admins_find_the_calibration_and_the_norm_groups(app: Academy) -> None:
    admin = admin_of(app)
    with app.database.unit() as session:
        keep_norm(session, "check:en", gather_group([Measured(0.0, 0.4, now().date())]), now())

    assert PAGE in admin.opens("/admin/content").links
    page = admin.opens(PAGE)
    assert "Norm groups" in page.text
    assert "Skill check in English 1" in page.text
    assert "not yet" in page.text


def test_instructors_of_schools_do_not_calibrate(app: Academy) -> None:
    stranger = Author(app)
    stranger.opens_school("jan@example.com")

    assert stranger.opens(PAGE).status == 404
    assert stranger.posts(PAGE).status == 404
