"""The audience of a full day: the budget, the segments, what each has brought so far."""

from itertools import pairwise
from typing import Any

from simulator import DeskDuties, Locale
from smm_academy.errors import NotFound
from smm_academy.shifts.typed_figures import Money, written
from smm_academy.web.locale import gettext as _

NOTHING = "–"


def audience_room(duties: DeskDuties, locale: Locale) -> dict[str, Any]:
    """Return the campaign: what is spent, promised and free, and each segment's figures.

    Raises `NotFound` where the day has no campaign.
    """
    campaign = duties.campaign
    if campaign is None:
        raise NotFound("There is no such room at this desk.")
    spent = sum(row.cost for row in campaign.segments)
    promised = max(0.0, campaign.budget - campaign.remaining - spent)
    money = Money(campaign.currency, locale)
    actions = sum(row.actions for row in campaign.segments)
    return {
        "title": campaign.title,
        "target": campaign.target,
        "action": campaign.action_title,
        "budget": money(campaign.budget),
        "currency": campaign.currency,
        "spent": money(spent),
        "promised": money(promised),
        "free": money(campaign.remaining),
        "spent_percent": _percent(spent, campaign.budget),
        "promised_percent": _percent(promised, campaign.budget),
        "words": _(
            "%(spent)s spent, %(promised)s promised, %(free)s free of %(budget)s",
            spent=money(spent),
            promised=money(promised),
            free=money(campaign.remaining),
            budget=money(campaign.budget),
        ),
        "totals": [
            (_("Clicks"), written(sum(row.clicks for row in campaign.segments), locale)),
            (_("Actions"), written(actions, locale)),
            (_("Cost per action"), money(spent / actions) if actions else NOTHING),
            (
                _("New followers"),
                written(sum(row.followers for row in campaign.segments), locale),
            ),
        ],
        "rounds": _rounds(duties, locale, money),
        "is_set": bool(campaign.spending),
        "segments": _segments(duties, locale, money),
        "bids": [(row.id, row.title) for row in campaign.bids],
        "can": campaign.available,
    }


def _segments(duties: DeskDuties, locale: Locale, money: Money) -> list[dict[str, Any]]:
    """Return the segments with what is set for each and what it has brought."""
    campaign = duties.campaign
    if campaign is None:
        return []
    return [
        {
            "id": row.id,
            "title": row.title,
            "description": row.description,
            "size": written(row.size, locale),
            "amount": _typed(campaign.spending.get(row.id, (0.0, ""))[0], locale),
            "bid": campaign.spending.get(row.id, (0.0, "middle"))[1] or "middle",
            "figures": [
                (_("Spent"), money(row.cost)),
                (_("Impressions"), written(row.impressions, locale)),
                (_("Reach"), written(row.reach, locale)),
                (_("Clicks"), written(row.clicks, locale)),
                (_("Actions"), written(row.actions, locale)),
                (_("Cost per action"), money(row.cost / row.actions) if row.actions else NOTHING),
            ]
            if row.cost
            else [],
        }
        for row in campaign.segments
    ]


def _rounds(duties: DeskDuties, locale: Locale, money: Money) -> list[list[str]]:
    """Return what each setting brought: from its change to the next, and the last until now."""
    campaign = duties.campaign
    if campaign is None or not campaign.rounds:
        return []
    marks = [(row.clock, row.cost, row.actions) for row in campaign.rounds]
    total = (
        _("now"),
        sum(row.cost for row in campaign.segments),
        sum(row.actions for row in campaign.segments),
    )
    rows = []
    for (start, cost, actions), (end, later_cost, later_actions) in pairwise([*marks, total]):
        spent, brought = max(0.0, later_cost - cost), max(0, later_actions - actions)
        price = money(round(spent / brought, 2)) if brought else NOTHING
        rows.append([f"{start} – {end}", money(round(spent, 2)), written(brought, locale), price])
    return rows


def _typed(amount: float, locale: Locale) -> str:
    if not amount:
        return ""
    text = f"{amount:.2f}" if amount % 1 else f"{amount:.0f}"
    return text.replace(".", ",") if locale == "pl" else text


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
