"""Rows of the review, its week and its letters, and of portfolios; the owner has one to show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.lessons.operations import finish_lesson
from smm_academy.progress.operations import Showing, publish_portfolio
from smm_academy.shifts.models import Shift
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.web.rows import Row, Rows, Who, only

EVERYONE, SIGNED_IN, LINK = Who.EVERYONE, Who.SIGNED_IN, Who.LINK

ROWS: Rows = {
    ("reviews.review", "GET"): Row(SIGNED_IN, "/review"),
    ("reviews.choose_rhythm", "POST"): Row(
        SIGNED_IN, "/review/rhythm", {"days": "4", "digest": "y"}
    ),
    ("reviews.card", "GET"): Row(SIGNED_IN, "/review/card"),
    ("reviews.answer", "POST"): Row(
        SIGNED_IN, "/review/card", {"card": "point:smm-smo-seo/1", "rating": "3"}
    ),
    ("reviews.ask_to_stop_digest", "GET"): Row(LINK, "/review/digest/not-a-token"),
    ("reviews.stop_digest", "POST"): Row(LINK, "/review/digest/not-a-token", signed=True),
    ("reviews.portfolios", "GET"): Row(SIGNED_IN, "/progress/portfolio"),
    ("reviews.publish", "POST"): Row(
        SIGNED_IN, "/progress/portfolio", {"title": "Mine", "replies": "{drill}/{drilled}"}
    ),
    ("reviews.edit", "GET"): only("owner", "/progress/portfolio/{portfolio}/edit"),
    ("reviews.edit", "POST"): only(
        "owner",
        "/progress/portfolio/{portfolio}/edit",
        {"title": "Stolen", "replies": "{drill}/{drilled}"},
    ),
    ("reviews.take_back", "POST"): only("owner", "/progress/portfolio/{portfolio}/take-back"),
    ("reviews.portfolio", "GET"): Row(EVERYONE, "/portfolio/{portfolio}"),
}


def furnish(
    app: Academy, session: Session, people: dict[str, int], at: datetime
) -> dict[str, str]:
    """Let the owner finish a lesson and show a reply; return the portfolio's id."""
    owner = Viewer(people["owner"], "account", locale="en")
    finish_lesson(session, owner, "smm-smo-seo", at)
    drill = session.scalars(
        select(Shift).where(Shift.person_id == owner.id, Shift.record.is_not(None)).limit(1)
    ).one()
    reply = (drill.sitting_id, (drill.record or {})["messages"][0]["id"])
    showing = Showing("My replies", "O. W.", [reply])
    portfolio = publish_portfolio(session, owner, showing, frozenset([reply]), at)
    return {"portfolio": portfolio.id}
