"""A small world of people with work of their own, for tests about who may see and do what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from smm_academy.accounts.models import HOUSE, Organisation, Person, PersonKind, Role
from smm_academy.accounts.operations import grant, open_sign_in
from smm_academy.clock import now
from smm_academy.database.types import Base
from smm_academy.web.application import Academy
from tests.web.matrix import WORLDS
from tests.web.rows import EVERYBODY
from tests.web.worlds import learner

HELD = {
    "instructor": (("house", Role.INSTRUCTOR), ("school", Role.INSTRUCTOR)),
    "teacher": (("elsewhere", Role.INSTRUCTOR),),
    "employer": (("norte", Role.OWNER), ("norte", Role.RECRUITER)),
    "rival": (("rival", Role.OWNER), ("rival", Role.RECRUITER)),
}
"""Who holds which role where: two schools, two employers, so that one may try the other's door."""

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class World:
    """A site with everybody in it, and what fills the gaps of the rows."""

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
        client.set_cookie("smm_candidate" if role == "candidate" else "smm_account", token)

    def _token(self, client: FlaskClient) -> str:
        found = TOKEN.search(client.get("/reset").get_data(as_text=True))
        assert found
        return found[1]


def settle(app: Academy) -> World:
    """Fill a fresh site with people and with what the rows of the matrix speak of."""
    at = now()
    with app.database.unit() as session:
        people = _populate(session, at)
        gaps: dict[str, str] = {}
        for world in WORLDS:
            gaps |= world.furnish(app, session, people, at)
    return World(app, people, {**gaps, **learner.read_pages(app)})


def _populate(session: Session, at: datetime) -> dict[str, int]:
    """Write everybody, with the roles that they hold; return their ids."""
    places = {"house": HOUSE}
    for slug in ("school", "elsewhere", "norte", "rival"):
        place = Organisation(name=slug.title(), slug=slug, created_at=at)
        session.add(place)
        session.flush()
        places[slug] = place.id
    people = {}
    for name in EVERYBODY:
        if name == "nobody":
            continue
        is_account = name not in {"guest", "candidate"}
        person = Person(
            kind=PersonKind.ACCOUNT if is_account else PersonKind(name),
            organisation_id=places["norte"] if name == "candidate" else None,
            name=name,
            email=f"{name}@example.com" if is_account else None,
            email_key=f"{name}@example.com" if is_account else None,
            email_confirmed_at=at if is_account else None,
            is_admin=name == "admin",
            locale="en",
            created_at=at,
            last_seen_at=at,
        )
        session.add(person)
        session.flush()
        people[name] = person.id
    for name, held in HELD.items():
        for place_name, role in held:
            grant(session, people[name], places[place_name], role)
    return people
