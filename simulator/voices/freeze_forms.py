"""Derives the frozen table of Polish forms from the word lists; needed only after adding words.

Run ``python -m simulator.voices.freeze_forms`` where morfeusz2 is installed (the dependency group
``forms``). The table holds forms of the Grammatical Dictionary of Polish (SGJP), copyright
2007-2026 Marcin Woliński, Zbigniew Bronk, Włodzimierz Gruszczyński, Witold Kieraś, Zygmunt Saloni,
Danuta Skowrońska and Robert Wołosz, under a two-clause BSD licence, as packaged with Morfeusz 2;
the notice is ``words/pl/forms.notice.txt``.
"""

import json
import re
import sys
from collections.abc import Iterable
from importlib import resources, util
from pathlib import Path
from typing import Any, Protocol

from simulator.voices.lists import file_listings, sectors
from simulator.voices.phrases import parse_phrase
from simulator.voices.polish import CASES, GENDERS

_AGREEMENT = re.compile(r"<!([^:<>]+)")
_PRONOUNS = {
    "on": {
        "m": "on go mu go nim nim",
        "f": "ona jej jej ją nią niej",
        "n": "ono go mu je nim nim",
        "p": "one ich im je nimi nich",
        "v": "oni ich im ich nimi nich",
    }
}


class Analyser(Protocol):
    """The part of Morfeusz that is used."""

    def analyse(self, text: str) -> list[Any]:
        """Return (start, end, (form, lemma, tag, names, labels)) for each reading."""

    def generate(self, lemma: str) -> list[Any]:
        """Return (form, lemma, tag, names, labels) for each form."""


