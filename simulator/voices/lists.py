"""The lists of phrases of a sector in one language, read once from the package's own files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from simulator.brands import Locale
from simulator.voices.phrases import Listing, Phrase, parse_phrase, read_listings

_FLATTENING = 12.0
_WORDS = resources.files("simulator.voices") / "words"


@dataclass(slots=True)
class PhraseList:
    """A list ready to draw from; phrases are parsed when first looked at."""

    name: str
    flags: frozenset[str]
    lines: tuple[tuple[str, str], ...]
    _phrases: tuple[Phrase, ...] = field(default=())

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All phrases of the list, weighted by rank where the list is flagged ``zipf``."""
        if not self._phrases:
            parsed = [
                parse_phrase(line, number, origin)
                for number, (line, origin) in enumerate(self.lines)
            ]
            self._phrases = tuple(parsed)
        return self._phrases

    def weight(self, phrase: Phrase) -> float:
        """How likely a phrase is against the others: by rank (Zipf and Mandelbrot), or its own."""
        return (
            phrase.weight / (phrase.number + _FLATTENING)
            if "zipf" in self.flags
            else phrase.weight
        )


@dataclass(frozen=True, slots=True)
class Aspect:
    """Something a message can be about in a sector; ``roles`` say which kinds it can carry."""

    id: str
    title: Mapping[str, str]
    roles: frozenset[str]


@cache
def sectors() -> Mapping[str, tuple[str, ...]]:
    """Return sector id -> the files its words come from, the most general first."""
    table = json.loads((_WORDS / "sectors.json").read_text(encoding="utf-8"))
    return {sector: tuple(files) for sector, files in table.items()}


@cache
def file_listings(locale: Locale, name: str) -> tuple[Listing, ...]:
    """Return the lists of one file of words."""
    path = _WORDS / locale / f"{name}.txt"
    return tuple(read_listings(path.read_text(encoding="utf-8"), f"{locale}/{name}.txt"))


@cache
def lists(locale: Locale, sector: str) -> Mapping[str, PhraseList]:
    """Return every list of a sector by name; a list named in several files is their union.

    Raises ``ValueError`` where there is no such sector.
    """
    merged: dict[str, PhraseList] = {}
    for name in _files(sector):
        for listing in file_listings(locale, name):
            known = merged.get(listing.name)
            before = known.lines if known else ()
            flags = known.flags if known else frozenset()
            merged[listing.name] = PhraseList(
                listing.name, flags | listing.flags, before + listing.lines
            )
    return merged


@cache
def aspects(sector: str) -> Mapping[str, Aspect]:
    """Return what messages of a sector can be about: aspect id -> `Aspect`.

    Raises ``ValueError`` where there is no such sector.
    """
    titles: dict[str, dict[str, str]] = {}
    roles: dict[str, set[str]] = {}
    locales: tuple[Locale, ...] = ("en", "pl")
    for locale in locales:
        for name in _files(sector):
            for listing in file_listings(locale, name):
                aspect, dot, role = listing.name.partition(".")
                if listing.title:
                    titles.setdefault(aspect, {})[locale] = listing.title
                elif dot and aspect in titles:
                    roles.setdefault(aspect, set()).add(role)
    return {
        aspect: Aspect(aspect, title, frozenset(roles.get(aspect, ())))
        for aspect, title in titles.items()
    }


def _files(sector: str) -> tuple[str, ...]:
    try:
        return sectors()[sector]
    except KeyError:
        known = ", ".join(sectors())
        raise ValueError(f"There is no sector {sector!r}; choose one of {known}.") from None
