"""U11 to U14: no paste, fit format, an opening for conversation, the right form of address."""

import re

from simulator.channels import CHANNELS
from simulator.items import Item
from simulator.judgement.addressee import slots
from simulator.judgement.annotation import Annotation, join_spans
from simulator.judgement.gaming import Attempt
from simulator.judgement.reading import Facet, Reason, Span
from simulator.judgement.relevance import Link
from simulator.judgement.text import LIMIT, Text
from simulator.lexicon import table

_OPENING = frozenset({"praise", "question", "satire", "peer_talk"})
_MARKUP = re.compile(r"<[a-zA-Z/][^>]{0,40}>|^\s*(?:[-*•]|\d{1,2}[.)])\s+\S", re.MULTILINE)
_LINK = re.compile(r"https?://\S+|www\.\S+")
_MANY_LINES = 3
_MANY_LINKS = 2


def read_paste(attempt: Attempt | None) -> Facet:
    """Return U11: 0 where the reply is a saved or earlier one, unedited."""
    if attempt is None:
        return Facet(1.0, Reason("U11.own"))
    return Facet(0.0, Reason("U11.pasted"), (), attempt.spans)


def read_format(item: Item, text: Text) -> Facet:
    """Return U12: 0 where a reply is too long for its channel or laid out as a document."""
    channel = CHANNELS.get(item.channel)
    limit = min(LIMIT, channel.reply_limit if channel else LIMIT)
    if len(text.raw) > limit:
        values = {"length": str(len(text.raw)), "limit": str(limit)}
        return Facet(0.0, Reason("U12.long", values), (), ((limit, len(text.raw)),))
    gaps = slots(text.raw)
    if gaps:
        return Facet(0.0, Reason("U12.slot"), (), gaps)
    marks = [match.span() for match in _MARKUP.finditer(text.raw)]
    html = any(text.raw[start] == "<" for start, _ in marks)
    if html or len(marks) >= _MANY_LINES:
        return Facet(0.0, Reason("U12.layout"), (), join_spans(marks))
    links = [match.span() for match in _LINK.finditer(text.raw)]
    if len(links) >= _MANY_LINKS:
        return Facet(0.0, Reason("U12.links"), (), tuple(links))
    return Facet(1.0, Reason("U12.fits"))


def read_opening(item: Item, reply: Annotation, link: Link) -> Facet:
    """Return U13: an invitation or question that carries the conversation on, where it may.

    A stock invitation earns little; one about what the customer wrote earns all.
    """
    if item.kind not in _OPENING or item.rule.reply == "unwise":
        return Facet(None, Reason("U13.not_asked"))
    spans = reply.spans("invite")
    if "?" in reply.text.raw and link.value > 0.2:  # noqa: PLR2004 - about this matter
        return Facet(1.0, Reason("U13.asks"), spans)
    if spans:
        return Facet(0.15 + 0.5 * link.value, Reason("U13.invites"), spans)
    return Facet(0.1, Reason("U13.closed"))


def _spans(reply: Annotation, words: frozenset[str]) -> tuple[Span, ...]:
    return tuple((token.start, token.end) for token in reply.text.tokens if token.word in words)


def address_forms(reply: Annotation) -> dict[str, tuple[Span, ...]]:
    """Return the forms of address that a Polish text uses, each with where."""
    rows = table("address")["forms"]
    found = {form: _spans(reply, frozenset(words)) for form, words in rows.items()}
    return {form: spans for form, spans in found.items() if spans}


def read_address(item: Item, reply: Annotation) -> Facet:
    """Return U14: the brand's form of address, unmixed, and the author's own form respected."""
    if item.brand is None or not reply.text.tokens:
        return Facet(None, Reason("U14.unseen"))
    if item.locale != "pl":
        return _english_voice(reply)
    return _polish_address(item, reply)


def _polish_address(item: Item, reply: Annotation) -> Facet:
    forms = address_forms(reply)
    wanted = {item.brand.address if item.brand else "", item.author.form} - {""}
    if item.severity >= 3:  # noqa: PLR2004 - a serious complaint may be met formally
        wanted |= {"pan", "panstwo"}
    every = join_spans(span for spans in forms.values() for span in spans)
    surname, gendered = reply.spans("surname_vocative"), _wrong_gender(item, reply)
    alien = [form for form in forms if form not in wanted] if not wanted & set(forms) else []
    strange = join_spans(span for form in alien for span in forms[form])
    faults = (
        ("ty" in forms and len(forms) > 1, 0.3, "U14.mixed", every),
        (bool(surname), 0.6, "U14.surname", surname),
        (bool(gendered), 0.5, "U14.gender", gendered),
        (bool(alien), 0.5, "U14.other_form", strange),
    )
    for found, value, code, spans in faults:
        if found:
            return Facet(value, Reason(code), (), spans)
    return Facet(1.0, Reason("U14.fits"), every)


def _wrong_gender(item: Item, reply: Annotation) -> tuple[Span, ...]:
    rows = table("address")["gender"]
    if item.author.gender == "f":
        return _spans(reply, frozenset(rows["m"]))
    if item.author.gender == "m":
        return _spans(reply, frozenset(rows["f"]))
    return ()


def _english_voice(reply: Annotation) -> Facet:
    stiff = reply.spans("stiff")
    if stiff:
        return Facet(0.6, Reason("U14.stiff"), (), stiff)
    return Facet(1.0, Reason("U14.fits"))
