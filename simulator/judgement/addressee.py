"""Whether a reply is written to this author, by this brand: names, gender, slots left empty.

Nothing is guessed: a name is wrong only where the author's own is known, from the desk or from
how the message is signed, and gender only where the author's own verbs tell it.
"""

import re
from functools import lru_cache

from simulator.items import Item
from simulator.judgement.reading import Span
from simulator.judgement.text import fold

_CAPITAL = r"[A-ZĄĆĘŁŃÓŚŹŻ]"
_SMALL = r"[a-ząćęłńóśźż]"
_NAME = rf"{_CAPITAL}{_SMALL}{{2,}}"
_SIGNED = re.compile(
    r"(?:\n\s*|[-–—~]\s*|\b(?:[Rr]egards|[Tt]hanks|[Cc]heers|[Pp]ozdrawiam|[Dd]ziękuję)[,.]?\s+)"
    rf"({_NAME})(?:\s+{_CAPITAL}\.?{_SMALL}*)?\s*[.!]?\s*$"
)
_SAID = re.compile(rf"\b(?:[Mm]y name is|[Nn]azywam się|[Mm]am na imię)\s+({_NAME})")
_GREETED = re.compile(
    r"(?:^|[.!?,]\s+)(?:Hi|Hello|Hey|Dear|Thanks|Thank you|Sorry|Cheers|Good (?:morning|afternoon|"
    r"evening)|Cześć|Hej|Drogi|Droga|Szanowny|Szanowna|Witaj)[,]?\s+"
    rf"(?:(?:Mr|Mrs|Ms|Miss|Dr|Panie|Pani)\.?\s+)?({_NAME})(?=\s*[,!.:\n]|\s+[-–]|\s+{_NAME}\s*[,!.:\n])"
    rf"|(?:^|[.!?,]\s+)Pani(?:e|)\s+({_NAME})(?=\s*[,!])"
)
_NO_NAME = frozenset(
    {
        *("there", "all", "guest", "guests", "customer", "everyone", "again", "sir", "madam"),
        *("folks", "team", "friend", "friends", "both", "kliencie", "klientko", "panstwo", "pani"),
        *(
            "panie",
            "goscie",
            "gosciu",
            "reviewer",
            "traveller",
            "passenger",
            "user",
            "uzytkowniku",
        ),
    }
)
_SLOT = re.compile(
    r"\[\s*[^\W\d_][\w .'/-]{1,40}\]|\{\{?\s*[^\W\d_][\w .'/-]{1,40}\}\}?"
    r"|<\s*[^\W\d_][\w '/-]{2,40}>"
    r"|%[A-Za-z_]{3,30}%|\b[Xx]{4,}\b|_{4,}|\b(?:INSERT|WSTAW|UZUPEŁNIJ)\b"
)
_MARKUP = re.compile(
    r"</?(?:a|b|i|p|br|em|ul|ol|li|h[1-6]|div|span|strong|script|img|table)\b", re.IGNORECASE
)
_FEMININE = re.compile(
    r"\b\w+[aeiouyąęó](?:łam|lam|łabym|labym)\b|\b(?:zadowolona|rozczarowana)\b"
)
_MASCULINE = re.compile(r"\b\w+[aeiouyąęó](?:łem|lem|łbym|lbym)\b|\b(?:zadowolony|rozczarowany)\b")
_NO_VERB = re.compile(
    r"(?:rek|problem|hotel|portal|kana|artyku|tytu|zespo|dzia|oddzia|udzia|materia|persone|tune|"
    r"anio|sto|ko|kawa|apara|marke|mode|pane|karte|krysta|skanda|lega|idea|detal|fina|orygina|ce)"
)
_TO_HIM = re.compile(rf"\b(?:Panu|Panem|Pana|Pan|Panie)\b(?!\s+{_CAPITAL}{_SMALL})")
_TO_HER = re.compile(rf"\b(?:Panią|Pani)\b(?!\s+{_CAPITAL}{_SMALL})")
_HANDLE = re.compile(r"@([\w.]{3,30})")
_CLAIMED = re.compile(
    rf"\b(?:[Tt]eam|[Cc]hoosing|[Zz]espół|[Ee]kipa|[Ww]ybór|[Ww]ybranie)\s+({_NAME}(?:\s{_NAME})*)"
    rf"|({_NAME})\s+[Tt]eam\b"
)
_NO_BRAND = frozenset(
    {
        *(
            "our",
            "the",
            "your",
            "customer",
            "support",
            "service",
            "social",
            "guest",
            "whole",
            "care",
        ),
        *("obslugi", "klienta", "wsparcia", "panstwa", "nasz", "cala", "entire", "sales", "web"),
    }
)
_STEM = 3


@lru_cache(maxsize=16)
def slots(raw: str) -> tuple[Span, ...]:
    """Return the places that a saved reply left to be filled in and nobody filled."""
    return tuple(
        match.span() for match in _SLOT.finditer(raw) if not _MARKUP.match(raw, match.start())
    )


def author_name(item: Item) -> str:
    """Return the author's first name, folded: from the desk, or as the message is signed."""
    if item.author.name:
        return fold(item.author.name.split()[0])
    match = _SAID.search(item.text) or _SIGNED.search(item.text)
    return fold(match.group(1)) if match else ""


def author_gender(text: str) -> str:
    """Return ``f`` or ``m`` where the verbs of a Polish text tell its author's gender."""
    her = sum(not _NO_VERB.match(fold(word)) for word in _FEMININE.findall(text))
    him = sum(not _NO_VERB.match(fold(word)) for word in _MASCULINE.findall(text))
    if her == him or (her and him):
        return ""
    return "f" if her else "m"


def wrong_name(item: Item, raw: str) -> tuple[Span, ...]:
    """Return where a reply greets somebody else by name."""
    known = author_name(item)
    if not known:
        return ()
    wrong = []
    for match in _GREETED.finditer(raw):
        group = 1 if match.group(1) else 2
        name = fold(match.group(group))
        if name not in _NO_NAME and name[:_STEM] != known[:_STEM]:
            wrong.append(match.span(group))
    return tuple(wrong)


def wrong_gender(item: Item, raw: str) -> tuple[Span, ...]:
    """Return where a Polish reply calls a woman *Pan* or a man *Pani*."""
    if item.locale != "pl":
        return ()
    gender = item.author.gender or author_gender(item.text)
    if not gender:
        return ()
    theirs, other = (_TO_HER, _TO_HIM) if gender == "f" else (_TO_HIM, _TO_HER)
    if theirs.search(raw):
        return ()
    return tuple(match.span() for match in other.finditer(raw))


def wrong_brand(item: Item, raw: str) -> tuple[Span, ...]:
    """Return where a reply is signed by, or thanks for choosing, another brand."""
    known = {fold(handle) for handle in _HANDLE.findall(item.text)}
    if item.brand is not None:
        known |= set(fold(item.brand.name).split())
    if not known:
        return ()
    wrong = []
    for match in _CLAIMED.finditer(raw):
        claimed = match.group(1) or match.group(2)
        words = fold(claimed).split()
        if words[0] in _NO_BRAND or any(
            word[:4] in name or name[:4] in word for word in words for name in known
        ):
            continue
        wrong.append(match.span(1 if match.group(1) else 2))
    return tuple(wrong)
