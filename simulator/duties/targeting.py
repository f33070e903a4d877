"""Targeting: where the budget goes, what it brings, and what that is worth (G1, G2).

Reach in a segment saturates: each further coin brings fewer new people. What was delivered is a
function of the orders and the minute, so that it is never remembered.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator import keyed
from simulator.duties.constants import by_bid, number
from simulator.duties.sheets import Ideal, Line, Sheet, line
from simulator.duties.work import Order
from simulator.judgement.reading import Reason
from simulator.workday import Campaign, Segment

HOUR = 60
PORTIONS = 20
_MATCHES = 0.5
_ROUNDING = 0.005


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was spent on a segment and what it brought; ``cost`` in the campaign's currency."""

    cost: float = 0.0
    impressions: float = 0.0
    reach: float = 0.0
    clicks: float = 0.0
    actions: float = 0.0
    follows: float = 0.0


def spent(order: Order, now: int) -> float:
    """Return how much of an order has been spent by a minute, never more than its amount."""
    end = now if order.until is None else min(now, order.until)
    hours = max(0, end - order.minute) / HOUR
    return min(order.amount, order.amount * by_bid("ads.pace", order.bid) * hours)


def committed(orders: Sequence[Order], now: int) -> float:
    """Return what is spent or still promised at a minute."""
    return sum(
        order.amount if order.until is None or order.until > now else spent(order, order.until)
        for order in orders
    )


def remaining(campaign: Campaign, orders: Sequence[Order], now: int) -> float:
    """Return what is left to promise, never below zero."""
    return max(0.0, campaign.budget - committed(orders, now))


def delivered(
    campaign: Campaign,
    orders: Sequence[Order],
    now: int,
    seed: int,
    creatives: Mapping[str, float] | None = None,
) -> dict[str, Delivery]:
    """Return what every segment has brought by a minute.

    ``creatives`` maps a boosted post to how far it fits the goal, in [0, 1].
    """
    found = {}
    for segment in campaign.segments:
        own = [order for order in orders if order.segment == segment.id]
        cost = sum(spent(order, now) for order in own)
        worth = sum(
            spent(order, now) / by_bid("ads.price", order.bid) * _appeal(order, creatives or {})
            for order in own
        )
        found[segment.id] = _brought(segment, cost, worth, seed)
    return found


def _appeal(order: Order, creatives: Mapping[str, float]) -> float:
    if not order.creative:
        return 1.0
    low, high = number("ads.poor_creative"), number("ads.good_creative")
    return low + (high - low) * creatives.get(order.creative, 0.0)


def _brought(segment: Segment, cost: float, worth: float, seed: int) -> Delivery:
    impressions = 1000.0 * worth / number("ads.thousand")
    reach = segment.size * -math.expm1(-impressions / (segment.size * number("ads.habit")))
    idle = number("ads.idle_clicks")
    clicks = reach * number("ads.clicks") * (idle + (1.0 - idle) * segment.match)
    luck = 1.0 + number("ads.noise") * (2.0 * keyed.draw(seed, "segment", segment.id) - 1.0)
    return Delivery(
        cost=cost,
        impressions=impressions,
        reach=reach,
        clicks=clicks,
        actions=clicks * segment.conversion * luck,
        follows=clicks * segment.follows,
    )


def total(parts: Mapping[str, Delivery]) -> Delivery:
    """Return what all segments brought together."""
    rows = list(parts.values())
    return Delivery(
        *(
            sum(getattr(row, name) for row in rows)
            for name in ("cost", "impressions", "reach", "clicks", "actions", "follows")
        )
    )


def best_spending(campaign: Campaign, seed: int) -> dict[str, float]:
    """Return how an expert spreads the budget: each portion where it brings the most actions."""
    portion = campaign.budget / PORTIONS
    amounts = {row.id: 0.0 for row in campaign.segments if row.match >= _MATCHES}
    for _ in range(PORTIONS):
        if not amounts:
            break
        best = max(
            sorted(amounts),
            key=lambda name: _gain(campaign.segment(name), amounts[name], portion, seed),
        )
        amounts[best] += portion
    return {name: round(amount, 2) for name, amount in amounts.items() if amount > 0}


def _gain(segment: Segment, amount: float, portion: float, seed: int) -> float:
    after = _brought(segment, 0.0, amount + portion, seed).actions
    return after - _brought(segment, 0.0, amount, seed).actions


def expert_orders(campaign: Campaign, seed: int) -> tuple[Order, ...]:
    """Return the orders that the day's campaign is compared with."""
    begins = round(number("ads.expert_minute"))
    return tuple(
        Order(name, amount, "middle", begins)
        for name, amount in best_spending(campaign, seed).items()
    )


def ideal(campaign: Campaign, seed: int) -> Ideal:
    """Return the expert's targeting as a move."""
    choices: dict[str, str] = {}
    for name, amount in best_spending(campaign, seed).items():
        choices |= {f"spend.{name}": f"{amount:.2f}", f"bid.{name}": "middle"}
    return Ideal("set_targeting", choices=choices)


def judge(
    campaign: Campaign,
    orders: Sequence[Order],
    length: int,
    seed: int,
    creatives: Mapping[str, float] | None = None,
) -> Sheet:
    """Return the sheet of the campaign at the end of a day of so many minutes."""
    own = total(delivered(campaign, orders, length, seed, creatives))
    best = total(delivered(campaign, expert_orders(campaign, seed), length, seed))
    return Sheet(
        "targeting", "campaign", "campaign", campaign.title, 1.0,
        (_match(campaign, orders, length), _cost(own, best)), (), ideal(campaign, seed),
        minute=min((order.minute for order in orders), default=None),
    )  # fmt: skip


def _match(campaign: Campaign, orders: Sequence[Order], length: int) -> Line:
    paid = {order: spent(order, length) for order in orders}
    money = sum(paid.values())
    if money < _ROUNDING:
        return line("G1", 0.0, Reason("G1.nothing"))
    match = sum(campaign.segment(order.segment).match * part for order, part in paid.items())
    wasted = sum(
        part for order, part in paid.items() if campaign.segment(order.segment).match < _MATCHES
    )
    if wasted < _ROUNDING:
        return line("G1", min(1.0, match / money + _slack(campaign)), Reason("G1.right"))
    share = {"share": str(round(100 * wasted / money))}
    return line("G1", match / money, Reason("G1.wasted", share))


def _slack(campaign: Campaign) -> float:
    """Return how far the best segment is from a whole match: nobody can do better than it."""
    return 1.0 - max(segment.match for segment in campaign.segments)


def _cost(own: Delivery, best: Delivery) -> Line:
    """Return G2: as cheap as the expert's actions, and at least four fifths as many of them."""
    if own.actions <= 0.0 or own.cost <= 0.0:
        return line("G2", 0.0, Reason("G2.none"))
    price, yardstick = own.cost / own.actions, best.cost / best.actions
    cheap = min(1.0, number("ads.tolerance") * yardstick / price)
    enough = min(1.0, own.actions / (number("ads.enough") * best.actions))
    values = {"own": f"{price:.2f}", "expert": f"{yardstick:.2f}"}
    code = "G2.few" if enough < cheap else "G2.cheap" if cheap >= 1.0 else "G2.dear"
    return line("G2", min(cheap, enough), Reason(code, values))
