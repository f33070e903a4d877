"""U1: was the right thing done, with the tools that this channel has; and U7: in time."""

from typing import Any

from simulator.channels import CHANNELS
from simulator.items import Item, Reply
from simulator.judgement.reading import Facet, Reason
from simulator.lexicon import table
from simulator.moves import MOVES

_HARM = 0.25
_MILD = 0.6
_DESK = frozenset({"open", "label", "resolve", "wait", "unhide", "ask", "note", "assign"})


def _due(item: Item) -> tuple[dict[frozenset[str], float], dict[str, Any]]:
    """Return what is due on this item's channel: sets of moves, one of which is enough."""
    row: dict[str, Any] = table("actions")[item.kind]
    channel = CHANNELS.get(item.channel)
    offered = channel.moves if channel else frozenset(MOVES)
    alternatives = {options[0]: frozenset(options) for options in row.get("alternatives", ())}
    due = {
        alternatives.get(move, frozenset({move})) & offered: weight
        for move, weight in row["due"].items()
        if alternatives.get(move, frozenset({move})) & offered
    }
    return due, row


def ideal_moves(item: Item) -> tuple[str, ...]:
    """Return the moves that are due for an item on its channel, the weightiest first."""
    due, _ = _due(item)
    ranked = sorted(due.items(), key=lambda row: -row[1])
    return tuple(min(options, key=list(MOVES).index) for options, _ in ranked)


def read_action(item: Item, done: Reply) -> Facet:
    """Return U1, ``None`` where nobody said what was done.

    Credit is the share of what was due; a harmful move leaves a quarter of it. Inaction that was
    right earns half without a reason given.
    """
    if done.moves is None:
        return Facet(None, Reason("U1.unseen"))
    moves = set(done.moves) | ({"reply"} if done.text.strip() else set())
    if done.direct_text.strip():
        moves.add("direct_message")
    due, row = _due(item)
    harmful = moves & set(row.get("harm", ()))
    credit = _credit(due, row, moves, done)
    if harmful:
        names = f"@{','.join(sorted(harmful))}"
        return Facet(credit * _HARM, Reason("U1.harm", {"moves": names}))
    credit *= _MILD if moves & set(row.get("mild", ())) else 1.0
    if credit >= 1.0:
        return Facet(1.0, Reason("U1.right"))
    wanting = {min(options, key=list(MOVES).index) for options in due if not options & moves}
    if wanting:
        names = f"@{','.join(sorted(wanting))}"
        code = "U1.partial" if credit else "U1.wrong"
        return Facet(credit, Reason(code, {"moves": names}), missing=tuple(sorted(wanting)))
    idle = any("no_action" in options for options in due)
    return Facet(credit, Reason("U1.no_reason" if idle else "U1.partial_bare"))


def _credit(
    due: dict[frozenset[str], float], row: dict[str, Any], moves: set[str], done: Reply
) -> float:
    """Return the share of what was due that was done, before harm."""
    total = sum(due.values())
    credit = sum(weight for options, weight in due.items() if options & moves) / (total or 1.0)
    if row.get("any") and credit:
        credit = 1.0
    if not any("no_action" in options for options in due):
        return credit
    acted = moves - _DESK
    if not acted:
        return 0.5
    if acted == {"no_action"}:
        return 1.0 if done.reason_given else 0.5
    return credit


def read_time(item: Item, done: Reply) -> Facet:
    """Return U7: full points up to the target, none from the limit on, linear between."""
    target, limit = item.rule.target, item.rule.limit
    if done.minutes is None or target is None or limit is None:
        return Facet(None, Reason("U7.unseen"))
    late = (done.minutes - target) / (limit - target)
    value = max(0.0, min(1.0, 1 - late))
    code = "U7.in_time" if value >= 1 else "U7.late" if value > 0 else "U7.too_late"
    values = {"minutes": str(round(done.minutes)), "target": str(target), "limit": str(limit)}
    return Facet(value, Reason(code, values))
