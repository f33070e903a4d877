"""Expands a list of phrases into sentences, for one author, one plan and one run of the dice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.voices.dice import Dice
from simulator.voices.lists import PhraseList
from simulator.voices.phrases import (
    Agreement,
    Choice,
    Node,
    Pair,
    Phrase,
    Reference,
    Sequence,
    Slot,
    Text,
)
from simulator.voices.polish import Noun, agree, noun

_SPACES = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r" +([,.!?;:…)])")
_W = re.compile(r"\b([Ww]) (?=[wfWF][bcdfghjklłmnprstwzż])")
_Z = re.compile(
    r"\b([Zz]) (?=(?i:s[ptkmnlłrwc]|sz[ckptwnlm]|ś[wrcmnl]|z[bdgmnwłlr]|ws[ptz]|lw)|mną\b)"
)
_ARTICLE = re.compile(r"\b([Aa]) (?=([A-Za-z]+))")
_VOWEL = re.compile(
    r"(?i)(?!one|once|uni|uri|use|usu|uti|uro|eur|ukul|ute)[aeiou]|hour|honest|heir"
)


@dataclass(slots=True)
class Expansion:
    """One text in the making.

    ``slots`` are values of the plan, ``tags`` what the message is like, ``aliases`` resolve the
    role references ``<*role>`` to an aspect's list, ``nouns`` are fixed things by list name.
    """

    lists: Mapping[str, PhraseList]
    dice: Dice
    slots: Mapping[str, str]
    tags: frozenset[str]
    aliases: Mapping[str, str]
    feminine: bool
    polite: bool
    nouns: dict[str, Noun] = field(default_factory=dict)
    _chosen: dict[str, Phrase] = field(default_factory=dict)
    _used: set[tuple[str, int]] = field(default_factory=set)
    _possible: dict[str, bool] = field(default_factory=dict)
    _gender: str = "m3"

    def expand(self, name: str) -> list[str]:
        """Return the sentences of one phrase of a list.

        Raises ``ValueError`` where no phrase of the list can be filled for this plan.
        """
        if not self.can(name):
            raise ValueError(f"No phrase of {name!r} can be filled for this plan.")
        text = self._reference(Reference(name, "", ""))
        return [tidied for part in text.split("//") if (tidied := tidy(part))]

    @property
    def used(self) -> frozenset[tuple[str, int]]:
        """The phrases that the text is made of: name of the list, number in it."""
        return frozenset(self._used)

    def can(self, name: str) -> bool:
        """Tell whether some phrase of a list can be filled for this plan."""
        if name in self.slots or name in self.nouns:
            return True
        name = self.aliases.get(name, name)
        if name not in self._possible:
            self._possible[name] = False
            known = self.lists.get(name)
            self._possible[name] = known is not None and any(
                self._allows(phrase) for phrase in known.phrases
            )
        return self._possible[name]

    def _allows(self, phrase: Phrase) -> bool:
        return (
            phrase.needs <= self.tags
            and not phrase.shuns & self.tags
            and self._fillable(phrase.body)
        )

    def _fillable(self, body: Sequence) -> bool:
        return all(self._can_fill(node) for node in body)

    def _can_fill(self, node: Node) -> bool:
        if isinstance(node, Slot):
            return node.name in self.slots
        if isinstance(node, Reference):
            return self.can(node.name) and (not node.adjectives or self.can(node.adjectives))
        if isinstance(node, Choice):
            return any(self._fillable(option) for option in node.options)
        return True

    def _say(self, body: Sequence) -> str:
        return "".join(self._node(node) for node in body)

    def _node(self, node: Node) -> str:
        if isinstance(node, Text):
            return node.words
        if isinstance(node, Slot):
            return self.slots[node.name]
        if isinstance(node, Pair):
            first = self.feminine if node.by == "~" else not self.polite
            return node.first if first else node.second
        if isinstance(node, Choice):
            options = [option for option in node.options if self._fillable(option)]
            return self._say(self.dice.choose(options))
        if isinstance(node, Agreement):
            return agree(node.lemma, node.case, self._gender)
        return self._reference(node)

    def _reference(self, node: Reference) -> str:
        if node.name in self.slots:
            return self.slots[node.name]
        if node.name in self.nouns:
            return self._inflect(self.nouns[node.name], node)
        name = self.aliases.get(node.name, node.name)
        phrase = self._pick(self.lists[name])
        if "noun" in self.lists[name].flags:
            return self._inflect(noun(phrase.source), node)
        return self._say(phrase.body)

    def _inflect(self, thing: Noun, node: Reference) -> str:
        case = node.case or "nom"
        gender = thing.agreement(case)
        before = ""
        if node.adjectives:
            quality = self._pick(self.lists[node.adjectives]).source
            before = agree(quality, case, gender) + " "
        self._gender = gender
        return before + thing.form(case)

    def _pick(self, source: PhraseList) -> Phrase:
        if "sticky" in source.flags and source.name in self._chosen:
            return self._chosen[source.name]
        allowed = [phrase for phrase in source.phrases if self._allows(phrase)]
        fresh = [row for row in allowed if (source.name, row.number) not in self._used] or allowed
        phrase = self.dice.weigh(fresh, [source.weight(row) for row in fresh])
        self._used.add((source.name, phrase.number))
        self._chosen[source.name] = phrase
        return phrase


def tidy(text: str) -> str:
    """Return a sentence with single spaces and none before a mark."""
    return _BEFORE_MARK.sub(r"\1", _SPACES.sub(" ", text)).strip(" ,")


def fix_prepositions(text: str) -> str:
    """Return Polish text with ``we`` and ``ze`` where ``w`` and ``z`` cannot be pronounced."""
    return _Z.sub(r"\1e ", _W.sub(r"\1e ", text))


def fix_articles(text: str) -> str:
    """Return English text with ``an`` before a vowel sound."""
    return _ARTICLE.sub(lambda hit: f"{hit[1]}n " if _VOWEL.match(hit[2]) else hit[0], text)
