"""Whom a candidate is compared with: those who finished the same test in the same language."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smm_academy.assessments.models import Assessment, Candidacy
from smm_academy.assessments.queries import candidates_of, norm_key, reports_of
from smm_academy.measurement.norms import FEWEST, Measured


def groups_of_candidates(
    session: Session, left_out: Collection[int], at: datetime
) -> dict[str, list[Measured]]:
    """Return who finished a test, by its norm group, where they are enough to compare with.

    Looks ahead are left out, so is whoever wants it, and whose figure may not be told.
    """
    begun = (
        select(Candidacy.assessment_id)
        .where(Candidacy.is_preview.is_(False))
        .group_by(Candidacy.assessment_id, Candidacy.locale)
        .having(func.count() >= FEWEST)
    )
    found: dict[str, list[Measured]] = {}
    for assessment in session.scalars(select(Assessment).where(Assessment.id.in_(begun))):
        several = candidates_of(session, assessment, at)
        reports = reports_of(session, several)
        for taken in several:
            overall, ended = reports[taken.candidacy.id].overall, taken.finished_at
            if ended is None or not overall.told or taken.candidacy.person_id in left_out:
                continue
            one = Measured(overall.mean, overall.se, ended.astimezone(UTC).date())
            found.setdefault(norm_key(assessment.id, taken.candidacy.locale), []).append(one)
    return {key: members for key, members in found.items() if len(members) >= FEWEST}
