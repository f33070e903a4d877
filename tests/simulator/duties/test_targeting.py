"""Targeting: budgets hold, returns diminish, and a bought audience never comes."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from simulator.duties import targeting
from simulator.duties.work import Order, amount_of, orders
from tests.simulator.duties.plans import BOUGHT, CAMPAIGN, LENGTH, NEAR, Done

SEED = 3


def actions(segment: str, amount: float) -> float:
    order = Order(segment, amount, "middle", 0)
    return targeting.delivered(CAMPAIGN, (order,), LENGTH, SEED)[segment].actions


def test_each_further_coin_brings_less() -> None:
    gains = [actions("near", 100 * step) - actions("near", 100 * (step - 1)) for step in (1, 2, 3)]

    assert gains == sorted(gains, reverse=True)
    assert gains[-1] > 0


def test_a_bought_audience_brings_followers_that_never_act() -> None:
    bought = targeting.delivered(CAMPAIGN, (Order("bought", 300, "high", 0),), LENGTH, SEED)

    assert bought["bought"].follows > 10
    assert bought["bought"].actions == 0


def test_the_expert_leaves_the_bought_audience_out_and_spends_the_budget() -> None:
    best = targeting.best_spending(CAMPAIGN, SEED)

    assert BOUGHT.id not in best
    assert sum(best.values()) == pytest.approx(CAMPAIGN.budget)


def test_the_expert_s_own_campaign_earns_everything() -> None:
    sheet = targeting.judge(CAMPAIGN, targeting.expert_orders(CAMPAIGN, SEED), LENGTH, SEED)

    assert sheet.score == pytest.approx(100)


def test_money_for_strangers_costs_both_criteria() -> None:
    waste = tuple(Order(row.id, 100, "middle", 30) for row in CAMPAIGN.segments)
    sheet = targeting.judge(CAMPAIGN, waste, LENGTH, SEED)
    found = {line.id: line.earned / line.possible for line in sheet.lines}

    assert found["G1"] == pytest.approx(0.5)
    assert 0 < found["G2"] < 0.9


def test_spending_little_is_cheap_and_not_enough() -> None:
    sheet = targeting.judge(CAMPAIGN, (Order("near", 10, "middle", 30),), LENGTH, SEED)
    cost = next(line for line in sheet.lines if line.id == "G2")

    assert cost.reason.code == "G2.few"
    assert cost.earned < 0.3 * cost.possible


def test_nothing_spent_earns_nothing() -> None:
    assert targeting.judge(CAMPAIGN, (), LENGTH, SEED).score == 0


def test_a_low_bid_spends_slowly_and_a_high_one_dearly() -> None:
    low, middle, high = (Order("near", 200, bid, 0) for bid in ("low", "middle", "high"))

    assert targeting.spent(low, 60) < targeting.spent(middle, 60) < targeting.spent(high, 60)
    reach = [
        targeting.delivered(CAMPAIGN, (order,), 24 * 60, SEED)["near"].reach
        for order in (middle, high)
    ]
    assert reach[0] > reach[1]


def test_a_new_targeting_ends_the_old_one() -> None:
    first = Done("set_targeting", 10, choices={"spend.near": "200"})
    second = Done("set_targeting", 70, choices={"spend.city": "50", "bid.city": "low"})
    found = orders((first, second))

    assert found[0] == Order("near", 200, "middle", 10, 70)
    assert found[1] == Order("city", 50, "low", 70)


def test_a_boosted_post_is_worth_what_it_says() -> None:
    order = Order("near", 100, "middle", 0, None, "evening")
    good, poor = (
        targeting.delivered(CAMPAIGN, (order,), LENGTH, SEED, {"evening": fit})["near"].reach
        for fit in (1.0, 0.0)
    )

    assert good > poor


ORDERS = st.lists(
    st.builds(
        Order,
        segment=st.sampled_from(("near", "city", "bought")),
        amount=st.floats(0, 300),
        bid=st.sampled_from(("low", "middle", "high")),
        minute=st.integers(0, LENGTH),
        until=st.one_of(st.none(), st.integers(0, LENGTH)),
    ),
    max_size=6,
)


@given(found=ORDERS, now=st.integers(0, 2 * LENGTH))
def test_nobody_spends_more_than_was_promised(found: list[Order], now: int) -> None:
    delivered = targeting.delivered(CAMPAIGN, found, now, SEED)

    assert targeting.remaining(CAMPAIGN, found, now) >= 0
    for order in found:
        assert 0 <= targeting.spent(order, now) <= order.amount
    for name, row in delivered.items():
        assert row.reach <= CAMPAIGN.segment(name).size
        assert min(row.cost, row.impressions, row.clicks, row.actions, row.follows) >= 0
    score = targeting.judge(CAMPAIGN, found, LENGTH, SEED).score
    assert 0 <= score <= 100.0001


@given(size=st.integers(100, 10**7), conversion=st.floats(0.001, 1))
def test_the_expert_is_never_beaten_by_more_than_luck(size: int, conversion: float) -> None:
    campaign = replace(
        CAMPAIGN, segments=(replace(NEAR, size=size, conversion=conversion), BOUGHT)
    )
    sheet = targeting.judge(campaign, targeting.expert_orders(campaign, SEED), LENGTH, SEED)

    assert sheet.score == pytest.approx(100)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("120", 120), ("79,50", 79.5), ("1 200", 1200), ("-5", 0), ("", 0), ("abc", 0), ("inf", 0),
     ("nan", 0)],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(text: str, amount: float) -> None:
    assert amount_of(text) == amount
