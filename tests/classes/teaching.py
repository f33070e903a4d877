"""A class with its instructor and members, over HTTP."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from smm_academy.accounts.models import HOUSE, Organisation, Person, Role
from smm_academy.accounts.operations import grant
from smm_academy.web.application import Academy
from tests.people import Page, Visitor

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CODE = re.compile(r'class-code class-code-large">\s*([A-Z0-9-]+)')
KEY = re.compile(r'class-key-words">\s*([a-z0-9-]+)')
LESSON, QUIZ, SHIFT = "smm-smo-seo", "concepts-basics", "lumo-monday"


@dataclass(frozen=True)
class Taught:
    """A class, and the browser of its instructor."""

    teacher: Visitor
    id: int

    @property
    def path(self) -> str:
        return f"/teach/classes/{self.id}"

    def code(self) -> str:
        found = CODE.search(self.teacher.opens(self.path).html)
        return found[1] if found else ""

    def assigns(self, work: str, due_on: str = "") -> Page:
        self.teacher.opens(self.path)
        return self.teacher.sends("/list", work=work, due_on=due_on)

    def gradebook(self, query: str = "") -> Page:
        return self.teacher.opens(f"{self.path}/gradebook{query}")

    def member(self, name: str) -> str:
        """Return the address of a member's page."""
        page = self.teacher.opens(self.path)
        found = re.search(rf'href="({self.path}/members/\d+)">{name}<', page.html)
        assert found, name
        return found[1]


def instructor(app: Academy, email: str = "ewa@example.com", place: str = "school") -> Visitor:
    """Return an instructor of an organisation, which is made if it is not there."""
    visitor = Visitor(app)
    visitor.registers(email, "Ewa")
    place_id = organisation(app, place)
    with app.database.unit() as session:
        person = session.scalars(select(Person).where(Person.email_key == email)).one()
        grant(session, person.id, place_id, Role.INSTRUCTOR)
    return visitor


def organisation(app: Academy, place: str) -> int:
    """Return the id of an organisation, which is made if it is not there."""
    if place == "house":
        return HOUSE
    with app.database.unit() as session:
        found = session.scalar(select(Organisation).where(Organisation.slug == place))
        if found is None:
            found = Organisation(name=place.title(), slug=place, created_at=NOON)
            session.add(found)
            session.flush()
        return found.id


def opens_class(teacher: Visitor, name: str = "Marketing 2b", **fields: str) -> Taught:
    """Open a class and return it."""
    teacher.opens("/teach/classes/new")
    page = teacher.sends("/teach/classes/new", name=name, **fields)
    found = re.fullmatch(r"/teach/classes/(\d+)", page.path)
    assert found, page.text
    return Taught(teacher, int(found[1]))


def joins(visitor: Visitor, code: str, name: str = "Ola", **fields: str) -> Page:
    """Join a class by its code, in the two steps of the page."""
    visitor.opens("/join")
    visitor.sends("/join", code=code)
    return visitor.sends("/join", name=name, **fields)


def comes_back(visitor: Visitor, code: str, key: str) -> Page:
    """Come back by code and key."""
    visitor.opens("/join")
    return visitor.sends("/join/return", code=code, key=key)


def key_on(page: Page) -> str:
    """Return the key that a page shows."""
    found = KEY.search(page.html)
    assert found, page.text
    return found[1]


def reads(visitor: Visitor, lesson: str = LESSON) -> None:
    """Finish a lesson."""
    visitor.opens(f"/learn/{lesson}")
    visitor.sends("/finish")


def takes(visitor: Visitor, quiz: str = QUIZ) -> None:
    """Hand a quiz in without an answer."""
    visitor.opens(f"/quizzes/{quiz}")
    page = visitor.sends(quiz)
    visitor.opens(page.path.rsplit("/", 1)[0] + "/overview")
    visitor.sends("/submit")


def drills(visitor: Visitor) -> None:
    """Answer one message."""
    visitor.opens("/try")
    visitor.sends("/try", text="We are sorry. A new one leaves today and arrives by noon.")
