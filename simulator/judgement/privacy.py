"""Personal data in a public reply: shown, or asked for where everyone can read (gate U8)."""

import re
from collections.abc import Iterator

from simulator.judgement.annotation import Annotation
from simulator.judgement.reading import Gate, Reason, Span

CAP = 20

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,])(?:\+|00)?\d(?:[\s().-]{0,2}\d){7,13}(?![\w])")
_CLOCK_OR_DATE = re.compile(
    r"\d{1,2}[.:]\d{2}\s?-\s?\d{1,2}[.:]\d{2}|\d{1,4}[-./ ]\d{1,2}[-./ ](?:19|20)?\d{2}"
    r"|(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}|(?:19|20)\d{2}\s?-\s?(?:19|20)\d{2}"
)
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?:[\s-]?[a-z0-9]{4}){3,7}(?:[\s-]?[a-z0-9]{1,3})?\b")
_NRB = re.compile(r"(?<!\d)\d{2}(?:[\s-]?\d{4}){6}(?!\d)")
_PESEL = re.compile(r"(?<!\d)\d{11}(?!\d)")
_ORDER = re.compile(
    r"\b(?:order|booking|reservation|invoice|tracking|account|policy|customer|zamowieni\w*|"
    r"rezerwacj\w*|faktur\w*|przesylk\w*|paczk\w*|klienta|konta|umow\w*|polis\w*)"
    r"(?:\s+(?:number|no|nr|numer\w*|id|ref|reference|o|is|was|to))*\.?:?\s*"
    r"(?:nr|no|numer\w*|#|№)?\.?\s*((?:[a-z]{0,4}[-/#]?)?\d[\d/-]{3,}\d)"
)
_NO_NAME = (
    r"on|in|at|of|from|to|for|a|an|the|each|per|any|every|one|this|that|your|our|half|"
    r"mins?|minutes?|hours?|days?|weeks?|miles?|km|people|cars?"
)
"""What stands between a number and a word for a street where no street is meant: 4.50 each way."""
_STREET = re.compile(
    r"\b(?:(?:ul\.?|al\.?|os\.?|pl\.?|ulic[aey]|osiedl[eu])\s+[\w.]+(?:\s+[\w.]+)?\s+\d+\w?"
    r"(?:\s*(?:/|m\.?)\s*\d+)?"
    rf"|(?<![\d.,£$€])\d{{1,4}}[a-z]?\s+(?:(?!(?:{_NO_NAME})\b)[a-z]+\s){{1,2}}"
    r"(?:street|st|road|rd|avenue|ave|lane|drive|close|court|way|crescent|terrace|gardens|"
    r"boulevard)\b)"
)
_FREEMAIL = re.compile(
    r"@(?:gmail|wp|onet|o2|interia|yahoo|hotmail|outlook|icloud|op|poczta|tlen|live|aol|"
    r"proton\w*|gazeta|vp|buziaczek|mail)\."
)
_CONTACT_BEFORE = re.compile(
    r"(?:contact|call|ring|phone us|reach|email us|e-mail us|mail us|write|at|on|to|via|"
    r"message us|"
    r"line|desk|team|tel|phone|hotline|helpline|support|kontakt\w*|napis\w*|pisz\w*|"
    r"zadzwo\w*|dzwon\w*|infolini\w*|pod|na|adres\w*|numer\w*|mail\w*|telefon\w*|biur\w*|recepcj\w*|nam|"
    r"us|our|nasz\w*|wiadomosc)[\s:.,(-]*(?:\w+[\s:.,(-]+){0,3}$"
)
_YOURS_BEFORE = re.compile(
    r"(?:\b(?:your|his|her|customer'?s?|client'?s?|pana|pani|panstwa|twoj\w*|wasz\w*|panski\w*|"
    r"klient\w*|jego|jej)\s+(?:\w+\s+){0,1}?"
    r"(?:e\W?mail\w*|mail\w*|adres\w*|address|phone|number|numer\w*|nr|mobile|telefon\w*|tel|"
    r"telephone|cell|komork\w*)"
    r"(?:\s(?:is|to|jest|number|numer|address|adres|mail|telefonu))*|"
    r"\b(?:you used|from your|z twojego|z pana|z pani)|"
    r"\b(?:lives?|living|mieszka\w*)(?:\s(?:at|on|in|przy|na|pod))?)"
    r"[\s:,.(-]*$"
)
_OURS = re.compile(
    r"\b(?:our|us|nas|nasz\w*|our team|infolini\w*|hotline|helpline|reception|recepcj\w*|contact|"
    r"kontakt\w*|skontakt\w*|call|zadzwon\w*|dzwon\w*|napisz\w*|napisac|email|write|reach|support|"
    r"visit|find us|located|odwiedz\w*|zaprasz\w*|salon\w*|biur\w*|lokal\w*)\b"
)
_WRITE_TO_US = re.compile(
    r"(?:contact|email|mail|write|reach|napisz\w*|napisac|kontakt\w*|pisz\w*|pisac)\W+"
    r"(?:us|me|to us|do nas|nam)?\W*(?:at|on|to|via|na|pod)?\W*(?:adres\w*)?\W*$"
)
_WINDOW = 60
_IBAN_MODULUS = 97
_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_HELPLINES = frozenset({"116123", "116111", "800702222", "112", "999", "911", "988"})


