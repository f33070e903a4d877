"""What a member says next: how they take an answer, a silence, or the loss of their message."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum, unique

from simulator.brands import Brand, Locale
from simulator.scenarios import Plan
from simulator.voices.dice import Dice
from simulator.voices.personas import Persona
from simulator.voices.spans_of_time import takes_few
from simulator.voices.surface import Mood, render
from simulator.voices.writing import SOBER, kept_words, lower_start, open_expansion

_HOUR = 60
_DAY = 24 * _HOUR
_QUOTE_WORDS = (3, 9)


@unique
class FollowUp(StrEnum):
    """Why somebody writes again."""

    THANKS = "thanks"
    STILL_WAITING = "still_waiting"
    NOT_HELPED = "not_helped"
    CANNED = "canned"
    ANGRIER = "angrier"
    HIDDEN = "hidden"
    BAD_REVIEW = "bad_review"
    FED_TROLL = "fed_troll"
    DETAILS = "details"
    NEXT_QUESTION = "next_question"
    BYSTANDER = "bystander"
    PROMISE_BROKEN = "promise_broken"
    PROMISE_KEPT = "promise_kept"


_TONES: Mapping[FollowUp, str] = {
    FollowUp.THANKS: "glad",
    FollowUp.PROMISE_KEPT: "glad",
    FollowUp.DETAILS: "calm",
    FollowUp.NEXT_QUESTION: "calm",
}
_HEATED = frozenset({FollowUp.ANGRIER, FollowUp.HIDDEN})

_PROMISES: Mapping[Locale, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:by|before|until|on) (?:the end of the (?:day|week)|tomorrow|tonight|noon|"
        r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{1,2} ?(?:am|pm)|\d{1,2}:\d{2})\b"
        r"|\b(?:within|in) (?:an?|the|half an|one|two|three|\d+) (?:working )?"
        r"(?:minute|hour|day|week)s?\b"
        r"|\b(?:today|tomorrow|tonight|this (?:afternoon|evening|week))\b",
        re.IGNORECASE,
    ),
    "pl": re.compile(
        r"\bdo (?:końca (?:dnia|tygodnia)|jutra|wieczora|południa|poniedziałku|wtorku|środy|"
        r"czwartku|piątku|soboty|niedzieli|(?:godz(?:\.|iny)? ?)?\d{1,2}(?::\d{2})?)\b"
        r"|\bw ciągu (?:\d+ )?(?:minut|godzin\w*|dni|dnia|doby|tygodnia|dwóch dni)"
        r"(?: roboczych)?\b|\bza (?:pół godziny|godzinę|chwilę|dzień|dwa dni|"
        r"\d+ (?:minut|godzin\w*|dni))\b"
        r"|\b(?:dzisiaj|dziś|jutro|wieczorem|po południu)\b",
        re.IGNORECASE,
    ),
}
_DEADLINE = re.compile(r"by |before |until |within |in |do |w ciągu |za ", re.IGNORECASE)
_ASKS: Mapping[str, re.Pattern[str]] = {
    "order": re.compile(r"order (?:number|no)|numer\w* zamówieni", re.IGNORECASE),
    "photo": re.compile(r"\bphoto|\bpicture|\bzdjęci", re.IGNORECASE),
    "contact": re.compile(r"e-?mail|phone number|\btelefon|\bmail", re.IGNORECASE),
    "date": re.compile(r"\bwhen (?:you|did)|\bwhich day|\bdat[aęy]\b|\bkiedy\b", re.IGNORECASE),
}
_GREETINGS = re.compile(
    r"^(?:hi|hello|hey|dear|good|thank|dzień dobry|cześć|hej|witam|dobry|pani|panie|szanown)",
    re.IGNORECASE,
)


def follow_up(  # noqa: PLR0913, PLR0917 - fixed; the last two are optional
    plan: Plan,
    brand: Brand,
    who: Persona,
    turn: FollowUp,
    heard: str,
    seed: int,
    waited: int = 0,
    promise: str = "",
) -> str:
    """Return what the author of a plan (or a bystander) writes next, in the brand's language.

    ``heard`` is what the brand said (empty where it said nothing): phrases quote it and come
    back to the time it promised. ``waited`` is simulated minutes since then. A pure function of
    its arguments. ``promise`` names the promised time where an author comes back to it.
    """
    dice = Dice(seed, f"follow_up/{turn}", f"{brand.locale}/{brand.id}/{plan.id}/{heard}")
    expansion = open_expansion(plan, brand, who, dice)
    expansion.slots = {
        **expansion.slots,
        **heard_slots(heard, brand.locale),
        **_elapsed(waited, brand.locale),
        **({"promise": lower_start(promise)} if promise else {}),
    }
    if turn is FollowUp.NEXT_QUESTION:  # the plan's own question has been answered
        expansion.slots = {k: v for k, v in expansion.slots.items() if k != "*ask"}
    expansion.tags |= {"heard"} if heard else {"unheard"}
    expansion.tags |= set() if promise else {"sameday"}
    expansion.tags |= {"promised"} if "promise" in expansion.slots else {"unpromised"}
    asked = [name for name in _ASKS if f"asked_{name}" in expansion.slots]
    expansion.tags |= {"asked"} if asked else set()
    expansion.slots = {
        **expansion.slots,
        "asked_line": _answer_asked(asked, expansion.slots, brand.locale),
    }
    sentences = expansion.expand(f"follow.{turn}")
    sober = plan.kind in SOBER
    mood = Mood(_TONES.get(turn, "cross"), sober, turn in _HEATED and not sober)
    return render(sentences, who, mood, dice, kept_words(plan, brand, who))


def heard_slots(heard: str, locale: Locale) -> dict[str, str]:
    """Return what can be taken up from the brand's words.

    ``quote`` a short clause, ``promise`` a time that was named, ``asked_…`` what was asked for.
    """
    slots: dict[str, str] = {}
    promises = [hit[0] for hit in _PROMISES[locale].finditer(heard)]
    if promises:
        deadline = next((row for row in promises if _DEADLINE.match(row)), promises[-1])
        slots["promise"] = lower_start(deadline)
    quote = _quotable(heard)
    if quote:
        slots["quote"] = quote
    for name, pattern in _ASKS.items():
        if pattern.search(heard):
            slots[f"asked_{name}"] = name
    return slots


def _answer_asked(asked: Sequence[str], slots: Mapping[str, str], locale: Locale) -> str:
    number = slots.get("order", slots["number"])
    lines: Mapping[str, str]
    if locale == "en":
        lines = {
            "order": f"order number {number}",
            "photo": "photos attached",
            "contact": f"best to write to {slots['mail']}",
            "date": f"it happened {slots['ago']}",
        }
        default = f"name {slots['ownname']}, number {number}"
    else:
        lines = {
            "order": f"numer zamówienia {number}",
            "photo": "zdjęcia w załączniku",
            "contact": f"najlepiej na {slots['mail']}",
            "date": f"to było {slots['ago']}",
        }
        default = f"nazwisko {slots['ownname']}, numer {number}"
    return ", ".join(lines[name] for name in asked) or default


def _quotable(heard: str) -> str:
    low, high = _QUOTE_WORDS
    for clause in re.split(r"[.!?\n;,–—]+", heard):
        words = clause.strip()
        if low <= len(words.split()) <= high and not _GREETINGS.match(words):
            return lower_start(words)
    return ""


def _elapsed(waited: int, locale: Locale) -> dict[str, str]:
    if waited < _HOUR:
        return {}
    if waited >= _DAY:
        days = waited // _DAY
        if locale == "en":
            return {"waited": "a whole day" if days == 1 else f"{days} days"}
        return {"waited": "cały dzień" if days == 1 else f"{days} dni"}
    hours = waited // _HOUR
    if locale == "en":
        return {"waited": "an hour" if hours == 1 else f"{hours} hours"}
    return {
        "waited": "godzinę"
        if hours == 1
        else f"{hours} {'godziny' if takes_few(hours) else 'godzin'}"
    }
