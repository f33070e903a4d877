"""Simulated candidates: abler ones do better, and equal ones get equal days."""

from __future__ import annotations

from statistics import fmean

import pytest

import simulator
from simulator import Candidate, crowd, play_candidates
from simulator.candidates import LEFT, WHOLE

PACK = simulator.scenario_pack("zakwas-saturday")
SETTING = (
    simulator.scenario(PACK, "en"),
    simulator.brand(simulator.brand_pack(PACK["brand"]), "en"),
)


def scores(seed: int, *candidates: Candidate) -> list[float]:
    return [record["score"] for record in play_candidates(*SETTING, seed, candidates)]


def test_the_abler_do_better_on_the_whole() -> None:
    means = [
        fmean(scores(1, *(Candidate(ability, person, 0) for person in range(12))))
        for ability in (-2.0, 0.0, 2.0)
    ]

    assert means[0] + 10 < means[1] < means[2] - 10


def test_the_ends_of_ability_are_nobody_and_the_expert() -> None:
    low, high = scores(3, Candidate(-20.0, 1, 0), Candidate(20.0, 1, 0))

    assert low == simulator.play(*SETTING, 3, "nothing")["score"]
    assert high == pytest.approx(simulator.play(*SETTING, 3, "expert")["score"], abs=2.0)


def test_the_same_candidate_has_the_same_day_and_another_occasion_another() -> None:
    same = Candidate(0.0, 5, 0)

    first, second, other = scores(2, same, same, Candidate(0.0, 5, 1))

    assert first == second != other


def test_the_same_hand_gets_nearly_the_same_on_any_seed() -> None:
    found = [scores(seed, Candidate(0.3, 4, 0))[0] for seed in range(6)]

    assert max(found) - min(found) < 5.0


def test_a_crowd_meets_every_luck_once_on_each_message() -> None:
    days = crowd(8, 6)

    assert [len(day) for day in days] == [8] * 6
    assert [one.ability for one in days[0]] == sorted(one.ability for one in days[0])
    even = [Candidate(0.0, 3, day, 8, 40).level("m1", "question") for day in range(40)]
    assert {even.count(level) > 0 for level in range(LEFT, WHOLE + 1)} == {True}
    assert 10 <= even.count(WHOLE) <= 20
