"""A real PostgreSQL for tests, in a folder of their own, never run as root."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

NOBODY = "nobody"
PATIENCE_SECONDS = 30


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    message = "PostgreSQL is not installed: run `python3 dev.py test`, which installs or names it"
    raise RuntimeError(message)


class Cluster:
    """One running server on a Unix socket; durability is off, since nothing here must last."""

    def __init__(self) -> None:
        # A socket's path must be short, and another user must be able to reach it. The name is
        # drawn: what a killed run left behind must not stand in the way of the next.
        self.folder = Path(tempfile.mkdtemp(prefix="academy-", dir="/tmp"))
        self._server: subprocess.Popen[bytes] | None = None
        self._user = NOBODY if os.geteuid() == 0 else None

    def __enter__(self) -> Self:
        self.folder.chmod(0o755)
        if self._user:
            shutil.chown(self.folder, self._user)
        self._run(
            "initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "academy", "-N",
            "--locale=C.UTF-8", "-E", "UTF8",
        )  # fmt: skip
        self._server = subprocess.Popen(
            [
                str(binaries() / "postgres"), "-D", f"{self.folder}/data", "-k", str(self.folder),
                "-c", "listen_addresses=", "-c", "fsync=off", "-c", "synchronous_commit=off",
                "-c", "full_page_writes=off", "-c", "max_connections=60",
            ],
            user=self._user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            # SIGTERM would wait for open sessions, SIGINT for a last write of everything.
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(PATIENCE_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        """Return the address of one database."""
        return f"postgresql://academy@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> None:
        """Make a database."""
        with self._admin() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        with self._admin() as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(f"host={self.folder} user=academy dbname=postgres", autocommit=True)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(binaries() / program), *arguments],
            user=self._user,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                self._admin().close()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return