def is_iban(text: str) -> bool:
    """Return whether the letters and digits of a text are an IBAN (ISO 13616, modulo 97)."""
    code = "".join(letter for letter in text.upper() if letter.isalnum() and letter.isascii())
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", code):
        return False
    digits = "".join(str(int(letter, 36)) for letter in code[4:] + code[:4])
    return int(digits) % _IBAN_MODULUS == 1


def is_pesel(text: str) -> bool:
    """Return whether eleven digits are a Polish personal number: its check digit and its date."""
    if not re.fullmatch(r"[0-9]{11}", text):
        return False
    digits = [int(digit) for digit in text]
    check = -sum(weight * digit for weight, digit in zip(_PESEL_WEIGHTS, digits, strict=False))
    month, day = (digits[2] * 10 + digits[3]) % 20, digits[4] * 10 + digits[5]
    return check % 10 == digits[10] and 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004


def _is_ours(folded: str, start: int) -> bool:
    """Return whether what begins at ``start`` is offered as the brand's own contact."""
    before = folded[max(0, start - _WINDOW) : start]
    before = re.split(r"[.!?]\s|\n", before)[-1]
    return not _YOURS_BEFORE.search(before) and (
        _CONTACT_BEFORE.search(before) is not None or _OURS.search(before) is not None
    )


def _numbers(folded: str) -> Iterator[tuple[str, int, int]]:
    for pattern in (_IBAN, _NRB):
        for match in pattern.finditer(folded):
            text = match.group() if pattern is _IBAN else "pl" + match.group()
            if is_iban(text):
                yield "iban", match.start(), match.end()
    for match in _PESEL.finditer(folded):
        if is_pesel(match.group()):
            yield "pesel", match.start(), match.end()


def _phones(folded: str, published: str) -> Iterator[tuple[str, int, int]]:
    known = re.sub(r"\D", "", published)
    for match in _PHONE.finditer(folded):
        digits = re.sub(r"\D", "", match.group())
        if digits in known or digits in _HELPLINES:
            continue
        if _CLOCK_OR_DATE.fullmatch(match.group().strip(" .,-()")):
            continue
        if len(digits) >= 8 and not _is_ours(folded, match.start()):  # noqa: PLR2004
            yield "phone", match.start(), match.end()


def _shown(folded: str, published: str) -> Iterator[tuple[str, int, int]]:
    """Yield what personal data stands in a folded text: its kind, start and end."""
    yield from _numbers(folded)
    for match in _EMAIL.finditer(folded):
        if match.group() in published:
            continue
        private = _FREEMAIL.search(match.group()) is not None
        yours = _YOURS_BEFORE.search(folded[max(0, match.start() - _WINDOW) : match.start()])
        before = folded[max(0, match.start() - _WINDOW) : match.start()]
        if (private and not _WRITE_TO_US.search(before)) or yours:
            yield "email", match.start(), match.end()
    yield from _phones(folded, published)
    for match in _ORDER.finditer(folded):
        yield "order", match.start(1), match.end(1)
    for match in _STREET.finditer(folded):
        if match.group() not in published and not _is_ours(folded, match.start()):
            yield "address", match.start(), match.end()


def _asked(reply: Annotation) -> tuple[Span, ...]:
    """Return where a reply asks for personal data without naming a private way."""
    spans: list[Span] = []
    text = reply.text

    def sentence_of(cue: str) -> set[int]:
        return {text.tokens[hit.first].sentence for hit in reply.cues.get(cue, ())}

    asking, public = sentence_of("data_ask"), sentence_of("in_public")
    named = {
        index
        for hit in reply.cues.get("data_noun", ())
        for index in range(hit.first, hit.last + 1)
    }
    private = {
        text.tokens[hit.first].sentence
        for hit in reply.cues.get("in_private", ())
        if not named & set(range(hit.first, hit.last + 1))
    }
    emails = {
        token.sentence
        for match in _EMAIL.finditer(text.folded)
        for token in text.tokens
        if token.start >= text.place(match.start(), match.end())[0]
        and token.end <= text.place(match.start(), match.end())[1]
    }
    for hit in reply.cues.get("data_noun", ()):
        sentence = text.tokens[hit.first].sentence
        if sentence not in asking:
            continue
        openly = sentence in public and sentence not in private
        if openly or sentence not in private | emails:
            spans.append(text.span(hit.first, hit.last))
    return tuple(spans)


def find_leak(reply: Annotation, published: str) -> Gate | None:
    """Return the privacy gate where a public reply shows or asks for personal data.

    ``published`` holds the brand's own contacts, folded, which anybody may repeat.
    """
    folded = reply.text.folded
    shown = list(_shown(folded, published))
    if shown:
        kinds = "@" + ",".join(dict.fromkeys(f"data.{kind}" for kind, _, _ in shown))
        spans = tuple(reply.text.place(start, end) for _, start, end in shown)
        return Gate("U8", CAP, Reason("U8.shown", {"data": kinds}), spans)
    asked = _asked(reply)
    if asked:
        return Gate("U8", CAP, Reason("U8.asked"), asked)
    return None
