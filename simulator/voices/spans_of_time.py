"""How long ago, said in words: the time a trouble has lasted, for the slots of phrases."""

from simulator.brands import Locale
from simulator.voices.dice import Dice

_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_PL_ACC = [
    "zero",
    "jeden",
    "dwa",
    "trzy",
    "cztery",
    "pięć",
    "sześć",
    "siedem",
    "osiem",
    "dziewięć",
    "dziesięć",
]
_PL_GEN = [
    "zera",
    "jednego",
    "dwóch",
    "trzech",
    "czterech",
    "pięciu",
    "sześciu",
    "siedmiu",
    "ośmiu",
    "dziewięciu",
]
_TYPICAL = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18, 21, 28)
WEEK = 7
_FEW = frozenset({2, 3, 4})
_TEENS = frozenset({12, 13, 14})


def time_slots(days: int, locale: Locale, dice: Dice) -> dict[str, str]:
    """Return ``dur`` ("five days"), ``since`` (after *od*), ``after`` (after *po*) and ``ago``.

    In English the first three are the same.

    Where the plan says nothing (0 days) a usual time is drawn, so that one text never names two.
    """
    count = days if days > 0 else dice.choose(_TYPICAL)
    words = dice.chance(0.5)
    if locale == "en":
        span = _english(count, words=words)
        ago = "yesterday" if count == 1 else f"{span} ago"
        return {"dur": span, "since": span, "after": span, "ago": ago}
    lasting, from_when, afterwards = _polish(count, words=words)
    ago = "wczoraj" if count == 1 else f"{lasting} temu"
    return {"dur": lasting, "since": from_when, "after": afterwards, "ago": ago}


def takes_few(number: int) -> bool:
    """Tell whether a Polish number takes the form of 2, 3, 4 (*godziny*), not of 5 (*godzin*)."""
    return number % 10 in _FEW and number % 100 not in _TEENS


def _english(count: int, *, words: bool) -> str:
    number, unit = count, "day"
    if count >= WEEK and count % WEEK == 0:
        number, unit = count // WEEK, "week"
    if number == 1:
        return f"a {unit}"
    said = _EN[number] if words and number < len(_EN) else str(number)
    return f"{said} {unit}s"


def _polish(count: int, *, words: bool) -> tuple[str, str, str]:
    if count == 1:
        return "dzień", "wczoraj", "jednym dniu"
    if count == WEEK:
        return "tydzień", "tygodnia", "tygodniu"
    number, lasting, from_when, after = count, "dni", "dni", "dniach"
    if count > WEEK and count % WEEK == 0:
        number = count // WEEK
        few = takes_few(number)
        lasting, from_when, after = "tygodnie" if few else "tygodni", "tygodni", "tygodniach"
    said = _PL_ACC[number] if words and number < len(_PL_ACC) else str(number)
    oblique = _PL_GEN[number] if words and number < len(_PL_GEN) else str(number)
    return f"{said} {lasting}", f"{oblique} {from_when}", f"{oblique} {after}"
