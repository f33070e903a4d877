"""What each slice holds of a person: how it is taken along, and how it is erased.

`app.py` fills the table, slice -> (export, erase); each is an operation of its slice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from smm_academy.accounts.operations import erase_account, export_account

EXTENSION = "holdings"


@dataclass(frozen=True, slots=True)
class Holding:
    """How one slice exports and erases what it holds of a person."""

    export: Callable[[Session, int], Any]
    erase: Callable[[Session, int], None]


Holdings: TypeAlias = Mapping[str, Holding]
"""Slice -> what it holds, the highest slice first."""


def export_person(holdings: Holdings, session: Session, person_id: int) -> dict[str, Any]:
    """Return everything that is known of a person, by slice."""
    return {
        "account": export_account(session, person_id),
        **{name: holding.export(session, person_id) for name, holding in holdings.items()},
    }


def erase_person(holdings: Holdings, session: Session, person_id: int) -> None:
    """Erase a person and everything that belongs to them, the highest slice first."""
    for holding in holdings.values():
        holding.erase(session, person_id)
    erase_account(session, person_id)
