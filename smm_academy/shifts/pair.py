"""Two texts from real life: what the judge takes the message for, and what the reply earns.

Nothing is stored: what people paste is other people's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator import Again, Brand, Inferred, Locale, Reply, infer, read, score

AROUSAL = {"calm": 0.2, "upset": 0.5, "furious": 0.85}
"""How upset somebody is, as people choose it, on the judge's scale from 0 to 1."""

QUITE, FAIRLY = 0.7, 0.45
"""From here on the judge is quite sure, fairly sure; below, it guesses."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A customer's message, a public reply, and what somebody knows better than the judge.

    ``known`` may name ``kind``, ``severity``, ``arousal``, ``wants``, ``about``, ``facts`` and
    ``author`` as `simulator.infer` takes them; what it does not name is inferred.
    """

    message: str
    reply: str
    locale: Locale | None
    known: Mapping[str, Any]
    brand: Brand | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair as it was judged; ``message`` has the shape of a record's message."""

    locale: Locale
    message: Mapping[str, Any]
    inferred: Mapping[str, Inferred]


def judge(pair: Pair) -> Judged:
    """Return what a reply earns, by the same rules as in a shift.

    A bare pair has no moves, no clock and, unless they are given, no facts and no brand: the
    criteria that need them are left out.
    """
    known = dict(pair.known)
    if pair.brand is not None:
        known["brand"] = pair.brand
        known.setdefault("facts", pair.brand.facts)
    item, guesses = infer(pair.message, pair.locale, **known)
    reading = read(item, Reply(pair.reply))
    message = {
        "id": "pair",
        "author": {"name": ""},
        "channel": item.channel,
        "clock": "",
        "text": pair.message,
        "stars": 0,
        "kind": item.kind,
        "counts": True,
        "read_text": pair.reply,
        "moves": [],
        "model_answer": "",
        "seen": [],
        "thread": [],
        **Again(pair.reply, reading, score(item, reading)).as_json(),
    }
    return Judged(item.locale, message, guesses)


def sureness(confidence: float) -> str:
    """Return how sure the judge is: ``quite``, ``fairly`` or ``guess``."""
    if confidence >= QUITE:
        return "quite"
    return "fairly" if confidence >= FAIRLY else "guess"


def nearest_arousal(value: float) -> str:
    """Return the choice of `AROUSAL` that is nearest to a value of the judge's scale."""
    return min(AROUSAL, key=lambda name: abs(AROUSAL[name] - value))
