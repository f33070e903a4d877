"""What the worker does about shifts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.shifts.operations import expire
from smm_academy.sittings.models import Activity
from smm_academy.sittings.queries import expired_sittings
from smm_academy.sittings.timing import GRACE

EXPIRY = "shifts.expiry"
EXPIRY_EVERY = timedelta(minutes=1)


def close_expired(session: Session, _payload: Mapping[str, Any], at: datetime) -> None:
    """End the shifts and drills whose wall time is over; the moves made in time count."""
    for activity in (Activity.SHIFT, Activity.DRILL):
        for sitting_id in expired_sittings(session, activity, at - GRACE):
            expire(session, sitting_id, at)
