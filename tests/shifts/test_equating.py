"""A score that means the same on any day: conversions, errors, and when neither is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

import simulator
from smm_academy.shifts.equating import (
    Conversion,
    conversion_of,
    conversions,
    equate,
    equated_record,
    standard_error,
    standing_of,
)
from smm_academy.shifts.evidence import thresholds_of
from smm_academy.shifts.models import Shift
from smm_academy.web.application import Academy
from tests.people import Visitor

FORM = Conversion("s", "en", "d", 0.3, 0.9, 16.0, 1.0, 0.2, 0.05, 50.0)
PACK = simulator.scenario_pack("zakwas-saturday")
BRAND = simulator.brand_pack(PACK["brand"])


def test_the_ends_stay_ends_and_the_order_stays() -> None:
    scores = [equate(float(score), FORM, "v")["score"] for score in range(0, 101, 5)]

    assert scores == sorted(scores)
    assert scores[0] == 0.0
    assert scores[-1] == 100.0


def test_another_day_lies_in_an_interval_that_stays_on_the_scale() -> None:
    for score in (0.0, 3.0, 50.0, 97.0, 100.0):
        found = equate(score, FORM, "v")
        assert 0.0 <= found["low"] <= found["score"] <= found["high"] <= 100.0
        assert found["low"] < found["high"]


def test_a_perfect_day_is_not_free_of_error() -> None:
    assert standard_error(100.0, FORM) > 3.0
    assert standard_error(50.0, FORM) == pytest.approx((2500 / 16 + 1) ** 0.5)
    assert standard_error(50.0, replace(FORM, messages=40.0)) < standard_error(50.0, FORM)


def test_a_changed_pack_is_not_calibrated_and_new_words_about_it_are() -> None:
    known = conversions()
    later = [{**row, "minute": row["minute"] + 1} for row in PACK["messages"]]

    assert conversion_of(PACK, BRAND, "en", known) is not None
    assert conversion_of({**PACK, "summary": {"en": "", "pl": ""}}, BRAND, "en", known)
    assert conversion_of({**PACK, "messages": later}, BRAND, "en", known) is None
    assert conversion_of(PACK, {**BRAND, "saved_replies": []}, "en", known) is None
    assert conversion_of({**PACK, "id": "another"}, BRAND, "en", known) is None


def test_a_record_keeps_its_conversion_and_evidence_its_difficulty() -> None:
    record = simulator.play(
        simulator.scenario(PACK, "en"), simulator.brand(BRAND, "en"), 7, "novice"
    )
    form = conversions().by_form["zakwas-saturday", "en"]

    kept = equated_record(record, PACK, BRAND)

    assert kept["score"] == record["score"]
    assert kept["equated"]["version"] == conversions().version
    assert standing_of(kept).score == kept["equated"]["score"] != record["score"]
    assert thresholds_of(kept) == pytest.approx((form.difficulty - 0.75, form.difficulty + 0.75))


def test_an_uncalibrated_record_keeps_the_rubrics_score_and_its_levels_thresholds() -> None:
    record = {"score": 61.0, "band": "fair", "scenario": {"level": 4}}

    assert standing_of(record).score == 61.0
    assert standing_of(record).se is None
    assert thresholds_of(record) == (-0.25, 1.25)


def test_a_weighting_of_ones_own_leaves_the_common_scale() -> None:
    record = {"score": 61.0, "band": "fair", "equated": equate(64.0, FORM, "v")}

    assert standing_of(record).score == record["equated"]["score"]
    assert standing_of({**record, "weighting": {"weights": {}}}).score == 61.0


def test_the_debrief_says_what_another_day_would_give(app: Academy, visitor: Visitor) -> None:
    visitor.opens("/practice")
    desk = visitor.sends("/practice/shifts/zakwas-saturday")
    visitor.opens(f"{desk.path}/finish")

    page = visitor.sends("/finish")

    with app.database.reading() as session:
        shift = session.scalars(select(Shift)).one()
    assert shift.record is not None
    equated = shift.record["equated"]
    assert shift.score == equated["score"]
    assert "Another day of the same kind would give between" in page.html
    assert f"The standard error is {equated['se']:.0f}." in page.html
