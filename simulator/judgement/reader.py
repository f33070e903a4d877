"""Reading a reply: every facet of the rubric, the red lines, and what will move the world."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from simulator.channels import CHANNELS
from simulator.items import Item, Reply
from simulator.judgement.accuracy import read_accuracy
from simulator.judgement.action import read_action, read_time
from simulator.judgement.annotation import (
    Annotation,
    annotate,
    annotate_fact,
    annotate_message,
    restrict,
)
from simulator.judgement.feeling import read_feeling
from simulator.judgement.form import read_address, read_format, read_opening, read_paste
from simulator.judgement.gaming import Attempt, canned_share, copied, find_attempts, find_paste
from simulator.judgement.language import identify
from simulator.judgement.manner import is_misdirected, is_shouted, read_manner
from simulator.judgement.privacy import find_leak
from simulator.judgement.reading import Facet, Gate, Reading, Reason
from simulator.judgement.redlines import find_abuse, find_breach
from simulator.judgement.relevance import Link, relate
from simulator.judgement.sentences import Sentences, classify
from simulator.judgement.substance import (
    PROCEDURAL,
    is_unsettled,
    read_attention,
    read_step,
)
from simulator.judgement.text import Text, fold, parse
from simulator.judgement.tone import fit, message_tone, reply_tone
from simulator.judgement.turn import clash

_TEXTUAL = ("U2", "U3", "U4", "U5", "U6", "U11", "U12", "U13", "U14")
_VOIDED = ("U2", "U3", "U4", "U13", "U14")
_STOCK = {"U2": 0.4, "U3": 0.7, "U4": 0.3}
_HURTS = {
    "blame": 0.8,
    "sarcasm": 0.8,
    "dismiss": 0.8,
    "nonapology": 0.6,
    "insult": 0.8,
    "accuse": 0.8,
}
_MESSAGE_SHARE = 1200
_HARSH_LEFT = 0.7
_SHOUTED_LEFT = 0.6
_MISDIRECTED_LEFT = 0.75
_OPEN_MATTER = 0.3
_PLAIN_THANKS = 0.1
_FEW_WORDS, _SHORT_PRAISE = 8, 0.35
_PLAIN_REGRET = 0.1
_CLOSE = 0.35
_OPEN_STEP = 0.3


def _expected_languages(item: Item, message: Text) -> frozenset[str]:
    spoken, certainty = identify(message)
    if spoken in ("en", "pl") and certainty > 0.3:  # noqa: PLR2004 - well recognised
        return frozenset({spoken})
    if spoken and certainty > 0.5:  # noqa: PLR2004 - a comment in a third language
        return frozenset({item.locale, spoken})
    return frozenset({item.locale})


@dataclass(frozen=True, slots=True)
class Voices:
    """A reply as a whole, what of it may earn, and what of it may show feeling."""

    whole: Annotation
    own: Annotation
    felt: Annotation


def _keep(whole: Annotation, tokens: frozenset[int], sentences: frozenset[int]) -> Annotation:
    """Return a reply without some tokens and some sentences."""
    kept = [
        index
        for index, token in enumerate(whole.text.tokens)
        if index not in tokens and token.sentence not in sentences
    ]
    return whole if len(kept) == len(whole.text.tokens) else restrict(whole, kept)


def earning(
    whole: Annotation, parts: Sentences, taken: frozenset[int]
) -> tuple[Annotation, Annotation]:
    """Return what of a reply may earn, and what of it may show feeling (its opening too)."""
    if parts.only_stock:
        kept = _keep(whole, taken, parts.hurtful)
        return kept, kept
    opening = frozenset({min(parts.all)}) if parts.all else frozenset()
    own = _keep(whole, taken, parts.hurtful | parts.stock)
    if not opening & parts.stock:
        return own, own
    return own, _keep(whole, taken, parts.hurtful | (parts.stock - opening))


def _dim(facets: dict[str, Facet]) -> dict[str, Facet]:
    """Return the facets of a reply that is nothing but stock phrases."""
    dimmed = dict(facets)
    for name, share in _STOCK.items():
        facet = facets[name]
        if facet.value:
            dimmed[name] = replace(facet, value=facet.value * share)
    return dimmed


def _hurt(
    item: Item, facets: dict[str, Facet], whole: Annotation, gates: tuple[Gate, ...]
) -> dict[str, Facet]:
    """Return the facets with what hurtful words leave of the rest of a reply."""
    left = _HARSH_LEFT if gates else 1.0
    left *= _SHOUTED_LEFT if is_shouted(whole) else 1.0
    left *= _MISDIRECTED_LEFT if is_misdirected(item, whole) else 1.0
    for cue, kept in _HURTS.items():
        if whole.has(cue):
            left *= kept
    if left == 1.0:
        return facets
    lowered = dict(facets)
    for name in ("U2", "U3", "U4"):
        facet = facets[name]
        if facet.value:
            lowered[name] = replace(facet, value=facet.value * left)
    return lowered


def _with_facts(item: Item, message: Annotation) -> Annotation:
    """Return a message together with what it is known to be about and the facts that bear on it.

    Naming the matter in other words than its author's, or stating those facts, is to the point.
    """
    bearing = [
        fact.text
        for fact in item.facts or ()
        if fact.id in item.due_facts or _bears_on(fact.text, message)
    ]
    known = [*item.about, *bearing]
    if not known:
        return message
    return annotate_message("\n".join([item.text[:_MESSAGE_SHARE], *known]), item.locale)


def _bears_on(fact: str, message: Annotation) -> bool:
    said = annotate_fact(fact, message.locale)
    return bool(said.concepts.keys() & message.concepts.keys()) or bool(
        said.content.keys() & message.content.keys()
    )


def _published(item: Item) -> str:
    """Return the contacts that the brand itself publishes, folded."""
    if item.brand is None:
        return ""
    rows = [item.brand.published_contact, *(row.reach for row in item.brand.contacts)]
    return fold(" ".join([*rows, *(fact.text for fact in item.brand.facts)]))


def _others(item: Item, done: Reply) -> tuple[str, ...]:
    saved = item.brand.saved_replies if item.brand is not None else ()
    return saved + done.earlier_replies


def _void(facets: dict[str, Facet], attempts: Iterable[Attempt]) -> dict[str, Facet]:
    """Return the facets with what an attempt to game the score leaves of them."""
    worst = max(attempts, key=lambda attempt: attempt.strength, default=None)
    if worst is None:
        return facets
    left = max(0.0, 1 - worst.strength)
    voided = dict(facets)
    for name in _VOIDED:
        facet = facets[name]
        if facet.value:
            reason = Reason(f"attempt.{worst.id}") if worst.strength > 0.5 else facet.reason  # noqa: PLR2004
            spans = facet.lost + worst.spans
            voided[name] = replace(
                facet, value=facet.value * left, reason=reason, earned=(), lost=spans
            )
    return voided


def _silent(item: Item, done: Reply) -> Reading:
    """Return the reading of moves without words."""
    due = item.rule.reply == "due"
    value = 0.0 if due else None
    reason = Reason("silent.due" if due else "silent.right")
    facets = {name: Facet(value, reason) for name in _TEXTUAL}
    facets["U5"] = Facet(None, Reason("U5.nothing_stated"))
    for name in ("U11", "U12"):
        facets[name] = Facet(1.0, Reason("U12.fits" if name == "U12" else "U11.own"))
    for name in ("U13", "U14"):
        facets[name] = Facet(None, reason)
    facets["U1"] = read_action(item, done)
    facets["U7"] = read_time(item, done)
    breach = find_breach(item, done, annotate(parse(""), item.locale))
    return Reading(facets, (breach,) if breach else (), dict.fromkeys(_SIGNALS, 0.0), due)


_SIGNALS = (
    *("empathy", "apology", "explanation", "redress", "channel_change", "public_compensation"),
    *("blame", "insult", "canned", "respect", "promise"),
)


def _signals(
    facets: dict[str, Facet], reply: Annotation, *, public: bool, canned: float
) -> dict[str, float]:
    def strength(cue: str, each: float = 1.0) -> float:
        return min(1.0, each * reply.count(cue))

    hollow = reply.has("nonapology")
    return {
        "empathy": min(1.0, strength("empathy", 0.5)) * (0.3 if hollow else 1.0),
        "apology": 0.2 if hollow else strength("apology"),
        "explanation": strength("explain", 0.6),
        "redress": min(1.0, 0.5 * (facets["U4"].value or 0.0) + strength("commit", 0.25)),
        "channel_change": strength("private_channel"),
        "public_compensation": strength("compensation") if public else 0.0,
        "blame": max(strength("blame", 0.6), strength("dismiss", 0.3)),
        "insult": max(strength("insult"), strength("accuse"), strength("threat")),
        "canned": canned,
        "respect": facets["U6"].value or 0.0,
        "promise": strength("when", 0.5) if reply.has("commit") else 0.0,
    }


def read(item: Item, reply: Reply) -> Reading:
    """Return what stands in a reply to an item; only the first 2,000 characters are read.

    Spans index the public reply as it was sent, or the direct message where that is all there is.
    """
    written = reply.text if reply.text.strip() else reply.direct_text
    if not written.strip():
        return _silent(item, reply)
    channel = CHANNELS.get(item.channel)
    public = bool(reply.text.strip()) and (channel is None or channel.public)
    message = annotate_message(item.text, item.locale)
    text = parse(written)
    whole = annotate(text, item.locale)
    if item.kind in PROCEDURAL:
        whole = replace(whole, cues={cue: v for cue, v in whole.cues.items() if cue != "dismiss"})
    gates = _gates(item, reply, whole, public=public)
    parts = classify(whole, gates)
    own, felt = earning(whole, parts, copied(message.text, text))
    clashing = clash(message, own, felt, written)
    link = relate(_with_facts(item, message), own, clashing, len(message.text.tokens))
    expected = _expected_languages(item, message.text)
    attempts = find_attempts(message, whole, expected, own)
    paste = find_paste(written, _others(item, reply), item.exempt)
    if paste and item.kind != "praise":
        attempts.append(paste)
    facets = _facets(item, message, Voices(whole, own, felt), link, gates, public=public)
    if is_unsettled(item, whole):
        facets = _unsettle(item, facets)
    if parts.only_stock:
        facets = _dim(facets)
    facets = _hurt(item, facets, whole, gates)
    facets["U11"] = read_paste(paste)
    facets["U12"] = read_format(item, text)
    facets["U1"] = read_action(item, reply)
    facets["U7"] = read_time(item, reply)
    facets = _void(facets, attempts)
    canned = 1.0 if paste else canned_share(own) * (1 - (facets["U2"].value or 0.0))
    return Reading(
        facets,
        gates,
        _signals(facets, whole, public=public, canned=canned),
        item.rule.reply == "due",
    )


def _unsettle(item: Item, facets: dict[str, Facet]) -> dict[str, Facet]:
    """Return the facets of a reply that leaves open, or gets wrong, what was asked."""
    settling = next(fact.text for fact in item.facts or () if fact.id in item.due_facts)
    matter, step = facets["U2"], facets["U4"]
    return facets | {
        "U2": replace(
            matter, value=_OPEN_MATTER * (matter.value or 0.0), reason=Reason("U2.unsettled")
        ),
        "U4": replace(
            step, value=_OPEN_STEP * (step.value or 0.0), missing=("answer", *step.missing)
        ),
        "U5": Facet(0.0, Reason("U5.unsettled", {"fact": settling})),
    }


def _plain_thanks(message: Annotation) -> float:
    """Return what thanks that name nothing are worth: more where there is little to name."""
    spare = max(0.0, 1 - len(message.text.tokens) / _FEW_WORDS)
    return _PLAIN_THANKS + _SHORT_PRAISE * spare


def _gates(item: Item, reply: Reply, whole: Annotation, *, public: bool) -> tuple[Gate, ...]:
    leak = find_leak(whole, _published(item)) if public else None
    gates = (leak, find_abuse(item, whole), find_breach(item, reply, whole))
    return tuple(gate for gate in gates if gate is not None)


def _facets(
    item: Item,
    message: Annotation,
    voices: Voices,
    link: Link,
    gates: tuple[Gate, ...],
    *,
    public: bool,
) -> dict[str, Facet]:
    own = voices.own
    asked_tone, said_tone = message_tone(message), reply_tone(voices.felt)
    attention = read_attention(item, own, link, fit(asked_tone, said_tone))
    step = read_step(item, own, link)
    feeling = read_feeling(item, voices.felt, voices.whole, asked_tone)
    if feeling.value:
        # Regret or thanks that could stand under any message are worth less than for this one.
        close = min(1.0, link.value / _CLOSE)
        least = _plain_thanks(message) if item.kind == "praise" else _PLAIN_REGRET
        near = (least + (1 - least) * close) * (0.5 + 0.5 * link.support)
        feeling = replace(feeling, value=feeling.value * near)
    return {
        "U2": attention,
        "U3": feeling,
        "U4": step,
        "U5": read_accuracy(item, voices.whole, public=public),
        "U6": read_manner(item, voices.whole, own, gates),
        "U13": read_opening(item, own, link),
        "U14": read_address(item, voices.whole),
    }
