"""Rows of the skill check and the plan: the owner's check, one ended and one open."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from smm_academy.quizzes import operations as quizzes
from smm_academy.quizzes.skill_check import REST, UNKNOWN
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.web.rows import Row, Rows, Who, only

ROWS: Rows = {
    ("own_check.check", "GET"): Row(Who.EVERYONE, "/check"),
    ("own_check.begin_check", "POST"): Row(Who.EVERYONE, "/check"),
    ("checks.go_on", "GET"): only("owner", "/check/{skill_check}"),
    ("checks.check_question", "GET"): only("owner", "/check/{skill_check}/2"),
    ("checks.answer_check", "POST"): only("owner", "/check/{skill_check}/2", {UNKNOWN: "1"}),
    ("checks.end_check", "POST"): only("owner", "/check/{skill_check}/end"),
    ("checks.check_answers", "GET"): only("owner", "/check/{skill_checked}/answers"),
    ("progress.checked", "GET"): only("owner", "/progress/check/{skill_checked}"),
    ("progress.start", "GET"): Row(Who.EVERYONE, "/progress/start"),
    ("progress.rate", "POST"): Row(Who.EVERYONE, "/progress/start", {"concepts": "2"}),
    ("progress.comparison", "GET"): Row(Who.SIGNED_IN, "/progress/comparison"),
    ("progress.comparison", "POST"): Row(Who.SIGNED_IN, "/progress/comparison", {"left_out": "y"}),
    ("progress.plan", "GET"): Row(Who.SIGNED_IN, "/progress/plan"),
}


def furnish(
    _app: Academy, session: Session, people: dict[str, int], at: datetime
) -> dict[str, str]:
    """Give the owner a check that was ended after one answer, and one that is open."""
    owner = Viewer(people["owner"], "account", locale="en")
    before = at - REST - timedelta(hours=1)
    ended = quizzes.start_check(session, owner, "en", before)
    quizzes.answer_check(session, owner, ended.id, 1, {UNKNOWN: ["1"]}, before)
    quizzes.end_check(session, owner, ended.id, before)
    running = quizzes.start_check(session, owner, "en", at)
    quizzes.answer_check(session, owner, running.id, 1, {UNKNOWN: ["1"]}, at)
    return {"skill_checked": ended.id, "skill_check": running.id}