def noun_table(analyser: Analyser, phrases: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return phrase -> gender and forms.

    Raises ``ValueError`` naming the phrase that the dictionary cannot inflect.
    """
    return {phrase: _phrase_forms(analyser, phrase) for phrase in sorted(set(phrases))}


def agreeing_table(analyser: Analyser, lemmas: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return lemma -> forms by gender (verbs, in the past) or by gender and case."""
    return {lemma: _agreeing(analyser, lemma) for lemma in sorted(set(lemmas))}


def _phrase_forms(analyser: Analyser, phrase: str) -> dict[str, str]:
    """Inflect a phrase; ``word =n`` is a word that does not inflect, with its gender class."""
    words, _, fixed = phrase.partition(" =")
    if fixed:
        return {"gender": fixed} | {
            f"{number}{case}": words for number in ("", "pl.") for case in CASES
        }
    tokens = phrase.split(" ")
    marked = [place for place, token in enumerate(tokens) if token.endswith("+")] or [0]
    bare = [token.rstrip("+") for token in tokens]
    nouns = [place for place in marked if _noun_reading(analyser, bare[place])]
    plain = [place for place in nouns if not _is_adjective(analyser, bare[place])]
    head = next(iter(plain or nouns), None)
    if head is None:
        raise ValueError(f"No noun in {phrase!r}: mark the words that inflect with '+'.")
    lemma, number, gender = _noun_reading(analyser, bare[head]) or ("", "", "")
    plural_only = number == "pl"
    kind = ("v" if gender == "m1" else "p") if plural_only else gender
    row = {"gender": kind}
    for wanted in ("pl",) if plural_only else ("sg", "pl"):
        for case in CASES:
            form = _noun_form(analyser, lemma, gender, wanted, case)
            if form is None:
                continue
            agreed = kind if wanted == "sg" or plural_only else ("v" if gender == "m1" else "p")
            said = list(bare)
            said[head] = form
            for place in marked:
                if place != head:
                    said[place] = _adjective(analyser, bare[place], agreed, case)
            row[case if wanted == "sg" or plural_only else f"pl.{case}"] = " ".join(said)
    if "nom" not in row:
        raise ValueError(f"No forms for {phrase!r}.")
    return row


def _is_adjective(analyser: Analyser, token: str) -> bool:
    readings = (reading[2] for reading in analyser.analyse(token))
    return any(reading[2].startswith(("adj:", "pact:", "ppas:")) for reading in readings)


def _noun_reading(analyser: Analyser, token: str) -> tuple[str, str, str] | None:
    best: tuple[int, str, str, str] | None = None
    for _, _, (form, lemma, tag, *_rest) in analyser.analyse(token):
        parts = tag.split(":")
        if parts[0] not in {"subst", "ger"} or "nom" not in parts[2].split("."):
            continue
        if form != token:
            continue
        gender = parts[3].split(".")[0]
        if "." in parts[1]:
            continue
        person = token[:1].isupper() and gender == "m1"
        other = token[:1].isupper() != lemma[:1].isupper()
        rank = (parts[1] == "pl") * 2 + (parts[0] == "ger") + person * 4 + other * 8
        if best is None or rank < best[0]:
            best = (rank, lemma, parts[1], gender)
    return best[1:] if best else None


def _noun_form(analyser: Analyser, lemma: str, gender: str, number: str, case: str) -> str | None:
    for form, source, tag, *_rest in analyser.generate(lemma.split(":", maxsplit=1)[0]):
        parts = tag.split(":")
        if (
            source == lemma
            and parts[0] in {"subst", "ger"}
            and parts[1] == number
            and case in parts[2].split(".")
            and gender in parts[3].split(".")
            and not form.startswith("nie" + lemma[:3])
        ):
            return str(form)
    return None


def _adjective(analyser: Analyser, word: str, gender: str, case: str) -> str:
    for _, _, (_, lemma, tag, *_rest) in analyser.analyse(word):
        if tag.split(":")[0] in {"adj", "ppas", "pact"}:
            form = _adjective_form(analyser, lemma.split(":")[0], word, gender, case)
            if form:
                return form
    raise ValueError(f"{word!r} is no adjective that the dictionary knows.")


def _adjective_form(
    analyser: Analyser, lemma: str, word: str, gender: str, case: str
) -> str | None:
    number = "pl" if gender in "pv" else "sg"
    wanted = {"p": "f", "v": "m1"}.get(gender, gender)
    kinds = {tag.split(":")[0] for form, _, tag, *_ in analyser.generate(lemma) if form == word}
    found: list[str] = []
    for form, _, tag, *_rest in analyser.generate(lemma):
        parts = tag.split(":")
        if (
            parts[0] in kinds & {"adj", "ppas", "pact"}
            and parts[1] == number
            and case in parts[2].split(".")
            and wanted in parts[3].split(".")
            and "neg" not in parts
            and not {"com", "sup"} & set(parts)
        ):
            found.append(str(form))
    return max(found, key=len, default=None)


def _agreeing(analyser: Analyser, lemma: str) -> dict[str, str]:
    if lemma in _PRONOUNS:
        rows = _PRONOUNS[lemma]
        return {
            f"{gender}.{case}": form
            for gender in GENDERS
            for case, form in zip(CASES, rows[gender[0]].split(), strict=True)
        }
    past = _past(analyser, lemma)
    if past:
        return past
    return {
        f"{gender}.{case}": _adjective(analyser, lemma, gender, case)
        for gender in GENDERS
        for case in CASES
    }


def _past(analyser: Analyser, lemma: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for form, _, tag, *_rest in analyser.generate(lemma):
        parts = tag.split(":")
        if parts[0] != "praet":
            continue
        for gender in GENDERS:
            number = "pl" if gender in "pv" else "sg"
            wanted = {"p": "f", "v": "m1"}.get(gender, gender)
            if parts[1] == number and wanted in parts[2].split("."):
                found.setdefault(gender, form)
    return found


def main() -> int:
    """Write the table beside the word lists; 1 where morfeusz2 is missing."""
    if util.find_spec("morfeusz2") is None:
        sys.stderr.write("morfeusz2 is not installed; install the dependency group 'forms'.\n")
        return 1
    analyser: Analyser = __import__("morfeusz2").Morfeusz(expand_tags=False)
    nouns: set[str] = set()
    agreeing: set[str] = set()
    for name in sorted({file for files in sectors().values() for file in files}):
        for listing in file_listings("pl", name):
            texts = [parse_phrase(line, 0, where).source for line, where in listing.lines]
            if "noun" in listing.flags:
                nouns.update(texts)
            elif "adj" in listing.flags:
                agreeing.update(texts)
            for text in texts:
                agreeing.update(_AGREEMENT.findall(text))
    table = {
        "nouns": noun_table(analyser, nouns),
        "agreeing": agreeing_table(analyser, agreeing),
    }
    text = json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True)
    target = Path(str(resources.files("simulator.voices"))) / "words" / "pl" / "forms.json"
    target.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(nouns)} nouns, {len(agreeing)} agreeing words -> {target.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
