"""Whether a reply does what a message calls for: thanks for praise, an answer to a question.

What a message does (praise, complain, ask) and what a reply does (regret, thank, act, tell) are
read from their cues. How the one goes with the other is a frozen table, fitted by
``benchmarks/derive_link.py``; only what contradicts counts, so that a fitting kind earns nothing.
"""

from simulator.judgement.annotation import Annotation
from simulator.judgement.tone import asks_outright, message_tone
from simulator.lexicon import table

ACTS = (
    *("apology", "empathy", "thanks", "glad", "invite", "commit", "ask_step", "when", "who"),
    *("contact", "private_channel", "explain", "improve", "yes_no", "constructive", "register"),
    *("greeting", "compensation", "passed_on", "please", "source", "signature", "positive"),
)
"""Cues of what a reply does; what else it does follows in `does`."""
_IDLE_WITHOUT = ("commit", "ask_step", "when", "contact", "private_channel", "explain", "yes_no")
AMENDS = ("apology", "empathy", "commit", "ask_step", "when", "who", "improve", "contact")
"""Deeds that contradict praise alone: leaving one out never makes a reply fit better."""
PRAISING = 1
"""Where praise stands in `calls`."""


def calls(message: Annotation) -> tuple[float, ...]:
    """Return what a message does: 1, how far it praises, complains and asks, and outright."""
    tone = message_tone(message)
    return (1.0, tone.praise, tone.complaint, tone.question, float(asks_outright(message)))


def does(own: Annotation, felt: Annotation, raw: str) -> tuple[bool, ...]:
    """Return what a reply does: `ACTS`, figures, a question, kind and harsh words, or nothing.

    ``own`` is what of the reply may earn, ``felt`` what may show feeling, ``raw`` all of it.
    """
    return (
        *(own.has(cue) or felt.has(cue) for cue in ACTS),
        bool(own.numbers),
        "?" in raw,
        "positive" in own.tones,
        "negative" in own.tones,
        not any(own.has(cue) for cue in _IDLE_WITHOUT),
    )


def clash(message: Annotation, own: Annotation, felt: Annotation, raw: str) -> float:
    """Return how far what a reply does contradicts what the message calls for, 0 or less."""
    rows: list[list[float]] = table("link")["turns"]
    done = [row for row, is_done in zip(rows, does(own, felt, raw), strict=True) if is_done]
    called = calls(message)
    total = sum(value * weight for row in done for value, weight in zip(called, row, strict=True))
    return min(0.0, total)
