"""What each slice holds of a person: how it is taken along, and how it is erased.

`app.py` fills the table, slice -> (export, erase); each is an operation of its slice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from smm_academy.accounts.operations import erase_account, export_account

EXTENSION = "holdings"


@dataclass(frozen=True, slots=True)
class Holding:
    """How one slice exports and erases what it holds of a person."""

    export: Callable[[Session, int], Any]
    erase: Callable[[Session, int], None]


def export_person(app: Flask, session: Session, person_id: int) -> dict[str, Any]:
    """Return everything that is known of a person, by slice."""
    holdings: dict[str, Holding] = app.extensions[EXTENSION]
    return {
        "account": export_account(session, person_id),
        **{name: holding.export(session, person_id) for name, holding in holdings.items()},
    }


def erase_person(app: Flask, session: Session, person_id: int) -> None:
    """Erase a person and everything that belongs to them, the highest slice first."""
    holdings: dict[str, Holding] = app.extensions[EXTENSION]
    for holding in holdings.values():
        holding.erase(session, person_id)
    erase_account(session, person_id)
