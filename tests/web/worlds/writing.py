"""Rows of what authors use: a school's lesson, published, and a draft of another."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import Organisation, Role
from smm_academy.measurement.models import ParameterSet
from smm_academy.revisions.models import ChainKind
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from smm_academy.writing import operations, queries
from smm_academy.writing.proof import prove
from smm_academy.writing.sent import Beginning, Publication, Typed
from tests.web.rows import Row, Rows, Who, only

AUTHORS = ("instructor", "teacher")
TEXT = {"source": "{manuscript_text}", "version": "1"}

REPORT = {
    "people": 60,
    "answers": 600,
    "items": 10,
    "left": 0,
    "steps": [5, 3, 2, 0],
    "largest": 0.8,
    "previewed": 60,
    "up": 2,
    "down": 1,
    "shift": 0.05,
    "furthest": 0.2,
}

ROWS: Rows = {
    ("writing.desk", "GET"): Row(Who.EVERYONE, "/teach"),
    ("writing.open_school", "POST"): Row(Who.SIGNED_IN, "/teach/schools", {"name": "A school"}),
    ("writing.new", "GET"): only(AUTHORS, "/teach/new?kind=quiz"),
    ("writing.new", "POST"): only(
        "instructor",
        "/teach/new",
        {
            "kind": "lesson",
            "title": "New",
            "locale": "en",
            "module": "career",
            "organisation": "{school}",
        },
    ),
    ("writing.library", "GET"): only(AUTHORS, "/teach/library"),
    ("writing.edit", "GET"): only("instructor", "/teach/drafts/{manuscript}"),
    ("writing.save", "POST"): only("instructor", "/teach/drafts/{manuscript}", TEXT),
    ("writing.check", "POST"): only("instructor", "/teach/drafts/{manuscript}/check", TEXT),
    ("writing.publish", "POST"): only("instructor", "/teach/drafts/{manuscript}/publish", TEXT),
    ("writing.discard", "POST"): only("instructor", "/teach/drafts/{manuscript}/discard"),
    ("writing.draft_source", "GET"): only("instructor", "/teach/drafts/{manuscript}/source"),
    ("writing.begin_editing", "POST"): only("instructor", "/teach/texts/{text}/edit"),
    ("writing.translate", "POST"): only("instructor", "/teach/texts/{text}/translate"),
    ("writing.copy", "POST"): only(
        "instructor", "/teach/texts/{house_text}/copy", {"organisation": "{school}"}
    ),
    ("writing.history", "GET"): only("instructor", "/teach/texts/{text}"),
    ("writing.revision_source", "GET"): only(
        "instructor", "/teach/texts/{text}/revisions/1/source"
    ),
    ("writing.restore", "POST"): only(
        "instructor", "/teach/texts/{text}/restore", {"number": "1"}
    ),
    ("writing.withdraw", "POST"): only("instructor", "/teach/texts/{text}/withdraw"),
    ("item_statistics.statistics", "GET"): only(
        "instructor", "/teach/quizzes/concepts-basics/statistics"
    ),
    ("item_statistics.export", "GET"): only(
        "instructor", "/teach/quizzes/concepts-basics/statistics.csv"
    ),
    ("item_statistics.calibrations", "GET"): only(("instructor", "admin"), "/teach/calibration"),
    ("item_statistics.ask", "POST"): only(("instructor", "admin"), "/teach/calibration"),
    ("item_statistics.take", "POST"): only(
        ("instructor", "admin"), "/teach/calibration/{calibration}/force"
    ),
    ("writing.serve", "POST"): only("instructor", "/teach/texts/{text}/serve"),
}


def furnish(
    app: Academy, session: Session, people: dict[str, int], at: datetime
) -> dict[str, str]:
    """Give the school a published lesson and a draft; return what the rows' gaps hold."""
    school = session.scalars(select(Organisation.id).where(Organisation.slug == "school")).one()
    author = Viewer(
        people["instructor"],
        "account",
        locale="en",
        memberships=frozenset({(school, Role.INSTRUCTOR)}),
    )
    beginning = Beginning(school, ChainKind.LESSON, "en", "The first", "career")
    first = operations.begin_text(session, author, beginning, at)
    proof = prove(queries.written_of(first), queries.surroundings(session, first))
    publication = Publication(Typed(first.source, first.version), proof)
    published = operations.publish_text(session, author, first.id, publication, at)
    draft = operations.begin_text(
        session, author, Beginning(school, ChainKind.LESSON, "en", "The second", "career"), at
    )
    house = next(text for text in queries.house_texts(session, "en") if text.kind == "quiz")
    calibration = ParameterSet(name="first", created_at=at, report=REPORT)
    session.add(calibration)
    session.flush()
    return {
        "calibration": str(calibration.id),
        "school": str(school),
        "text": str(published.chain_id),
        "house_text": str(house.chain_id),
        "manuscript": str(draft.id),
        "manuscript_text": draft.source,
    }
