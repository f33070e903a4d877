"""The forms of shifts, equated by simulated candidates, and the file that keeps the result."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

import simulator
from smm_academy.calibration.linking import Crowd, link
from smm_academy.calibration.playing import Played, Sitting, play_sitting
from smm_academy.calibration.spreading import Mapper
from smm_academy.errors import NotFound
from smm_academy.measurement.blueprint import default_difficulty_of_level
from smm_academy.shifts.equating import Conversion, digest_of

REFERENCE = "lumo-monday"
LOCALES: tuple[simulator.Locale, ...] = ("en", "pl")
PERSONS, OCCASIONS = 20, 6
"""Enough for a standard error of the linking under two points; see docs/validity.md."""

_DIGITS = 4


def form_ids() -> tuple[str, ...]:
    """Return the scenarios that are forms of one test: those of a single day.

    A campaign stands in no assessment, and five days are no form of one: its score stays as the
    rubric gave it.
    """
    return tuple(
        name
        for name in simulator.scenario_ids()
        if len(simulator.day_sheets(simulator.scenario_pack(name))) == 1
    )


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What is played: every form in both languages, by so many persons on so many days."""

    scenarios: tuple[str, ...] = ()
    persons: int = PERSONS
    occasions: int = OCCASIONS

    def __post_init__(self) -> None:
        known = form_ids()
        for name in self.scenarios:
            if name not in known:
                raise NotFound(
                    "There is no scenario %(name)s. Choose one of %(known)s.",
                    name=name,
                    known=", ".join(known),
                )

    def sittings(self) -> list[Sitting]:
        """Return every evaluation; the reference is always among them."""
        wanted = {REFERENCE, *(self.scenarios or form_ids())}
        return [
            Sitting(name, locale, occasion, self.occasions, self.persons)
            for name in sorted(wanted)
            for locale in LOCALES
            for occasion in range(self.occasions)
        ]


def calibrate_forms(plan: FormPlan, mapper: Mapper, day: date) -> dict[str, Any]:
    """Return the conversions of the forms as the data file holds them."""
    sittings = plan.sittings()
    played = list(mapper(play_sitting, sittings))
    forms = [asdict(form) for form in _conversions(plan, sittings, played)]
    text = json.dumps(forms, sort_keys=True)
    return {
        "version": f"{day.isoformat()}-{hashlib.sha256(text.encode()).hexdigest()[:6]}",
        "fitted": day.isoformat(),
        "command": "smm-academy calibrate shifts",
        "engine": simulator.ENGINE_VERSION,
        "rubric": simulator.RUBRIC_VERSION,
        "reference": REFERENCE,
        "persons": plan.persons,
        "occasions": plan.occasions,
        "forms": forms,
    }


def as_text(found: dict[str, Any]) -> str:
    """Return the data file's text: a form a line, so that a change shows which."""
    head = {name: value for name, value in found.items() if name != "forms"}
    lines = ",\n  ".join(json.dumps(form) for form in found["forms"])
    return f'{json.dumps(head, indent=1)[:-2]},\n "forms": [\n  {lines}\n ]\n}}\n'


def probe_form(name: str, locale: simulator.Locale, persons: int, occasions: int) -> float:
    """Return what the middle person of a crowd gets on the first day: another simulator shows."""
    pack = simulator.scenario_pack(name)
    person = simulator.crowd(persons, occasions)[0][persons // 2]
    (record,) = simulator.play_candidates(
        simulator.scenario(pack, locale),
        simulator.brand(simulator.brand_pack(pack["brand"]), locale),
        Sitting(name, locale, 0, occasions, persons).seed,
        [person],
    )
    return record["score"]


def _conversions(
    plan: FormPlan, sittings: Sequence[Sitting], played: Sequence[Played]
) -> Iterator[Conversion]:
    days: dict[tuple[str, str], list[Played]] = {}
    for sitting, day in zip(sittings, played, strict=True):
        days.setdefault((sitting.scenario, sitting.locale), []).append(day)
    abilities = [one.ability for one in simulator.crowd(plan.persons, plan.occasions)[0]]
    crowds = {form: _crowd(abilities, found) for form, found in days.items()}
    anchor = default_difficulty_of_level(simulator.scenario_pack(REFERENCE)["level"])
    for (name, locale), crowd in crowds.items():
        found = link(crowd, crowds[REFERENCE, locale], anchor)
        pack = simulator.scenario_pack(name)
        yield Conversion(
            name,
            locale,
            digest_of(pack, simulator.brand_pack(pack["brand"])),
            round(found.intercept, _DIGITS),
            round(found.slope, _DIGITS),
            round(found.messages, _DIGITS),
            round(found.error, _DIGITS),
            round(found.difficulty, _DIGITS),
            round(found.difficulty_error, _DIGITS),
            round(days[name, locale][0].scores[plan.persons // 2], _DIGITS),
        )


def _crowd(abilities: Sequence[float], days: Sequence[Played]) -> Crowd:
    return Crowd(
        np.array(abilities),
        np.array([day.scores for day in days]).T,
        np.array([day.steps for day in days]).T,
    )
