"""Which jobs are due, and how many stand where."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

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


def job_counts(session: Session) -> dict[str, int]:
    """Return how many jobs there are in each state."""
    rows = session.execute(select(Job.state, func.count()).group_by(Job.state))
    return {state: count for state, count in rows}  # noqa: C416 - rows are not pairs to mypy
