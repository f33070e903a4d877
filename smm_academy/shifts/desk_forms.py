"""What a page of the desk sends: a move, and where at the desk it was made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args
from urllib.parse import urlencode

from simulator import Locale, Move
from smm_academy.errors import Invalid, NotFound
from smm_academy.shifts.forms import read_move
from smm_academy.shifts.typed_figures import NONE, plain_figure

Room = Literal["inbox", "news", "calendar", "audience", "requests", "report"]
ROOMS: tuple[Room, ...] = get_args(Room)
FIGURES = ("value.", "spend.", "amount")
"""What the names of choices begin with whose values are figures."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is at the desk: in which room, and what is open there."""

    room: Room = "inbox"
    item: str = ""
    message: str = ""

    def address(self, url: str) -> str:
        """Return the address of the place at the desk whose own address is given."""
        if self.room == "inbox":
            return f"{url}?{urlencode({'message': self.message})}"
        named = {"room": self.room, "item": self.item}
        return f"{url}?{urlencode({name: value for name, value in named.items() if value})}"


def read_place(fields: Mapping[str, str]) -> Place:
    """Return the place that an address or a form names. Raises `NotFound` for no such room."""
    name = fields.get("room") or "inbox"
    for room in ROOMS:
        if room == name:
            return Place(room, fields.get("item", "")[:60], fields.get("message", "")[:60])
    raise NotFound("There is no such room at this desk.")


def read_desk_move(fields: Mapping[str, str], locale: Locale) -> Move:
    """Return the move that a form of the desk sends, its figures in the simulator's notation.

    Raises `Invalid` where nothing was chosen, or where a figure cannot be read.
    """
    if not fields.get("move"):
        raise Invalid("move", "Nothing was chosen. Choose what to do, then send it.")
    move = read_move(fields)
    read = {
        name: _figure(value, locale) if name.startswith(FIGURES) else value
        for name, value in move.choices.items()
    }
    return replace(move, choices=read)


def _figure(typed: str, locale: Locale) -> str:
    figure = plain_figure(typed, locale)
    if figure is None:
        raise Invalid(
            "figure",
            "This cannot be read as a figure: “%(typed)s”. Write digits, such as 1250 or 6.2; "
            "write - where a figure cannot be computed.",
            typed=typed,
        )
    return figure if figure == NONE or float(figure) else "0"
