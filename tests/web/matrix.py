"""Who may do what: a row for each endpoint and method, with a request that is good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Who(StrEnum):
    """Who may."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    OWNER = "its owner"
    LINK = "whoever holds a link that was mailed"


@dataclass(frozen=True)
class Row:
    """Who may use an endpoint by a method, and a good request for it.

    Gaps in path and fields are filled from the world: ``{shift}`` is the owner's open shift.
    """

    who: Who
    path: str
    fields: Mapping[str, str] = field(default_factory=dict)
    json: Any = None


EVERYONE, SIGNED_IN, OWNER, LINK = Who.EVERYONE, Who.SIGNED_IN, Who.OWNER, Who.LINK
DRILL = {"drill": "{drill_seal}", "text": "Thank you for telling us. We will look at it today."}

MATRIX: dict[tuple[str, str], Row] = {
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
    ("sittings.autosave", "POST"): Row(
        OWNER, "/sittings/{quiz}/drafts/1", json={"version": 3, "answers": {"x": ["stolen"]}}
    ),
    ("shifts.landing", "GET"): Row(EVERYONE, "/"),
    ("shifts.try_one", "GET"): Row(EVERYONE, "/try"),
    ("shifts.send_first", "POST"): Row(EVERYONE, "/try", DRILL),
    ("shifts.practice", "GET"): Row(EVERYONE, "/practice"),
    ("shifts.drill", "GET"): Row(EVERYONE, "/practice/drill?skill=empathy"),
    ("shifts.drill", "POST"): Row(EVERYONE, "/practice/drill", DRILL),
    ("shifts.begin_shift", "POST"): Row(EVERYONE, "/practice/shifts/lumo-monday"),
    ("shifts.desk", "GET"): Row(OWNER, "/shifts/{shift}"),
    ("shifts.move", "POST"): Row(
        OWNER, "/shifts/{shift}", {"move": "open", "message": "{message}", "seen": "0"}
    ),
    ("shifts.finish", "GET"): Row(OWNER, "/shifts/{shift}/finish"),
    ("shifts.finish", "POST"): Row(OWNER, "/shifts/{shift}/finish"),
    ("shifts.debrief", "GET"): Row(OWNER, "/shifts/{drill}/debrief"),
    ("shifts.retry", "GET"): Row(OWNER, "/shifts/{drill}/messages/{drilled}/retry"),
    ("shifts.retry", "POST"): Row(
        OWNER, "/shifts/{drill}/messages/{drilled}/retry", {"text": "We are sorry."}
    ),
    ("shifts.disagree", "POST"): Row(
        OWNER, "/shifts/{drill}/messages/{drilled}/disagree/U1", {"sentence": "It was right."}
    ),
    ("quizzes.catalogue", "GET"): Row(EVERYONE, "/quizzes"),
    ("quizzes.quiz", "GET"): Row(EVERYONE, "/quizzes/concepts-basics"),
    ("quizzes.start", "POST"): Row(EVERYONE, "/quizzes/exam-submit"),
    ("quizzes.question", "GET"): Row(OWNER, "/quizzes/sittings/{quiz}/1"),
    ("quizzes.answer", "POST"): Row(OWNER, "/quizzes/sittings/{quiz}/1", {"x": "stolen"}),
    ("quizzes.overview", "GET"): Row(OWNER, "/quizzes/sittings/{quiz}/overview"),
    ("quizzes.submit", "POST"): Row(OWNER, "/quizzes/sittings/{quiz}/submit"),
    ("quizzes.result", "GET"): Row(OWNER, "/quizzes/sittings/{taken}/result"),
    ("lessons.course", "GET"): Row(EVERYONE, "/learn"),
    ("lessons.glossary", "GET"): Row(EVERYONE, "/learn/glossary"),
    ("lessons.sheet", "GET"): Row(EVERYONE, "/learn/modules/under-fire/sheet"),
    ("lessons.lesson", "GET"): Row(EVERYONE, "/learn/smm-smo-seo"),
    ("lessons.check", "POST"): Row(EVERYONE, "/learn/smm-smo-seo/checks/{check}"),
    ("lessons.place", "POST"): Row(EVERYONE, "/learn/smm-smo-seo/place", {"block": "b1"}),
    ("lessons.finish", "POST"): Row(EVERYONE, "/learn/smm-smo-seo/finish"),
    ("progress.skill_map", "GET"): Row(SIGNED_IN, "/progress"),
    ("progress.start", "GET"): Row(SIGNED_IN, "/progress/start"),
    ("progress.rate", "POST"): Row(SIGNED_IN, "/progress/start", {"concepts": "2"}),
    ("progress.skill", "GET"): Row(SIGNED_IN, "/progress/concepts"),
}
