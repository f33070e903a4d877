"""How finished shifts stand: their records with the equated score, and the scores by sitting."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from simulator import Shift as Play
from smm_academy.shifts.equating import Standing, equated_record, standing_of
from smm_academy.shifts.models import Shift
from smm_academy.shifts.queries import pack, shifts_by_id

USUAL = "usual"


def finished_record(session: Session, shift: Shift, play: Play) -> Mapping[str, Any]:
    """Return the record that a played shift ends in, equated where its form is calibrated.

    Forms are calibrated at the usual intensity alone.
    """
    record: Mapping[str, Any] = play.finish()
    if shift.scenario_revision_id is None or shift.intensity != USUAL:
        return record
    scenario = pack(session, shift.scenario_revision_id)
    return equated_record(record, scenario, pack(session, shift.brand_revision_id))


def standings_of(session: Session, sitting_ids: Sequence[str]) -> dict[str, Standing]:
    """Return the scores that stand of finished shifts, with their errors, by sitting.

    Who may see them is for the caller to know.
    """
    found = shifts_by_id(session, list(sitting_ids))
    return {id_: standing_of(shift.record) for id_, shift in found.items() if shift.record}
