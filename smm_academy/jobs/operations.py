"""Asks for work, takes it, ends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from smm_academy.errors import Conflict
from smm_academy.jobs.models import Job, JobState

LEASE = timedelta(minutes=5)
ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=30)
ERROR_CHARACTERS = 2000
NUDGES = "nudges"

Handler = Callable[[Session, Mapping[str, Any], datetime], None]
"""What a job does: (session, payload, moment); it runs in the unit of work that ends the job."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A job that speaks with somebody outside.

    ``go`` waits for the answer with no lock and no unit of work open; ``keep`` writes what it
    brought in the unit that ends the job. Called like any other job, it does both.
    """

    go: Callable[[Mapping[str, Any], datetime], Any]
    keep: Callable[[Session, Mapping[str, Any], Any, datetime], None]

    def __call__(self, session: Session, payload: Mapping[str, Any], at: datetime) -> None:
        """Go and keep in one unit of work."""
        self.keep(session, payload, self.go(payload, at), at)


def enqueue(
    session: Session,
    name: str,
    key: str,
    payload: Mapping[str, Any],
    at: datetime,
    run_at: datetime | None = None,
) -> None:
    """Ask for work in this unit of work; asking again under the same key changes nothing."""
    if session.scalar(select(Job.id).where(Job.key == key)) is not None:
        return
    job = Job(
        name=name, key=key, payload=dict(payload), run_at=run_at or at, created_at=at, attempts=0
    )
    session.add(job)
    session.flush()
    if job.run_at <= at:
        session.info.setdefault(NUDGES, []).append(job.id)


def claim(session: Session, job_id: int, at: datetime) -> Job | None:
    """Take a due job for the length of a lease; ``None`` when it is taken, done or not yet due."""
    free = or_(Job.lease_until.is_(None), Job.lease_until < at)
    taken = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state.in_((JobState.QUEUED, JobState.RUNNING)))
        .where(Job.run_at <= at, free)
        .values(state=JobState.RUNNING, lease_until=at + LEASE, attempts=Job.attempts + 1)
    )
    if not isinstance(taken, CursorResult) or taken.rowcount == 0:
        return None
    return session.get_one(Job, job_id, populate_existing=True)


def finish(session: Session, job_id: int, at: datetime) -> None:
    """Mark a job as done and forget what it was about: payloads can hold addresses and links."""
    session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(state=JobState.DONE, finished_at=at, lease_until=None, payload={}, error="")
    )


def fail(session: Session, job_id: int, error: str, at: datetime) -> None:
    """Put a failed job back with a growing pause, or give it up after the last attempt."""
    job = session.get_one(Job, job_id)
    job.error = error[:ERROR_CHARACTERS]
    job.lease_until = None
    if job.attempts >= ATTEMPTS:
        job.state = JobState.DEAD
        job.finished_at = at
    else:
        job.state = JobState.QUEUED
        job.run_at = at + FIRST_PAUSE * 4 ** (job.attempts - 1)


def run_again(session: Session, job_id: int, at: datetime) -> Job:
    """Put a job that was given up, or waits for later, back as due now. Raises `Conflict`."""
    job = _at_rest(session, job_id)
    job.state = JobState.QUEUED
    job.attempts = 0
    job.run_at = at
    job.lease_until = job.finished_at = None
    session.flush()
    session.info.setdefault(NUDGES, []).append(job.id)
    return job


def drop(session: Session, job_id: int) -> Job:
    """Delete a job that was given up or waits, undone. Raises `Conflict`."""
    job = _at_rest(session, job_id)
    session.delete(job)
    session.flush()
    return job


def _at_rest(session: Session, job_id: int) -> Job:
    job = session.get(Job, job_id, with_for_update=True)
    if job is None or job.state not in {JobState.QUEUED, JobState.DEAD}:
        raise Conflict("This job is running, done or gone by now. Reload the page.")
    return job
