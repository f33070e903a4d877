"""The committed conversions are those of the scenarios, brands, engine and rubric that ship."""

from __future__ import annotations

import json

import pytest

import simulator
from smm_academy.calibration.shifts import (
    LOCALES,
    REFERENCE,
    FormPlan,
    as_text,
    form_ids,
    probe_form,
)
from smm_academy.errors import NotFound
from smm_academy.shifts.equating import FILE, conversion_of, conversions

AGAIN = "run: python -m smm_academy calibrate shifts --out smm_academy/shifts/conversions.json"
FORMS = [(name, locale) for name in form_ids() for locale in LOCALES]


@pytest.mark.parametrize(("name", "locale"), FORMS)
def test_every_shipped_form_is_calibrated_as_it_now_is(
    name: str, locale: simulator.Locale
) -> None:
    pack = simulator.scenario_pack(name)
    brand = simulator.brand_pack(pack["brand"])

    found = conversion_of(pack, brand, locale, conversions())

    assert found is not None, f"{name} in {locale} has changed; {AGAIN}"
    assert 0.5 < found.slope < 2.0
    assert abs(found.difficulty) < 1.0
    assert found.error < 3.0


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", [REFERENCE, "zakwas-saturday"])
def test_the_simulator_still_plays_as_when_it_was_calibrated(
    name: str, locale: simulator.Locale
) -> None:
    known = conversions()

    played = probe_form(name, locale, known.persons, known.occasions)

    assert played == pytest.approx(known.by_form[name, locale].probe, abs=1e-3), AGAIN


def test_a_campaign_is_no_form_of_a_test() -> None:
    assert "lumo-amber" not in form_ids()
    assert REFERENCE in form_ids()


def test_the_reference_is_its_own_scale() -> None:
    for locale in LOCALES:
        form = conversions().by_form[REFERENCE, locale]
        assert (form.intercept, form.slope, form.error, form.difficulty) == (0.0, 1.0, 0.0, 0.0)


def test_the_file_says_how_it_was_made() -> None:
    held = json.loads(FILE.read_text("utf-8"))

    assert held["command"] == "smm-academy calibrate shifts"
    assert held["version"].startswith(held["fitted"])
    assert as_text(held) == FILE.read_text("utf-8")


def test_an_unknown_scenario_is_refused() -> None:
    with pytest.raises(NotFound, match="nowhere"):
        FormPlan(("nowhere",))
