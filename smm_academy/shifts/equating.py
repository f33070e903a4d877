"""What a score of a shift means beside others: its form's conversion, and its standard error.

A form is a scenario and its brand in one language; its days by other seeds differ so little that
they share a conversion (docs/decisions/2026-11-23-how-shifts-are-equated.md). The conversions are
a committed file, the result of `smm-academy calibrate shifts`. They hold for the very packs, the
engine and the rubric they were made with: where one of these has changed, a form is uncalibrated,
its score stays as the rubric gave it, and nothing is said of its error.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from simulator import ENGINE_VERSION, RUBRIC_VERSION, band_of

FILE = Path(__file__).with_name("conversions.json")

WHOLE = 100.0
_LEAST = 0.5
"""Scores are held this far from 0 and 100 where their logit is taken, in points; from there it
goes straight to the end."""
_PRIOR = 2.0
"""Even messages of half a success each that a day's error is reckoned with, so that a perfect
day is not taken to be free of error (Agresti and Coull 1998)."""
_OF_A_DIFFERENCE = math.sqrt(2.0)
_UNPLAYED = frozenset({"title", "summary", "pool", "level", "minutes"})
"""Parts of a scenario's pack that change nothing in how its days are played."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """How the points of a form are brought to the scale of the reference form.

    ``messages`` is of how many even messages the error of one day would be, ``error`` the part of
    the standard error that comes from the conversion, in points.
    """

    scenario: str
    locale: str
    digest: str
    intercept: float
    slope: float
    messages: float
    error: float
    difficulty: float
    difficulty_error: float
    probe: float


@dataclass(frozen=True, slots=True)
class Conversions:
    """The conversions of a fit, by (scenario, language), and what made them."""

    version: str
    reference: str
    persons: int
    occasions: int
    by_form: Mapping[tuple[str, str], Conversion]


@dataclass(frozen=True, slots=True)
class Standing:
    """A shift's score, 0 to 100, with its band, and its standard error where that is known."""

    score: float
    band: str
    se: float | None


@cache
def conversions(file: Path = FILE) -> Conversions:
    """Return the conversions of a file."""
    found = json.loads(file.read_text("utf-8"))
    forms = [Conversion(**row) for row in found["forms"]]
    return Conversions(
        found["version"],
        found["reference"],
        found["persons"],
        found["occasions"],
        {(form.scenario, form.locale): form for form in forms},
    )


def digest_of(scenario: Mapping[str, Any], brand: Mapping[str, Any]) -> str:
    """Return what a conversion is bound to: packs, engine and rubric, as 16 hexadecimal digits."""
    played = {name: value for name, value in scenario.items() if name not in _UNPLAYED}
    text = json.dumps(
        [played, brand, ENGINE_VERSION, RUBRIC_VERSION], sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def conversion_of(
    scenario: Mapping[str, Any], brand: Mapping[str, Any], locale: str, known: Conversions
) -> Conversion | None:
    """Return the conversion of a form, ``None`` where it is not calibrated as it now is."""
    found = known.by_form.get((scenario["id"], locale))
    return found if found is not None and found.digest == digest_of(scenario, brand) else None


def equated_record(
    record: Mapping[str, Any], scenario: Mapping[str, Any], brand: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a record with its score equated where the form is calibrated, else as it is."""
    known = conversions()
    form = conversion_of(scenario, brand, record["locale"], known)
    if form is None:
        return dict(record)
    return {**record, "equated": equate(record["score"], form, known.version)}


def equated_part(record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what `equate` gave a record, ``None`` for an uncalibrated form.

    Nor does it hold where a class weighs the rubric its own way: no form is calibrated for that.
    """
    found: Mapping[str, Any] | None = record.get("equated")
    return None if record.get("weighting") else found


def standing_of(record: Mapping[str, Any]) -> Standing:
    """Return the score that stands: equated where that holds, else the rubric's."""
    found = equated_part(record) or record
    return Standing(found["score"], found["band"], found.get("se"))


def equate(score: float, form: Conversion, version: str) -> dict[str, Any]:
    """Return what a record keeps of an equated score, as plain JSON.

    ``low`` to ``high`` holds the score of another day of the same form, by the same hand, two
    times out of three. The conversion's numbers are kept too: a later fit changes nothing here.
    """
    equated = bring(score, form.intercept, form.slope)
    se = standard_error(equated, form)
    return {
        "score": equated,
        "band": band_of(equated),
        "se": se,
        "low": max(0.0, equated - _OF_A_DIFFERENCE * se),
        "high": min(WHOLE, equated + _OF_A_DIFFERENCE * se),
        "difficulty": form.difficulty,
        "version": version,
        "intercept": form.intercept,
        "slope": form.slope,
        "messages": form.messages,
    }


def standard_error(equated: float, form: Conversion) -> float:
    """Return the standard error of one day's equated score, in points."""
    count = form.messages
    settled = (count * equated + _PRIOR * WHOLE / 2.0) / (count + _PRIOR)
    return math.sqrt(settled * (WHOLE - settled) / count + form.error**2)


def bring(score: float, intercept: float, slope: float) -> float:
    """Return a score of a form, 0 to 100, on the scale of the reference; the ends stay ends."""
    brought = WHOLE / (1.0 + math.exp(-intercept - slope * log_odds(score)))
    if score < _LEAST:
        return brought * score / _LEAST
    if score > WHOLE - _LEAST:
        return WHOLE - (WHOLE - brought) * (WHOLE - score) / _LEAST
    return brought


def log_odds(score: float) -> float:
    """Return the logit of a score, 0 to 100, held a little off the ends."""
    share = min(max(score, _LEAST), WHOLE - _LEAST) / WHOLE
    return math.log(share / (1.0 - share))
