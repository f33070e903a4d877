"""How far raters agree with one another and with the machine: quadratic weighted kappa.

Kappa with quadratic weights is Cohen's (1968); its interval is a percentile bootstrap over
replies, drawn by key so that the same ratings always give the same interval. A reply that three
people rated gives three pairs, and they are drawn together: they do not tell three things.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.items import Reply
from simulator.judgement.infer import infer
from simulator.judgement.lines import (
    FIELDS,
    NO_BRANDS,
    Brands,
    LineError,
    known_fields,
    parse_line,
)
from simulator.judgement.reader import read
from simulator.judgement.rubric import CRITERIA
from simulator.keyed import key, uniform

_STEPS = (0.0, 0.5, 1.0)
_REPLICATES = 400
_LEAST = 2
_NOTHING = 1e-12
ENOUGH_PAIRS = 20
"""Below so many pairs a kappa is not to be read: its interval is most of the scale."""
RATING_FIELDS = (*FIELDS, "ratings")
"""The fields of a rated reply: ``ratings`` maps a rater to criterion -> 0, 0.5 or 1."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement on one criterion: pairs of ratings, kappa and its 95 % interval."""

    pairs: int
    kappa: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Rated:
    """A reply that people rated: criterion -> 0, 0.5 or 1, by the machine and by each of them."""

    locale: str
    machine: Mapping[str, float]
    people: Sequence[Mapping[str, float]]


@dataclass(slots=True)
class _Pairs:
    """Pairs of ratings of one criterion in one language, each with the number of its reply."""

    replies: list[int] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    second: list[float] = field(default_factory=list)

    def add(self, reply: int, one: float, other: float) -> None:
        self.replies.append(reply)
        self.first.append(float(one))
        self.second.append(float(other))


def round_step(value: float) -> float:
    """Return a facet as evidence rounds it: 0, one half or 1."""
    return round(2 * value) / 2


