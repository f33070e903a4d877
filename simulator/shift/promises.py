"""Promises to write again within the day: kept, or remembered and quoted back.

Only a promise of contact counts (*I will write to you by 2 p.m.*): whether a parcel comes is not
the desk's to keep within the day. A promise for tomorrow, or for after the end of the shift, is
not due yet.
"""

import re
from collections.abc import Mapping

from simulator.brands import Locale
from simulator.shift import justice
from simulator.shift.constants import number
from simulator.shift.scene import Scene
from simulator.shift.state import Case, Pending
from simulator.voices import FollowUp

_HOUR, _NOON = 60, 12
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
        r"\b(?:odpisz(?:ę|emy)|napisz(?:ę|emy)|odpowie(?:m|my)|odezw(?:ę|iemy) się|wróc(?:ę|imy)|"
        r"(?:dam|damy) znać|(?:za|od)dzwoni(?:ę|my)|poda(?:m|my)|poinformuj(?:ę|emy)|"
        r"odpowiedź (?:wyśl(?:ę|emy)|będzie|przyjdzie))\b",
        re.IGNORECASE,
    ),
}
_LATER = re.compile(
    r"\b(?:tomorrow|next week|(?:mon|tues|wednes|thurs|fri|satur|sun)day|working days?)\b"
    r"|\b(?:jutr\w+|pojutrze|poniedziałk\w+|wtor\w+|śro\w+|czwart\w+|piąt\w+|sobot\w+|"
    r"niedziel\w+|roboczy\w+)\b",
    re.IGNORECASE,
)
_BY: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:by|before|until|at) (?:(?P<noon>noon)|(?:12 )?(?P<hour>\d{1,2})"
        r"(?::(?P<rest>\d{2}))? ?(?P<half>[ap]\.?m\b)?)",
        re.IGNORECASE,
    ),
    "pl": re.compile(
        r"\b(?:do|przed|o) (?:(?P<noon>południ\w+)|(?:godz(?:iny|inie|\.)? ?)?"
        r"(?P<hour>\d{1,2})(?::(?P<rest>\d{2}))?(?P<half>)"
        r"(?! ?(?:\d|%|dni|minut|godzin|zł|cm|kg|osób)))",
        re.IGNORECASE,
    ),
}
_WITHIN: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:within|in) (?P<many>half an|an|a|the|one|two|three|four|\d{1,3}) "
        r"(?P<unit>minute|hour)s?\b",
        re.IGNORECASE,
    ),
    "pl": re.compile(
        r"\b(?:w ciągu|za) (?:(?P<many>pół|dwóch|dwie|trzech|trzy|\d{1,3}) )?"
        r"(?P<unit>minut|godzin)\w*",
        re.IGNORECASE,
    ),
}
_COUNTS: Mapping[str, float] = {
    "half an": 0.5, "an": 1, "a": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "pół": 0.5, "dwóch": 2, "dwie": 2, "trzech": 3, "trzy": 3, "": 1,
}  # fmt: skip


def due(text: str, locale: Locale, now: int) -> int | None:
    """Return when a text promises to write again, in minutes after midnight; ``None`` for never.

    ``now`` is when it was sent, on the same clock. The first promise for today counts.
    """
    for sentence in _SENTENCE.split(text):
        if _CONTACT[locale].search(sentence) and not _LATER.search(sentence):
            minute = _named(sentence, locale, now)
            if minute is not None and minute > now:
                return minute
    return None


def note(scene: Scene, case: Case) -> None:
    """Remember a promise that the newest words of a thread hold, where it falls due today."""
    if not scene.temper(case).waits:
        return
    scenario, turn = scene.cast.scenario, case.turns[-1]
    minute = due(turn.text, scenario.locale, scenario.begins + turn.minute)
    if minute is not None and minute < scenario.ends:
        written = _written(case)
        scene.schedule(Pending(minute - scenario.begins, "promise", case.id, str(written)))


def is_open(scene: Scene, case: Case) -> bool:
    """Tell whether a promise to write to an author is still to fall due."""
    written = str(_written(case))
    return any(
        event.what == "promise" and event.case == case.id and event.detail == written
        for event in scene.state.pending
    )


def fall_due(scene: Scene, case: Case, event: Pending) -> None:
    """Let a promise fall due: where nobody has written since, its author quotes it back."""
    if _written(case) > int(event.detail) or case.deleted or "block" in scene.done(case):
        return
    justice.cool(case.feeling, scene.state.minute)
    case.feeling.anger = min(1.0, case.feeling.anger + number("promise.anger"))
    case.feeling.trust = max(0.0, case.feeling.trust - number("promise.trust"))
    case.feeling.failures += 1
    scene.push(case, -number("promise.seen"))
    if scene.plan(case).channel != "review_card":
        broken = FollowUp.PROMISE_BROKEN.value
        scene.schedule(Pending(scene.state.minute, "follow_up", case.id, broken))


def _written(case: Case) -> int:
    return sum(turn.who == "brand" for turn in case.turns)


def _named(sentence: str, locale: Locale, now: int) -> int | None:
    within = _WITHIN[locale].search(sentence)
    if within is not None:
        many = (within["many"] or "").lower()
        count = float(many) if many.isdecimal() else _COUNTS[many]
        return now + round(count * (1 if within["unit"].lower().startswith("minut") else _HOUR))
    by = _BY[locale].search(sentence)
    if by is None:
        return None
    if by["noon"]:
        return _NOON * _HOUR
    hour, rest = int(by["hour"]), int(by["rest"] or 0)
    half = (by["half"] or "").lower()
    afternoon = half.startswith("p") or (not half and hour * _HOUR + rest <= now)
    if afternoon and hour < _NOON:
        hour += _NOON
    return hour * _HOUR + rest if hour <= 2 * _NOON and rest < _HOUR else None
