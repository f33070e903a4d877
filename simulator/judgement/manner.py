"""U6: manner: respect, a human voice, no blame, no sarcasm, no shouting."""

import re
from collections.abc import Iterator

from simulator.items import Item
from simulator.judgement.addressee import slots, wrong_brand, wrong_gender, wrong_name
from simulator.judgement.annotation import Annotation
from simulator.judgement.reading import Facet, Gate, Reason, Span
from simulator.lexicon import table

_BASE = 0.75
_SHOUT = 0.5
_ALL_SHOUT = 0.9
_MOSTLY = 0.6
_MISDIRECTED = 0.4
_SERIOUS = 3
_FAULTS = (
    ("insult", 1.0),
    ("accuse", 0.8),
    ("threat", 0.8),
    ("blame", 0.55),
    ("sarcasm", 0.5),
    ("dismiss", 0.35),
    ("blame_partner", 0.25),
    ("minimise", 0.1),
)
COURTESY = (
    *("thanks", "apology", "glad", "please", "please_first", "greeting", "hedge", "indirect"),
    *("factual", "deference", "demand", "by_the_way", "you_first", "but_first", "asks_why"),
    *("shouts", "positive", "negative", "blame", "dismiss", "invite", "empathy", "signature"),
)
"""Signs of courtesy, in the order of `courtesy_features`: cues, and how a text begins."""

_PLEASE = frozenset({"please", "prosze", "prosimy"})
_YOU = frozenset({"you", "your", "pan", "pani", "ty"})
_BUT = frozenset({"but", "so", "and", "then", "ale", "wiec", "no", "i"})
_EMOJI = re.compile("[\U0001f300-\U0001faff☀-➿]")
_LONG_RUN = 3


def _shouting(reply: Annotation) -> tuple[Span, ...]:
    raw = reply.text.raw
    words = [
        token
        for token in reply.text.tokens
        if token.end - token.start > 2 and raw[token.start : token.end].isalpha()  # noqa: PLR2004
    ]
    loud = [token for token in words if raw[token.start : token.end].isupper()]
    if len(loud) < _LONG_RUN or len(loud) < 0.3 * len(words):
        return ()
    return tuple((token.start, token.end) for token in loud)


def is_shouted(reply: Annotation) -> bool:
    """Return whether most of a reply is in capital letters."""
    loud = _shouting(reply)
    return len(loud) >= _MOSTLY * max(1, len(reply.text.tokens))


def _misdirected(item: Item, reply: Annotation) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield what shows that a reply was not written for this author, by this brand."""
    raw = reply.text.raw
    for code, places in (
        ("slot", slots(raw)),
        ("wrong_name", wrong_name(item, raw)),
        ("wrong_gender", wrong_gender(item, raw)),
        ("wrong_brand", wrong_brand(item, raw)),
    ):
        if places:
            yield code, places


def is_misdirected(item: Item, reply: Annotation) -> bool:
    """Return whether a reply bears another's name, or a gap that nobody filled."""
    return any(True for _ in _misdirected(item, reply))


def courtesy_features(reply: Annotation) -> list[float]:
    """Return which signs of courtesy or its lack a text shows, in the order of `COURTESY`."""
    tokens = reply.text.tokens
    first = tokens[0].word if tokens else ""
    starts = {
        "please_first": first in _PLEASE,
        "you_first": first in _YOU,
        "but_first": first in _BUT,
        "asks_why": reply.text.raw.count("?") > 1,
        "shouts": "!!" in reply.text.raw,
        "positive": "positive" in reply.tones,
        "negative": "negative" in reply.tones,
    }
    return [float(starts[name]) if name in starts else float(reply.has(name)) for name in COURTESY]


def _courtesy(reply: Annotation) -> float:
    """Return how courteous a text is, from 0 to 1, by weights fitted to people's ratings."""
    row = table("manner")
    weights: dict[str, float] = row["weights"]
    low, high = float(row["low"]), float(row["high"])
    points = sum(
        weights[name] * value
        for name, value in zip(COURTESY, courtesy_features(reply), strict=True)
    )
    return max(0.0, min(1.0, (points - low) / (high - low)))


def read_manner(item: Item, reply: Annotation, own: Annotation, gates: tuple[Gate, ...]) -> Facet:
    """Return U6: what is lost for blame, sarcasm, dismissal, shouting, and misplaced jokes.

    Courtesy counts where it stands in ``own``, the part of the reply that may earn.
    """
    lost: list[Span] = []
    loss, worst = 0.0, ""
    for cue, cost in _FAULTS:
        count = reply.count(cue)
        if count:
            loss += cost * min(1.5, 1 + 0.25 * (count - 1))
            lost.extend(reply.spans(cue))
            worst = worst or cue
    for code, places in _misdirected(item, reply):
        loss += _MISDIRECTED
        lost.extend(places)
        worst = worst or code
    shouting = _shouting(reply)
    marks = reply.text.raw.count("!")
    if shouting:
        loss, worst = loss + (_ALL_SHOUT if is_shouted(reply) else _SHOUT), worst or "shouting"
        lost.extend(shouting)
    serious = item.severity >= _SERIOUS and item.kind != "praise"
    if marks > (1 if serious else 4):
        loss += min(0.2, 0.04 * marks)
        worst = worst or "exclamations"
    if serious and (reply.has("joke") or len(_EMOJI.findall(reply.text.raw)) > 1):
        loss += 0.3
        lost.extend(reply.spans("joke"))
        worst = worst or "joke"
    if "sales_pitch" in item.must_not and reply.has("ad"):
        loss += 0.4
        lost.extend(reply.spans("ad"))
        worst = worst or "sales"
    if gates:
        loss += 0.3
    value = max(0.0, min(1.0, _BASE + (1 - _BASE) * _courtesy(own)) - loss)
    if worst:
        return Facet(value, Reason(f"U6.{worst}"), (), tuple(lost))
    return Facet(value, Reason("U6.respectful"), reply.spans("please", "greeting"))
