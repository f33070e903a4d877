"""Sending a mended draft: a drill whose record also says what became of its faults."""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy.orm import Session

from simulator import mended
from smm_academy.shifts.draft_queries import DraftDrill
from smm_academy.shifts.operations import Beginning, Drilled, prepare_drill, write_drill
from smm_academy.shifts.queries import brand_revision
from smm_academy.shifts.weighting import Weighting
from smm_academy.sittings.models import Sitting
from smm_academy.sittings.operations import Opening
from smm_academy.web.viewer import Viewer

WORDS_ALONE = Weighting(off=frozenset({"U1", "U7"}))
"""A draft is mended, nothing else is done: the right tool and the time are not in question."""


def prepare_mending(
    session: Session, viewer: Viewer, opened: DraftDrill, text: str, return_to: str
) -> tuple[Beginning, Drilled]:
    """Work out a mended draft; nothing is written. Raises `MoveRefused`, with the reason."""
    drill = opened.drill
    beginning = Beginning(
        brand_revision(session, viewer, drill.brand),
        None,
        drill.kind,
        drill.locale,
        drill.seed,
        Opening(return_to=return_to),
        WORDS_ALONE,
    )
    drilled = prepare_drill(session, beginning, text)
    became = mended(opened.play, opened.draft, text)
    faults = [{**asdict(fault), "mending": became[fault.id]} for fault in opened.draft.faults]
    planted = {"text": opened.draft.text, "clean": opened.draft.clean, "faults": faults}
    return beginning, replace(drilled, record={**drilled.record, "draft": planted})


def write_mending(
    session: Session, viewer: Viewer, prepared: tuple[Beginning, Drilled], at: datetime
) -> Sitting:
    """Write a mended draft that was worked out: its sitting, its moves, its end."""
    return write_drill(session, viewer, *prepared, at)
