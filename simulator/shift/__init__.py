"""A shift: desk, moves, time, and people who answer back; its state is the fold of its moves."""

from simulator.shift.afterwards import (
    Again,
    find_message,
    item_of,
    moment_text,
    reweigh,
    reweigh_record,
    try_again,
)
from simulator.shift.branches import Change, branch
from simulator.shift.case_file import RecordedMessage
from simulator.shift.constants import phrases
from simulator.shift.desk import Desk, DeskAnswer, DeskMessage, DeskMove, DeskPoint, DeskTurn
from simulator.shift.engine import ENGINE_VERSION
from simulator.shift.events import Event
from simulator.shift.play import Shift, replay, resume, start
from simulator.shift.record import RECORD_VERSION, Record
from simulator.shift.refusals import MoveRefused
from simulator.shift.what_if import WhatIf, best_words, decision_on, what_if

LABELS = phrases("labels")
"""Labels that a message can bear: id -> language -> word."""
STATUSES = phrases("statuses")
"""How a message stands on the desk: id -> language -> word."""

__all__ = [
    "ENGINE_VERSION",
    "LABELS",
    "RECORD_VERSION",
    "STATUSES",
    "Again",
    "Change",
    "Desk",
    "DeskAnswer",
    "DeskMessage",
    "DeskMove",
    "DeskPoint",
    "DeskTurn",
    "Event",
    "MoveRefused",
    "Record",
    "RecordedMessage",
    "Shift",
    "WhatIf",
    "best_words",
    "branch",
    "decision_on",
    "find_message",
    "item_of",
    "moment_text",
    "replay",
    "resume",
    "reweigh",
    "reweigh_record",
    "start",
    "try_again",
    "what_if",
]
