"""What the worker does about shifts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.config import OpinionSettings
from smm_academy.database.session import Database
from smm_academy.jobs.operations import Errand, Handler
from smm_academy.shifts.models import Opinion, Shift
from smm_academy.shifts.openai_chat import NoAnswer, ask
from smm_academy.shifts.operations import expire
from smm_academy.shifts.opinion import INSTRUCTIONS, SecondOpinion, believed, schema_of, told_of
from smm_academy.shifts.opinion_operations import keep_opinion
from smm_academy.shifts.queries import record_of, recorded_message
from smm_academy.shifts.rating import lines_of_text
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


def opinion_asker(database: Database, settings: OpinionSettings | None) -> Handler:
    """Return the job that asks a language model for one second opinion."""

    def go(payload: Mapping[str, Any], _at: datetime) -> SecondOpinion | None:
        if settings is None:
            return None
        with database.reading() as session:
            opinion = session.get(Opinion, payload["opinion"])
            shift = session.get(Shift, opinion.sitting_id) if opinion else None
            if opinion is None or shift is None:
                return None
            message = recorded_message(record_of(shift), opinion.message_id)
            criteria = lines_of_text(message)
            told = told_of(message, shift.locale, opinion.language, criteria)
        try:
            answer = ask(settings, INSTRUCTIONS, told, schema_of(criteria))
            return believed(answer, criteria)
        except NoAnswer as error:
            if error.passing:
                raise
            return None

    def keep(
        session: Session, payload: Mapping[str, Any], given: SecondOpinion | None, _at: datetime
    ) -> None:
        keep_opinion(session, payload["opinion"], given)

    return Errand(go, keep)
