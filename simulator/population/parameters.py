"""The population's constants, each with its value and the mark of its source in parameters.json.

Marks: V read in the source, M measured, GK general knowledge, fitted to a fact, ours.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class GraphParameters:
    """The shape of the follower graph."""

    circle_size: int
    followees_mean: float
    followees_sigma: float
    feed: int
    friend_distance: int
    friend_probability: float
    circle_share: float
    closure_share: float
    gamma: float
    rank_shift: float
    popularity_noise: float


@dataclass(frozen=True, slots=True)
class ActivityParameters:
    """When members come, and when they speak."""

    visits_per_day: float
    visits_sigma: float
    visits_cap: float
    diurnal: tuple[float, ...]
    weekend: float
    posters: float
    voice_mean: float
    voice_sigma: float
    voice_slope: float
    voice_negative: float
    voice_positive: float
    return_branching: float
    return_tail: float
    return_shortest: int
    return_longest: int


@dataclass(frozen=True, slots=True)
class MoodParameters:
    """How moods, attitudes, trust and following move."""

    pull: float
    confidence: float
    recovery: float
    learning: float
    anchor: float
    witness: float
    negativity: float
    trust_gain: float
    attitude_share: float
    tone_edge: float
    spread: float
    leave: float
    join: float
    following: float


@dataclass(frozen=True, slots=True)
class ThreadParameters:
    """Where a contribution goes, and its tone."""

    post_share: float
    novelty_hours: float
    popularity: float
    appeal_sigma: float
    lifetime: int
    brand_post_hours: tuple[int, ...]
    brand_appeal: float
    own_weight: float
    tone_weight: float
    noise_weight: float


@dataclass(frozen=True, slots=True)
class SectorParameters:
    """The mix of tones in a sector's contributions: shares of positive and negative ones."""

    positive: float
    negative: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """All constants of one community."""

    sector: str
    graph: GraphParameters
    activity: ActivityParameters
    mood: MoodParameters
    threads: ThreadParameters
    mix: SectorParameters


Section = TypeVar("Section")


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    text = files("simulator.population").joinpath("parameters.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


def sectors() -> tuple[str, ...]:
    """Return the sectors whose mix of tones is known."""
    return tuple(_table()["sectors"])


def parameters(sector: str = "retail", theta: Mapping[str, float] | None = None) -> Parameters:
    """Return the constants of a sector, with those named in ``theta`` (``section.name``) replaced.

    A sector without a mix of its own takes the one of retail: brands may name any sector.
    Raises ``ValueError`` for a name in ``theta`` that is no numeric constant.
    """
    table = _table()
    changed = dict(theta or {})
    made = {
        name: _section(kind, name, table[name], changed)
        for name, kind in (
            ("graph", GraphParameters),
            ("activity", ActivityParameters),
            ("mood", MoodParameters),
            ("threads", ThreadParameters),
        )
    }
    if changed:
        raise ValueError(
            f"unknown population constant {min(changed)!r}; see parameters.json"
        )
    mixes = table["sectors"]
    mix = SectorParameters(**mixes.get(sector, mixes["retail"]))
    return Parameters(sector=sector, mix=mix, **made)


def _section(
    kind: type[Section], name: str, rows: Mapping[str, Any], changed: dict[str, float]
) -> Section:
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        value = rows[field.name]["value"]
        if isinstance(value, list):
            value = tuple(value)
        elif f"{name}.{field.name}" in changed:
            value = type(value)(changed.pop(f"{name}.{field.name}"))
        values[field.name] = value
    return kind(**values)
