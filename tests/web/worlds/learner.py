"""Rows of what every learner uses, and the owner's work: a quiz and a shift, open and done."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator import start
from smm_academy.quizzes import operations as quizzes
from smm_academy.quizzes.queries import published_bank
from smm_academy.revisions.models import Medium
from smm_academy.shifts import operations as shifts
from smm_academy.shifts.draft_queries import draw_draft
from smm_academy.shifts.forms import SealedDrill, seal
from smm_academy.shifts.operations import Beginning
from smm_academy.shifts.queries import brand_revision, scenario_revision, setting_of
from smm_academy.sittings.operations import Typed, save_draft
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.web.rows import Row, Rows, Who, only

EVERYONE, SIGNED_IN, LINK = Who.EVERYONE, Who.SIGNED_IN, Who.LINK
DRILL = {"drill": "{drill_seal}", "text": "Thank you for telling us. We will look at it today."}
MENDED = {**DRILL, "drill": "{draft_seal}"}
MARKS = {f"mark_U{number}": "1" for number in range(1, 15)}

ROWS: Rows = {
    ("assets.asset", "GET"): Row(EVERYONE, "{stylesheet}"),
    ("health.healthz", "GET"): Row(EVERYONE, "/healthz"),
    ("health.readyz", "GET"): Row(EVERYONE, "/readyz"),
    ("about.privacy", "GET"): Row(EVERYONE, "/privacy"),
    ("about.scoring", "GET"): Row(EVERYONE, "/scoring"),
    ("about.licence", "GET"): Row(EVERYONE, "/licence"),
    ("media.picture", "GET"): Row(EVERYONE, "/media/{picture}"),
    ("accounts.register", "GET"): Row(EVERYONE, "/register"),
    ("accounts.register", "POST"): Row(EVERYONE, "/register", {"name": "", "email": "x"}),
    ("accounts.sign_in", "GET"): Row(EVERYONE, "/sign-in"),
    ("accounts.sign_in", "POST"): Row(EVERYONE, "/sign-in", {"email": "x", "password": "y"}),
    ("accounts.sign_out", "POST"): Row(EVERYONE, "/sign-out"),
    ("accounts.ask_for_reset", "GET"): Row(EVERYONE, "/reset"),
    ("accounts.ask_for_reset", "POST"): Row(EVERYONE, "/reset", {"email": "no@example.com"}),
    ("accounts.reset", "GET"): Row(LINK, "/reset/not-a-token"),
    ("accounts.reset", "POST"): Row(
        LINK, "/reset/not-a-token", {"password": "a good enough sentence"}
    ),
    ("accounts.confirm", "GET"): Row(LINK, "/confirm/not-a-token"),
    ("accounts.confirm", "POST"): Row(LINK, "/confirm/not-a-token"),
    ("accounts.ask_for_confirmation", "POST"): Row(SIGNED_IN, "/confirm"),
    ("accounts.switch_language", "POST"): Row(EVERYONE, "/language", {"locale": "pl"}),
    ("accounts.account", "GET"): Row(SIGNED_IN, "/account"),
    ("accounts.account", "POST"): Row(SIGNED_IN, "/account", {"name": "New name"}),
    ("accounts.change_password", "POST"): Row(
        SIGNED_IN, "/account/password", {"old_password": "wrong", "password": "a good sentence"}
    ),
    ("accounts.export", "GET"): Row(SIGNED_IN, "/account/export"),
    ("accounts.delete", "POST"): Row(SIGNED_IN, "/account/delete", {"password": "wrong"}),
    ("accounts.outbox", "GET"): Row(EVERYONE, "/outbox"),
    ("sittings.autosave", "POST"): only(
        "owner", "/sittings/{quiz}/drafts/1", json={"version": 3, "answers": {"x": ["stolen"]}}
    ),
    ("shifts.landing", "GET"): Row(EVERYONE, "/"),
    ("shifts.try_one", "GET"): Row(EVERYONE, "/try"),
    ("shifts.send_first", "POST"): Row(EVERYONE, "/try", DRILL),
    ("shifts.practice", "GET"): Row(EVERYONE, "/practice"),
    ("pairs.own_pair", "GET"): Row(EVERYONE, "/practice/own"),
    ("pairs.own_pair", "POST"): Row(EVERYONE, "/practice/own", {"message": "Hi", "reply": "Hi"}),
    ("drafts.draft", "GET"): Row(EVERYONE, "/practice/mend?brand=lumo"),
    ("drafts.send_draft", "POST"): Row(EVERYONE, "/practice/mend", MENDED),
    ("shifts.drill", "GET"): Row(EVERYONE, "/practice/drill?skill=empathy"),
    ("shifts.drill", "POST"): Row(EVERYONE, "/practice/drill", DRILL),
    ("shifts.begin_shift", "POST"): Row(EVERYONE, "/practice/shifts/lumo-monday"),
    ("desk.move", "POST"): only(
        "owner", "/shifts/{shift}", {"move": "open", "message": "{message}", "seen": "0"}
    ),
    ("desk.evening", "GET"): only("owner", "/shifts/{shift}/evening"),
    ("desk.finish", "GET"): only("owner", "/shifts/{shift}/finish"),
    ("desk.finish", "POST"): only("owner", "/shifts/{shift}/finish"),
    ("desk.desk", "GET"): only("owner", "/shifts/{day}?room=report"),
    ("desk.figures", "GET"): only("owner", "/shifts/{day}/figures.csv"),
    ("shifts.debrief", "GET"): only("owner", "/shifts/{drill}/debrief"),
    ("shifts.retry", "GET"): only("owner", "/shifts/{drill}/messages/{drilled}/retry"),
    ("shifts.retry", "POST"): only(
        "owner", "/shifts/{drill}/messages/{drilled}/retry", {"text": "We are sorry."}
    ),
    ("what_if.what_if", "GET"): only("owner", "/shifts/{drill}/messages/{drilled}/what-if"),
    ("what_if.what_if", "POST"): only(
        "owner", "/shifts/{drill}/messages/{drilled}/what-if", {"choice": "leave", "minute": "0"}
    ),
    ("opinions.ask", "POST"): only("owner", "/shifts/{drill}/messages/{drilled}/opinion"),
    ("shifts.disagree", "POST"): only(
        "owner", "/shifts/{drill}/messages/{drilled}/disagree/U1", {"sentence": "It was right."}
    ),
    ("rating.overview", "GET"): only("admin", "/rate"),
    ("rating.next_reply", "GET"): only("admin", "/rate/en/next"),
    ("rating.reply", "GET"): only("admin", "/rate/replies/{drill}/{drilled}"),
    ("rating.rate", "POST"): only("admin", "/rate/replies/{drill}/{drilled}", MARKS),
    ("rating.agreement", "GET"): only("admin", "/rate/agreement"),
    ("rating.ratings_csv", "GET"): only("admin", "/rate/ratings.csv"),
    ("rating.reading", "GET"): Row(SIGNED_IN, "/practice/reading"),
    ("rating.reading", "POST"): Row(SIGNED_IN, "/practice/reading", {"objects": "y"}),
    ("quizzes.catalogue", "GET"): Row(EVERYONE, "/quizzes"),
    ("quizzes.quiz", "GET"): Row(EVERYONE, "/quizzes/concepts-basics"),
    ("quizzes.start", "POST"): Row(EVERYONE, "/quizzes/exam-submit"),
    ("quizzes.question", "GET"): only("owner", "/quizzes/sittings/{quiz}/1"),
    ("quizzes.answer", "POST"): only("owner", "/quizzes/sittings/{quiz}/1", {"x": "stolen"}),
    ("quizzes.overview", "GET"): only("owner", "/quizzes/sittings/{quiz}/overview"),
    ("quizzes.submit", "POST"): only("owner", "/quizzes/sittings/{quiz}/submit"),
    ("quizzes.result", "GET"): only("owner", "/quizzes/sittings/{taken}/result"),
    ("lessons.course", "GET"): Row(EVERYONE, "/learn"),
    ("lessons.glossary", "GET"): Row(EVERYONE, "/learn/glossary"),
    ("lessons.sheet", "GET"): Row(EVERYONE, "/learn/modules/under-fire/sheet"),
    ("lessons.lesson", "GET"): Row(EVERYONE, "/learn/smm-smo-seo"),
    ("lessons.check", "POST"): Row(EVERYONE, "/learn/smm-smo-seo/checks/{check}"),
    ("lessons.place", "POST"): Row(EVERYONE, "/learn/smm-smo-seo/place", {"block": "b1"}),
    ("lessons.finish", "POST"): Row(EVERYONE, "/learn/smm-smo-seo/finish"),
    ("progress.skill_map", "GET"): Row(SIGNED_IN, "/progress"),
    ("progress.skill", "GET"): Row(SIGNED_IN, "/progress/concepts"),
}


def furnish(
    app: Academy, session: Session, people: dict[str, int], at: datetime
) -> dict[str, str]:
    """Give the owner a shift and a quiz, each open and done; return what the rows' gaps hold."""
    owner = Viewer(people["owner"], "account", locale="en")
    brand = brand_revision(session, owner, "lumo")
    scenario = scenario_revision(session, owner, "lumo-monday")
    opened = shifts.begin(session, owner, Beginning(brand, scenario, "", "en", 5), b"", at)
    bakery = brand_revision(session, owner, "zakwas")
    evening = scenario_revision(session, owner, "zakwas-evening")
    day = shifts.begin(session, owner, Beginning(bakery, evening, "", "en", 5), b"", at)
    beginning = Beginning(brand, None, "complaint", "en", 5)
    text = "We are sorry that it arrived broken. A new one leaves today."
    drilled = shifts.prepare_drill(session, beginning, text)
    drill = shifts.write_drill(session, owner, beginning, drilled, at)
    bank = published_bank(session, owner, "exam-submit", "en")
    taken = quizzes.start_attempt(session, owner, bank, "", at)
    quizzes.submit_attempt(session, owner, taken.id, at)
    running = quizzes.start_attempt(session, owner, bank, "", at)
    save_draft(session, owner, running.id, Typed("1", 1, {"x": ["mine"]}), at)
    shift = session.get_one(shifts.Shift, opened.id)
    setting = setting_of(session, shift)
    return {
        "shift": opened.id,
        "day": day.id,
        "drill": drill.id,
        "taken": taken.id,
        "quiz": running.id,
        "message": start(setting.scenario, setting.brand, 5).desk().messages[0].id,
        "drilled": drilled.record["messages"][0]["id"],
        "picture": session.scalars(select(Medium.sha256).limit(1)).one(),
        "draft_seal": seal(
            app.settings.secret_key,
            draw_draft(session, owner, "en", brand="lumo", kind="complaint").drill,
        ),
        "drill_seal": seal(app.settings.secret_key, SealedDrill("lumo", "complaint", "en", 7)),
    }


def read_pages(app: Academy) -> dict[str, str]:
    """Return the gaps that only a page names: a style sheet, a check of a lesson."""
    page = app.test_client().get("/learn/smm-smo-seo").get_data(as_text=True)
    style = re.search(r'href="(/static/[^"]+\.css)"', page)
    check = re.search(r"/checks/([\w-]+)", page)
    assert style
    assert check
    return {"stylesheet": style[1], "check": check[1]}
