"""Policies are yardsticks: the expert beats the novice, the novice whoever pastes or sleeps."""

import pytest

import simulator
from simulator import POLICIES, play
from simulator.shift.baselines import live
from simulator.shift.engine import Day
from simulator.shift.record import Record

# The benchmark `benchmarks/shift.py policies` asks the same of 100 seeds in both languages.
DAYS: tuple[tuple[str, simulator.Locale, int], ...] = (
    ("lumo-monday", "en", 3),
    ("lumo-monday", "pl", 17),
    ("lumo-glass", "pl", 5),
    ("zakwas-saturday", "en", 8),
    ("zakwas-week", "pl", 21),
    ("lipowa-vaccines", "en", 9),
    ("lumo-first", "pl", 5),
    ("orlin-bridge", "pl", 11),
    ("nitka-launch", "en", 13),
    ("nitka-table", "pl", 3),
    ("miarka-repayment", "pl", 2),
    ("zawilec-draw", "en", 4),
    ("zwawo-approval", "pl", 6),
    ("lumo-parcels", "en", 7),
    ("zakwas-evening", "pl", 4),
    ("nitka-outage", "en", 2),
    ("lumo-amber", "pl", 3),
)
RANKED = ("expert", "novice", "canned", "nothing")


def setting(
    scenario_id: str, locale: simulator.Locale
) -> tuple[simulator.Scenario, simulator.Brand]:
    pack = simulator.scenario_pack(scenario_id)
    brand = simulator.brand(simulator.brand_pack(pack["brand"]), locale)
    return simulator.scenario(pack, locale), brand


def lived(scenario_id: str, policy: str, seed: int) -> Day:
    return live(*setting(scenario_id, "en"), seed, POLICIES[policy])


@pytest.fixture(scope="module", params=DAYS, ids=lambda day: "-".join(map(str, day)))
def played(request: pytest.FixtureRequest) -> dict[str, Record]:
    scenario_id, locale, seed = request.param
    return {policy: play(*setting(scenario_id, locale), seed, policy) for policy in RANKED}


def test_every_shipped_scenario_is_among_those_played() -> None:
    assert {scenario_id for scenario_id, _, _ in DAYS} == set(simulator.scenario_ids())


def test_expert_beats_novice_and_novice_the_better_of_canned_and_nothing(
    played: dict[str, Record],
) -> None:
    score = {policy: record["score"] for policy, record in played.items()}

    assert score["expert"] > score["novice"] > max(score["canned"], score["nothing"])


def test_the_yardstick_of_the_scenario_says_which_of_the_two_poorest_is_better(
    played: dict[str, Record],
) -> None:
    stated = simulator.scenario_pack(played["expert"]["scenario"]["id"])["yardstick"]["better"]

    assert stated == max(("canned", "nothing"), key=lambda policy: played[policy]["score"])


def test_the_expert_leaves_a_happier_community_than_nobody(played: dict[str, Record]) -> None:
    outcome = played["expert"]["outcome"]

    assert outcome["sentiment_end"] == outcome["sentiment_expert"]
    assert outcome["sentiment_expert"] > outcome["sentiment_nothing"] + 0.01
    assert played["nothing"]["outcome"]["sentiment_end"] == outcome["sentiment_nothing"]


def test_the_expert_works_strongly_and_crosses_no_red_line(played: dict[str, Record]) -> None:
    record = played["expert"]

    assert record["band"] == "strong"
    assert record["red_lines"] == []
    assert record["parts"]["coverage"] == 100


def test_the_industry_leaves_most_messages_unanswered() -> None:
    days = [lived("lumo-monday", "industry", seed) for seed in range(8)]

    answered = [sum(case.answered for case in day.state.cases.values()) for day in days]
    assert 0 < sum(answered) < 0.6 * 12 * len(days)


def test_a_policy_lives_the_same_day_twice() -> None:
    first, second = (lived("zakwas-saturday", "novice", 5) for _ in range(2))

    assert first.checksum() == second.checksum()


def test_an_unknown_policy_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(ValueError, match="nothing, canned, novice, expert, industry"):
        play(*setting("lumo-monday", "en"), 1, "genius")
