"""A small world of people with work of their own, for tests about who may see and do what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from simulator import start
from smm_academy.accounts.models import HOUSE, Organisation, Person, PersonKind, Role
from smm_academy.accounts.operations import grant, open_sign_in
from smm_academy.clock import now
from smm_academy.database.types import Base
from smm_academy.quizzes import operations as quizzes
from smm_academy.quizzes.queries import published_bank
from smm_academy.revisions.models import Medium
from smm_academy.shifts import operations as shifts
from smm_academy.shifts.forms import SealedDrill, seal
from smm_academy.shifts.operations import Beginning
from smm_academy.shifts.queries import brand_revision, scenario_revision, setting_of
from smm_academy.sittings.operations import Typed, save_draft
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer

PEOPLE = ("owner", "guest", "learner", "instructor", "admin")
OTHERS = ("nobody", "guest", "learner", "instructor", "admin")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class World:
    """A site with five people, and what the owner has: an open and a taken quiz, shift, drill."""

    app: Academy
    people: Mapping[str, int]
    gaps: Mapping[str, str]

    def acts(
        self, role: str, method: str, path: str, fields: Mapping[str, str], json: Any = None
    ) -> TestResponse:
        """Send a request as somebody, with a good token against forgery."""
        client = self.app.test_client()
        if role != "nobody":
            self._sign_in(client, role)
        token = self._token(client)
        address = path.format_map(self.gaps)
        data = {name: value.format_map(self.gaps) for name, value in fields.items()}
        if json is not None:
            headers = {"X-CSRFToken": token, "Accept": "application/json"}
            return client.open(address, method=method, json=json, headers=headers)
        if method == "GET":
            return client.get(address)
        return client.open(address, method=method, data={"csrf_token": token, **data})

    def rows(self) -> dict[str, int]:
        """Return how many rows each table has; sign-ins come and go with the tests."""
        with self.app.database.reading() as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
                if table.name != "sign_in"
            }

    def _sign_in(self, client: FlaskClient, role: str) -> None:
        with self.app.database.unit() as session:
            token = open_sign_in(session, self.people[role], timedelta(hours=1), now())
        client.set_cookie("smm_account", token)

    def _token(self, client: FlaskClient) -> str:
        found = TOKEN.search(client.get("/reset").get_data(as_text=True))
        assert found
        return found[1]


def settle(app: Academy) -> World:
    """Fill a fresh site with people and with the owner's work."""
    at = now()
    with app.database.unit() as session:
        school = Organisation(name="School", slug="school", created_at=at)
        session.add(school)
        people = {}
        for name in PEOPLE:
            person = Person(
                kind=PersonKind.GUEST if name == "guest" else PersonKind.ACCOUNT,
                name=name,
                email=None if name == "guest" else f"{name}@example.com",
                email_key=None if name == "guest" else f"{name}@example.com",
                is_admin=name == "admin",
                locale="en",
                created_at=at,
                last_seen_at=at,
            )
            session.add(person)
            session.flush()
            people[name] = person.id
        for place in (HOUSE, school.id):
            grant(session, people["instructor"], place, Role.INSTRUCTOR)
        owner = Viewer(people["owner"], "account", locale="en")
        brand = brand_revision(session, owner, "lumo")
        scenario = scenario_revision(session, owner, "lumo-monday")
        opened = shifts.begin(session, owner, Beginning(brand, scenario, "", "en", 5), b"", at)
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
        gaps = {
            "shift": opened.id,
            "drill": drill.id,
            "taken": taken.id,
            "quiz": running.id,
            "message": start(setting.scenario, setting.brand, 5).desk().messages[0].id,
            "drilled": drilled.record["messages"][0]["id"],
            "picture": session.scalars(select(Medium.sha256).limit(1)).one(),
            "drill_seal": seal(app.settings.secret_key, SealedDrill("lumo", "complaint", "en", 7)),
        }
    page = app.test_client().get("/learn/smm-smo-seo").get_data(as_text=True)
    style = re.search(r'href="(/static/[^"]+\.css)"', page)
    check = re.search(r"/checks/([\w-]+)", page)
    assert style
    assert check
    return World(app, people, {**gaps, "stylesheet": style[1], "check": check[1]})
