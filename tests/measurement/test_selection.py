"""The adaptive check: what comes next, and when it stops."""

import time
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from benchmarks.simulated_answers import answer_item, draw_bank
from smm_academy.measurement.ability import estimate_eap
from smm_academy.measurement.blueprint import AREA_OF, SKILLS, default_difficulty
from smm_academy.measurement.selection import (
    EMPLOYER_CHECK,
    LEARNER_CHECK,
    Bank,
    BankItem,
    CheckRules,
    build_bank,
    decide_next,
    estimate_overall,
)

SHIPPED = build_bank(
    [
        BankItem(f"{skill}-{place}", skill, 1.0, (default_difficulty(1 + place % 5),))
        for skill in SKILLS
        for place in range(25)
    ]
)


def sit(bank: Bank, rules: CheckRules, theta: float, seed: int) -> list[tuple[str, int]]:
    """Let one simulated person take a check to its end."""
    random = np.random.default_rng(seed)
    answers: list[tuple[str, int]] = []
    while (decision := decide_next(bank, answers, rules=rules, seed=seed)).item is not None:
        item = bank.items[bank.places[decision.item]]
        answers.append((item.id, answer_item(random, item, theta)))
    return answers


def test_a_learners_check_stops_at_its_error_after_about_22_items() -> None:
    answers = sit(SHIPPED, LEARNER_CHECK, 0.2, 5)

    decision = decide_next(SHIPPED, answers, rules=LEARNER_CHECK, seed=5)

    assert decision.stop == "precise"
    assert decision.se <= 0.40
    assert 18 <= decision.asked <= 30


def test_no_check_outlasts_its_longest() -> None:
    answers = sit(SHIPPED, LEARNER_CHECK, 3.5, 6)

    assert len(answers) == 30
    assert decide_next(SHIPPED, answers, rules=LEARNER_CHECK, seed=6).stop == "longest"


def test_an_employers_check_ends_by_40_items_and_tells_the_error_reached() -> None:
    answers = sit(SHIPPED, EMPLOYER_CHECK, 0.0, 7)

    decision = decide_next(SHIPPED, answers, rules=EMPLOYER_CHECK, seed=7)

    assert decision.asked <= 40
    assert decision.se < 0.32


def test_precise_answers_do_not_stop_a_check_before_its_shortest() -> None:
    sharp = build_bank(
        [BankItem(f"q{place}", SKILLS[place % 13], 3.0, (0.0,)) for place in range(60)]
    )
    answers = sit(sharp, EMPLOYER_CHECK, 0.0, 8)

    assert len(answers) == 15


def test_a_bank_that_runs_out_says_so() -> None:
    bank = build_bank([BankItem("only", "voice", 1.0, (0.0,))])

    assert decide_next(bank, [("only", 1)], rules=LEARNER_CHECK, seed=1).stop == "exhausted"


def test_every_skill_is_asked_before_a_check_is_half_over() -> None:
    answers = sit(SHIPPED, LEARNER_CHECK, 0.0, 9)

    asked = {SHIPPED.items[SHIPPED.places[id_]].skill for id_, _ in answers[:15]}

    assert asked == set(SKILLS)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(-3, 3))
def test_areas_keep_their_shares_and_no_item_comes_twice(seed: int, theta: float) -> None:
    answers = sit(SHIPPED, LEARNER_CHECK, theta, seed)

    ids = [id_ for id_, _ in answers]
    areas = Counter(AREA_OF[SHIPPED.items[SHIPPED.places[id_]].skill] for id_ in ids)
    assert len(set(ids)) == len(ids)
    for area, share in SHIPPED.shares.items():
        assert abs(areas[area] - share * len(ids)) < 1.5


def test_a_check_resumes_where_it_was_left() -> None:
    answers = sit(SHIPPED, LEARNER_CHECK, 0.5, 10)

    again = [
        decide_next(SHIPPED, answers[:place], rules=LEARNER_CHECK, seed=10).item
        for place in range(len(answers))
    ]

    assert again == [id_ for id_, _ in answers]


def test_answers_that_arrive_twice_or_out_of_order_change_nothing() -> None:
    answers = sit(SHIPPED, LEARNER_CHECK, 0.5, 11)[:12]
    twice = [*reversed(answers), *answers]

    assert decide_next(SHIPPED, twice, rules=LEARNER_CHECK, seed=11) == decide_next(
        SHIPPED, answers, rules=LEARNER_CHECK, seed=11
    )


def test_of_two_answers_to_one_item_the_first_counts() -> None:
    id_ = SHIPPED.items[0].id

    assert estimate_overall(SHIPPED, [(id_, 1), (id_, 0)]) == estimate_overall(SHIPPED, [(id_, 1)])


def test_items_seen_before_are_not_asked() -> None:
    seen = {item.id for item in SHIPPED.items if not item.id.endswith("-7")}

    decision = decide_next(SHIPPED, [], rules=LEARNER_CHECK, seed=3, excluded=seen)

    assert decision.item is not None
    assert decision.item.endswith("-7")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [(("none", 1), "no item of this bank"), (("voice-1", 2), "it has 0 to 1")],
)
def test_a_foreign_answer_is_refused(answer: tuple[str, int], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        decide_next(SHIPPED, [answer], rules=LEARNER_CHECK, seed=1)


def test_an_item_that_stands_in_a_bank_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        build_bank([BankItem("q", "voice", 1.0, (0.0,)), BankItem("q", "voice", 1.0, (1.0,))])


def test_the_estimate_is_the_eap_of_the_answers() -> None:
    answers = sit(SHIPPED, LEARNER_CHECK, -0.5, 12)
    codes = np.full((1, len(SHIPPED.items)), -1)
    for id_, step in answers:
        codes[0, SHIPPED.places[id_]] = step
    expected = estimate_eap(SHIPPED.curves, codes)

    assert estimate_overall(SHIPPED, answers) == pytest.approx((expected.mean[0], expected.se[0]))


def test_people_of_one_ability_do_not_all_begin_with_one_item() -> None:
    first = Counter(decide_next(SHIPPED, [], rules=LEARNER_CHECK, seed=s).item for s in range(400))

    assert max(first.values()) < 0.2 * 400


def test_a_choice_takes_well_under_a_millisecond_of_processor_time() -> None:
    bank = draw_bank(np.random.default_rng(1), 300, 5)
    answers = sit(bank, EMPLOYER_CHECK, 0.0, 1)[:20]
    start = time.process_time()

    for seed in range(200):
        decide_next(bank, answers, rules=EMPLOYER_CHECK, seed=seed)

    assert (time.process_time() - start) / 200 < 1e-3
