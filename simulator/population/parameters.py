"""The population's constants, each with its value and the mark of its source in parameters.json.

Marks: V read in the source, M measured, GK general knowledge, fitted to a fact, ours.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


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
    toxic: float
    toxic_drive: float
    fake: float
    fake_drive: float


@dataclass(frozen=True, slots=True)
class MoodParameters:
    """How moods, attitudes, trust and following move."""

    pull: float
    confidence: float
    recovery: float
    learning: float
    anchor: float
    witness: float
    witness_lift: float
    negativity: float
    trust_gain: float
    attitude_share: float
    tone_edge: float
    experience: float
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
    brand_tone: float
    own_weight: float
    tone_weight: float
    noise_weight: float
    tree_popularity: float
    tree_novelty: float
    tree_root: float


@dataclass(frozen=True, slots=True)
class KindParameters:
    """Which contributions are of which kind."""

    praise: float
    question: float
    complaint: float
    toxic: float
    spam: float


@dataclass(frozen=True, slots=True)
class AppealParameters:
    """What makes people click and share, and how often texts hold it."""

    click_negative: float
    share_negative: float
    share_moral: float
    share_outgroup: float
    moral_share: float
    outgroup_share: float


@dataclass(frozen=True, slots=True)
class SpreadParameters:
    """How contents travel along the follow edges; times in hours."""

    shareable: float
    rate_least: float
    rate_tail: float
    fleeting_cap: float
    lasting_cap: float
    lasting: float
    broad: float
    broad_rate: float
    fleeting_hours: float
    lasting_hours: float
    storm_hours: float
    lifetime: int
    wait_tail: float
    wait_shortest: float
    storm_wait_shortest: float
    wait_longest: float
    impression: float


@dataclass(frozen=True, slots=True)
class StormParameters:
    """What outrage at the brand does."""

    rate: float
    tone: float
    impression: float
    anger: float
    speak: float
    viral_engagement: int
    sparks: int


@dataclass(frozen=True, slots=True)
class ReviewParameters:
    """Who buys, what they live through, who tells of it."""

    buy: float
    buy_bias: float
    taste: float
    star_cuts: tuple[float, ...]
    report: tuple[float, ...]
    report_base: float
    presence_report: tuple[float, ...]
    words: tuple[float, ...]
    words_sigma: float
    neutral_stars: float
    presence_words: float


@dataclass(frozen=True, slots=True)
class CareParameters:
    """What those who ask or complain expect, and what an average brand does; times in minutes."""

    patience_minutes: tuple[float, ...]
    patience_share: tuple[float, ...]
    complaint_patience: float
    complaint_patience_sigma: float
    speed_free: float
    speed_slope: float
    speed_least: float
    answers_complaint: float
    answers_question: float
    complaint_minutes: float
    question_minutes: float
    minutes_sigma: float
    types: tuple[float, ...]
    type_redress: tuple[float, ...]
    type_manner: tuple[float, ...]
    justice: tuple[float, ...]
    justice_noise: float
    attention: float
    recovery: float
    reach: float
    anger: float
    intervals: float
    escalate: float
    escalate_anger: float
    escalate_justice: float
    thanks_back: float
    writes_back: float
    silence_sours: float
    silence_leaves: float
    leaves: float
    leaves_content: float
    reasons: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SectorParameters:
    """A sector's contributions.

    Shares of positive and negative tones, the mean and spread of dispositions that give them,
    and factors on the chance that neutral ones ask something and negative ones complain.
    """

    positive: float
    negative: float
    centre: float
    spread: float
    questions: float
    complaints: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """All constants of one community."""

    sector: str
    mix: SectorParameters
    graph: GraphParameters
    activity: ActivityParameters
    mood: MoodParameters
    threads: ThreadParameters
    kinds: KindParameters
    appeal: AppealParameters
    spread: SpreadParameters
    storm: StormParameters
    reviews: ReviewParameters
    care: CareParameters


_SECTIONS = {
    "graph": GraphParameters,
    "activity": ActivityParameters,
    "mood": MoodParameters,
    "threads": ThreadParameters,
    "kinds": KindParameters,
    "appeal": AppealParameters,
    "spread": SpreadParameters,
    "storm": StormParameters,
    "reviews": ReviewParameters,
    "care": CareParameters,
}


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    text = files("simulator.population").joinpath("parameters.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


def sectors() -> tuple[str, ...]:
    """Return the sectors whose mix of tones is known."""
    return tuple(_table()["sectors"])


def parameters(sector: str = "retail", theta: Mapping[str, float] | None = None) -> Parameters:
    """Return the constants of a sector, with those named in ``theta`` replaced.

    Names are ``section.constant``, and ``section.constant.2`` for an entry of a list. A sector
    without a mix of its own takes the one of its alias, else that of retail: a brand may name any.
    Raises ``ValueError`` for a name that is no numeric constant.
    """
    table = _table()
    values = {
        section: {name: row["value"] for name, row in table[section].items()}
        for section in _SECTIONS
    }
    known = table["aliases"].get(sector, sector)
    values["mix"] = table["sectors"].get(known, table["sectors"]["retail"])
    for name, value in (theta or {}).items():
        _put(values, name, value)
    made: dict[str, Any] = {
        section: kind(**{name: _frozen(value) for name, value in values[section].items()})
        for section, kind in _SECTIONS.items()
    }
    return Parameters(sector=sector, mix=SectorParameters(**values["mix"]), **made)


def free_constants() -> tuple[str, ...]:
    """Return the names of the constants that a calibration sets, as ``section.constant``."""
    return tuple(_table()["free"])


def constant(name: str) -> float:
    """Return the shipped value of ``section.constant``.

    Raises ``ValueError`` where there is no such number.
    """
    section, _, key = name.partition(".")
    value = _table().get(section, {}).get(key, {}).get("value") if section in _SECTIONS else None
    if isinstance(value, int | float):
        return float(value)
    raise ValueError(f"no population constant {name!r} is a number; see parameters.json")


def _put(values: dict[str, dict[str, Any]], name: str, value: float) -> None:
    section, _, constant = name.partition(".")
    constant, _, place = constant.partition(".")
    try:
        old = values[section][constant]
        if place:
            changed = list(old)
            changed[int(place)] = type(old[int(place)])(value)
            values[section][constant] = changed
        else:
            values[section] = {**values[section], constant: type(old)(value)}
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ValueError(
            f"no population constant {name!r} takes the value {value!r}; see parameters.json"
        ) from error


def _frozen(value: Any) -> Any:  # noqa: ANN401 - a JSON value: a number or a list of numbers
    return tuple(value) if isinstance(value, list) else value
