"""U2 and U4: is this reply about this matter, and does it answer or say what happens next."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.brands import Locale
from simulator.items import Item
from simulator.judgement.annotation import Annotation
from simulator.judgement.gaming import canned_share
from simulator.judgement.reading import Facet, Reason, Span
from simulator.judgement.relevance import Link, length_of
from simulator.judgement.text import parse, stem

_QUESTIONS = frozenset({"question", "misguided", "rumour", "peer_talk"})
_NO_STEP = frozenset({"praise", "peer_talk", "satire", "spam", "troll", "queue_in_crisis"})
_PROCEDURES: Mapping[str, tuple[str, ...]] = {
    "abuse": ("rule", "please", "ask_step"),
    "insider": ("private_channel", "contact", "source", "passed_on"),
    "personal_data": ("private_channel", "in_private", "contact", "rule"),
    "political_bait": ("rule", "yes_no", "explain"),
    "press": ("contact", "passed_on", "private_channel", "who"),
    "self_harm": ("helpline",),
    "spam": ("rule", "ask_step"),
}
"""Kinds that are answered by a procedure rather than on the substance: who hints at harming
themselves is met with care and a helpline, not with the details of what they wrote. With each
stand the cues of its procedure: without any of them, a reply to it must be to the point."""
PROCEDURAL = frozenset(_PROCEDURES)
_STEP_MUSTS = {
    "next_step": ("commit", "ask_step"),
    "when": ("when", "update_time"),
    "who": ("who",),
    "private_channel": ("private_channel",),
    "published_contact": ("contact",),
    "explain": ("explain",),
    "answer": ("yes_no", "commit", "ask_step", "explain", "when"),
    "correct_fact": ("yes_no", "explain", "source", "denial"),
    "source": ("source",),
    "safety_instruction": ("safety",),
    "helpline": ("helpline",),
    "register_complaint": ("register",),
    "no_match": ("no_match",),
    "passed_on": ("passed_on",),
    "rule_cited": ("rule",),
    "real_account": ("real_account",),
    "update_time": ("update_time", "when"),
    "disclosure_label": ("disclosure",),
}
_BASE, _PRAISE_BASE = 0.03, 0.1
_FIT = 0.05
_RELEVANT, _GATE_POWER = 0.55, 1.3
_NEGATIONS: dict[Locale, frozenset[str]] = {
    "en": frozenset(
        {
            "no",
            "not",
            "never",
            "cannot",
            "can't",
            "isn't",
            "don't",
            "without",
            "nothing",
            "none",
            "neither",
            "won't",
            "doesn't",
            "aren't",
            "false",
            "untrue",
            "only",
        }
    ),
    "pl": frozenset(
        {
            "nie",
            "bez",
            "nigdy",
            "zaden",
            "zadna",
            "zadnej",
            "zadnego",
            "nic",
            "ani",
            "nikt",
            "brak",
            "falsz",
            "nieprawda",
            "tylko",
        }
    ),
}
_CLEAR = 0.7
_STEP_CURVE = 2.0
_DILUTED = 0.3
"""What a step loses in a reply e times as long as usual: much said looks like one."""


def read_attention(item: Item, reply: Annotation, link: Link, tone_fit: float) -> Facet:
    """Return U2: how closely the reply takes up what this customer wrote."""
    if item.rule.reply == "unwise" or item.kind in PROCEDURAL:
        return Facet(None, Reason("U2.not_asked"))
    if not reply.text.tokens:
        return Facet(0.0, Reason("U2.empty"))
    base = (
        max(0.0, (_PRAISE_BASE if item.kind == "praise" else _BASE) + _FIT * tone_fit)
        * (0.4 + 0.6 * link.support)
        * (1 - 0.5 * canned_share(reply))
    )
    value = max(0.0, min(1.0, base + link.value * (1.0 + 0.25 * min(0.0, tone_fit))))
    named = f"@{','.join(link.named[:3])}" if link.named else ""
    missed = f"@{','.join(link.missed[:2])}" if link.missed else ""
    if item.about:
        # What the plan knows is surer than what its words suggest.
        missed = ", ".join(title[:1].lower() + title[1:] for title in item.about)
    if value >= 0.5:  # noqa: PLR2004 - half of the points
        code = "U2.specific" if named else "U2.close"
        return Facet(value, Reason(code, {"topics": named}), link.spans)
    if link.stray and link.support < 0.4:  # noqa: PLR2004 - mostly about other things
        code = "U2.astray" if missed else "U2.astray_bare"
        return Facet(value, Reason(code, {"topics": missed}), link.spans, link.stray)
    code = "U2.missed" if missed else "U2.general"
    return Facet(value, Reason(code, {"topics": missed}), link.spans, missing=("acknowledge",))


@dataclass(frozen=True, slots=True)
class Step:
    """What a reply says will happen: its strength, 1 being much, where, and what it lacks."""

    strength: float
    spans: tuple[Span, ...]
    missing: tuple[str, ...]


def _plain_sentences(reply: Annotation) -> frozenset[int]:
    """Return the sentences that are nothing but stock phrases."""
    tokens = reply.text.tokens
    stock: dict[int, set[int]] = {}
    for hit in reply.cues.get("canned", ()):
        stock.setdefault(tokens[hit.first].sentence, set()).update(range(hit.first, hit.last + 1))
    sizes: dict[int, int] = {}
    for token in tokens:
        sizes[token.sentence] = sizes.get(token.sentence, 0) + 1
    return frozenset(
        sentence for sentence, covered in stock.items() if len(covered) >= 0.5 * sizes[sentence]
    )


def _saturate(strength: float) -> float:
    """Return a step's strength in [0, 1]: what says it once, briefly, says nearly all."""
    return (
        (1 - math.exp(-_STEP_CURVE * strength)) / (1 - math.exp(-_STEP_CURVE))
        if strength < 1
        else 1.0
    )


