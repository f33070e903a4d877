"""How far raters agree with one another and with the machine: quadratic weighted kappa.

Kappa with quadratic weights is Cohen's (1968); its interval is a percentile bootstrap over
replies, drawn by key so that the same ratings always give the same interval.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
RATING_FIELDS = (*FIELDS, "ratings")
"""The fields of a rated reply: ``ratings`` maps a rater to criterion -> 0, 0.5 or 1."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement on one criterion: pairs of ratings, kappa and its 95 % interval."""

    pairs: int
    kappa: float | None
    low: float | None
    high: float | None


def round_step(value: float) -> float:
    """Return a facet as evidence rounds it: 0, one half or 1."""
    return round(2 * value) / 2


def weighted_kappa(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    """Return the quadratic weighted kappa of two rows of ratings.

    ``None`` where chance alone leaves no room to disagree (all ratings equal).
    """
    observed = float(np.mean((first - second) ** 2))
    expected = float(np.mean((first[:, None] - second[None, :]) ** 2))
    return None if expected == 0 else 1 - observed / expected


def agreement(first: Iterable[float], second: Iterable[float], seed: int = 0) -> Kappa:
    """Return kappa with its interval for two rows of ratings of the same replies."""
    left, right = np.array(list(first)), np.array(list(second))
    count = len(left)
    if count < _LEAST:
        return Kappa(count, None, None, None)
    kappa = weighted_kappa(left, right)
    if kappa is None:
        return Kappa(count, None, None, None)
    draws = uniform(np.arange(_REPLICATES * count), key(seed, "kappa", count))
    chosen = (draws * count).astype(np.int64).reshape(_REPLICATES, count)
    values = [weighted_kappa(left[row], right[row]) for row in chosen]
    known = [value for value in values if value is not None]
    low, high = np.percentile(known, [2.5, 97.5])
    return Kappa(count, kappa, float(low), float(high))


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


def _machine(row: dict[str, Any], brands: Brands) -> tuple[str, dict[str, float]]:
    item, _ = infer(row["customer_text"], row.get("locale"), **known_fields(row, brands))
    moves = tuple(row["action"]) if row.get("action") is not None else None
    earlier = tuple(row.get("earlier_replies") or ())
    reading = read(item, Reply(row["reply_text"], moves=moves, earlier_replies=earlier))
    marks = {
        name: round_step(facet.value)
        for name, facet in reading.facets.items()
        if facet.value is not None
    }
    crossed = {gate.id for gate in reading.gates}
    return item.locale, marks | {
        name: 0.0 if name in crossed else 1.0 for name in ("U8", "U9", "U10")
    }


def evaluate(lines: Iterable[str | bytes], brands: Brands = NO_BRANDS) -> dict[str, Any]:
    """Return agreement per language and criterion, among raters and with the machine.

    Shape: ``{"replies": n, "errors": [{"line", "error"}], "languages": {locale: {criterion:
    {"raters": {pairs, kappa, low, high}, "machine": {...}}}}}``.
    """
    errors: list[dict[str, Any]] = []
    among: dict[str, dict[str, list[tuple[float, float]]]] = {}
    against: dict[str, dict[str, list[tuple[float, float]]]] = {}
    replies = 0
    for number, line in enumerate(lines, start=1):
        try:
            row = parse_line(line, RATING_FIELDS)
            ratings = _check_ratings(row)
        except LineError as error:
            errors.append({"line": number, "error": str(error)})
            continue
        replies += 1
        locale, machine = _machine(row, brands)
        people = [ratings[name] for name in sorted(ratings)]
        for one, other in combinations(people, 2):
            for name in one.keys() & other.keys():
                among.setdefault(locale, {}).setdefault(name, []).append((one[name], other[name]))
        for marks in people:
            for name in marks.keys() & machine.keys():
                pair = (float(marks[name]), machine[name])
                against.setdefault(locale, {}).setdefault(name, []).append(pair)
    return {"replies": replies, "errors": errors, "languages": _tabulate(among, against)}


def _tabulate(
    among: Mapping[str, Mapping[str, list[tuple[float, float]]]],
    against: Mapping[str, Mapping[str, list[tuple[float, float]]]],
) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for locale in sorted({*among, *against}):
        rows: dict[str, Any] = {}
        for name in CRITERIA:
            raters = among.get(locale, {}).get(name, [])
            machine = against.get(locale, {}).get(name, [])
            if raters or machine:
                rows[name] = {"raters": _kappa(raters), "machine": _kappa(machine)}
        table[locale] = rows
    return table


def _kappa(pairs: list[tuple[float, float]]) -> dict[str, float | int | None]:
    result = agreement((pair[0] for pair in pairs), (pair[1] for pair in pairs))
    return {
        "pairs": result.pairs,
        "kappa": result.kappa,
        "low": result.low,
        "high": result.high,
    }
