"""Figures as people type them, in English or Polish notation, as the simulator reads them.

In English a comma sets thousands apart where exactly three digits follow each (1,250); anywhere
else a comma is the decimal mark, for people work in both languages on one day.
"""

import re

from simulator import Locale

NONE = "-"
"""What stands for a figure that cannot be computed."""

_DASHES = frozenset({"-", "–", "—", "−", "n/a", "b/d"})
_UNIT = re.compile(r"^(?:%|zł|zl|pln|eur|€|£|\$)|(?:%|zł|zl|pln|eur|€|£|\$)$", re.IGNORECASE)
_SPACES = re.compile(r"[\s']+")
_ENGLISH_THOUSANDS = re.compile(r"^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_POLISH_THOUSANDS = re.compile(r"^-?\d{1,3}(?:\.\d{3})+,\d+$|^-?\d{1,3}(?:\.\d{3}){2,}$")
_PLAIN = re.compile(r"^-?(?:\d+(?:[.,]\d*)?|[.,]\d+)$")


class Answers(dict[str, str]):
    """What was typed into a form or chosen there, by field; empty where nothing was."""

    def __missing__(self, name: str) -> str:
        return ""


def plain_figure(typed: str, locale: Locale) -> str | None:
    """Return a typed figure with a decimal point and no unit, ``None`` where it is none.

    A dash stays one: the figure cannot be computed.
    """
    if typed.strip().casefold() in _DASHES:
        return NONE
    text = _SPACES.sub("", typed).replace("−", "-")
    text = _UNIT.sub("", text)
    if locale == "en" and _ENGLISH_THOUSANDS.match(text):
        return text.replace(",", "")
    if _POLISH_THOUSANDS.match(text):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".").rstrip(".") if _PLAIN.match(text) else None


def written(value: float, locale: Locale, places: int = 0) -> str:
    """Return a figure as the language writes it: thousands apart, its own decimal mark."""
    text = f"{value:,.{places}f}"
    if locale == "en":
        return text
    return text.replace(",", "\u202f").replace(".", ",")


class Money:
    """Amounts in one currency, as one language writes them."""

    def __init__(self, currency: str, locale: Locale) -> None:
        self.currency = currency
        self.locale = locale

    def __call__(self, amount: float) -> str:
        shown = written(amount, self.locale, 2 if amount % 1 else 0)
        sign = "zł" if self.currency == "PLN" and self.locale == "pl" else self.currency
        return f"{shown}\u00a0{sign}" if self.locale == "pl" else f"{sign}\u00a0{shown}"
