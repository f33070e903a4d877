"""U5: does what the reply states agree with the facts; are its promises allowed."""

import re
from collections.abc import Iterator

from simulator.brands import Fact
from simulator.items import Item
from simulator.judgement.annotation import Annotation
from simulator.judgement.reading import Facet, Reason, Span
from simulator.judgement.text import Text, fold, parse

_UNITS = {
    "days": "days|day|dni|dzien|dnia|dniach",
    "hours": "hours|hour|hrs|h|godzin|godziny|godzine|godz",
    "minutes": "minutes|minute|mins|min|minut|minuty",
    "weeks": "weeks|week|tygodni|tygodnie|tydzien",
    "months": "months|month|miesiecy|miesiace|miesiac",
    "years": "years|year|lat|lata|rok",
    "money": "zl|zlotych|zloty|pln|gbp|pounds|pound|eur|euro|usd|dollars|p",
    "percent": "%|percent|procent|proc",
    "watts": "w|watts|watt|watow|lumens|lumenow|lm|kelvin|k|v|volts",
    "size": "cm|mm|m|metres|metre|metrow|kg|g|grams|gram|gramow|l|ml|litres|km",
    "clock": "am|pm|oclock",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split("|")}
_MEASURE = re.compile(
    r"(?P<sign>[£$€])?\s?(?P<number>\d+(?:[.,:]\d+)?)(?:\s?-\s?\d+)?\s*(?:business |working |"
    r"calendar |full )?(?P<unit>[%a-z]+)?"
)
_FORBIDDEN_SHARE = 0.6
_LEAST_SHARED = 1
_COSTS = {
    "promise_outside_policy": 0.6,
    "public_compensation": 0.5,
    "admit_liability": 0.5,
    "comment_substance": 0.3,
    "confirm_patient": 0.6,
    "reveal_visit": 0.5,
}


def measures(text: Text) -> Iterator[tuple[str, str, Span]]:
    """Yield each measured number of a text: its unit, its figure, its span."""
    for match in _MEASURE.finditer(text.folded):
        unit = "money" if match["sign"] else _UNIT_OF.get(match["unit"] or "", "")
        number = match["number"].replace(",", ".")
        if ":" in number:
            unit = "clock"
        if unit:
            yield unit, number, text.place(match.start(), match.end())


def _sentence(reply: Annotation, span: Span) -> int:
    for token in reply.text.tokens:
        if token.end > span[0]:
            return token.sentence
    return -1


def _near_words(text: Text, span: Span, reply: Annotation) -> frozenset[str]:
    start, end = max(0, span[0] - 70), span[1] + 50
    return reply.words.content_stems(text.raw[start:end])


def contradictions(facts: tuple[Fact, ...], customer: str, reply: Annotation) -> tuple[Span, ...]:
    """Return where a reply gives another figure than a fact about the same thing."""
    known = {number for _, number, _ in measures(parse(customer))}
    rows = [
        (unit, number, reply.words.content_stems(fact.text))
        for fact in facts
        for unit, number, _ in measures(parse(fact.text))
    ]
    wrong: list[Span] = []
    promised = {reply.text.tokens[hit.first].sentence for hit in reply.cues.get("commit", ())}
    for unit, number, span in measures(reply.text):
        if unit == "clock" and _sentence(reply, span) in promised:
            continue
        same_unit = [row for row in rows if row[0] == unit]
        if number in known or any(row[1] == number for row in same_unit):
            continue
        around = _near_words(reply.text, span, reply)
        if any(len(around & words) >= _LEAST_SHARED for _, _, words in same_unit):
            wrong.append(span)
    return tuple(wrong)


def _forbidden(item: Item, reply: Annotation) -> tuple[Span, ...]:
    """Return the promises of a reply that the brand book forbids."""
    if item.brand is None:
        return ()
    spans = []
    for fact in item.brand.must_not_promise:
        wanted = reply.words.content_stems(fact.text)
        for start, end in reply.text.sentences:
            said = reply.words.content_stems(reply.text.raw[start:end])
            if wanted and len(wanted & said) / len(wanted) >= _FORBIDDEN_SHARE:
                spans.append((start, end))
    return tuple(spans)


def _breaches(item: Item, reply: Annotation, *, public: bool) -> Iterator[tuple[str, Span]]:
    cues = {
        "public_compensation": "compensation" if public else "",
        "promise_outside_policy": "promise",
        "admit_liability": "liability",
        "confirm_patient": "confirms",
        "reveal_visit": "confirms",
        "comment_substance": "denial",
    }
    for rule, cue in cues.items():
        if rule in item.must_not and cue:
            for span in reply.spans(cue):
                yield rule, span


def read_accuracy(item: Item, reply: Annotation, *, public: bool) -> Facet:
    """Return U5, ``None`` where nobody said what is true."""
    if item.facts is None:
        return Facet(None, Reason("U5.unseen"))
    if not reply.text.tokens:
        return Facet(None, Reason("U5.nothing_stated"))
    facts = item.facts
    if item.brand is not None:
        facts = facts + item.brand.facts + item.brand.policy + item.brand.may_promise
    wrong = contradictions(facts, item.text, reply)
    forbidden = _forbidden(item, reply)
    broken = list(_breaches(item, reply, public=public))
    loss = 0.7 * bool(wrong) + 0.1 * len(wrong) + 0.6 * bool(forbidden)
    loss += sum(_COSTS[rule] for rule in dict.fromkeys(rule for rule, _ in broken))
    value = max(0.0, 1 - loss)
    lost = wrong + forbidden + tuple(span for _, span in broken)
    if wrong:
        figure = ", ".join(fold(reply.text.raw[start:end]).strip() for start, end in wrong)
        return Facet(value, Reason("U5.contradiction", {"figure": figure}), (), lost)
    if forbidden:
        return Facet(value, Reason("U5.promise"), (), lost)
    if broken:
        return Facet(value, Reason(f"U5.{broken[0][0]}"), (), lost)
    return Facet(value, Reason("U5.true"))
