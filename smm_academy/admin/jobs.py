"""What the worker does for admins: it checks the content that serves, whenever that changed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.accounts.models import HOUSE
from smm_academy.admin.content_health import problems_of
from smm_academy.admin.operations import keep_report
from smm_academy.admin.queries import content_report
from smm_academy.authoring.queries import served_files
from smm_academy.database.session import Database
from smm_academy.jobs.operations import Handler
from smm_academy.revisions.queries import serving_state

CONTENT_CHECK_EVERY = timedelta(minutes=15)


def content_check(database: Database) -> Handler:
    """Return the job that checks what serves; where nothing changed, the last report stays.

    Reading and checking take seconds, so they are done in a session of their own before this
    unit of work writes its first row and takes the lock.
    """

    def run(session: Session, payload: Mapping[str, Any], at: datetime) -> None:
        with database.reading() as before:
            state = serving_state(before)
            known = content_report(before)
            if known is not None and known.state == state and not payload.get("anew"):
                return
            shipped = served_files(before, HOUSE)
            own = served_files(before, HOUSE, private=True)
        problems = problems_of(shipped, own)
        keep_report(session, state, problems, at)

    return run
