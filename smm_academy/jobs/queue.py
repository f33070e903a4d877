"""Carries job ids to the worker by Huey: a SQLite file by default, Redis at scale.

The queue may lose an announcement; the job rows are the truth, and a sweep finds what is due.
"""

from collections.abc import Callable
from pathlib import Path

from huey import Huey, RedisHuey, SqliteHuey, crontab
from sqlalchemy.orm import Session

from smm_academy.config import Settings
from smm_academy.jobs.operations import NUDGES

TASK = "run_job"
WORKERS = 2


def open_queue(settings: Settings) -> Huey:
    """Return the transport that the settings name."""
    if settings.redis_url:
        return RedisHuey("academy", url=settings.redis_url)
    folder = Path(settings.instance)
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("academy", filename=str(folder / "queue.sqlite"))


def announcer(queue: Huey) -> Callable[[Session], None]:
    """Return what is to be called after each commit: it announces the jobs enqueued in it."""
    task = queue.task(name=TASK)(_never)

    def announce(session: Session) -> None:
        for job_id in session.info.pop(NUDGES, ()):
            task(job_id)

    return announce


def serve_queue(queue: Huey, run: Callable[[int], object], sweep: Callable[[], object]) -> None:
    """Take announcements until the process is told to stop; sweep at once and every minute."""
    queue.task(name=TASK)(run)
    queue.periodic_task(crontab())(sweep)
    sweep()
    queue.create_consumer(workers=WORKERS, periodic=True, check_worker_health=True).run()


def _never(job_id: int) -> None:
    message = f"job {job_id} was run where it was only to be announced"
    raise RuntimeError(message)
