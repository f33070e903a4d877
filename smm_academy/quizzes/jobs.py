"""What the worker does about quizzes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.quizzes.operations import close_attempt
from smm_academy.sittings.models import Activity, Sitting
from smm_academy.sittings.queries import expired_sittings
from smm_academy.sittings.timing import GRACE

EXPIRY = "quizzes.expiry"
EXPIRY_EVERY = timedelta(minutes=1)


def close_expired(session: Session, _payload: Mapping[str, Any], at: datetime) -> None:
    """Hand in the attempts whose time is over; what was saved in time counts."""
    for sitting_id in expired_sittings(session, Activity.QUIZ, at - GRACE):
        close_attempt(session, session.get_one(Sitting, sitting_id), at)
