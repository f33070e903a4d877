"""A letter, and asking for it to be sent."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from smm_academy.jobs.operations import enqueue

SEND = "mail.send"


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail to one address, in plain text.

    ``unsubscribe`` is the address that ends letters of this kind by one POST; empty for letters
    that somebody asked for once.
    """

    to: str
    subject: str
    text: str
    unsubscribe: str = ""


def post(session: Session, letter: Letter, at: datetime) -> None:
    """Ask the worker to send a letter, if this unit of work commits."""
    enqueue(session, SEND, f"{SEND}:{secrets.token_hex(8)}", asdict(letter), at)
