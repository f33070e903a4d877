"""Backups: a consistent copy of a database that is in use, and a copy put in its place."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, column, inspect, literal, make_url, select, table

from smm_academy.database import postgres_dump
from smm_academy.database.engine import open_engine
from smm_academy.database.migrating import known_revisions
from smm_academy.errors import Conflict, Invalid, NotFound

HEADER = b"SQLite format 3\x00"
IN_USE_SECONDS = 2.0
HOUSE = 1
# What migrations alone leave in an empty database.
GIVEN = "organisation"
VERSIONS = "alembic_version"


def back_up(url: str, target: Path, *, force: bool = False) -> None:
    """Copy the database at ``url`` into one file, which only its owner may read.

    The database may be written to meanwhile: the copy is of one moment. PostgreSQL is dumped by
    its own ``pg_dump``. Raises `Conflict` when the file exists and ``force`` is not given,
    `NotFound` when there is no database, `Misconfigured` without ``pg_dump``, ``OSError``.
    """
    if target.exists() and not force:
        raise Conflict("%(file)s exists. Name another file, or add --force.", file=target)
    with _written_whole(target) as partial:
        if _is_sqlite(url):
            _copy(_sqlite_file(url), partial)
        else:
            postgres_dump.dump(url, partial)


def restore(url: str, source: Path, *, force: bool = False) -> None:
    """Put a backup in the place of the database at ``url``, wholly or not at all.

    Raises `Invalid` when the file is no backup of ours, `Conflict` when the database holds
    something and ``force`` is not given, or when it is in use, ``OSError``.
    """
    with source.open("rb") as file:
        beginning = file.read(len(HEADER))
    if _is_sqlite(url):
        _check_backup(source, beginning)
    else:
        postgres_dump.check_dump(source, beginning)
    engine = open_engine(url)
    try:
        holds = not is_empty(engine)
    finally:
        engine.dispose()
    if holds and not force:
        raise Conflict(
            "The database is not empty. Back it up, then add --force to give up what it holds."
        )
    if _is_sqlite(url):
        _put_in_place(source, Path(str(make_url(url).database)))
    else:
        postgres_dump.load(url, source)


def is_empty(engine: Engine) -> bool:
    """Tell whether a database holds nothing but what migrations put there."""
    names = [name for name in inspect(engine).get_table_names() if name != VERSIONS]
    with engine.connect() as connection:
        for name in names:
            query = select(literal(1)).select_from(table(name)).limit(1)
            if name == GIVEN:
                query = query.where(column("id") != HOUSE)
            if connection.scalar(query) is not None:
                return False
    return True


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _sqlite_file(url: str) -> Path:
    path = Path(str(make_url(url).database))
    if not path.is_file():
        raise NotFound("There is no database at %(path)s to back up.", path=path)
    return path


@contextmanager
def _written_whole(target: Path) -> Iterator[Path]:
    """Yield a file to write beside the target; it takes the target's name when it is whole."""
    partial = target.with_name(f"{target.name}.partial")
    os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        yield partial
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _copy(database: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            # All pages in one step: under write-ahead logging that is one moment, and no writer
            # waits for it.
            live.backup(copy)
            # One file, without a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise _refused("back up", error) from error


def _check_backup(source: Path, beginning: bytes) -> None:
    """Raise `Invalid` unless a file is a database of ours that this release can read."""
    if beginning != HEADER:
        raise Invalid("file", "%(file)s is not a backup of SMM Academy.", file=source)
    try:
        with closing(_reading(source)) as backup:
            versions = {row[0] for row in backup.execute(f"SELECT version_num FROM {VERSIONS}")}  # noqa: S608 - a constant
            backup.execute("SELECT 1 FROM organisation LIMIT 1")
            sound = backup.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except sqlite3.Error as error:
        raise Invalid(
            "file",
            "%(file)s is not a backup of SMM Academy: %(reason)s.",
            file=source,
            reason=error,
        ) from error
    if not sound:
        raise Invalid("file", "%(file)s is damaged. Use another backup.", file=source)
    if not versions or not versions <= known_revisions():
        raise Invalid(
            "file",
            "%(file)s was made by a newer release of SMM Academy. Install that one first.",
            file=source,
        )


def _put_in_place(source: Path, database: Path) -> None:
    if database.exists() and database.samefile(source):
        raise Invalid("file", "%(file)s is the database itself, not a backup.", file=source)
    try:
        with (
            closing(_reading(source)) as backup,
            closing(sqlite3.connect(database, timeout=IN_USE_SECONDS)) as target,
        ):
            # Leaving write-ahead logging takes the whole file, so it fails while anybody else
            # has the database open.
            target.execute("PRAGMA journal_mode = DELETE")
            backup.backup(target)
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise Conflict(
                "The database is in use. Stop the site and the worker, then try again."
            ) from error
        raise _refused("restore", error) from error


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _refused(what: str, error: sqlite3.Error) -> Conflict:
    return Conflict("SQLite cannot %(what)s: %(reason)s.", what=what, reason=error)
