"""The database's own commands: migrations, backup, restore."""

import os
from argparse import Namespace

from smm_academy.cli.failures import database_in_words
from smm_academy.cli.terminal import print_note
from smm_academy.config import Settings, present_settings
from smm_academy.database import backup as backups
from smm_academy.database.migrating import is_current, upgrade as apply_migrations
from smm_academy.database.session import Database
from smm_academy.errors import Misconfigured


def open_database(settings: Settings) -> Database:
    """Return the database of an installation. Raises `Misconfigured` where it lacks migrations."""
    database = Database(settings.database_url)
    if not is_current(database.engine):
        database.close()
        raise Misconfigured("The database lacks migrations. Run: smm-academy db upgrade")
    return database


def upgrade(_options: Namespace) -> None:
    """Apply every migration that the database does not have yet."""
    url = present_settings(os.environ).database_url
    with database_in_words():
        database = Database(url)
        apply_migrations(database.engine)
        database.close()


def backup(options: Namespace) -> None:
    """Copy the database into a file."""
    url = present_settings(os.environ).database_url
    with database_in_words():
        backups.back_up(url, options.file, force=options.force)
    print_note(f"Wrote {options.file} ({options.file.stat().st_size / 1e6:.1f} MB).")


def restore(options: Namespace) -> None:
    """Put a backup in the database's place."""
    url = present_settings(os.environ).database_url
    with database_in_words():
        backups.restore(url, options.file, force=options.force)
        database = Database(url)
        current = is_current(database.engine)
        database.close()
    print_note(f"Restored {options.file}.")
    if not current:
        print_note("It is of an older release. Run: smm-academy db upgrade")
