"""Jobs: asked for once, taken by one, tried again with pauses, given up in the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import Organisation
from smm_academy.database.session import Database
from smm_academy.jobs.models import Job, JobState
from smm_academy.jobs.operations import ATTEMPTS, LEASE, claim, enqueue
from smm_academy.jobs.queries import due_jobs, job_counts
from smm_academy.jobs.queue import JobQueue
from smm_academy.jobs.worker import plan_recurring, run_due, run_job
from tests.conftest import MakeSettings
from tests.crowd import at_once
from tests.redis import Redis

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def found(session: Session, payload: Mapping[str, Any], at: datetime) -> None:
    """A job that leaves a trace: an organisation of the name it is told."""
    session.add(Organisation(name=payload["name"], slug=payload["name"], created_at=at))


def stumble(session: Session, payload: Mapping[str, Any], at: datetime) -> None:
    """A job that leaves a trace and then fails."""
    found(session, payload, at)
    session.flush()
    raise OSError("the server hung up")


HANDLERS = {"found": found, "stumble": stumble}


def ask(database: Database, name: str, at: datetime, **more: Any) -> int:
    with database.unit() as session:
        enqueue(session, name, f"{name}:1", {"name": "norte"}, at, **more)
        return session.scalars(select(Job.id).where(Job.key == f"{name}:1")).one()


def job(database: Database, number: int) -> Job:
    with database.reading() as session:
        return session.get_one(Job, number)


def traces(database: Database) -> int:
    with database.reading() as session:
        return len(list(session.scalars(select(Organisation).where(Organisation.slug == "norte"))))


def test_a_job_is_done_once_and_forgets_what_it_was_about(
    empty_database: Database, noon: datetime
) -> None:
    number = ask(empty_database, "found", noon)

    first = run_job(empty_database, HANDLERS, number, noon)
    second = run_job(empty_database, HANDLERS, number, noon)

    assert (first, second, traces(empty_database)) == (True, False, 1)
    assert job(empty_database, number).state == JobState.DONE
    assert job(empty_database, number).payload == {}


def test_the_same_work_is_asked_for_once(empty_database: Database, noon: datetime) -> None:
    first, second = (ask(empty_database, "found", noon) for _ in range(2))

    assert first == second


def test_what_was_asked_for_in_a_unit_that_failed_is_never_done(
    empty_database: Database, noon: datetime
) -> None:
    def ask_and_fail(session: Session) -> None:
        enqueue(session, "found", "found:1", {"name": "norte"}, noon)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        empty_database.run(ask_and_fail)

    assert run_due(empty_database, HANDLERS, noon) == 0


def test_a_job_waits_until_it_is_due(empty_database: Database, noon: datetime) -> None:
    ask(empty_database, "found", noon, run_at=noon + MINUTE)

    assert run_due(empty_database, HANDLERS, noon) == 0
    assert run_due(empty_database, HANDLERS, noon + MINUTE) == 1


def test_a_job_that_is_held_is_nobody_elses_until_its_lease_is_over(
    empty_database: Database, noon: datetime
) -> None:
    number = ask(empty_database, "found", noon)
    with empty_database.unit() as session:
        claim(session, number, noon)

    held = run_due(empty_database, HANDLERS, noon + LEASE)
    over = run_due(empty_database, HANDLERS, noon + LEASE + SECOND)

    assert (held, over) == (0, 1)
    assert job(empty_database, number).attempts == 2


def test_of_eight_workers_one_gets_the_job(empty_database: Database, noon: datetime) -> None:
    number = ask(empty_database, "found", noon)

    done = at_once([lambda: run_job(empty_database, HANDLERS, number, noon)] * 8)

    assert sorted(done) == [False] * 7 + [True]
    assert traces(empty_database) == 1


def test_a_failed_job_undoes_its_work_and_pauses(empty_database: Database, noon: datetime) -> None:
    number = ask(empty_database, "stumble", noon)

    run_job(empty_database, HANDLERS, number, noon)

    failed = job(empty_database, number)
    assert (failed.state, failed.run_at - noon) == (JobState.QUEUED, 30 * SECOND)
    assert "the server hung up" in failed.error
    assert traces(empty_database) == 0


def test_pauses_grow_and_the_fifth_failure_is_the_last(
    empty_database: Database, noon: datetime
) -> None:
    number = ask(empty_database, "stumble", noon)
    pauses, at = [], noon

    for _ in range(ATTEMPTS):
        run_job(empty_database, HANDLERS, number, at)
        pauses.append((job(empty_database, number).run_at - at) // SECOND)
        at = max(at, job(empty_database, number).run_at)

    assert pauses[:4] == [30, 120, 480, 1920]
    assert job(empty_database, number).state == JobState.DEAD
    assert run_due(empty_database, HANDLERS, noon + timedelta(days=9)) == 0


def test_a_job_of_a_name_that_nobody_knows_dies_and_says_why(
    empty_database: Database, noon: datetime
) -> None:
    number = ask(empty_database, "dance", noon)

    for day in range(ATTEMPTS):
        run_due(empty_database, HANDLERS, noon + timedelta(days=day))

    assert job(empty_database, number).state == JobState.DEAD
    assert "dance" in job(empty_database, number).error


def test_one_failing_job_keeps_no_other_from_being_done(
    empty_database: Database, noon: datetime
) -> None:
    ask(empty_database, "stumble", noon)
    ask(empty_database, "found", noon + SECOND)

    run_due(empty_database, HANDLERS, noon + MINUTE)

    with empty_database.reading() as session:
        assert job_counts(session) == {JobState.QUEUED: 1, JobState.DONE: 1}


def test_recurring_work_is_asked_for_once_a_period_by_however_many(
    empty_database: Database, noon: datetime
) -> None:
    every = {"found": timedelta(hours=1)}

    at_once(
        [
            lambda: empty_database.run(lambda session: plan_recurring(session, every, noon))
            for _ in range(4)
        ]
    )
    empty_database.run(lambda session: plan_recurring(session, every, noon + timedelta(hours=1)))

    with empty_database.reading() as session:
        assert len(due_jobs(session, noon + timedelta(hours=2))) == 2


@pytest.mark.parametrize("transport", ["a file", "Redis"])
def test_the_worker_hears_of_a_job_when_its_unit_is_committed(
    empty_database: Database,
    make_settings: MakeSettings,
    redis: Redis,
    noon: datetime,
    transport: str,
) -> None:
    settings = make_settings("sqlite://", redis_url=redis.url if transport == "Redis" else "")
    heard: list[int] = []
    empty_database.committed = JobQueue(settings).announce
    worker = JobQueue(settings, heard.append)

    with empty_database.unit() as session:
        enqueue(session, "found", "found:1", {"name": "norte"}, noon)
        early = worker._huey.dequeue()
    number = ask(empty_database, "found", noon)
    worker._huey.execute(worker._huey.dequeue())

    assert early is None
    assert heard == [number]
