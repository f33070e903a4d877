"""What the worker does about progress: letters on Monday morning, and norm groups every day."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from smm_academy.accounts.queries import accounts_by_id
from smm_academy.config import Settings
from smm_academy.database.session import Database
from smm_academy.jobs.operations import Handler, enqueue
from smm_academy.lessons.queries import readings_of
from smm_academy.mail.letters import post
from smm_academy.measurement.norm_operations import keep_norm
from smm_academy.measurement.norm_queries import check_key, check_members
from smm_academy.measurement.norms import gather_group
from smm_academy.progress.cards import portion_of
from smm_academy.progress.letters import digest
from smm_academy.progress.operations import note_digest
from smm_academy.progress.queries import digests_not_sent, left_out_of_norms, review_cards
from smm_academy.progress.unsubscribing import stop_token
from smm_academy.progress.weeks import monday_of
from smm_academy.web.viewer import Viewer

DIGESTS = "progress.digests"
DIGESTS_EVERY = timedelta(hours=1)
DIGEST = "progress.digest"
MORNING = range(7, 12)
"""Hours of Monday in which a letter may go out; a worker that was down then waits a week."""

AT_ONCE = 500
NORMS = "progress.norms"
NORMS_EVERY = timedelta(days=1)
LANGUAGES = ("en", "pl")


def plan_digests(session: Session, _payload: Mapping[str, Any], at: datetime) -> None:
    """Ask for a letter to everybody who wants one and has Monday morning now."""
    # East of Greenwich Monday begins on Sunday: whoever has had that Monday's letter is left out
    # one by one.
    waiting = digests_not_sent(session, monday_of(at.date() + timedelta(days=1)))
    for first in range(0, len(waiting), AT_ONCE):
        for reader in accounts_by_id(session, waiting[first : first + AT_ONCE]).values():
            monday = _monday_morning(reader, at)
            if monday is not None and reader.confirmed:
                key = f"{DIGEST}:{reader.id}:{monday.isoformat()}"
                enqueue(session, DIGEST, key, {"person": reader.id}, at)


def digest_writer(settings: Settings) -> Handler:
    """Return the job that writes one person's letter, if something is due."""

    def run(session: Session, payload: Mapping[str, Any], at: datetime) -> None:
        reader = accounts_by_id(session, [payload["person"]]).get(payload["person"])
        monday = _monday_morning(reader, at) if reader else None
        if reader is None or monday is None or not reader.confirmed:
            return
        if not note_digest(session, reader.id, monday):
            return
        readings = readings_of(session, reader)
        cards = review_cards(session, reader, readings, reader.locale or "en")
        portion = portion_of(cards, monday)
        if not portion.due:
            return
        links = (
            f"{settings.base_url}/review",
            f"{settings.base_url}/review/digest/{stop_token(settings.secret_key, reader.id)}",
        )
        letter = digest(
            reader.email, reader.name, reader.locale, portion.due, portion.minutes, links
        )
        post(session, letter, at)

    return run


def norm_taker(database: Database) -> Handler:
    """Return the job that works out anew whom learners are compared with.

    Reading everybody's checks takes seconds on a large site, so it is done in a session of its
    own, before this unit of work takes the lock.
    """

    def run(session: Session, _payload: Mapping[str, Any], at: datetime) -> None:
        with database.reading() as before:
            away = left_out_of_norms(before)
            groups = {
                check_key(locale): gather_group(check_members(before, locale, away))
                for locale in LANGUAGES
            }
        for key, group in groups.items():
            keep_norm(session, key, group, at)

    return run


def _monday_morning(reader: Viewer, at: datetime) -> date | None:
    """Return the day where it is Monday morning for somebody, else nothing."""
    there = at.astimezone(ZoneInfo(reader.timezone))
    is_morning = there.weekday() == 0 and there.hour in MORNING
    return there.date() if is_morning else None
