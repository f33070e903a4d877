"""A real Redis for tests, in memory, on a port of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.ports import free_port

PATIENCE_SECONDS = 20


class Redis:
    """One running server that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The server's address."""
        return f"redis://127.0.0.1:{self._port}/0"

    def __enter__(self) -> Self:
        program = shutil.which("redis-server")
        if program is None:
            message = "Redis is not installed: run `python3 dev.py test`, which names it"
            raise RuntimeError(message)
        self._server = subprocess.Popen(
            [program, "--port", str(self._port), "--bind", "127.0.0.1", "--save", ""],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(PATIENCE_SECONDS)

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return
