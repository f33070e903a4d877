"""Brings a database to the newest shape, or says how far it is from it."""

import argparse
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from smm_academy.errors import Misconfigured

PACKAGE = Path(__file__).parents[1]


def migrations_folder() -> Path:
    """Return the migrations: beside the package in a checkout, inside it in a wheel."""
    shipped = PACKAGE / "_migrations"
    return shipped if shipped.is_dir() else PACKAGE.parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Apply every migration that the database does not have yet.

    Raises `Misconfigured` when it has one that this release does not know.
    """
    with engine.connect() as connection:
        applied = set(MigrationContext.configure(connection).get_current_heads())
        if not applied <= known_revisions():
            raise Misconfigured(
                "The database is of a newer release of SMM Academy. Install that one."
            )
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Tell whether the database has every migration."""
    with engine.connect() as connection:
        applied = MigrationContext.configure(connection).get_current_heads()
    return set(applied) == set(ScriptDirectory.from_config(_config()).get_heads())


def known_revisions() -> set[str]:
    """Return the ids of every migration that this release knows."""
    script = ScriptDirectory.from_config(_config())
    return {found.revision for found in script.walk_revisions()}


def _config() -> Config:
    config = Config(cmd_opts=argparse.Namespace())
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    return config
