"""Runs migrations on the connection that the caller opened."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

from smm_academy.database.types import Base, UtcDateTime


def render(kind: str, thing: Any, _context: Any) -> str | bool:
    """Write our own column type as the plain one: a migration must outlive the code."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    """Run every pending migration, in one transaction where the database can."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


run(context.config.attributes["connection"])
