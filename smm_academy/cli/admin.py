"""Who runs the site: invited by a link, never with a password that somebody else knows."""

import os
from argparse import Namespace
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from smm_academy.admin import operations
from smm_academy.admin.queries import admins
from smm_academy.cli.database import open_database
from smm_academy.cli.failures import database_in_words
from smm_academy.cli.terminal import print_line, print_note, table
from smm_academy.clock import now
from smm_academy.config import Settings, present_settings

Result = TypeVar("Result")


def invite(options: Namespace) -> None:
    """Make an account, or raise one, to run the site; print the link for its password."""
    settings = present_settings(os.environ)
    invited = _in_unit(
        settings,
        lambda session: operations.invite_admin(
            session, options.email, options.name, settings.base_url, now()
        ),
    )
    if invited.was_admin:
        print_note(f"{invited.email} ran the site already; this is a new link.")
    elif invited.had_account:
        print_note(f"{invited.email} has an account, which runs the site from now on.")
    else:
        print_note(f"Made an account for {invited.email}, which runs the site. No password yet.")
    print_note("The link sets its password; it works once, within three days:")
    print_line(invited.link)
    where = (
        "into the instance folder, where a demonstration keeps letters"
        if not settings.smtp_url
        else "by mail"
    )
    print_note(f"The worker sends the same link {where}, if it runs.")


def list_admins(_options: Namespace) -> None:
    """List who runs the site."""
    found = _in_unit(present_settings(os.environ), admins)
    if not found:
        print_note("Nobody runs the site. Run: smm-academy admin invite EMAIL")
        return
    rows = [
        (person.email, person.name, "" if person.password_hash else "no password yet")
        for person in found
    ]
    print_line(table(rows))


def remove(options: Namespace) -> None:
    """Let an account no longer run the site."""
    _in_unit(
        present_settings(os.environ),
        lambda session: operations.remove_admin(session, options.email, now()),
    )
    print_note(f"{options.email} no longer runs the site. The account stays.")


def _in_unit(settings: Settings, work: Callable[[Session], Result]) -> Result:
    with database_in_words():
        database = open_database(settings)
        try:
            return database.run(work)
        finally:
            database.close()
