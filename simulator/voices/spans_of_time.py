"""How long ago, said in words: the time a trouble has lasted, for the slots of phrases."""

from simulator.brands import Locale
from simulator.voices.dice import Dice

_EN = "zero one two three four five six seven eight nine ten eleven twelve".split()
_PL_ACC = "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć".split()
_PL_GEN = "zera jednego dwóch trzech czterech pięciu sześciu siedmiu ośmiu dziewięciu".split()
_TYPICAL = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18, 21, 28)
WEEK = 7


def time_slots(days: int, locale: Locale, dice: Dice) -> dict[str, str]:
    """Return ``dur`` ("five days"), ``since`` (after *od*, in English the same) and ``ago``.

    Where the plan says nothing (0 days) a usual time is drawn, so that one text never names two.
    """
    count = days if days > 0 else dice.choose(_TYPICAL)
    words = dice.chance(0.5)
    if locale == "en":
        span = _english(count, words=words)
        return {"dur": span, "since": span, "ago": "yesterday" if count == 1 else f"{span} ago"}
    lasting, from_when = _polish(count, words=words)
    ago = "wczoraj" if count == 1 else f"{lasting} temu"
    return {"dur": lasting, "since": from_when, "ago": ago}


def _english(count: int, *, words: bool) -> str:
    number, unit = count, "day"
    if count >= WEEK and count % WEEK == 0:
        number, unit = count // WEEK, "week"
    if number == 1:
        return f"a {unit}"
    said = _EN[number] if words and number < len(_EN) else str(number)
    return f"{said} {unit}s"


def _polish(count: int, *, words: bool) -> tuple[str, str]:
    if count == 1:
        return "dzień", "wczoraj"
    number, unit = count, ("dni", "dni")
    if count >= WEEK and count % WEEK == 0:
        number = count // WEEK
        if number == 1:
            return "tydzień", "tygodnia"
        few = 2 <= number % 10 <= 4 and number not in {12, 13, 14}
        unit = ("tygodnie" if few else "tygodni", "tygodni")
    lasting = _PL_ACC[number] if words and number < len(_PL_ACC) else str(number)
    from_when = _PL_GEN[number] if words and number < len(_PL_GEN) else str(number)
    return f"{lasting} {unit[0]}", f"{from_when} {unit[1]}"
