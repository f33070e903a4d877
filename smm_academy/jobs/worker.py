"""The worker: takes jobs as they are announced, and sweeps up what an announcement missed."""

import traceback
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session

from smm_academy.database.session import Database
from smm_academy.jobs.operations import Errand, Handler, claim, enqueue, fail, finish
from smm_academy.jobs.queries import due_jobs

log = structlog.get_logger()


def run_job(
    database: Database, handlers: Mapping[str, Handler], job_id: int, at: datetime
) -> bool:
    """Run one job to its end, if it is free and due; tell whether it was done.

    Claiming is a unit of work of its own, so that a job whose worker dies is taken up again when
    its lease is over.
    """
    with database.unit() as session:
        job = claim(session, job_id, at)
    if job is None:
        return False
    try:
        handler = handlers[job.name]
        if isinstance(handler, Errand):
            # Whoever is outside may be slow: nobody waits for our lock in the meantime.
            handler = partial(_keep, handler, handler.go(job.payload, at))
        with database.unit() as session:
            handler(session, job.payload, at)
            finish(session, job_id, at)
    except Exception:  # noqa: BLE001 - whatever a handler raises, the job must be put back
        log.warning("job failed", job=job_id, name=job.name, attempt=job.attempts)
        with database.unit() as session:
            fail(session, job_id, traceback.format_exc(), at)
        return False
    return True


def _keep(
    errand: Errand, brought: object, session: Session, payload: Mapping[str, Any], at: datetime
) -> None:
    errand.keep(session, payload, brought, at)


def run_due(database: Database, handlers: Mapping[str, Handler], at: datetime) -> int:
    """Run every job that is due; return how many were done."""
    with database.reading() as session:
        ids = due_jobs(session, at)
    return sum(run_job(database, handlers, job_id, at) for job_id in ids)


def plan_recurring(session: Session, every: Mapping[str, timedelta], at: datetime) -> None:
    """Ask for the recurring jobs of the present period, each once."""
    for name, period in every.items():
        number = int(at.timestamp() // period.total_seconds())
        enqueue(session, name, f"{name}:{number}", {}, at)
