"""Polish inflection and agreement from the frozen table of forms (see `freeze_forms`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

CASES = ("nom", "gen", "dat", "acc", "inst", "loc")
GENDERS = ("m1", "m2", "m3", "f", "n", "p", "v")
"""Masculine personal, animal and thing, feminine, neuter; plural of things and of persons."""

_PACK_GENDERS = {"m": "m3", "f": "f", "n": "n", "pl": "p"}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase: its gender class in singular and plural, and its forms by case."""

    gender: str
    forms: Mapping[str, str]

    def form(self, case: str) -> str:
        """Return the form of a case such as ``acc`` or ``pl.gen``."""
        return self.forms.get(case or "nom", self.forms["nom"])

    def agreement(self, case: str) -> str:
        """Return the gender class that words beside this noun take."""
        if case.startswith("pl."):
            return "v" if self.gender == "m1" else "p"
        return self.gender


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    path = resources.files("simulator.voices") / "words" / "pl" / "forms.json"
    table: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(
        path.read_text(encoding="utf-8")
    )
    return table


@cache
def noun(phrase: str) -> Noun:
    """Return a noun phrase of the word lists.

    Raises ``KeyError`` where the table lacks it: run `freeze_forms` after adding nouns.
    """
    row = dict(_table()["nouns"][phrase])
    gender = row.pop("gender")
    return Noun(gender, row)


def known_noun(phrase: str) -> bool:
    """Tell whether the table has the phrase."""
    return phrase in _table()["nouns"]


def product_noun(name: str, forms: Mapping[str, str]) -> Noun:
    """Return a brand's product as a noun, from the forms its pack gives."""
    gender = _PACK_GENDERS.get(forms.get("gender", ""), "m3")
    given = {case: forms.get(case, name) for case in CASES}
    return Noun(gender, given | {f"pl.{case}": form for case, form in given.items()})


def agree(lemma: str, case: str, gender: str) -> str:
    """Return a verb in the past, or an adjective or pronoun in a case, in a gender class."""
    row = _table()["agreeing"][lemma]
    plain = case.removeprefix("pl.")
    return row.get(f"{gender}.{plain}") or row[gender]