def weighted_kappa(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    """Return the quadratic weighted kappa of two rows of ratings.

    ``None`` where chance alone leaves no room to disagree (all ratings equal).
    """
    observed = float(np.mean((first - second) ** 2))
    # The mean over all pairs of a rating of one and a rating of the other, written out.
    squares = float(np.mean(first**2) + np.mean(second**2))
    expected = squares - 2 * float(np.mean(first)) * float(np.mean(second))
    return None if expected < _NOTHING else 1 - observed / expected


def agreement(
    first: Iterable[float],
    second: Iterable[float],
    seed: int = 0,
    replies: Iterable[int] | None = None,
) -> Kappa:
    """Return kappa with its interval for two rows of ratings of the same replies.

    ``replies`` says which reply each pair is of; without it each pair is of its own.
    """
    left, right = np.array(list(first)), np.array(list(second))
    count = len(left)
    if count < _LEAST:
        return Kappa(count, None, None, None)
    kappa = weighted_kappa(left, right)
    if kappa is None:
        return Kappa(count, None, None, None)
    places = _places_by_reply(range(count) if replies is None else replies)
    draws = uniform(np.arange(_REPLICATES * len(places)), key(seed, "kappa", count))
    chosen = (draws * len(places)).astype(np.int64).reshape(_REPLICATES, len(places))
    rows = (np.concatenate([places[reply] for reply in row]) for row in chosen)
    values = [weighted_kappa(left[row], right[row]) for row in rows]
    known = [value for value in values if value is not None]
    low, high = np.percentile(known, [2.5, 97.5])
    return Kappa(count, kappa, float(low), float(high))


def _places_by_reply(replies: Iterable[int]) -> list[NDArray[np.int64]]:
    found: dict[int, list[int]] = {}
    for place, reply in enumerate(replies):
        found.setdefault(reply, []).append(place)
    return [np.array(places, dtype=np.int64) for places in found.values()]


def _check_ratings(row: dict[str, Any]) -> dict[str, dict[str, float]]:
    ratings = row.get("ratings")
    if not isinstance(ratings, dict) or not ratings:
        raise LineError("The field 'ratings' must map each rater to criterion and rating.")
    for rater, marks in ratings.items():
        if not isinstance(marks, dict):
            raise LineError(f"The ratings of {rater!r} must map criterion to 0, 0.5 or 1.")
        for criterion, mark in marks.items():
            if criterion not in CRITERIA:
                raise LineError(f"There is no criterion {criterion!r}. Use {', '.join(CRITERIA)}.")
            if isinstance(mark, bool) or mark not in _STEPS:
                raise LineError(f"The rating of {criterion} by {rater!r} must be 0, 0.5 or 1.")
    return ratings


def machine_marks(
    facets: Mapping[str, float | None], crossed: Collection[str]
) -> dict[str, float]:
    """Return what the machine's reading says on the raters' scale, the red lines included."""
    marks = {name: round_step(value) for name, value in facets.items() if value is not None}
    return marks | {name: float(name not in crossed) for name in ("U8", "U9", "U10")}


def _machine(row: dict[str, Any], brands: Brands) -> tuple[str, dict[str, float]]:
    item, _ = infer(row["customer_text"], row.get("locale"), **known_fields(row, brands))
    moves = tuple(row["action"]) if row.get("action") is not None else None
    earlier = tuple(row.get("earlier_replies") or ())
    reading = read(item, Reply(row["reply_text"], moves=moves, earlier_replies=earlier))
    facets = {name: facet.value for name, facet in reading.facets.items()}
    return item.locale, machine_marks(facets, {gate.id for gate in reading.gates})


def evaluate(lines: Iterable[str | bytes], brands: Brands = NO_BRANDS) -> dict[str, Any]:
    """Return agreement per language and criterion, among raters and with the machine.

    Shape: ``{"replies": n, "errors": [{"line", "error"}], "languages": ...}``, the last as
    `compare_ratings` returns it.
    """
    errors: list[dict[str, Any]] = []
    rated: list[Rated] = []
    for number, line in enumerate(lines, start=1):
        try:
            row = parse_line(line, RATING_FIELDS)
            ratings = _check_ratings(row)
        except LineError as error:
            errors.append({"line": number, "error": str(error)})
            continue
        locale, machine = _machine(row, brands)
        rated.append(Rated(locale, machine, [ratings[name] for name in sorted(ratings)]))
    return {"replies": len(rated), "errors": errors, "languages": compare_ratings(rated)}


def compare_ratings(rated: Iterable[Rated]) -> dict[str, Any]:
    """Return how far people agree, among themselves and with the machine.

    Shape: ``{locale: {criterion: {"replies": n, "raters": {pairs, kappa, low, high, enough},
    "machine": {...}}}}``, criteria in the rubric's order. ``enough`` tells whether there are so
    many pairs, `ENOUGH_PAIRS`, that kappa may be read.
    """
    among: dict[tuple[str, str], _Pairs] = {}
    against: dict[tuple[str, str], _Pairs] = {}
    replies: Counter[tuple[str, str]] = Counter()
    for number, reply in enumerate(rated):
        for name in set().union(*reply.people):
            replies[reply.locale, name] += 1
        for one, other in combinations(reply.people, 2):
            for name in one.keys() & other.keys():
                pairs = among.setdefault((reply.locale, name), _Pairs())
                pairs.add(number, one[name], other[name])
        for marks in reply.people:
            for name in marks.keys() & reply.machine.keys():
                pairs = against.setdefault((reply.locale, name), _Pairs())
                pairs.add(number, marks[name], reply.machine[name])
    return {
        locale: {
            name: {
                "replies": replies[locale, name],
                "raters": _kappa(among.get((locale, name), _Pairs())),
                "machine": _kappa(against.get((locale, name), _Pairs())),
            }
            for name in CRITERIA
            if replies[locale, name]
        }
        for locale in sorted({locale for locale, _ in replies})
    }


def _kappa(pairs: _Pairs) -> dict[str, float | int | bool | None]:
    found = agreement(pairs.first, pairs.second, replies=pairs.replies)
    return {**asdict(found), "enough": found.pairs >= ENOUGH_PAIRS}
