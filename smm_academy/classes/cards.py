"""What pages show of a class, its members and the work that it can be given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from smm_academy.classes.gradebook import Deed, Row, Task
from smm_academy.measurement.skill_map import SkillMap
from smm_academy.shifts.queries import SentReply


@dataclass(frozen=True, slots=True)
class ClassCard:
    """What a list shows of a class."""

    id: int
    name: str
    organisation: str
    members: int
    code: str
    retention_on: date
    archived: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a class as its instructors and pages see them."""

    id: int
    person_id: int
    name: str
    is_guest: bool
    shares_replies: bool
    joined_at: datetime
    key_made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A lesson, quiz or scenario that a class can read, by what it is called."""

    kind: str
    key: str
    title: str
    minutes: int


Shelf = Mapping[tuple[str, str], Piece]
"""What a class can be given to do, by (kind, key)."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the instructors of a class see of one member.

    ``replies`` is empty unless the member shares them; ``brands`` are the names of brands by id.
    """

    member: Member
    tasks: tuple[Task, ...]
    row: Row
    deeds: tuple[Deed, ...]
    map: SkillMap
    replies: tuple[SentReply, ...]
    brands: Mapping[str, str]


def name_key(name: str) -> str:
    """Return what two names in a class are compared by."""
    return name.casefold()[:160]
