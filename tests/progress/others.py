"""Many people who finished a skill check, and the worker that compares with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from smm_academy.accounts.models import HOUSE, Person, PersonKind
from smm_academy.app import handlers
from smm_academy.clock import now
from smm_academy.jobs.operations import enqueue
from smm_academy.jobs.worker import run_due
from smm_academy.measurement.blueprint import SKILLS
from smm_academy.measurement.models import Norm
from smm_academy.measurement.operations import Shown, record_evidence
from smm_academy.progress.jobs import NORMS
from smm_academy.sittings.models import Activity, Feedback, Purpose, Sitting
from smm_academy.web.application import Academy


def others_finish(app: Academy, people: int, locale: str = "en", first: int = 0) -> None:
    """Let account holders have finished a check of 20 answers each, 0 to 20 of them right."""
    at = now() - timedelta(days=3)
    with app.database.unit() as session:
        for number in range(first, first + people):
            person = Person(kind=PersonKind.ACCOUNT, created_at=at, last_seen_at=at)
            session.add(person)
            session.flush()
            name = f"{locale}{number}"
            finish(session, person.id, name, number % 21, locale=locale, at=at)


def finish(session: Session, person_id: int, name: str, right: int, **more: Any) -> None:
    """Write down a check that ended, as the site does: some of its answers right."""
    at, locale = more["at"], more.get("locale", "en")
    sitting = Sitting(
        id=f"check-{name}",
        person_id=person_id,
        organisation_id=HOUSE,
        purpose=Purpose.CHECK,
        activity=Activity.QUIZ,
        subject="skill_check",
        content_locale=locale,
        feedback=Feedback.AFTER_SUBMIT,
        frozen={},
        rubric={},
        started_at=at,
        finished_at=at,
    )
    session.add(sitting)
    session.flush()
    shown = [
        Shown(SKILLS[one % 13], f"item:q{one}@{one + 1}", int(one < right), 1, 1.0, 1.0, (0.0,))
        for one in range(more.get("answers", 20))
    ]
    record_evidence(session, sitting, shown, at)


def works_out(app: Academy) -> None:
    """Let the worker work the norm groups out."""
    at = now()
    with app.database.unit() as session:
        enqueue(session, NORMS, f"{NORMS}:{at.isoformat()}", {}, at)
    run_due(app.database, handlers(app, app.settings), at)


def norm(app: Academy, locale: str = "en") -> Norm:
    with app.database.reading() as session:
        return session.get_one(Norm, f"check:{locale}")
