"""Policies are yardsticks: the expert beats the novice, the novice whoever pastes or sleeps."""

import pytest

import simulator
from simulator import play
from simulator.shift.record import Record


def played(scenario_id: str, policy: str, seed: int, locale: simulator.Locale = "en") -> Record:
    pack = simulator.scenario_pack(scenario_id)
    brand = simulator.brand(simulator.brand_pack(pack["brand"]), locale)
    return play(simulator.scenario(pack, locale), brand, seed, policy)


# The benchmark `benchmarks/shift.py policies` asks the same of 100 seeds in both languages.
DAYS: tuple[tuple[str, simulator.Locale, int], ...] = (
    ("lumo-monday", "en", 3),
    ("lumo-monday", "pl", 17),
    ("lumo-glass", "pl", 5),
    ("zakwas-saturday", "en", 8),
    ("zakwas-week", "pl", 21),
)


def test_every_shipped_scenario_is_among_those_played() -> None:
    assert {scenario_id for scenario_id, _, _ in DAYS} == set(simulator.scenario_ids())


@pytest.mark.parametrize(("scenario_id", "locale", "seed"), DAYS)
def test_expert_beats_novice_and_novice_the_better_of_canned_and_nothing(
    scenario_id: str, locale: simulator.Locale, seed: int
) -> None:
    policies = ("expert", "novice", "canned", "nothing")
    score = {policy: played(scenario_id, policy, seed, locale)["score"] for policy in policies}

    assert score["expert"] > score["novice"] > max(score["canned"], score["nothing"])


@pytest.mark.parametrize("scenario_id", simulator.scenario_ids())
def test_the_expert_leaves_a_happier_community_than_nobody(scenario_id: str) -> None:
    outcome = played(scenario_id, "expert", 4)["outcome"]

    assert outcome["sentiment_end"] == outcome["sentiment_expert"]
    assert outcome["sentiment_expert"] > outcome["sentiment_nothing"] + 0.01


def test_the_expert_works_strongly_and_crosses_no_red_line() -> None:
    record = played("lumo-monday", "expert", 3)

    assert record["band"] == "strong"
    assert record["red_lines"] == []
    assert record["parts"]["coverage"] == 100


def test_the_industry_leaves_most_messages_unanswered() -> None:
    answered = [
        sum(message["first_action"] is not None for message in record["messages"])
        for record in (played("lumo-monday", "industry", seed) for seed in range(4))
    ]

    assert 0 < sum(answered) < 0.6 * 12 * len(answered)


def test_a_policy_plays_the_same_day_twice() -> None:
    assert played("zakwas-saturday", "novice", 5) == played("zakwas-saturday", "novice", 5)


def test_an_unknown_policy_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(ValueError, match="nothing, canned, novice, expert, industry"):
        played("lumo-monday", "genius", 1)
