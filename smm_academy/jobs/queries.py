"""Which jobs are due, and how many stand where."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, defer

from smm_academy.jobs.models import Job, JobState


def due_jobs(session: Session, at: datetime, most: int = 500) -> list[int]:
    """Return the ids of jobs that should be running and are not, oldest first."""
    free = or_(Job.lease_until.is_(None), Job.lease_until < at)
    return list(
        session.scalars(
            select(Job.id)
            .where(Job.state.in_((JobState.QUEUED, JobState.RUNNING)), Job.run_at <= at, free)
            .order_by(Job.run_at)
            .limit(most)
        )
    )


def jobs_in(session: Session, *states: JobState, most: int = 100) -> Sequence[Job]:
    """Return the jobs in some states, those that are or were due first; payloads stay unread."""
    return session.scalars(
        select(Job)
        .where(Job.state.in_(states))
        .order_by(Job.run_at, Job.id)
        .options(defer(Job.payload))
        .limit(most)
    ).all()


def still_to_come(session: Session, keys: Collection[str]) -> set[str]:
    """Return which pieces of work, by their keys, wait or run; the others ended or were dropped.

    What a worker held when it died still runs: another takes it up when the lease is over.
    """
    return set(
        session.scalars(
            select(Job.key).where(
                Job.key.in_(keys), Job.state.in_((JobState.QUEUED, JobState.RUNNING))
            )
        )
    )


def oldest_due(session: Session, at: datetime) -> datetime | None:
    """Return since when the job that waits longest has been due, None when nothing waits."""
    return session.scalar(
        select(func.min(Job.run_at)).where(Job.state == JobState.QUEUED, Job.run_at <= at)
    )


def job_counts(session: Session) -> dict[str, int]:
    """Return how many jobs there are in each state."""
    rows = session.execute(select(Job.state, func.count()).group_by(Job.state))
    return {state: count for state, count in rows}  # noqa: C416 - rows are not pairs to mypy
