"""What was decided so far, read from the moves: posts on their way, pauses, orders, requests.

Nothing here is remembered: it is the fold of the moves, worked out when it is asked for. A move
takes effect after the minute at which it was made: what was due at that very minute has happened.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from simulator.workday import Workday

Fate = Literal["waiting", "out", "stopped", "cancelled"]


class Deed(Protocol):
    """A move as it was made, as the duties see it."""

    kind: str
    minute: int
    spent: int
    message: str
    item: str
    to: str
    text: str
    minutes: int
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outing:
    """A post on its way to the page or on it: when it is due and what became of it.

    ``item`` names a brief or an entry of the queue; ``decided`` is -1 for the latter. A stopped
    post was due while the queue was paused and never went out.
    """

    item: str
    minute: int
    decided: int
    fate: Fate
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_queued(self) -> bool:
        """Whether it stood in the queue before the shift began."""
        return self.decided < 0


@dataclass(frozen=True, slots=True)
class Order:
    """Money set aside for a segment; ``creative`` is the post that is boosted, if any.

    It runs from ``minute`` until ``until``, or until it is spent.
    """

    segment: str
    amount: float
    bid: str
    minute: int
    until: int | None = None
    creative: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was done with a request or an item of news, and when."""

    kind: str
    minute: int
    to: str
    text: str


def pauses(made: Sequence[Deed]) -> tuple[tuple[int, int | None], ...]:
    """Return when the queue was paused and when it ran again, ``None`` while it is paused."""
    found: list[tuple[int, int | None]] = []
    for deed in made:
        if deed.kind == "pause_queue":
            found.append((deed.minute, None))
        elif deed.kind == "resume_queue" and found:
            found[-1] = (found[-1][0], deed.minute)
    return tuple(found)


def is_paused(made: Sequence[Deed], minute: int) -> bool:
    """Tell whether a post that is due at a minute is held back by a pause."""
    return any(start < minute and (end is None or minute <= end) for start, end in pauses(made))


def outings(day: Workday, made: Sequence[Deed], now: int) -> tuple[Outing, ...]:
    """Return every post with its fate at a minute, in the order in which they are due."""
    planned: list[tuple[str, int, int, Mapping[str, str]]] = [
        (post.id, post.minute, -1, {"format": post.format}) for post in day.queue
    ]
    for deed in made:
        if deed.kind == "publish":
            planned.append((deed.item, deed.minute, deed.minute, deed.choices))
        elif deed.kind == "schedule":
            planned.append((deed.item, deed.minutes, deed.minute, deed.choices))
    withdrawn = [(deed.item, deed.minute) for deed in made if deed.kind == "cancel_post"]
    rows = [
        Outing(item, due, decided, _fate(item, due, decided, withdrawn, made, now), choices)
        for item, due, decided, choices in planned
    ]
    return tuple(sorted(rows, key=lambda row: (row.minute, row.item)))


def _fate(
    item: str,
    due: int,
    decided: int,
    withdrawn: Iterable[tuple[str, int]],
    made: Sequence[Deed],
    now: int,
) -> Fate:
    if due == decided:
        return "out"
    if any(name == item and decided <= at < due for name, at in withdrawn):
        return "cancelled"
    if due > now:
        return "waiting"
    return "stopped" if is_paused(made, due) else "out"


def published(day: Workday, made: Sequence[Deed], now: int) -> tuple[Outing, ...]:
    """Return the posts that are on the page at a minute."""
    return tuple(row for row in outings(day, made, now) if row.fate == "out")


def outing_of(rows: Iterable[Outing], item: str) -> Outing | None:
    """Return what became of a post: the one on the page, else the last decision about it."""
    own = [row for row in rows if row.item == item]
    out = [row for row in own if row.fate == "out"]
    return next(iter(out), own[-1] if own else None)


def orders(made: Sequence[Deed]) -> tuple[Order, ...]:
    """Return the orders of the campaign; a new targeting ends those of the one before."""
    found: list[Order] = []
    running: list[Order] = []
    for deed in made:
        if deed.kind == "boost":
            found.append(
                Order(
                    deed.to, amount_of(deed.choices.get("amount", "")),
                    deed.choices.get("bid", "middle"), deed.minute, None, deed.item,
                )
            )  # fmt: skip
        elif deed.kind == "set_targeting":
            found += [_ended(order, deed.minute) for order in running]
            running = [
                Order(name, amount, bid, deed.minute)
                for name, amount, bid in spend_of(deed.choices)
            ]
    return (*found, *running)


def _ended(order: Order, minute: int) -> Order:
    return Order(order.segment, order.amount, order.bid, order.minute, minute, order.creative)


def orders_after(made: Sequence[Deed], minute: int) -> tuple[Order, ...]:
    """Return the orders as a new targeting at a minute would leave them: boosts run on."""
    return tuple(
        order if order.creative or order.until is not None else _ended(order, minute)
        for order in orders(made)
    )


def spend_of(choices: Mapping[str, str]) -> list[tuple[str, float, str]]:
    """Return (segment, amount, bid) of a targeting: choices ``spend.<segment>``, ``bid.…``."""
    return [
        (name, amount_of(value), choices.get(f"bid.{name}", "middle"))
        for key, value in sorted(choices.items())
        if (name := key.removeprefix("spend.")) != key and amount_of(value) > 0
    ]


def amount_of(text: str) -> float:
    """Return an amount of money as somebody writes it, 0 where it is none or below zero."""
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        amount = float(plain)
    except ValueError:
        return 0.0
    return amount if 0.0 < amount < float("inf") else 0.0


def decision(made: Sequence[Deed], item: str, kinds: frozenset[str]) -> Decision | None:
    """Return the first decision of some kinds about an item, ``None`` while there is none."""
    for deed in made:
        if deed.item == item and deed.kind in kinds:
            return Decision(deed.kind, deed.minute, deed.to, deed.text)
    return None


def is_reason(text: str) -> bool:
    """Tell whether words could be a reason at all: three of them, however short."""
    return len(_WORD.findall(text)) >= FEWEST_WORDS


FEWEST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
NEWS_ENDS = frozenset({"pass_news", "leave_news"})
REQUEST_ENDS = frozenset({"take_request", "hand_over", "refuse_request"})


def report_of(made: Sequence[Deed]) -> Deed | None:
    """Return the report that was handed in, ``None`` while there is none."""
    return next((deed for deed in made if deed.kind == "hand_in_report"), None)
