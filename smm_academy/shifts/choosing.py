"""Which message somebody drills: by the kind asked for, by a skill, or for a first visit."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from simulator import planned_messages
from smm_academy.errors import NotFound

FIRST = frozenset(
    {
        ("question", "page_post"),
        ("question", "ad_comment"),
        ("misguided", "page_post"),
        ("unfair_review", "review_card"),
        ("praise", "review_card"),
    }
)
"""What a first visitor may meet, (kind, channel): a public reply alone is the whole right action,
so nothing hangs on a tool that the page does not offer; nothing distressing is in it."""

FIRST_KINDS = tuple(sorted({kind for kind, _ in FIRST}))

DISTRESSING = frozenset({"self_harm", "abuse", "discrimination"})
"""Met only by asking for them by name, after a warning that costs nothing to heed."""

WARNED = DISTRESSING | {"vulgar_complaint"}
"""Named on the card of a shift that has such messages."""

INTENSITIES = ("mild", "usual", "strong")
"""How heated messages are put, as whoever practises chooses; tests are fixed at the usual."""

KINDS_BY_SKILL = {
    "conversation": ("question", "order_question", "misguided"),
    "empathy": ("complaint", "heated_complaint", "fair_review", "vulgar_complaint"),
    "communication": ("praise", "complaint", "formal_complaint"),
    "alignment": ("unfair_review", "rumour", "misguided"),
    "voice": ("praise", "question", "troll"),
}


def distressing_kinds(pack: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the kinds of message in a scenario that a warning names before the start."""
    kinds = dict.fromkeys(row["kind"] for row in planned_messages(pack))
    return tuple(kind for kind in kinds if kind in WARNED)


class Offer(Protocol):
    """A brand with the kinds of message that it can drill."""

    @property
    def brand(self) -> str:
        """The brand's id."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of message it has."""


def choose_drill(
    offers: Sequence[Offer], seed: int, *, kinds: Sequence[str] = (), brand: str = ""
) -> tuple[str, str]:
    """Return (brand, kind) for a drill, chosen by the seed among what fits.

    Distressing kinds come only when they are asked for. Where the brand asked for has none of
    the kinds, another brand steps in. Raises `NotFound` when no brand has any of them.
    """
    fitting = [
        (offer.brand, kind)
        for offer in offers
        for kind in offer.kinds
        if (kind in kinds if kinds else kind not in DISTRESSING)
    ]
    at_brand = [pair for pair in fitting if pair[0] == brand]
    choice = at_brand or fitting
    if not choice:
        raise NotFound("There is no message of this kind to practise yet.")
    return choice[seed % len(choice)]
