"""Words of the trade: what each is called and what it means, in both languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from smm_academy.revisions.sources import Locale

_ALPHABET = "0123456789aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_PLACES = {letter: place for place, letter in enumerate(_ALPHABET)}


@dataclass(frozen=True, slots=True)
class Wording:
    """A term in one language: the word, other forms that running text uses, what it means.

    ``others`` are phrases in which the word means something else.
    """

    term: str
    forms: tuple[str, ...]
    meaning: str
    others: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        """Return every form in which the term may stand in a text."""
        return (self.term, *self.forms)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the trade by its permanent id, which is its anchor too.

    An ``everyday`` term is understood by people outside the trade: it may be used unexplained.
    One that is not ``linked`` has another sense too, so its word leads nowhere from a lesson.
    """

    id: str
    en: Wording
    pl: Wording
    everyday: bool = False
    linked: bool = True

    def wording(self, locale: str) -> Wording:
        """Return how the term is worded in a language."""
        return self.pl if locale == "pl" else self.en


Glossary = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the index with the terms that begin with it."""

    letter: str
    terms: Glossary


def read_glossary(plain: Mapping[str, Any]) -> Glossary:
    """Return the terms of a glossary file that was checked and read into plain values.

    Raises ``KeyError`` or ``TypeError`` where the file has errors.
    """
    return tuple(_term(row) for row in plain["terms"])


def by_letter(terms: Iterable[Term], locale: str) -> tuple[Letter, ...]:
    """Return terms under the letters that they begin with, in the order of the alphabet."""
    ordered = sorted(terms, key=lambda one: alphabetical(one.wording(locale).term))
    grouped = groupby(ordered, key=lambda one: one.wording(locale).term[0].upper())
    return tuple(Letter(letter, tuple(found)) for letter, found in grouped)


def alphabetical(text: str) -> tuple[int, ...]:
    """Return a key that sorts words of both languages as a Polish dictionary does.

    A letter outside the alphabet, such as a space or a hyphen, comes before all others.
    """
    return tuple(_PLACES.get(letter, -1) for letter in text.casefold())


def _term(row: Mapping[str, Any]) -> Term:
    return Term(
        row["id"],
        _wording(row, "en"),
        _wording(row, "pl"),
        everyday=row.get("everyday", False),
        linked=row.get("linked", True),
    )


def _wording(row: Mapping[str, Any], locale: Locale) -> Wording:
    forms, others = ((row.get(name) or {}).get(locale) or () for name in ("forms", "others"))
    return Wording(
        row["term"][locale],
        tuple(map(str, forms)),
        row["meaning"][locale],
        tuple(map(str, others)),
    )
