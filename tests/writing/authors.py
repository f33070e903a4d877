"""Authors who use the editor as a browser without scripts does."""

from __future__ import annotations

import io
import re
from typing import Any

from sqlalchemy import select

from smm_academy.accounts.models import HOUSE, Person, Role
from smm_academy.accounts.operations import grant
from smm_academy.revisions.models import Chain, ChainKind
from smm_academy.web.application import Academy
from tests.people import Page, Visitor


class Author(Visitor):
    """Somebody with a school, or an instructor of the house."""

    def opens_school(self, email: str, name: str = "Szkoła Łódź") -> Page:
        """Register and open a school."""
        self.registers(email)
        self.opens("/teach")
        return self.sends("/teach/schools", name=name)

    def joins_house(self, email: str) -> None:
        """Register and become an instructor of the house."""
        self.registers(email)
        with self.app.database.unit() as session:
            person = session.scalars(select(Person).where(Person.email == email)).one()
            grant(session, person.id, HOUSE, Role.INSTRUCTOR)

    def begins(self, kind: str = "lesson", title: str = "Kind words", locale: str = "en") -> Page:
        """Begin a text."""
        self.opens(f"/teach/new?kind={kind}")
        return self.sends("/teach/new", title=title, locale=locale)

    def draft(self) -> str:
        """Return the address of the draft at hand."""
        assert self.page is not None
        found = re.match(r"/teach/drafts/\d+", self.page.path)
        assert found, (self.page.path, self.page.text[:300])
        return found[0]

    def text(self) -> str:
        """Return the text in the editor as a browser would send it, with plain line ends."""
        assert self.page is not None
        return self.page.form(self.draft()).fields["source"][0]

    def version(self) -> str:
        """Return the version that the editor shows."""
        assert self.page is not None
        return self.page.form(self.draft()).fields["version"][0]

    def types(self, source: str, action: str = "", **more: Any) -> Page:
        """Send the editor's form with another text: saved, or checked, or published."""
        sent = source.replace("\r\n", "\n").replace("\n", "\r\n")
        values = {"version": self.version(), **more, "source": sent}
        return self.posts(f"{self.draft()}{action}", **values)

    def publishes(self, source: str | None = None, **more: Any) -> Page:
        """Publish the text at hand, or another one."""
        return self.types(self.text() if source is None else source, "/publish", **more)

    def uploads(self, name: str, filename: str, content: bytes) -> Page:
        """Send the editor's form with a file."""
        data = {
            "csrf_token": self.token(),
            "source": self.text(),
            "version": self.version(),
            name: (io.BytesIO(content), filename),
        }
        return self._see(
            self.client.post(self.draft(), data=data, headers=self.headers, follow_redirects=True)
        )

    def edits(self, key: str, kind: ChainKind = ChainKind.LESSON, locale: str = "en") -> Page:
        """Open a published text of any organisation in the editor, by its address."""
        return self.posts(f"/teach/texts/{chain_id(self.app, key, kind, locale)}/edit")


def chain_id(
    app: Academy, key: str, kind: ChainKind = ChainKind.LESSON, locale: str = "en"
) -> int:
    """Return the id of the youngest text with a key."""
    with app.database.reading() as session:
        found = session.scalars(
            select(Chain.id)
            .where(Chain.key == key, Chain.kind == kind, Chain.locale == locale)
            .order_by(Chain.id.desc())
        ).first()
    assert found is not None
    return found
