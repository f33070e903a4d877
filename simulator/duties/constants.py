"""The constants of the duties: magnitudes with their sources, and the words of the trade.

Marks in ``parameters.json``: V read in the source, GK general knowledge, ours.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from simulator.brands import Locale


def number(name: str) -> float:
    """Return a numeric constant by ``section.name``."""
    section, field = name.split(".")
    return float(_read("parameters.json")[section][field]["value"])


def by_bid(name: str, bid: str) -> float:
    """Return a constant that differs by bid."""
    section, field = name.split(".")
    return float(_read("parameters.json")[section][field]["value"][bid])


def table(name: str) -> Mapping[str, Any]:
    """Return a table of the trade: formats, actions, bids, periods, topics, measures, kpis."""
    found: Mapping[str, Any] = _read("tables.json")[name]
    return found


def stocks() -> frozenset[str]:
    """Return the measures that stand at a moment and are never added up over days."""
    return frozenset(_read("tables.json")["stocks"])


def title(name: str, id: str, locale: Locale) -> str:  # noqa: A002 - an id is what it is
    """Return what a row of a table is called."""
    row = table(name)[id]
    words: Mapping[str, str] = row.get("title", row)
    return words[locale]


@cache
def _read(name: str) -> dict[str, Any]:
    text = files("simulator.duties").joinpath(name).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content
