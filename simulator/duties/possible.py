"""Which moves of the duties are possible now, and why the others are not: a code and values."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from simulator.duties import targeting
from simulator.duties.constants import table
from simulator.duties.kpis import name_of
from simulator.duties.posts import NO_LABEL
from simulator.duties.standing import Standing
from simulator.duties.work import (
    NEWS_ENDS,
    REQUEST_ENDS,
    amount_of,
    decision,
    is_reason,
    orders,
    orders_after,
    outing_of,
    outings,
    pauses,
    report_of,
    spend_of,
)
from simulator.moves import MOVES, Move
from simulator.workday import Brief, ReportPlan

Refusal: TypeAlias = tuple[str, Mapping[str, str]]
Check: TypeAlias = Callable[[Move, Standing, Collection[str]], Refusal | None]

REPORT_OPENS = 120
"""How many minutes before the end of the day the report can be handed in."""

LONGEST_STATEMENT = 2000
_ROUNDING = 0.005


def refusal(move: Move, standing: Standing, contacts: Collection[str]) -> Refusal | None:
    """Return why a duty's move is not possible as it is, ``None`` where it is."""
    found = at_all(move, standing)
    return found if found is not None else _DETAILS.get(move.kind, _fine)(move, standing, contacts)


def at_all(move: Move, standing: Standing) -> Refusal | None:
    """Return why a move is not possible on its item now, whatever is chosen for it."""
    if move.kind == "statement":
        return _no_alarm(standing)
    if not has_duty(move.kind, standing):
        return "not_today", {"move": move.kind}
    return _ITEM[move.kind](move, standing, ())


def has_duty(kind: str, standing: Standing) -> bool:
    """Tell whether the day has the duty that a move belongs to."""
    day = standing.day
    return bool(
        {
            "watch": day.news,
            "calendar": day.briefs or day.queue,
            "targeting": day.campaign is not None,
            "requests": day.requests,
            "report": day.report is not None,
        }[MOVES[kind].duty]
    )


