"""A worker that is killed in the middle of a job loses nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select

from smm_academy.app import handlers
from smm_academy.clock import now
from smm_academy.database.session import Database
from smm_academy.jobs.models import Job, JobState
from smm_academy.jobs.operations import LEASE
from smm_academy.jobs.worker import run_due
from smm_academy.mail.letters import SEND, Letter, post
from smm_academy.web.application import Academy
from tests.conftest import ROOT, SECRET


class Silence:
    """A mail server that takes a connection and never says a word."""

    def __init__(self) -> None:
        self.called = Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._door.getsockname()[1]}"

    def _listen(self) -> None:
        try:
            self._open.append(self._door.accept()[0])
        except OSError:
            return
        self.called.set()

    def close(self) -> None:
        for one in (*self._open, self._door):
            one.close()


@pytest.fixture
def silence() -> Iterator[Silence]:
    server = Silence()
    yield server
    server.close()


def test_a_letter_whose_worker_was_killed_is_sent_by_the_next(
    app: Academy, silence: Silence, tmp_path: Path
) -> None:
    with app.database.unit() as session:
        post(session, Letter("ola@example.com", "Hello", "Good morning."), now())
    worker = subprocess.Popen(
        [sys.executable, "-m", "smm_academy", "worker"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "SMM_ACADEMY_SECRET_KEY": SECRET,
            "SMM_ACADEMY_BASE_URL": "http://localhost",
            "SMM_ACADEMY_DATABASE_URL": app.settings.database_url,
            "SMM_ACADEMY_INSTANCE": str(tmp_path / "worker"),
            "SMM_ACADEMY_MAIL_FROM": "academy@example.org",
            "SMM_ACADEMY_SMTP_URL": silence.url,
        },
        stderr=subprocess.DEVNULL,
    )
    reached = silence.called.wait(timeout=90)
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=30)

    held = letter(app.database)
    with app.app_context():
        run_due(app.database, handlers(app, app.settings), now())
        too_early = letter(app.database)
        run_due(app.database, handlers(app, app.settings), now() + LEASE + timedelta(seconds=9))

    sent = list((app.settings.instance / "mail").glob("*.eml"))
    assert reached
    assert [(one.state, one.attempts) for one in (held, too_early)] == [(JobState.RUNNING, 1)] * 2
    assert (letter(app.database).state, len(sent)) == (JobState.DONE, 1)


def letter(database: Database) -> Job:
    with database.reading() as session:
        return session.scalars(select(Job).where(Job.name == SEND)).one()
