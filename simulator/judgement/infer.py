"""What can be inferred of a bare pair of texts: language, kind, severity, wishes, fault, form."""

import re
from dataclasses import dataclass
from typing import Any

from simulator.brands import Fact, Locale
from simulator.items import Author, Item
from simulator.judgement.annotation import Annotation, annotate_message
from simulator.judgement.form import address_forms
from simulator.judgement.language import identify
from simulator.judgement.text import Text, parse
from simulator.judgement.tone import Tone, asks_outright, message_tone
from simulator.kinds import KINDS
from simulator.lexicon import table

_UPSET_MARKS = 3
_SURE = 0.3
_FACETS = 6
_LOCALES: tuple[Locale, Locale] = ("en", "pl")
_POLISH_LETTERS = re.compile("[ąćęłńśźżĄĆĘŁŃŚŹŻ]")


@dataclass(frozen=True, slots=True)
class Inferred:
    """A value worked out from the text, and how sure that is, from 0 to 1."""

    value: Any
    confidence: float


def _locale(text: Text, given: Locale | None) -> Inferred:
    """Return the language of a message: its function words, its letters, its known words."""
    spoken, certainty = identify(text)
    if spoken in ("en", "pl") and (certainty > _SURE or given in (None, spoken)):
        return Inferred(spoken, max(0.3, certainty))
    if given is not None:
        return Inferred(given, 0.3)
    if _POLISH_LETTERS.search(text.raw):
        return Inferred("pl", 0.8)
    known = {name: _known_words(text, name) for name in _LOCALES}
    return Inferred(max(_LOCALES, key=lambda name: known[name]), 0.2)


def _known_words(text: Text, locale: Locale) -> int:
    message = annotate_message(text.raw, locale)
    return len(message.concepts) + len(message.tones)


def _special_kind(message: Annotation) -> tuple[str, float] | None:
    """Return a kind that its own words give away, the gravest first."""
    for kind, needed in (
        ("self_harm", 1),
        ("safety_report", 1),
        ("press", 1),
        ("spam", 2),
        ("abuse", 1),
        ("discrimination", 1),
        ("formal_complaint", 1),
    ):
        if message.count(f"kind_{kind}") >= needed:
            return kind, 0.7
    return None


def _kind(message: Annotation, tone: Tone) -> Inferred:
    special = _special_kind(message)
    if special is not None:
        return Inferred(*special)
    if tone.complaint > 0 and message.has("kind_vulgar_complaint"):
        return Inferred("vulgar_complaint", 0.7)
    asks = asks_outright(message) or (tone.question > 0.4 and not tone.praise + tone.complaint)  # noqa: PLR2004
    if tone.complaint >= tone.praise and tone.complaint > 0.3:  # noqa: PLR2004
        return _complaint(message, tone)
    if asks and tone.praise < 0.75:  # noqa: PLR2004 - a question among praise is praise
        return Inferred(_question(message), 0.4 + tone.question / 3)
    if tone.praise > max(0.1, tone.complaint):
        mixed = tone.complaint > 0.25  # noqa: PLR2004 - praise with a complaint inside
        return Inferred("fair_review", 0.4) if mixed else Inferred("praise", 0.4 + tone.praise / 2)
    return Inferred("complaint" if tone.complaint > 0 or not asks else "question", 0.3)


def _question(message: Annotation) -> str:
    return "order_question" if message.has("kind_order_question") else "question"


def _complaint(message: Annotation, tone: Tone) -> Inferred:
    raw = message.text.raw
    if asks_outright(message) and tone.complaint < 0.55:  # noqa: PLR2004 - more of a question
        return Inferred(_question(message), 0.4)
    heated = raw.count("!") >= _UPSET_MARKS or _capitals(raw)
    return Inferred("heated_complaint" if heated else "complaint", 0.5 + tone.complaint / 3)


def _capitals(raw: str) -> bool:
    loud = sum(map(str.isupper, raw))
    return loud > 10 and 2 * loud > max(20, sum(map(str.isalpha, raw)))  # noqa: PLR2004


def _wants(message: Annotation, kind: str) -> tuple[str, ...]:
    wanted = [want for want in table("wants") if message.has(f"want_{want}")]
    if not wanted:
        wanted = list(table("wants_by_kind").get(kind, ()))
    return tuple(wanted)


def _about(message: Annotation) -> tuple[str, ...]:
    """Return the customer's own words for what the message is about, the first few."""
    hits = (hit for found in message.concepts.values() for hit in found)
    words = (message.text.raw[start:end].lower() for start, end in message.places(hits))
    return tuple(dict.fromkeys(words))[:_FACETS]


def _form(message: Annotation) -> Inferred:
    if message.locale != "pl":
        return Inferred("", 0.0)
    forms = address_forms(message)
    for form in ("panstwo", "pan", "ty"):
        if form in forms:
            return Inferred(form, 0.7)
    return Inferred("", 0.3)


def infer(
    customer_text: str, locale: Locale | None = None, **known: Any
) -> tuple[Item, dict[str, Inferred]]:
    """Return an item for a bare customer text, and what was inferred rather than known.

    ``known`` may name any field of `simulator.items.Item` but its text (``kind``, ``severity``,
    ``facts`` as strings or `Fact`, ``brand``, ``channel`` ...); what is named is not inferred.
    Raises ``ValueError`` for a field or a kind that does not exist.
    """
    unknown = set(known) - set(Item.__dataclass_fields__)
    if unknown:
        raise ValueError(f"An item has no field {', '.join(sorted(unknown))}.")
    text = parse(customer_text)
    language = _locale(text, locale)
    spoken: Locale = language.value
    message = annotate_message(customer_text, spoken)
    tone = message_tone(message)
    guesses: dict[str, Inferred] = {"locale": language}
    kind = _kind(message, tone)
    if "kind" not in known:
        guesses["kind"] = kind
    name = known.get("kind", kind.value)
    if name not in KINDS:
        raise ValueError(f"There is no kind {name!r}. Use one of {', '.join(KINDS)}.")
    rule = KINDS[name]
    guesses["severity"] = Inferred(rule.severity, kind.confidence)
    guesses["arousal"] = Inferred(_arousal(message, rule.arousal), 0.4)
    guesses["wants"] = Inferred(_wants(message, name), 0.4)
    if about := _about(message):
        guesses["about"] = Inferred(about, 0.5)
    form = _form(message)
    if form.value:
        guesses["form"] = form
    fields: dict[str, Any] = {
        "id": "pair",
        "kind": name,
        "locale": spoken,
        "severity": rule.severity,
        "arousal": guesses["arousal"].value,
        "wants": guesses["wants"].value,
        "author": Author(form=form.value),
        "channel": "page_post",
    } | {key: value for key, value in known.items() if key not in {"kind", "facts"}}
    if known.get("facts") is not None:
        fields["facts"] = tuple(
            fact if isinstance(fact, Fact) else Fact(f"fact{index}", str(fact))
            for index, fact in enumerate(known["facts"])
        )
    for key in known:
        guesses.pop(key, None)
    return Item(text=customer_text, **fields), guesses


def _arousal(message: Annotation, usual: float) -> float:
    raw = message.text.raw
    marks = min(3, raw.count("!")) * 0.08
    return round(min(1.0, usual + marks + 0.2 * _capitals(raw)), 2)
