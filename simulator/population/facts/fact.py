"""One fact about real communities, and whether the synthetic one shows it."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """A measured value beside the target.

    ``holds`` is ``None``, with the ``reason``, where the value cannot be shown; ``verified`` says
    whether the target was read in its source.
    """

    id: str
    value: float | None
    target: float
    low: float
    high: float
    holds: bool | None
    reason: str | None
    verified: bool
    source: str

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    def failing(self, reason: str) -> "Fact":
        """Return the fact as one that does not hold, and why."""
        return replace(self, holds=False, reason=reason)


@lru_cache(maxsize=1)
def table() -> Mapping[str, Mapping[str, Any]]:
    """Return the fact table: id -> row, title, target, low, high, verified, source, needs."""
    text = files("simulator.population.facts").joinpath("table.json").read_text(encoding="utf-8")
    rows: dict[str, dict[str, Any]] = json.loads(text)
    return rows


def judge(id: str, value: float) -> Fact:  # noqa: A002 - the interface's name
    """Return the fact with its verdict; a value that is no number cannot be shown."""
    if math.isnan(value):
        return unshown(id, "too few cases to measure it")
    row = table()[id]
    low, high = row["low"], row["high"]
    return _fact(id, float(value), holds=bool(low <= value <= high), reason=None)


def unshown(id: str, reason: str) -> Fact:  # noqa: A002 - the interface's name
    """Return the fact without a value, and why."""
    return _fact(id, None, holds=None, reason=reason)


def _fact(
    id: str,  # noqa: A002 - the interface's name
    value: float | None,
    *,
    holds: bool | None,
    reason: str | None,
) -> Fact:
    row = table()[id]
    return Fact(
        id=id,
        value=value,
        target=row["target"],
        low=row["low"],
        high=row["high"],
        holds=holds,
        reason=reason,
        verified=row["verified"],
        source=row["source"],
    )
