"""Asks for a second opinion on a reply, and keeps what comes."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.config import OpinionSettings
from smm_academy.errors import Conflict, NotFound
from smm_academy.jobs.operations import enqueue
from smm_academy.shifts.models import Opinion
from smm_academy.shifts.opinion import SecondOpinion
from smm_academy.shifts.opinion_queries import asked_since
from smm_academy.shifts.queries import own_shift, record_of, recorded_message
from smm_academy.sittings.models import Purpose
from smm_academy.sittings.queries import own_sitting
from smm_academy.web.viewer import Viewer

ASK = "shifts.opinion"
DAY = timedelta(days=1)
PATIENCE = timedelta(hours=1)
"""After so long without an answer none is to be expected, and it may be asked for again."""

WAITING, GIVEN, FAILED = "waiting", "given", "failed"


def is_given_up(opinion: Opinion, at: datetime) -> bool:
    """Tell whether no answer came, or none is to be expected any more."""
    is_late = opinion.state == WAITING and at - opinion.asked_at > PATIENCE
    return opinion.state == FAILED or is_late


def ask_opinion(
    session: Session,
    viewer: Viewer,
    reply: tuple[str, str],
    settings: OpinionSettings | None,
    language: str,
    at: datetime,
) -> None:
    """Ask for an opinion on a reply (sitting, message); while one waits or stands, do nothing.

    Raises `NotFound` where none is offered, for guests, for somebody else's reply or one without
    words; `Conflict` in a test and when the day's opinions are used up.
    """
    sitting_id, message_id = reply
    shift = own_shift(session, viewer, sitting_id)
    if settings is None or not viewer.is_authenticated:
        raise NotFound("No second opinion is offered here.")
    if own_sitting(session, viewer, sitting_id).purpose == Purpose.ASSESSMENT:
        raise Conflict("There is no second opinion in a test: everybody is judged alike.")
    if not recorded_message(record_of(shift), message_id)["read_text"]:
        raise NotFound("No words were sent here, so there is nothing to have an opinion on.")
    found = session.scalar(
        select(Opinion).where(Opinion.sitting_id == sitting_id, Opinion.message_id == message_id)
    )
    if found is not None and not is_given_up(found, at):
        return
    if asked_since(session, at - DAY) >= settings.daily:
        raise Conflict("The second opinions of today are used up. Ask again tomorrow.")
    if found is None:
        found = Opinion(sitting_id=sitting_id, message_id=message_id)
        session.add(found)
    found.state, found.model, found.language = WAITING, settings.model[:120], language
    found.marks, found.sentence, found.asked_at = {}, "", at
    session.flush()
    enqueue(session, ASK, f"{ASK}:{found.id}:{at.timestamp()}", {"opinion": found.id}, at)


def keep_opinion(session: Session, opinion_id: int, given: SecondOpinion | None) -> None:
    """Keep what was answered, or that nothing usable was; gone with its shift, it is forgotten."""
    found = session.get(Opinion, opinion_id)
    if found is None:
        return
    found.state = FAILED if given is None else GIVEN
    if given is not None:
        found.marks, found.sentence = dict(given.marks), given.sentence
    session.flush()
