"""Numbers are read as the language writes them."""

import pytest
from hypothesis import given, settings, strategies as st

from smm_academy.quizzes.numbers import fits_unit, read_amount, read_tolerance, write_number
from smm_academy.revisions.sources import Locale


@pytest.mark.parametrize(
    ("text", "locale", "value", "unit"),
    [
        ("4.5", "en", 4.5, ""),
        ("4,5", "pl", 4.5, ""),
        ("4,5", "en", 4.5, ""),
        ("1,250", "en", 1250, ""),
        ("1,250", "pl", 1.25, ""),
        ("1,250.75", "en", 1250.75, ""),
        ("1 250,50 zł", "pl", 1250.5, "zł"),
        ("1\u00a0250", "pl", 1250, ""),
        ("1.250,5", "pl", 1250.5, ""),
        ("$4.50", "en", 4.5, "$"),
        ("-$4", "en", -4, "$"),
        ("−3", "en", -3, ""),
        (".5", "en", 0.5, ""),
        ("= 12 %", "en", 12, "%"),
        ("~7 minut", "pl", 7, "minut"),
        ("30 km/h", "en", 30, "km/h"),
    ],
)
def test_a_number_and_its_unit_are_read(
    text: str, locale: Locale, value: float, unit: str
) -> None:
    amount = read_amount(text, locale)

    assert amount is not None
    assert (amount.value, amount.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    ["", "four", "4 5", "4.5.6", "1,2,3", "2024-05", "3%5", "x" * 50, "4 or so people", "۴x y"],
)
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert read_amount(text, "en") is None


@pytest.mark.parametrize("text", ["4 ± -1", "4 ± x", "x ± 1", "± 1", "4 ±"])
def test_a_broken_tolerance_is_not_read(text: str) -> None:
    assert read_tolerance(text, "en") is None


@pytest.mark.parametrize(
    ("given", "wanted", "fits"),
    [
        ("%", "%", True),
        ("percent", "%", True),
        ("procent", "%", True),
        ("PLN", "zł", True),
        ("zl", "zł", True),
        ("osoby", "osób", True),
        ("minuty", "min", True),
        ("", "%", True),
        ("%", "", True),
        ("km", "%", False),
        ("h", "min", False),
    ],
)
def test_ways_to_write_a_unit_are_one(given: str, wanted: str, fits: bool) -> None:
    assert fits_unit(given, wanted) is fits


@settings(deadline=None)
@given(st.floats(min_value=-1e9, max_value=1e9, allow_nan=False), st.sampled_from(("en", "pl")))
def test_a_number_comes_back_as_it_was_written(value: float, locale: Locale) -> None:
    rounded = round(value, 2)

    amount = read_amount(f"{rounded:.2f}".replace(".", "," if locale == "pl" else "."), locale)

    assert amount is not None
    assert amount.value == rounded


def test_numbers_are_written_as_the_language_does() -> None:
    assert (write_number(4.5, "pl"), write_number(4.5, "en"), write_number(3, "en")) == (
        "4,5",
        "4.5",
        "3",
    )


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    read_tolerance(text, "en")
    read_tolerance(text, "pl")
