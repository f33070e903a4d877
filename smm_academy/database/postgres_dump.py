"""Dumps of PostgreSQL by its own programs, pg_dump and pg_restore."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import make_url

from smm_academy.errors import Conflict, Invalid, Misconfigured

HEADER = b"PGDMP"
PLAIN = ("--no-owner", "--no-privileges")
# A restore waits this long for whoever uses a table.
LOCK_OPTIONS = "-c lock_timeout=10s"


def dump(url: str, target: Path) -> None:
    """Write a dump of the database at ``url`` in PostgreSQL's custom format.

    Raises `Misconfigured` when pg_dump is not installed, `Conflict` when it fails.
    """
    _run("pg_dump", "--format=custom", *PLAIN, f"--file={target}", url=url)


def check_dump(source: Path, beginning: bytes) -> None:
    """Raise `Invalid` unless a file is a dump of a database of ours."""
    tables = _run("pg_restore", "--list", str(source)) if beginning.startswith(HEADER) else ""
    if " alembic_version " not in tables or " organisation " not in tables:
        raise Invalid(
            "file",
            "%(file)s is no dump of SMM Academy in pg_dump's custom format.",
            file=source,
        )


def load(url: str, source: Path) -> None:
    """Put a dump in the database's place in one transaction. Raises `Conflict`."""
    _run(
        *("pg_restore", "--clean", "--if-exists", "--single-transaction", "--exit-on-error"),
        *(*PLAIN, str(source)),
        url=url,
    )


def _run(program: str, *arguments: str, url: str = "") -> str:
    """Return what a program prints; the password travels in its environment, not its arguments."""
    found = shutil.which(program)
    if found is None:
        raise Misconfigured(
            "PostgreSQL is backed up and restored by its own %(program)s, which is not here. "
            "Install PostgreSQL's client programs (postgresql-client), then try again.",
            program=program,
        )
    command, environment = [found, *arguments], {**os.environ, "PGOPTIONS": LOCK_OPTIONS}
    if url:
        address = make_url(url).set(drivername="postgresql")
        environment["PGPASSWORD"] = str(address.password or os.environ.get("PGPASSWORD", ""))
        plain = address.set(password=None).render_as_string(hide_password=False)
        command.append(f"--dbname={plain}")
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, no shell
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = " ".join(done.stderr.split()) or f"status {done.returncode}"
        raise Conflict("%(program)s fails: %(reason)s", program=program, reason=reason)
    return done.stdout
