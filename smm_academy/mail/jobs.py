"""What the worker does about letters."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.config import Settings
from smm_academy.jobs.operations import Handler
from smm_academy.mail.sending import send


def sender(settings: Settings) -> Handler:
    """Return the job that sends one letter."""

    def run(_session: Session, payload: Mapping[str, Any], at: datetime) -> None:
        send(settings, payload, at)

    return run
