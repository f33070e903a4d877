"""What the worker does about assessments."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.assessments.operations import forget_invitations
from smm_academy.assessments.queries import candidates_to_erase
from smm_academy.jobs.operations import Handler

RETENTION = "assessments.retention"
RETENTION_EVERY = timedelta(hours=6)


def retention(erase: Callable[[Session, int], None]) -> Handler:
    """Return the job that deletes candidates on the day that they were told."""

    def run(session: Session, _payload: Mapping[str, Any], at: datetime) -> None:
        for person_id in candidates_to_erase(session, at):
            erase(session, person_id)
        forget_invitations(session, at)

    return run
