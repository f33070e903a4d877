"""The words of one language, ready to be looked up: cues, concepts, function and generic words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from simulator.brands import Locale
from simulator.judgement.phrasebook import Hit, PhraseBook
from simulator.judgement.text import Token, fold, parse, stem
from simulator.lexicon import concept_tables, table

_GENERAL_WEIGHT = 0.3
_CUE, _TONE, _ANSWER = "=", "~", "+"
_SIDES: tuple[Locale, Locale] = ("en", "pl")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a customer can speak of: a group of concepts, its words for people, and who sees to it.

    ``title`` stands in any sentence; ``of`` follows a preposition (in Polish the genitive).
    """

    id: str
    sector: str
    title: str
    of: str
    team: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A family of words for one thing; ``weight`` says how much sharing it tells.

    ``related`` are topics that belong with it; a ``remedy`` is something that replies bring in of
    their own; ``lean`` is 1 for what people praise, -1 for what they complain of.
    """

    id: str
    topic: str
    sector: str
    weight: float
    related: frozenset[str]
    remedy: bool
    lean: int


@dataclass(frozen=True, slots=True)
class Finds:
    """What a wordbook found in a text: cue, concept, tone and answer, each -> hits."""

    cues: dict[str, tuple[Hit, ...]]
    concepts: dict[str, tuple[Hit, ...]]
    tones: dict[str, tuple[Hit, ...]]
    answers: dict[str, tuple[Hit, ...]]


def _patterns(words: str) -> list[str]:
    """Return the patterns of a row of a concept table, folded; ``_`` joins the words of one."""
    return [word.replace("_", " ") for word in fold(words).split()]


def _frozen(found: dict[str, list[Hit]]) -> dict[str, tuple[Hit, ...]]:
    return {label: tuple(hits) for label, hits in found.items()}


class Wordbook:
    """Every frozen word table of one language."""

    def __init__(self, locale: Locale) -> None:
        self.locale: Locale = locale
        self._book = PhraseBook()
        self.concepts: dict[str, Concept] = {}
        self.topics: dict[str, Topic] = {}
        self.answers: dict[str, frozenset[str]] = {}
        """A phrase that replies bring -> the concerns that it answers."""
        for label, patterns in table(f"cues.{locale}").items():
            self._book.add(f"{_CUE}{label}", map(fold, patterns))
        for label, patterns in table("valence")[locale].items():
            self._book.add(f"{_TONE}{label}", map(fold, patterns))
        self.classes = {
            fold(word): name
            for name, words in table("function_words")[locale].items()
            for word in words.split()
        }
        generic = table("generic_stems")
        self.generic = frozenset(stem(fold(word), locale) for word in generic[locale].split())
        self.plain = self.generic | {
            stem(fold(word), locale) for word in generic[f"plain.{locale}"].split()
        }
        """Stems that two texts may share without being about the same thing."""
        self.common: dict[str, float] = table("common")[locale]
        self.answer_weights: dict[str, float] = table("common").get(f"answers.{locale}", {})
        self._load_concepts()

    def _load_concepts(self) -> None:
        side = _SIDES.index(self.locale)
        relations, common = table("relations"), table("common")["concepts"]
        sectors = {name: sector for sector, rows in concept_tables() for name in rows}
        leans = dict.fromkeys(relations["negative"], -1) | dict.fromkeys(relations["positive"], 1)
        remedies = frozenset(relations["remedies"])
        for sector, rows in concept_tables():
            for name, row in rows.items():
                related = frozenset(
                    f"{sectors[other]}/{other}"
                    for other in relations["related"].get(name, ())
                    if other in sectors
                )
                topic = f"{sector}/{name}"
                title = row["title"][self.locale]
                self.topics[topic] = Topic(
                    topic,
                    sector,
                    title,
                    row.get("of", row["title"])[self.locale],
                    row.get("team", {}).get(self.locale, ""),
                )
                weight = _GENERAL_WEIGHT if row.get("general") else 1.0
                for concept, words in row["concepts"].items():
                    label = f"{topic}/{concept}"
                    short = f"{name}/{concept}"
                    self.concepts[label] = Concept(
                        label,
                        topic,
                        sector,
                        weight * common.get(label, 1.0),
                        related,
                        short in remedies,
                        leans.get(short, 0),
                    )
                    self._book.add(label, _patterns(words[side]))
                    for phrase in _patterns(words[side + 2]) if len(words) > len(_SIDES) else ():
                        self.answers[phrase] = self.answers.get(phrase, frozenset()) | {label}
        for phrase in self.answers:
            self._book.add(f"{_ANSWER}{phrase}", [phrase])

    def find(self, tokens: Sequence[Token]) -> Finds:
        """Return the cues, concepts and tones found in tokens."""
        cues: dict[str, list[Hit]] = {}
        concepts: dict[str, list[Hit]] = {}
        tones: dict[str, list[Hit]] = {}
        answers: dict[str, list[Hit]] = {}
        for hit in self._book.find(tokens):
            label = hit.label
            if label[0] == _CUE:
                cues.setdefault(label[1:], []).append(hit)
            elif label[0] == _TONE:
                tones.setdefault(label[1:], []).append(hit)
            elif label[0] == _ANSWER:
                answers.setdefault(label[1:], []).append(hit)
            else:
                concepts.setdefault(label, []).append(hit)
        return Finds(_frozen(cues), _frozen(concepts), _frozen(tones), _frozen(answers))

    def content_stems(self, text: str) -> frozenset[str]:
        """Return the stems of a text's words but for function words and generic ones."""
        roots = (
            stem(token.word, self.locale)
            for token in parse(text).tokens
            if token.word not in self.classes
        )
        return frozenset(roots) - self.generic


@cache
def wordbook(locale: Locale) -> Wordbook:
    """Return the wordbook of a language, loaded once."""
    return Wordbook(locale)
