"""Every constant has a value, a mark and a source; packs may name any sector."""

import json
from importlib.resources import files

import pytest

from simulator.population import community, parameters, sectors
from simulator.population.parameters import free_constants

TABLE = json.loads(files("simulator.population").joinpath("parameters.json").read_text("utf-8"))
SECTIONS = [name for name in TABLE if name not in ("sectors", "aliases", "free")]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_constant_has_a_mark_and_a_source(section: str) -> None:
    for name, row in TABLE[section].items():
        assert row["mark"] in ("V", "M", "GK", "fitted", "ours"), name
        assert row["source"], name


def test_a_constant_can_be_replaced_by_name_and_by_place() -> None:
    changed = parameters("retail", {"mood.pull": 0.9, "care.reasons.1": 0.5})
    assert changed.mood.pull == 0.9
    assert changed.care.reasons[1] == 0.5
    assert parameters().mood.pull != 0.9


@pytest.mark.parametrize("name", ["mood.nonsense", "nonsense.pull", "mood", "care.reasons.9"])
def test_a_name_that_is_no_constant_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValueError, match=name.replace(".", r"\.")):
        community(100, 1, theta={name: 1.0})


def test_an_unknown_sector_lives_like_retail_and_an_alias_like_its_kin() -> None:
    assert parameters("lighthouse keeping").mix == parameters("retail").mix
    assert parameters("cafe").mix == parameters("food").mix
    assert "telecom" in sectors()


def test_every_free_constant_exists() -> None:
    for name in free_constants():
        section, constant = name.split(".")
        assert isinstance(TABLE[section][constant]["value"], float | int)
