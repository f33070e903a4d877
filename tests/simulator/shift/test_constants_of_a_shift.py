"""The data of a shift: constants have sources, kinds have tempers, texts have two languages."""

import json
from importlib.resources import files
from string import Formatter

import pytest

from simulator import KINDS, MOVES
from simulator.population import sectors
from simulator.shift.constants import community_sector, number, phrases, temper
from simulator.shift.scoring import LEFT_ALONE
from simulator.voices import SECTORS

PHRASES = json.loads(files("simulator.shift").joinpath("phrases.json").read_text(encoding="utf-8"))
PARAMETERS = json.loads(
    files("simulator.shift").joinpath("parameters.json").read_text(encoding="utf-8")
)
MARKS = {"V", "GK", "ours"}


def test_every_constant_names_its_source_and_mark() -> None:
    for section, rows in PARAMETERS.items():
        if section == "community_sector":
            continue
        for row in rows.values():
            assert set(row) == {"value", "mark", "source"}
            assert row["mark"] in MARKS
            assert row["source"]


def test_the_weights_of_the_three_justices_sum_to_one() -> None:
    names = ("distributive", "interactional", "procedural")

    assert sum(number(f"justice.{name}") for name in names) == pytest.approx(1.0)


def test_every_kind_of_message_has_a_temper_in_range() -> None:
    for kind in KINDS:
        found = temper(kind)
        for value in (found.opening, found.hourly, found.answered):
            assert -1 <= value <= 1
        assert set(found.settled_by) <= set(MOVES)


def test_leaving_alone_is_right_where_the_rubric_says_so() -> None:
    assert {"peer_talk", "troll", "satire", "political_bait"} == LEFT_ALONE


def test_what_is_no_criticism_may_be_hidden() -> None:
    hideable = {kind for kind in KINDS if not temper(kind).criticism}

    assert hideable == {
        *("vulgar_complaint", "fake_review", "troll", "abuse", "spam", "personal_data"),
    }


@pytest.mark.parametrize("section", PHRASES)
def test_every_phrase_stands_in_both_languages_with_the_same_gaps(section: str) -> None:
    for row in phrases(section).values():
        assert set(row) == {"en", "pl"}
        gaps = [
            {name for _, name, _, _ in Formatter().parse(text) if name} for text in row.values()
        ]
        assert gaps[0] == gaps[1]
        assert all(text.strip() == text and text for text in row.values())


def test_every_sector_of_voices_has_a_community() -> None:
    assert {community_sector(sector) for sector in SECTORS} <= set(sectors())
    assert community_sector("cafe") == "food"
