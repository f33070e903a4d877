"""What the worker does about accounts."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from smm_academy.accounts.operations import GUEST_FOR, forget_expired
from smm_academy.accounts.queries import stale_guests
from smm_academy.jobs.operations import Handler

RETENTION = "accounts.retention"
RETENTION_EVERY = timedelta(hours=6)


Kept: TypeAlias = Callable[[Session, datetime], Collection[int]]
"""Which guests are kept although they were not seen for long, for reasons of another slice."""


def retention(erase: Callable[[Session, int], None], kept: Kept) -> Handler:
    """Return the job that deletes guests who never registered, and sessions that are over."""

    def run(session: Session, _payload: Mapping[str, Any], at: datetime) -> None:
        spared = kept(session, at)
        for person_id in stale_guests(session, at - GUEST_FOR):
            if person_id not in spared:
                erase(session, person_id)
        forget_expired(session, at)

    return run
