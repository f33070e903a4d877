"""What the pages of portfolios show of a reply: the message, the marks, the reasons, the score.

Only what the record of a finished practice holds and its debrief shows. The model answer, the
facts that were looked up, the advice and what the learner disagreed with stay out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from smm_academy.shifts.debrief_page import message_card
from smm_academy.shifts.queries import Reply

EXCERPT = 160
KEPT = (
    "id", "author", "tint", "channel", "channel_title", "when", "text", "stars", "kind_title",
    "score", "band", "pieces", "meta", "gates", "counts_for",
)  # fmt: skip
TO_THE_AUTHOR = {"advice": "", "source": ""}
"""Of a line only points and reason are shown: advice is for whoever wrote the reply."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A reply that may be shown, in a line or two."""

    value: str
    brand: str
    kind: str
    message: str
    reply: str
    locale: str
    score: int
    band: str
    distressing: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A reply as a portfolio shows it."""

    card: dict[str, Any]
    brand: str
    locale: str
    distressing: bool


def key_of(reply: Reply) -> tuple[str, str]:
    """Return what names a reply: its sitting and its message."""
    return reply.sitting_id, reply.message["id"]


def read_key(value: str) -> tuple[str, str]:
    """Return what a tick of the form names."""
    sitting_id, _slash, message_id = value.partition("/")
    return sitting_id, message_id


def reordered(chosen: Sequence[str], move: str) -> list[str]:
    """Return ticks with one moved a place, as a button says it: ``up:`` or ``down:`` and which.

    What is first stays when it shall go up; a button for what is not ticked changes nothing.
    """
    order = list(chosen)
    way, _colon, which = move.partition(":")
    if which not in order or way not in {"up", "down"}:
        return order
    place = order.index(which)
    order.insert(max(0, place - 1) if way == "up" else place + 1, order.pop(place))
    return order


def offers(replies: Iterable[Reply], locale: str) -> list[Offer]:
    """Return the replies to choose from."""
    found = []
    for reply in replies:
        card = _card(reply, locale)
        found.append(
            Offer(
                "/".join(key_of(reply)),
                reply.brand,
                card["kind_title"],
                _excerpt(card["text"]),
                _excerpt(reply.message["read_text"]),
                reply.locale,
                card["score"],
                card["band"],
                reply.distressing,
            )
        )
    return found


def shown(replies: Iterable[Reply], locale: str) -> list[Shown]:
    """Return the replies of a portfolio as its page shows them."""
    return [
        Shown(_card(reply, locale), reply.brand, reply.locale, reply.distressing)
        for reply in replies
    ]


def _card(reply: Reply, locale: str) -> dict[str, Any]:
    card = message_card(reply.message, "pl" if locale == "pl" else "en", {})
    lines = [{**line, **TO_THE_AUTHOR} for line in card["lines"]]
    return {**{name: card[name] for name in KEPT}, "lines": lines}


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"
