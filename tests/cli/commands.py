"""Runs commands as a person would: in a process of their own, in a clean environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BLOCKED = ("flask", "werkzeug", "sqlalchemy", "alembic", "granian", "huey", "smm_academy.config")
WITHOUT_SITE = f"""
import sys
for name in {BLOCKED!r}:
    sys.modules[name] = None
from smm_academy.cli import run
sys.exit(run(sys.argv[1:]))
"""


def clean_environment(**added: str) -> dict[str, str]:
    """Return this environment without any setting of ours."""
    kept = {name: value for name, value in os.environ.items() if "SMM_ACADEMY" not in name}
    return kept | {"PYTHONPATH": str(ROOT)} | added


def run_command(
    *arguments: str | Path,
    given: bytes = b"",
    added: Mapping[str, str] | None = None,
    without_site: bool = False,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end; ``without_site`` hides the web, the database and settings."""
    start = ("-c", WITHOUT_SITE) if without_site else ("-m", "smm_academy")
    return subprocess.run(
        [sys.executable, *start, *map(str, arguments)],
        input=given,
        capture_output=True,
        env=clean_environment(**(added or {})),
        cwd=folder,
        timeout=120,
        check=False,
    )


def json_of(done: subprocess.CompletedProcess[bytes]) -> Any:
    """Return what a command printed; it must have succeeded in silence."""
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return json.loads(done.stdout)


def json_lines_of(output: bytes) -> list[Any]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in output.decode().splitlines()]