def _step(reply: Annotation) -> Step:
    plain = _plain_sentences(reply)
    tokens = reply.text.tokens
    weights = {
        "commit": 0.3,
        "constructive": 0.2,
        "ask_step": 0.18,
        "who": 0.12,
        "when": 0.18,
        "contact": 0.1,
        "private_channel": 0.1,
        "explain": 0.12,
        "improve": 0.12,
    }
    spans: list[Span] = []
    strength = 0.0
    for cue, weight in weights.items():
        hits = reply.cues.get(cue, ())
        firm = [hit for hit in hits if tokens[hit.first].sentence not in plain]
        if firm:
            strength += weight
            spans.extend(reply.places(firm))
        elif hits:
            strength += 0.25 * weight
    if reply.has("conditional") and not reply.has("when"):
        strength *= 0.85
    if reply.has("vague_when") and not reply.has("when"):
        strength *= 0.95
    missing = []
    if not reply.has("commit") and not reply.has("ask_step"):
        missing.append("next_step")
    if not reply.has("when"):
        missing.append("when")
    if not reply.has("who"):
        missing.append("who")
    return Step(strength, tuple(spans), tuple(missing))


def _answer(reply: Annotation) -> Step:
    """Return how far a reply tells something: yes or no, a place, a time, a figure, a way."""
    spans: list[Span] = []
    strength = 0.0
    for cue, weight in (
        ("yes_no", 0.22),
        ("when", 0.18),
        ("ask_step", 0.2),
        ("commit", 0.2),
        ("explain", 0.15),
        ("contact", 0.1),
        ("source", 0.08),
        ("constructive", 0.1),
    ):
        if reply.has(cue):
            strength += weight
            spans.extend(reply.spans(cue))
    if reply.numbers:
        strength += 0.22
        spans.extend(reply.numbers.values())
    told = len(reply.content) + len(reply.concepts)
    strength += 0.3 * min(1.0, told / 6)
    return Step(strength, tuple(spans), () if strength else ("answer",))


def stated_facts(item: Item, reply: Annotation) -> tuple[list[str], list[str]]:
    """Return the ids of the due facts that a reply states, and of those it does not.

    A fact is stated when its numbers all stand in the reply, or most of its content words do.
    """
    if not item.facts:
        return [], []
    stated: list[str] = []
    unstated: list[str] = []
    roots = {stem(token.word, reply.locale) for token in reply.text.tokens}
    for fact in item.facts:
        if fact.id not in item.due_facts:
            continue
        (stated if _is_stated(fact.text, reply, roots) else unstated).append(fact.id)
    return stated, unstated


