"""Every shipped scenario finds its words: all messages, both languages, many seeds."""

import unicodedata

import pytest

import simulator
from simulator import CHANNELS, KINDS
from simulator.shift.cast import Cast

LOCALES: tuple[simulator.Locale, ...] = ("en", "pl")
SCENARIOS = simulator.scenario_ids()


def cast(scenario_id: str, locale: simulator.Locale, seed: int) -> Cast:
    pack = simulator.scenario_pack(scenario_id)
    brand = simulator.brand(simulator.brand_pack(pack["brand"]), locale)
    return Cast(simulator.scenario(pack, locale), brand, seed)


def bare(text: str) -> str:
    """Return letters and digits alone, without case and diacritics, as hurried people type."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("ł", "l"))
    return "".join(sign for sign in plain if sign.isalnum())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_message_has_words_and_no_unfilled_slot(
    scenario_id: str, locale: simulator.Locale
) -> None:
    for seed in range(4):
        players = cast(scenario_id, locale, seed)
        texts = [players.first_words(plan) for plan in players.scenario.messages]
        assert all(text.strip() for text in texts)
        assert not [text for text in texts if set("{}<>[]|") & set(text)]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_question_that_the_scenario_words_itself_is_the_one_that_is_asked(
    locale: simulator.Locale,
) -> None:
    for seed in range(6):
        players = cast("lumo-monday", locale, seed)
        plan = players.scenario.messages[0]
        asked = bare(plan.details["question"])
        assert asked in bare(players.first_words(plan))


def test_the_first_scenario_is_of_the_size_that_a_short_shift_has() -> None:
    scenario = cast("lumo-monday", "en", 1).scenario

    assert len(scenario.messages) == 12
    assert 12 <= scenario.minutes <= 15
    assert scenario.members >= 2000
    assert len({plan.kind for plan in scenario.messages}) >= 10
    assert {"page_post", "review_card", "private_message", "ad_comment"} <= {
        plan.channel for plan in scenario.messages
    }


def test_the_scenarios_together_bring_every_kind_but_one_and_every_channel() -> None:
    plans = [
        plan for scenario_id in SCENARIOS for plan in cast(scenario_id, "en", 1).scenario.messages
    ]

    # Signals of self-harm come only in drills, behind a warning.
    missing = set(KINDS) - {plan.kind for plan in plans}
    assert missing == {"self_harm"}
    assert {plan.channel for plan in plans} == set(CHANNELS)
