"""What the worker does about accounts."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.accounts.operations import GUEST_FOR, forget_expired
from smm_academy.accounts.queries import stale_guests
from smm_academy.jobs.operations import Handler

RETENTION = "accounts.retention"
RETENTION_EVERY = timedelta(hours=6)


def retention(erase: Callable[[Session, int], None]) -> Handler:
    """Return the job that deletes guests who never registered, and sessions that are over."""

    def run(session: Session, _payload: Mapping[str, Any], at: datetime) -> None:
        for person_id in stale_guests(session, at - GUEST_FOR):
            erase(session, person_id)
        forget_expired(session, at)

    return run