def _is_stated(fact: str, reply: Annotation, roots: set[str]) -> bool:
    from_fact = reply.words.content_stems(fact)
    digits = {word for word in from_fact if any(letter.isdigit() for letter in word)}
    words = from_fact - digits
    shared = len(words & roots) / len(words) if words else 1.0
    said = {token.word for token in reply.text.tokens}
    if _is_negated(fact, reply.locale) and not said & _NEGATIONS[reply.locale]:
        return False
    if digits:
        return bool(digits & said) and shared >= 0.15  # noqa: PLR2004 - a figure and a word of it
    return shared >= 0.4  # noqa: PLR2004 - a paraphrase keeps some words


def _is_negated(fact: str, locale: Locale) -> bool:
    return bool({token.word for token in parse(fact).tokens} & _NEGATIONS[locale])


def is_unsettled(item: Item, reply: Annotation) -> bool:
    """Return whether a question is answered with anything but what settles it.

    Naming the matter and saying something else, or the opposite, is worse than promising to find
    out: a reply that says what will be done about it is not meant.
    """
    if item.kind not in _QUESTIONS or not item.due_facts:
        return False
    stated, unstated = stated_facts(item, reply)
    deferred = reply.has("commit") or reply.has("ask_step")
    return bool(unstated) and not stated and not deferred


def _evasion(item: Item, reply: Annotation) -> str:
    """Return the reason's code where a reply only points elsewhere, though it must not."""
    promised = reply.has("commit") or reply.has("register")
    if "only_form" in item.must_not and reply.has("contact") and not promised:
        return "U4.only_form"
    told = bool(reply.numbers) or reply.has("yes_no") or reply.has("explain") or promised
    if "dm_without_answer" in item.must_not and reply.has("private_channel") and not told:
        return "U4.away"
    return ""


def _weigh_owed(
    item: Item, reply: Annotation, value: float, gate: float, missing: list[str]
) -> tuple[float, list[str]]:
    """Return a step's value and what it lacks, once what the item owes its author is counted."""
    owed = [must for must in item.must if must in _STEP_MUSTS]
    unmet = [must for must in owed if not any(map(reply.has, _STEP_MUSTS[must]))]
    if owed:
        met = 1 - len(unmet) / len(owed)
        value = (0.5 * value + 0.5 * met * gate) if met else 0.5 * value
        missing = list(dict.fromkeys([*unmet, *missing]))
    value = max(0.0, min(1.0, value))
    # Everything that was owed is there, and the rest is told well enough.
    is_complete = bool(owed) and not unmet and value >= _CLEAR
    return value, [] if is_complete else missing


def read_step(item: Item, reply: Annotation, link: Link) -> Facet:
    """Return U4: the answer, or the next step with who and when, as far as it is to the point."""
    if item.kind in _NO_STEP:
        return Facet(None, Reason("U4.not_asked"))
    if not reply.text.tokens:
        return Facet(0.0, Reason("U4.empty"), missing=("next_step",))
    if item.kind == "self_harm" and not reply.has("helpline"):
        # Nothing else is a step here: whatever is offered, help is what must be named.
        return Facet(0.0, Reason("U4.none", {"missing": "@helpline"}), missing=("helpline",))
    step = _answer(reply) if item.kind in _QUESTIONS else _step(reply)
    gate = min(1.0, (link.value / _RELEVANT) ** _GATE_POWER)
    procedure = _PROCEDURES.get(item.kind, ())
    if procedure and (item.must or any(map(reply.has, procedure))):
        gate = 1.0
    strength = _saturate(step.strength * (1 - _DILUTED * length_of(reply)))
    value = strength * gate * (1 - 0.4 * canned_share(reply))
    missing = list(step.missing)
    stated, unstated = stated_facts(item, reply)
    if stated or unstated:
        share = len(stated) / (len(stated) + len(unstated))
        value = (
            0.35 * value + 0.65 * share if item.kind in _QUESTIONS else (0.6 * value + 0.4 * share)
        )
        if unstated:
            missing.append("answer")
    value, missing = _weigh_owed(item, reply, value, gate, missing)
    evasion = _evasion(item, reply)
    if evasion:
        return Facet(0.3 * value, Reason(evasion), (), step.spans, tuple(missing))
    values = {"missing": f"@{','.join(missing[:3])}"}
    if gate < 0.5:  # noqa: PLR2004 - a step for some other matter
        code = "U4.beside"
    elif value >= _CLEAR or not missing:
        code = "U4.clear"
    else:
        code = "U4.partial" if strength > 0.3 else "U4.none"  # noqa: PLR2004
    return Facet(value, Reason(code, values), step.spans, missing=tuple(missing))
