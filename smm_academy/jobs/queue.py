"""Carries job ids to the worker by Huey: a SQLite file by default, Redis at scale.

The queue may lose an announcement; the job rows are the truth, and a sweep finds what is due.
"""

from collections.abc import Callable

from huey import Huey, RedisHuey, SqliteHuey, crontab
from sqlalchemy.orm import Session

from smm_academy.config import Settings
from smm_academy.jobs.operations import NUDGES

WORKERS = 2


class JobQueue:
    """The transport of job ids; only a worker hands it something that runs them."""

    def __init__(self, settings: Settings, run: Callable[[int], object] | None = None) -> None:
        self._huey = _transport(settings)
        self._run = run

        # Huey names a task by its function, so announcer and worker must share this one.
        def deliver(job_id: int) -> None:
            self._deliver(job_id)

        self._task = self._huey.task()(deliver)

    def announce(self, session: Session) -> None:
        """Tell the worker of the jobs that a committed session enqueued."""
        for job_id in session.info.pop(NUDGES, ()):
            self._task(job_id)

    def serve(self, sweep: Callable[[], object]) -> None:
        """Take announcements until the process is told to stop; sweep at once and every minute."""
        self._huey.periodic_task(crontab())(sweep)
        sweep()
        self._huey.create_consumer(workers=WORKERS, periodic=True).run()

    def _deliver(self, job_id: int) -> None:
        if self._run is None:
            message = f"job {job_id} reached a process that does not run jobs"
            raise RuntimeError(message)
        self._run(job_id)


def _transport(settings: Settings) -> Huey:
    if settings.redis_url:
        return RedisHuey("academy", url=settings.redis_url)
    settings.instance.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("academy", filename=str(settings.instance / "queue.sqlite"))
