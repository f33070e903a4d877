"""What the worker does about letters."""

from functools import partial

from smm_academy.config import Settings
from smm_academy.jobs.operations import Errand, Handler
from smm_academy.mail.sending import send


def sender(settings: Settings) -> Handler:
    """Return the job that sends one letter; nothing is kept of it."""
    return Errand(partial(send, settings), lambda *_done: None)
