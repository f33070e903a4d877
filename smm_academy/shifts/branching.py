"""Which decisions of a finished shift can be taken again, and otherwise in which ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator import (
    CHANNELS,
    ENGINE_VERSION,
    MOVES,
    Change,
    Move,
    Shift as Play,
    WhatIf,
    best_words,
    decision_on,
    what_if,
)
from smm_academy.errors import Closed, Conflict, Invalid
from smm_academy.sittings.models import Feedback, Purpose, Sitting

SAME, LEAVE, HIDE, MODEL, OWN = "same", "leave", "hide", "model", "own"
WRITTEN = frozenset({"reply", "direct_message"})
CAMPAIGN_REPEATS = 1
"""A week lives on far longer than a day: this is what a request has time for."""

FIRST_LOOK = 5
"""Minutes after a message came in at which somebody who never touched it might have answered."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision about a message: ``place`` among the moves, ``None`` where there was none.

    Minutes are those of the shift: ``begun`` is when the lived move was begun, or might have been;
    between ``first`` and ``last`` it can be begun. ``choices`` are the ways to take it otherwise,
    ``words`` those of the model answer.
    """

    message: str
    place: int | None
    move: Move | None
    begun: int
    first: int
    last: int
    choices: tuple[str, ...]
    words: str
    limit: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would have done instead, and when."""

    choice: str
    minute: int
    text: str


def require_branching(sitting: Sitting, engine: str) -> None:
    """Raise `Conflict` where a day may not be lived otherwise: in a test, or without feedback.

    Raises `Closed` for a day of an earlier simulator.
    """
    if sitting.purpose == Purpose.ASSESSMENT:
        raise Conflict("Messages of a test are not practised again.")
    if sitting.feedback in {Feedback.NEVER, Feedback.AFTER_CLOSE}:
        raise Conflict("This sitting shows no feedback, so its decisions are not taken again.")
    if engine != ENGINE_VERSION:
        raise Closed(
            "This day was lived in an earlier version of the simulator and cannot be lived "
            "again. Its debrief is kept; start the same scenario anew."
        )


def decide_again(play: Play, message: Mapping[str, Any]) -> Decision:
    """Return the decision that was taken about a recorded message, and what else was possible."""
    name, moves = message["id"], CHANNELS[message["channel"]].moves
    place, words = decision_on(play, name), best_words(play, name)
    made = None if place is None else play.state.made[place]
    move = made and Move(
        made.kind, made.message, made.text, made.to, made.minutes, made.item, made.choices
    )
    arrived: int = message["minute"]
    begun = arrived + FIRST_LOOK if made is None else made.minute - made.spent
    closes = min(play.length, play.week.day(max(arrived, begun)).ends)
    last = max(arrived, closes - MOVES["reply"].minutes)
    offered = {
        SAME: made is not None,
        LEAVE: made is not None and made.kind != "no_action",
        MODEL: "reply" in moves and bool(words),
        OWN: "reply" in moves,
        HIDE: "hide" in moves and (made is None or made.kind != "hide"),
    }
    return Decision(
        name,
        place,
        move or None,
        min(begun, last),
        arrived,
        last,
        tuple(choice for choice, possible in offered.items() if possible),
        words,
        CHANNELS[message["channel"]].reply_limit,
    )


def first_wish(decision: Decision) -> Wish:
    """Return what is shown first: the day without the lived decision, or with one."""
    choice = LEAVE if LEAVE in decision.choices else decision.choices[0]
    return Wish(choice, decision.begun, "")


def change_of(decision: Decision, wish: Wish) -> Change:
    """Return a wish as a change of the shift. Raises `Invalid` for one that is not on offer."""
    if wish.choice not in decision.choices:
        raise Invalid("choice", "Choose one of the ways on offer.")
    if not decision.first <= wish.minute <= decision.last:
        raise Invalid("minute", "Choose a time between the message and the end of the day.")
    minute = None if wish.minute == decision.begun and decision.place is not None else wish.minute
    if wish.choice == LEAVE:
        return Change(only=True)
    if wish.choice == SAME:
        return Change(decision.move, minute)
    if wish.choice == HIDE:
        return Change(Move("hide", decision.message), minute, only=True)
    if wish.choice == OWN and not wish.text.strip():
        raise Invalid("text", "There is no text. Write something first.")
    words = wish.text if wish.choice == OWN else decision.words
    replaces_act = decision.move is not None and decision.move.kind not in WRITTEN
    return Change(Move("reply", decision.message, words), minute, only=replaces_act)


def live_otherwise(
    play: Play, record: Mapping[str, Any], decision: Decision, wish: Wish
) -> WhatIf:
    """Return the lived day beside the one with a wish fulfilled.

    Raises `Invalid` for a wish that is not on offer, `MoveRefused` for one that the desk would
    have refused.
    """
    outcome = record["outcome"]
    ends = outcome["sentiment_nothing"], outcome["sentiment_expert"]
    change, place = change_of(decision, wish), decision.place
    if play.week.is_campaign:
        return what_if(play, decision.message, place, change, ends, CAMPAIGN_REPEATS)
    return what_if(play, decision.message, place, change, ends)
