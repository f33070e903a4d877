"""Opens a database: SQLite as it must be set to serve the web, PostgreSQL as it comes."""

from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

BUSY_MILLISECONDS = 5000
BEGIN = "academy_begin"


def open_engine(url: str) -> Engine:
    """Return an engine for a database address.

    On SQLite the folder is made; the driver's own transactions are switched off, so that a unit
    that will write can say so at its beginning (a deferred transaction that turns into a writer
    fails at once when another writer came first, and no busy timeout cures that). Errors leave
    out the values of a statement: they are what people wrote, and logs hold none of it.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(
            address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True
        )
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the same engine for units that write: on SQLite they take the lock at once."""
    return engine.execution_options(**{BEGIN: "IMMEDIATE"})


def _set_up(connection: SqliteConnection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
    connection.isolation_level = None
    # The busy timeout comes first: switching to WAL can itself meet a lock.
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(BEGIN, '')}")
