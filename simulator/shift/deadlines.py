"""The times that a text promises, read from its words: today's, tomorrow's, Wednesday's."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulator.brands import Locale

_HOUR, _NOON, _DAY, _WEEK, _WORKING = 60, 12, 24 * 60, 7, 5
_NEAR = 14
_SENTENCE = re.compile(r"(?<=[.!?;\n])(?<![ap]\.m\.)(?<!\bgodz\.)\s+")
_CONTACT: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:I|we)(?:['’]ll| will| shall)\b[^.!?]*?\b(?:write|reply|answer|respond|post|update|"
        r"message|call|contact|let you know|get back|be back|come back|tell you|"
        r"send you (?:the|an|my|our) (?:answer|reply|result))\b"
        r"|\byou(?:['’]ll| will) (?:hear|have (?:an|my|our) (?:answer|reply|update))\b",
        re.IGNORECASE,
    ),
    "pl": re.compile(
        r"\b(?:odpisz(?:ę|emy)|napisz(?:ę|emy)|odpowie(?:m|my)|odezw(?:ę|iemy) się|"
        r"się odez(?:wę|wiemy)|wróc(?:ę|imy)|(?:dam|damy) (?:\w+ )?znać|skontaktuj(?:ę|emy) się|"
        r"(?:za|od)dzwoni(?:ę|my)|poda(?:m|my)|poinformuj(?:ę|emy)|"
        r"odpowiedź (?:wyśl(?:ę|emy)|będzie|przyjdzie|(?:\w+ )?(?:dostan\w+|otrzyma\w+)))\b",
        re.IGNORECASE,
    ),
}
# Something other than a word is promised: money, a parcel, a repair.
_DEED: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:will|shall)\b|['’]ll\b", re.IGNORECASE),
    "pl": re.compile(
        r"\b(?:zwróc(?:ę|imy)|odda(?:m|my)|wyśl(?:ę|emy|e)|prześl(?:ę|emy|e)|przel(?:eję|ejemy|eje)|"
        r"dostan(?:ie|iesz|iecie|ą)|otrzyma(?:sz|cie|ją)?|dotr(?:ze|ą)|dojdzie|przyjdzie|trafi|wróc(?:i|ą)|"
        r"wymieni(?:ę|my)|naprawi(?:ę|my)|załatwi(?:ę|my)|dostarcz(?:ę|ymy|y)|dowiez(?:ie|iemy)|"
        r"przywiez(?:ie|iemy)|odbierz(?:e|emy)|zamkni(?:e|emy)|zrobi(?:ę|my)|będ(?:zie|ą))\b",
        re.IGNORECASE,
    ),
}
_NO_PROMISE: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:if|unless|cannot|can['’]t|will not|won['’]t|would)\b", re.IGNORECASE),
    "pl": re.compile(r"\b(?:jeśli|jeżeli|gdy|gdyby|o ile|nie)\b", re.IGNORECASE),
}
# A day in a condition is when something may not have happened, a day in a request is theirs to
# keep: neither is a promised one.
_NOT_OURS: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:if|unless|in case|should)\b[^,;]*"
        r"|(?:^|[,;:–-] |\b(?:please|just) )(?:write|send|call|ring|e?mail|message|drop|"
        r"let us|tell us|give us|reply|get in touch|contact us|bring|come|pop)\b"
        r"[^,;]*?(?=[,;]|\b(?:and|then) (?:I|we)\b|$)",
        re.IGNORECASE,
    ),
    "pl": re.compile(
        r"\b(?:jeśli|jeżeli|gdyby|gdy|o ile)\b[^,;]*"
        r"|\b(?:napisz(?:cie)?|wyślij(?:cie)?|prześlij(?:cie)?|zadzwoń(?:cie)?|daj(?:cie)?|"
        r"odpisz(?:cie)?|podaj(?:cie)?|przynieś(?:cie)?|odezwij(?:cie)? się|pros(?:zę|imy) (?:o|"
        r"\w+ć))\b[^,;]*?(?=[,;]|\b(?:a|i)\b|$)",
        re.IGNORECASE,
    ),
}
_ON_DAY: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:(?:by|before|until|on) )?(?:the end of )?(?:(?P<after>the day after tomorrow)"
        r"|(?P<next>tomorrow)|(?P<this>today|tonight|(?:the )?day(?<=the day))"
        r"|(?P<later>next week)"
        r"|(?P<name>mon|tues|wednes|thurs|fri|satur|sun)day)\b",
        re.IGNORECASE,
    ),
    "pl": re.compile(
        r"\b(?:(?:do|przed|we?|na) )?(?:końca )?(?:(?P<after>pojutrze|pojutrza)"
        r"|(?P<next>jutr\w+)|(?P<this>dziś|dzisiaj|dnia(?<=końca dnia))"
        r"|(?P<later>w przyszłym tygodniu)"
        r"|(?P<name>poniedział|wtor|śro|czwart|piąt|sobo|niedziel)\w+)\b",
        re.IGNORECASE,
    ),
}
_NAMES: Mapping[str, int] = {
    "mon": 0, "tues": 1, "wednes": 2, "thurs": 3, "fri": 4, "satur": 5, "sun": 6,
    "poniedział": 0, "wtor": 1, "śro": 2, "czwart": 3, "piąt": 4, "sobo": 5, "niedziel": 6,
}  # fmt: skip
_DAYS: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:within|in) (?P<many>a|one|two|three|four|five|\d{1,2}) "
        r"(?P<working>(?:working|business) )?days?\b",
        re.IGNORECASE,
    ),
    "pl": re.compile(
        r"\b(?:w ciągu|za) (?:(?P<many>jednego|dwóch|dwa|trzech|trzy|czterech|pięciu|\d{1,2}) )?"
        r"(?:dni|dnia|dzień|doby)(?P<working> robocz\w+)?\b",
        re.IGNORECASE,
    ),
}
_BY: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:by|before|until|at) (?:(?P<noon>noon)|(?:12 )?(?P<hour>\d{1,2})"
        r"(?:[:.](?P<rest>\d{2})(?!\d))? ?(?P<half>[ap]\.?m\b)?"
        r"(?! ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))",
        re.IGNORECASE,
    ),
    "pl": re.compile(
        r"\b(?:do|przed|o) (?:(?P<noon>południ\w+)|(?:godz(?:iny|inie|\.)? ?)?"
        r"(?P<hour>\d{1,2})(?:[:.](?P<rest>\d{2})(?!\d))?(?P<half>)"
        r"(?! ?(?:\d|%|dni|minut|godzin|zł|cm|kg|osób|stycz|lut|mar|kwie|maj|czer|"
        r"lip|sier|wrze|paź|lis|gru)))",
        re.IGNORECASE,
    ),
}
_WITHIN: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:within|in) (?P<many>half an|an|a|the|one|two|three|four|five|ten|fifteen|\d{1,3}) "
        r"(?P<unit>minute|hour)s?\b",
        re.IGNORECASE,
    ),
    "pl": re.compile(
        r"\b(?:w ciągu|za) (?:(?P<many>pół|dwóch|dwie|trzech|trzy|pięć|pięciu|dziesięć|dziesięciu|"
        r"piętnaście|piętnastu|\d{1,3}) )?"
        r"(?P<unit>minut|godzin)\w*",
        re.IGNORECASE,
    ),
}
_COUNTS: Mapping[str, float] = {
    "half an": 0.5, "an": 1, "a": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "pół": 0.5, "dwóch": 2, "dwie": 2, "dwa": 2, "trzech": 3, "trzy": 3,
    "czterech": 4, "pięciu": 5, "jednego": 1, "": 1, "ten": 10, "fifteen": 15, "pięć": 5,
    "dziesięć": 10, "dziesięciu": 10, "piętnaście": 15, "piętnastu": 15,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deadline:
    """A promised time: ``days`` ahead, at ``minute`` after that day's midnight, or by its end.

    ``of_deed`` says that more than a word is promised; ``words`` are those that name the time.
    """

    days: int
    minute: int | None
    of_deed: bool
    words: str


def deadlines(
    text: str, locale: Locale, now: int, weekday: int | None = None
) -> Iterator[Deadline]:
    """Yield the times that a text promises, in the order of its sentences.

    ``now`` is when it was sent, in minutes after midnight; without ``weekday`` (0 for Monday) no
    day of the week is understood. Of several days the one nearest to the verb counts.
    """
    for sentence in _SENTENCE.split(text):
        contact = _CONTACT[locale].search(sentence)
        verb = contact or _DEED[locale].search(sentence)
        if verb is None or not (contact or not _NO_PROMISE[locale].search(sentence)):
            continue
        bare = _NOT_OURS[locale].sub(lambda one: " " * len(one[0]), sentence)
        days = _ON_DAY[locale].finditer(bare)
        # What is done today is nobody's to promise, so a deed's day is another one.
        named = [one for one in days if contact or not one["this"]]
        day = min(named, key=lambda one: _apart(one.span(), verb.span()), default=None)
        found = _time(bare, locale, now, weekday, day)
        if found is not None and (contact or found[0]):
            yield Deadline(found[0], found[1], not contact, found[2])


def words_beside(
    text: str, locale: Locale, now: int, weekday: int | None = None, *, of_deed: bool
) -> int:
    """Return how many words stand in sentences that promise no time for a deed, or for a word."""
    return sum(
        len(sentence.split())
        for sentence in _SENTENCE.split(text)
        if all(one.of_deed != of_deed for one in deadlines(sentence, locale, now, weekday))
    )


def _time(
    sentence: str, locale: Locale, now: int, weekday: int | None, day: re.Match[str] | None
) -> tuple[int, int | None, str] | None:
    hour = _BY[locale].search(sentence)
    if day is not None:
        days = _ahead(day, weekday)
        if days is None:
            return None
        if hour is None or not (hour["noon"] or hour["hour"]):
            return days, None, day[0]
        minute = _of_hour(hour, now if not days else 0)
        return None if minute is None else (days, minute, _span(sentence, day, hour))
    counted = _DAYS[locale].search(sentence)
    if counted is not None:
        return _counted(counted, weekday), None, counted[0]
    minute = _today(sentence, locale, now, hour)
    if minute is None:
        return None
    named = _WITHIN[locale].search(sentence) or hour
    return minute // _DAY, minute % _DAY, named[0] if named else ""


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many characters lie between two spans."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def _ahead(day: re.Match[str], weekday: int | None) -> int | None:
    """Return how many days ahead a named day is, ``None`` where that cannot be told."""
    if day["this"]:
        return 0
    if day["next"]:
        return 1
    if day["after"]:
        return 2
    if day["later"] or weekday is None:
        return None
    return (_NAMES[day["name"].lower()] - weekday) % _WEEK


def _counted(found: re.Match[str], weekday: int | None) -> int:
    many = (found["many"] or "").lower()
    count = int(many) if many.isdecimal() else int(_COUNTS[many])
    if not found["working"] or weekday is None:
        return count
    days, today = 0, weekday
    while count > 0:
        days, today = days + 1, (today + 1) % _WEEK
        count -= today < _WORKING
    return days


def _today(sentence: str, locale: Locale, now: int, hour: re.Match[str] | None) -> int | None:
    within = _WITHIN[locale].search(sentence)
    if within is not None:
        many = (within["many"] or "").lower()
        count = float(many) if many.isdecimal() else _COUNTS[many]
        return now + round(count * (1 if within["unit"].lower().startswith("minut") else _HOUR))
    return None if hour is None else _of_hour(hour, now)


def _of_hour(by: re.Match[str], now: int) -> int | None:
    """Return a named hour in minutes after midnight; an hour that is past is the afternoon's."""
    if by["noon"]:
        return _NOON * _HOUR
    hour, rest = int(by["hour"]), int(by["rest"] or 0)
    half = (by["half"] or "").lower()
    afternoon = half.startswith("p") or (not half and hour * _HOUR + rest <= now)
    if afternoon and hour < _NOON:
        hour += _NOON
    return hour * _HOUR + rest if hour <= 2 * _NOON and rest < _HOUR else None


def _span(sentence: str, day: re.Match[str], hour: re.Match[str]) -> str:
    """Return the words from the first to the last that name the time."""
    start, end = min(day.start(), hour.start()), max(day.end(), hour.end())
    if max(day.start(), hour.start()) - min(day.end(), hour.end()) > _NEAR:
        return day[0]
    full = sentence[start:end].strip()
    return f"{full}." if full.lower().endswith(("a.m", "p.m")) else full
