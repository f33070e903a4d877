"""What the worker does about assessments."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.assessments.norm_queries import groups_of_candidates
from smm_academy.assessments.operations import forget_invitations
from smm_academy.assessments.queries import NORMS as KEYS, candidates_to_erase
from smm_academy.database.session import Database
from smm_academy.jobs.operations import Handler
from smm_academy.measurement.norm_operations import forget_norms, keep_norm
from smm_academy.measurement.norm_queries import norms_like
from smm_academy.measurement.norms import gather_group
from smm_academy.progress.queries import left_out_of_norms

RETENTION = "assessments.retention"
RETENTION_EVERY = timedelta(hours=6)
NORMS = "assessments.norms"
NORMS_EVERY = timedelta(days=1)


def retention(erase: Callable[[Session, int], None]) -> Handler:
    """Return the job that deletes candidates on the day that they were told."""

    def run(session: Session, _payload: Mapping[str, Any], at: datetime) -> None:
        for person_id in candidates_to_erase(session, at):
            erase(session, person_id)
        forget_invitations(session, at)

    return run


def norm_taker(database: Database) -> Handler:
    """Return the job that works out anew whom candidates are compared with.

    A group that is no longer large enough, for its members' data were deleted, goes. Scoring
    everybody takes seconds, so it is done before this unit of work takes the lock.
    """

    def run(session: Session, _payload: Mapping[str, Any], at: datetime) -> None:
        with database.reading() as before:
            found = groups_of_candidates(before, left_out_of_norms(before), at)
            kept = {one.key for one in norms_like(before, KEYS)}
        forget_norms(session, kept - set(found))
        for key, members in found.items():
            keep_norm(session, key, gather_group(members), at)

    return run
