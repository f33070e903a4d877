"""What an organisation has: each text in its languages, with what may be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from smm_academy.accounts.models import Role
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.sources import LOCALES
from smm_academy.web.viewer import Viewer

KINDS = (ChainKind.LESSON, ChainKind.QUIZ, ChainKind.BRAND, ChainKind.SCENARIO)
"""What is written in the browser, in the order in which it is listed."""

TRANSLATED = frozenset({ChainKind.LESSON, ChainKind.QUIZ})
"""What has a text of its own in each language."""


def places_of(viewer: Viewer) -> frozenset[int]:
    """Return the organisations whose texts somebody may write."""
    return frozenset(place for place, role in viewer.memberships if role == Role.INSTRUCTOR)


def address_of(kind: ChainKind, key: str) -> str:
    """Return where readers find a text."""
    return {
        ChainKind.LESSON: f"/learn/{key}",
        ChainKind.QUIZ: f"/quizzes/{key}",
        ChainKind.BRAND: f"/practice/drill?brand={key}",
    }.get(kind, "/practice")


class State(StrEnum):
    """Where a text stands."""

    PUBLISHED = "published"
    CHANGED = "changed"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language: its chain, its draft, or both; 0 where there is none.

    ``behind`` says that what it translates has changed since.
    """

    kind: ChainKind
    key: str
    locale: str
    title: str
    changed_at: datetime
    chain_id: int = 0
    manuscript_id: int = 0
    serves: bool = False
    behind: bool = False

    @property
    def state(self) -> State:
        """Return where it stands."""
        if not self.chain_id:
            return State.DRAFT
        if self.manuscript_id:
            return State.CHANGED
        return State.PUBLISHED if self.serves else State.WITHDRAWN


@dataclass(slots=True)
class Row:
    """Everything of one id: a text for each language it has."""

    kind: ChainKind
    key: str
    texts: list[Text] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return the title in the first language that has one."""
        return next((text.title for text in self.texts if text.title), self.key)

    @property
    def changed_at(self) -> datetime:
        """Return when any of its texts changed last."""
        return max(text.changed_at for text in self.texts)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the languages into which it can be translated."""
        if self.kind not in TRANSLATED or not any(text.serves for text in self.texts):
            return ()
        return tuple(one for one in LOCALES if one not in {text.locale for text in self.texts})


@dataclass(frozen=True, slots=True)
class Shelf:
    """An organisation's texts by kind, the last changed first."""

    organisation_id: int
    name: str
    rows: dict[ChainKind, list[Row]]

    @property
    def count(self) -> int:
        """Return how many texts there are, languages not counted."""
        return sum(len(rows) for rows in self.rows.values())

    def found(self, wanted: str) -> dict[ChainKind, list[Row]]:
        """Return the rows in whose titles or ids some words stand; case-folded."""
        return {
            kind: [row for row in rows if wanted in f"{row.title} {row.key}".casefold()]
            for kind, rows in self.rows.items()
        }


def shelve(organisation_id: int, name: str, texts: Iterable[Text], locale: str) -> Shelf:
    """Return an organisation's texts as its shelf; titles in the reader's language come first."""
    rows: dict[tuple[ChainKind, str], Row] = {}
    for text in sorted(texts, key=lambda one: (one.locale != locale, one.locale)):
        # A new text has no lasting id yet: each stands for itself.
        key = text.key or f"#{text.manuscript_id}"
        rows.setdefault((text.kind, key), Row(text.kind, key)).texts.append(text)
    ordered = sorted(rows.values(), key=lambda row: row.changed_at, reverse=True)
    by_kind = {kind: [row for row in ordered if row.kind is kind] for kind in KINDS}
    return Shelf(organisation_id, name, by_kind)
