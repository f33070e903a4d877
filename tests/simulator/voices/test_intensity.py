"""Intensity: words and punctuation alone; the world behind them is the same."""

from dataclasses import replace

import pytest

import simulator
from simulator import Move, Shift
from simulator.voices import spoken


def day(intensity: simulator.Intensity, locale: simulator.Locale = "en") -> Shift:
    pack = simulator.scenario_pack("lumo-glass")
    plan = replace(simulator.scenario(pack, locale), intensity=intensity)
    brand = simulator.brand(simulator.brand_pack(pack["brand"]), locale)
    shift = simulator.start(plan, brand, 4)
    for _ in range(60):
        if not shift.is_over:
            shift.apply(Move("wait"))
    return shift


def written(shift: Shift) -> str:
    return "\n".join(turn.text for case in shift.state.cases.values() for turn in case.turns)


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_a_mild_day_shouts_less_and_swears_not_at_all(locale: simulator.Locale) -> None:
    mild, usual, strong = (written(day(name, locale)) for name in ("mild", "usual", "strong"))

    assert mild != usual != strong
    assert mild.count("!") <= usual.count("!") < strong.count("!")
    assert spoken(mild, "mild") == mild


@pytest.mark.parametrize("intensity", ["mild", "strong"])
def test_the_world_is_as_hard_at_any_intensity(intensity: simulator.Intensity) -> None:
    one, usual = day(intensity), day("usual")

    assert one.state.timeline == usual.state.timeline
    assert one.state.cases.keys() == usual.state.cases.keys()
    for name, case in one.state.cases.items():
        assert case.feeling == usual.state.cases[name].feeling
        assert one.scene.plan(case) == usual.scene.plan(usual.state.cases[name])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("what a load of cr*p", "what a load of ***"),
        ("f***ing joke", "*** joke"),
        ("kur*a, ile można", "***, ile można"),
        ("k***a", "***"),
        ("5 * 4 and *bold*", "5 * 4 and *bold*"),
    ],
)
def test_a_mild_text_leaves_swear_words_out(text: str, left: str) -> None:
    assert spoken(text, "mild") == left
    assert spoken(text, "usual") == text