def _fine(_move: Move, _standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    return None


def _no_alarm(standing: Standing) -> Refusal | None:
    alarm = standing.day.alarm
    return None if alarm is not None and alarm.minute <= standing.now else ("no_alarm", {})


def _news(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    arrived = {news.id for news in standing.day.news if news.minute <= standing.now}
    if move.item not in arrived:
        return "unknown_item", {"item": move.item[:60]}
    opened = any(deed.kind == "open_news" and deed.item == move.item for deed in standing.made)
    if move.kind == "open_news":
        return ("already", {"move": move.kind}) if opened else None
    if not opened:
        return "unread", {}
    done = decision(standing.made, move.item, NEWS_ENDS)
    return None if done is None else ("already", {"move": done.kind})


def _brief(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    if move.item not in {row.id for row in standing.day.briefs if row.minute <= standing.now}:
        return "unknown_item", {"item": move.item[:60]}
    rows = outings(standing.day, standing.made, standing.now)
    outing = outing_of(rows, move.item)
    if outing is None or outing.fate in {"stopped", "cancelled"}:
        return None
    return "planned_already", {}


def _waiting(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    rows = outings(standing.day, standing.made, standing.now)
    outing = outing_of(rows, move.item)
    if outing is None:
        return "unknown_item", {"item": move.item[:60]}
    return None if outing.fate == "waiting" else ("not_waiting", {})


def _pause(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    return ("already", {"move": move.kind}) if _stands_still(standing) else None


def _resume(_move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    return None if _stands_still(standing) else ("not_paused", {})


def _stands_still(standing: Standing) -> bool:
    found = pauses(standing.made)
    return bool(found) and found[-1][1] is None


def _on_page(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    rows = outings(standing.day, standing.made, standing.now)
    outing = outing_of(rows, move.item)
    return None if outing is not None and outing.fate == "out" else ("not_on_page", {})


def _request(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    arrived = {row.id for row in standing.day.requests if row.minute <= standing.now}
    if move.item not in arrived:
        return "unknown_item", {"item": move.item[:60]}
    done = decision(standing.made, move.item, REQUEST_ENDS)
    return None if done is None else ("already", {"move": done.kind})


def _report(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    if report_of(standing.made) is not None:
        return "already", {"move": move.kind}
    wait = standing.length - REPORT_OPENS - standing.now
    return None if wait <= 0 else ("too_early", {"minutes": str(wait)})


_ITEM: Mapping[str, Check] = {
    "open_news": _news,
    "pass_news": _news,
    "leave_news": _news,
    "publish": _brief,
    "schedule": _brief,
    "cancel_post": _waiting,
    "pause_queue": _pause,
    "resume_queue": _resume,
    "set_targeting": _fine,
    "boost": _on_page,
    "take_request": _request,
    "hand_over": _request,
    "refuse_request": _request,
    "hand_in_report": _report,
}


def _known_role(move: Move, _standing: Standing, contacts: Collection[str]) -> Refusal | None:
    if not move.to:
        return "needs_to", {}
    return None if move.to in contacts else ("no_such_contact", {"to": move.to[:60]})


def _reasoned(move: Move, _standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    return None if is_reason(move.text) else ("needs_reason", {})


def _stated(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    if not move.text.strip():
        return "needs_text", {}
    if len(move.text) > LONGEST_STATEMENT:
        values = {"length": str(len(move.text)), "limit": str(LONGEST_STATEMENT)}
        return "statement_too_long", values
    said = {deed.text for deed in standing.made if deed.kind == "statement"}
    return ("same_statement", {}) if move.text in said else None


def options(brief: Brief) -> dict[str, tuple[str, ...]]:
    """Return what has to be chosen for a post, and among which ids."""
    found = {
        "variant": tuple(row.id for row in brief.variants),
        "format": tuple(brief.formats),
        "audience": tuple(row.id for row in brief.audiences),
        "picture": tuple(row.id for row in brief.pictures),
        "alt": tuple(row.id for row in brief.alts),
        "label": (*(row.id for row in brief.labels), NO_LABEL) if brief.labels else (),
    }
    return {name: ids for name, ids in found.items() if ids}


def _chosen(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    brief = next(row for row in standing.day.briefs if row.id == move.item)
    known = options(brief)
    for name, ids in known.items():
        if not move.choices.get(name):
            return "needs_choice", {"what": name}
        if move.choices[name] not in ids:
            return "no_such_choice", {"what": name}
    strange = sorted(set(move.choices) - set(known))
    return ("no_such_choice", {"what": strange[0][:60]}) if strange else None


def _slot(move: Move, standing: Standing, contacts: Collection[str]) -> Refusal | None:
    brief = next(row for row in standing.day.briefs if row.id == move.item)
    if move.minutes not in brief.slots:
        return "no_such_slot", {}
    if move.minutes <= standing.now + MOVES[move.kind].minutes:
        return "slot_past", {}
    return _chosen(move, standing, contacts)


def _spending(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    campaign = standing.day.campaign
    if campaign is None:
        return "not_today", {"move": move.kind}
    known = {row.id for row in campaign.segments}
    fields = {f"{part}.{name}" for name in known for part in ("spend", "bid")}
    strange = sorted(set(move.choices) - fields)
    if strange:
        return "no_such_choice", {"what": strange[0][:60]}
    if any(not _is_amount(value) for key, value in move.choices.items() if key[:5] == "spend"):
        return "amount", {}
    planned = spend_of(move.choices)
    if not planned:
        return "no_amount", {}
    if any(bid not in table("bids") for _, _, bid in planned):
        return "no_such_choice", {"what": "bid"}
    done = standing.now + MOVES[move.kind].minutes
    left = targeting.remaining(campaign, orders_after(standing.made, done), done)
    return _over(sum(amount for _, amount, _ in planned), left)


def _boosting(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    campaign = standing.day.campaign
    if campaign is None:
        return "not_today", {"move": move.kind}
    if move.to not in {row.id for row in campaign.segments}:
        return "no_such_choice", {"what": "segment"}
    strange = set(move.choices) - {"amount", "bid"}
    if strange or move.choices.get("bid", "middle") not in table("bids"):
        return "no_such_choice", {"what": "bid"}
    if not _is_amount(move.choices.get("amount", "")):
        return "amount", {}
    amount = amount_of(move.choices["amount"])
    if not amount:
        return "no_amount", {}
    left = targeting.remaining(campaign, orders(standing.made), standing.now)
    return _over(amount, left)


def _over(planned: float, left: float) -> Refusal | None:
    if planned <= left + _ROUNDING:
        return None
    return "over_budget", {"planned": f"{planned:.2f}", "left": f"{left:.2f}"}


def _is_amount(text: str) -> bool:
    """Tell whether a text is an amount of money, nothing or zero included."""
    return text.strip() in {"", "0"} or amount_of(text) > 0


def _handed_in(move: Move, standing: Standing, _contacts: Collection[str]) -> Refusal | None:
    if not move.choices:
        return "needs_choice", {"what": "report"}
    plan = standing.day.report
    strange = sorted(set(move.choices) - (report_fields(plan) if plan is not None else set()))
    return ("no_such_choice", {"what": strange[0][:60]}) if strange else None


def report_fields(plan: ReportPlan) -> set[str]:
    """Return the names of everything that a report can answer."""
    parts = ("numerator", "denominator", "period", "value")
    names = {f"{part}.{name_of(asked)}" for asked in plan.kpis for part in parts}
    names |= {"conclusion", "next_step"}
    return names | {f"payload.{payload.id}" for payload in plan.payloads}


_DETAILS: Mapping[str, Check] = {
    "pass_news": _known_role,
    "hand_over": _known_role,
    "refuse_request": _reasoned,
    "statement": _stated,
    "publish": _chosen,
    "schedule": _slot,
    "set_targeting": _spending,
    "boost": _boosting,
    "hand_in_report": _handed_in,
}
