"""What somebody showed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.measurement.models import Evidence
from smm_academy.sittings.models import Purpose, Sitting
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


def items_answered_before(session: Session, sitting: Sitting) -> set[str]:
    """Return the keys of the items that the sitting's person answered in other sittings."""
    sources = session.scalars(
        select(Evidence.source).where(
            Evidence.person_id == sitting.person_id,
            Evidence.sitting_id != sitting.id,
            Evidence.source.startswith("item:"),
        )
    )
    return {source.removeprefix("item:").rpartition("@")[0] for source in sources}
