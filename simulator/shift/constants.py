"""The constants of a shift, each with its value and source in ``parameters.json``.

Marks: V read in the source, GK general knowledge, ours.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Temper:
    """How a kind of message moves the community.

    ``opening`` is the change that its first readers feel, ``hourly`` what each hour without an
    answer adds, ``answered`` what a perfect answer gives back (all in [-1, 1]). ``failure``: the
    author has been let down; ``waits``: the author expects an answer; ``criticism``: it is lawful
    and may not be hidden; ``inaction``: leaving it alone is right; ``settled_by``: moves that
    deal with it.
    """

    opening: float
    hourly: float
    answered: float
    failure: bool
    waits: bool
    criticism: bool
    inaction: bool
    settled_by: tuple[str, ...]


def number(name: str) -> float:
    """Return a numeric constant by ``section.name``."""
    section, field = name.split(".")
    return float(_parameters()[section][field]["value"])


def table(name: str) -> Mapping[str, float]:
    """Return a constant that differs by channel."""
    section, field = name.split(".")
    values: Mapping[str, float] = _parameters()[section][field]["value"]
    return values


def points(name: str) -> tuple[float, ...]:
    """Return a constant that is a list of numbers."""
    section, field = name.split(".")
    return tuple(_parameters()[section][field]["value"])


def community_sector(sector: str) -> str:
    """Return the sector of `simulator.population` whose mix of moods fits a brand's sector."""
    sectors: Mapping[str, str] = _parameters()["community_sector"]
    return sectors.get(sector, "retail")


def temper(kind: str) -> Temper:
    """Return how a kind of message moves the community."""
    return _tempers()[kind]


def phrases(section: str) -> Mapping[str, Mapping[str, str]]:
    """Return a section of the phrase table: code -> language -> sentence."""
    found: Mapping[str, Mapping[str, str]] = _read("phrases.json")[section]
    return found


@cache
def _parameters() -> dict[str, Any]:
    return _read("parameters.json")


@cache
def _tempers() -> dict[str, Temper]:
    rows = _read("kinds.json")
    return {
        kind: Temper(**{**row, "settled_by": tuple(row["settled_by"])})
        for kind, row in rows.items()
    }


@cache
def _read(name: str) -> dict[str, Any]:
    text = files("simulator.shift").joinpath(name).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content
