"""What the authorisation matrix is made of: who may use an endpoint, and a good request for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

OTHERS = (
    "nobody",
    "guest",
    "learner",
    "instructor",
    "teacher",
    "employer",
    "rival",
    "candidate",
    "admin",
)
"""Everybody but the learner whose work it is."""

EVERYBODY = ("owner", *OTHERS)


class Who(StrEnum):
    """Who may."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    SOME = "only the people that the row names"
    LINK = "whoever holds a link that was mailed"


@dataclass(frozen=True)
class Row:
    """Who may use an endpoint by a method, and a good request for it.

    Gaps in path and fields are filled from the world: ``{shift}`` is the owner's open shift.
    ``may`` names the people of `EVERYBODY` who may, where ``who`` is `Who.SOME`. ``records`` says
    that reading it leaves an entry in the audit log: it shows a candidate's data. ``signed`` says
    that programs post to it without a token against forgery: the address itself carries a
    signature.
    """

    who: Who
    path: str
    fields: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    may: tuple[str, ...] = ()
    records: bool = False
    signed: bool = False


Rows: TypeAlias = Mapping[tuple[str, str], Row]


def only(
    may: tuple[str, ...] | str,
    path: str,
    fields: Mapping[str, str] | None = None,
    *,
    json: Any = None,
    records: bool = False,
) -> Row:
    """Return a row for what only these people of `EVERYBODY` may do."""
    people = (may,) if isinstance(may, str) else may
    return Row(Who.SOME, path, fields or {}, json, people, records)
