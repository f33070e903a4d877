"""The day that somebody lived, to be branched from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator import Move, Shift as Play, replay
from smm_academy.errors import NotFound
from smm_academy.shifts.branching import require_branching
from smm_academy.shifts.models import Shift, ShiftMove
from smm_academy.shifts.queries import own_shift, record_of, recorded_message, setting_of
from smm_academy.shifts.weighting import weighting_of
from smm_academy.sittings.queries import own_sitting
from smm_academy.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class LivedDay:
    """A finished shift or drill, lived again by its moves, and one of its messages.

    ``is_house`` says that the house's rubric marked it, so that scores can be compared.
    """

    shift: Shift
    record: Mapping[str, Any]
    message: Mapping[str, Any]
    play: Play
    is_house: bool


def lived_day(session: Session, viewer: Viewer, sitting_id: str, message_id: str) -> LivedDay:
    """Return a finished shift of the viewer's, to branch at a decision about a message.

    Raises `NotFound` for anybody else's, for an open one and for a message that it lacks,
    `Conflict` where it may not be branched.
    """
    sitting = own_sitting(session, viewer, sitting_id)
    shift = own_shift(session, viewer, sitting_id)
    record = record_of(shift)
    message = recorded_message(record, message_id)
    if not message["counts"]:
        raise NotFound("This shift has no such message.")
    require_branching(sitting, record["engine"])
    setting = setting_of(session, shift)
    moves = session.scalars(
        select(ShiftMove).where(ShiftMove.sitting_id == sitting_id).order_by(ShiftMove.number)
    )
    made = [Move(**row.move) for row in moves]
    play = replay(setting.scenario, setting.brand, shift.seed, made)
    play.run_out()
    return LivedDay(shift, record, message, play, weighting_of(sitting.rubric).is_house)
