"""Numbers as people write them: decimal comma, thousands apart, a unit before or behind.

In Polish a comma is the decimal mark. In English a comma sets thousands apart where three digits
follow it (1,250) and is read as a decimal mark where they do not (4,5), since nothing else can
be meant.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from smm_academy.revisions.sources import Locale, straight

LONGEST_NUMBER = 40
"""An answer of more characters than this is not read as a number."""

_PLUS_MINUS = re.compile(r"\s*(?:±|\+\s*/\s*-|\+\s*-)\s*")
_SIGNS = str.maketrans({"−": "-", "–": "-"})
_AMOUNT = re.compile(
    r"^(?:[=~≈]\s*)?(?P<before>[€$£])?\s*(?P<sign>[-+]?)\s*(?P<before2>[€$£])?\s*"
    r"(?P<digits>(?:\d[\d .,']*)?\d|\.\d+)\s*(?P<unit>\D{0,24})$"
)
_UNIT = re.compile(r"^(?:[%‰€$£]|[^\W\d_]{1,14}\.?(?:\s?/\s?[^\W\d_]{1,14}|[²³])?)$")
_SPACED = re.compile(r"^\d{1,3}(?:[ ']\d{3})+(?=$|[.,])")
_ENGLISH_THOUSANDS = re.compile(r"^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$")
_POLISH_THOUSANDS = re.compile(r"^[1-9]\d{0,2}(?:\.\d{3})+,\d+$")
_PLAIN = re.compile(r"^\d*(?:[.,]\d+)?$")

# Ways to write one unit; forms that share their first three letters need no row.
_SAME_UNIT = (
    {"%", "percent", "per cent", "pct", "procent", "proc."},
    {"zł", "zl", "pln", "złotych", "złote", "złoty"},
    {"€", "eur", "euro", "euros"},
    {"$", "usd", "dollars", "dolarów"},
    {"£", "gbp", "pounds"},
    {"h", "hr", "hrs", "hour", "hours", "godz", "godz.", "godzin", "godziny", "godzina"},
    {"min", "min.", "minute", "minutes", "minut", "minuty", "minuta"},
    {"s", "sec", "seconds", "sek", "sek.", "sekund", "sekundy"},
    {"d", "day", "days", "dni", "dzień", "dnia"},
    {"pp", "p.p.", "pkt proc.", "percentage points", "punktów procentowych"},
)
_SHARED_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and its unit, empty where none was written."""

    value: float
    unit: str = ""


def read_amount(text: str, locale: Locale) -> Amount | None:
    """Return the number and unit that a text states, or ``None`` where it states none."""
    plain = " ".join(straight(text).translate(_SIGNS).split())
    if len(plain) > LONGEST_NUMBER:
        return None
    found = _AMOUNT.match(plain)
    if found is None:
        return None
    unit = found["unit"].strip() or found["before"] or found["before2"] or ""
    value = _value(found["digits"], locale)
    if value is None or (unit and not _UNIT.match(unit) and not _is_known(unit)):
        return None
    return Amount(-value if found["sign"] == "-" else value, unit)


def read_tolerance(text: str, locale: Locale) -> tuple[Amount, float] | None:
    """Return amount and tolerance of ``4.5 ± 0.1 %``; ``+-`` and ``+/-`` are equal to ±."""
    parts = _PLUS_MINUS.split(straight(text), maxsplit=1)
    amount = read_amount(parts[0], locale)
    if len(parts) == 1:
        return (amount, 0.0) if amount else None
    tolerance = read_amount(parts[1], locale)
    if amount is None or tolerance is None or tolerance.value < 0:
        return None
    return Amount(amount.value, amount.unit or tolerance.unit), tolerance.value


def fits_unit(given: str, wanted: str) -> bool:
    """Tell whether a unit is the one wanted; none given or none wanted fits."""
    if not given or not wanted:
        return True
    one, other = _folded(given), _folded(wanted)
    if one == other or any(one in same and other in same for same in _FOLDED_UNITS):
        return True
    shared = one[:_SHARED_LETTERS]
    return len(shared) == _SHARED_LETTERS and other.startswith(shared)


def decimal_mark(locale: Locale) -> Literal[",", "."]:
    """Return the character between whole and part."""
    return "," if locale == "pl" else "."


def write_number(value: float, locale: Locale) -> str:
    """Return a number as the language writes it, without needless zeros."""
    return f"{value:.10g}".replace(".", decimal_mark(locale))


def _value(digits: str, locale: Locale) -> float | None:
    spaced = _SPACED.match(digits)
    if spaced:
        digits = re.sub(r"[ ']", "", spaced[0]) + digits[spaced.end() :]
    if locale == "en" and _ENGLISH_THOUSANDS.match(digits):
        return float(digits.replace(",", ""))
    if locale == "pl" and _POLISH_THOUSANDS.match(digits):
        return float(digits.replace(".", "").replace(",", "."))
    return float(digits.replace(",", ".")) if _PLAIN.match(digits) else None


def _folded(unit: str) -> str:
    bare = unicodedata.normalize("NFD", unit.casefold().replace("ł", "l").strip())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


_FOLDED_UNITS = tuple(frozenset(map(_folded, same)) for same in _SAME_UNIT)


def _is_known(unit: str) -> bool:
    return any(_folded(unit) in same for same in _FOLDED_UNITS)
