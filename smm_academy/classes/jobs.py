"""What the worker does about classes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.classes.operations import end_classes

RETENTION = "classes.retention"
RETENTION_EVERY = timedelta(hours=6)


def forget_ended(session: Session, _payload: Mapping[str, Any], at: datetime) -> None:
    """Forget the members of classes whose last day has ended."""
    end_classes(session, at)
