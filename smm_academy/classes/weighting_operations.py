"""Changes how a class weighs the rubric, and begins shifts under it."""

from datetime import datetime

from sqlalchemy.orm import Session

from smm_academy.accounts.operations import note
from smm_academy.classes.days import is_over
from smm_academy.classes.models import ClassWeighting
from smm_academy.classes.queries import class_taught
from smm_academy.classes.weighting_queries import weighting_in
from smm_academy.errors import Closed, Invalid
from smm_academy.shifts.weighting import (
    DEDUCTED,
    MOST_POINTS,
    TURNABLE,
    WEIGHED,
    Weighting,
)
from smm_academy.web.viewer import Viewer


def weigh(
    session: Session, viewer: Viewer, class_id: int, weighting: Weighting, at: datetime
) -> bool:
    """Let a class weigh the rubric so from now on; return whether that is a change.

    Shifts that are open keep what they began with, and scores stay as they were given. Raises
    `Invalid` for weights that mark nothing or are out of bounds, `NotFound`, `Closed`.
    """
    found = class_taught(session, viewer, class_id)
    if is_over(found.retention_on, found.timezone, at):
        raise Closed("This class is over. Open a new one for the next group.")
    if not set(weighting.weights) <= set(WEIGHED) or not weighting.off <= {*WEIGHED, *DEDUCTED}:
        raise Invalid("weights", "The rubric has no such line.")
    if not weighting.turned <= TURNABLE:
        raise Invalid("weights", "Only advice on which practitioners differ can be turned round.")
    counted = {name: points for name, points in weighting.weights.items()
               if name not in weighting.off}  # fmt: skip
    if any(not 0 <= points <= MOST_POINTS for points in counted.values()):
        raise Invalid("weights", "A line counts from 0 to %(most)s points.", most=MOST_POINTS)
    if not any(counted.values()):
        raise Invalid("weights", "Nothing would be marked. Give at least one line its points.")
    if weighting.as_json() == weighting_in(session, found).as_json():
        return False
    session.add(
        ClassWeighting(
            class_id=found.id, by_id=viewer.id, weighting=weighting.as_json(), at=at
        )
    )  # fmt: skip
    note(
        session,
        "class.weighting",
        at,
        person_id=viewer.id,
        organisation_id=found.organisation_id,
        subject=f"class {found.id}",
    )
    session.flush()
    return True
