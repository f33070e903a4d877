"""What somebody showed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.measurement.models import Evidence
from smm_academy.sittings.models import Purpose
from smm_academy.web.viewer import Viewer

OWN = (Purpose.PRACTICE, Purpose.CHECK)


def evidence_of(
    session: Session, viewer: Viewer, purposes: Sequence[Purpose] = OWN
) -> list[Evidence]:
    """Return a person's evidence, oldest first."""
    return list(
        session.scalars(
            select(Evidence)
            .where(Evidence.person_id == viewer.id, Evidence.purpose.in_(purposes))
            .order_by(Evidence.at, Evidence.id)
        )
    )
