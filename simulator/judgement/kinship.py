"""Words that are near one another without being the same: a frozen thesaurus of kindred words.

A head is a word (all its forms) or a concept. The table knows which heads are nearest to each and
in what grade, which families of words it belongs to, and how strongly what replies speak of
answers what messages speak of, family by family. How it came about is in
``simulator/lexicon/NOTICE.md``.
"""

import json
import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from simulator import lexicon
from simulator.brands import Locale
from simulator.judgement.annotation import Annotation
from simulator.judgement.text import stem

_LEAST_GRADE = 0.1
_LEAST_SIZE = 1.0
_NEARNESS = np.maximum(0, (np.arange(256) / 255 - _LEAST_GRADE) / (1 - _LEAST_GRADE)).astype(
    np.float32
)
"""Grade, 0 to 255 -> how near that is, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """How the words of a reply meet those of a message.

    ``near`` maps a token of the reply to how near it is to what the message names, in [0, 1];
    ``known`` is how many of the reply's tokens the thesaurus knows. ``answers`` tells how well
    what the reply speaks of answers what the message speaks of, whatever their lengths: about 0
    for texts that have nothing to do with one another, negative for contrary ones.
    """

    near: dict[int, float]
    known: int
    answers: float


@dataclass(frozen=True, slots=True)
class _Named:
    """The heads that a text names: the token of each, its number and its weight."""

    tokens: list[int]
    heads: NDArray[np.int64]
    weights: NDArray[np.float32]


class Kinship:
    """The thesaurus of one language."""

    def __init__(self, locale: Locale) -> None:
        # Tuples, which the collector of garbage need not visit; the parsed lists are not kept.
        listed = json.loads(files(lexicon).joinpath(f"kin.{locale}.json").read_text("utf-8"))
        self._heads: dict[str, tuple[int, ...]] = {
            root: tuple(places) for root, places in listed.items()
        }
        with files(lexicon).joinpath("kin.npz").open("rb") as file, np.load(file) as tables:
            self._near: NDArray[np.uint16] = tables[f"{locale}_near"]
            self._grades: NDArray[np.uint8] = tables[f"{locale}_grades"]
            self._families: NDArray[np.uint16] = tables[f"{locale}_families"]
            self._shares: NDArray[np.int8] = tables[f"{locale}_shares"]
            self._answers: NDArray[np.float32] = tables["answers"] * tables["answers_unit"]
            self._alike: NDArray[np.float32] = tables["alike"] * tables["alike_unit"]

    def _named(self, text: Annotation) -> _Named:
        """Return what a text names; common words weigh less."""
        words, locale, known = text.words, text.locale, self._heads
        tokens: list[int] = []
        heads: list[int] = []
        weights: list[float] = []
        for index, token in enumerate(text.text.tokens):
            if token.word in words.classes:
                continue
            root = stem(token.word, locale)
            if root in words.plain:
                continue
            for head in known.get(root, ()):
                tokens.append(index)
                heads.append(head)
                weights.append(words.common.get(root, 1.0))
        for label, hits in text.concepts.items():
            for head in known.get(f"@{label}", ()):
                for hit in hits:
                    tokens.append(hit.first)
                    heads.append(head)
                    weights.append(words.concepts[label].weight)
        return _Named(tokens, np.array(heads, np.int64), np.array(weights, np.float32))

    def _gist(self, named: _Named) -> NDArray[np.float32]:
        """Return how much of a text falls to each family of words; its length in words is out."""
        shares = self._shares[named.heads] * named.weights[:, None]
        places = self._families[named.heads].ravel()
        total = np.bincount(places, shares.ravel(), len(self._answers)).astype(np.float32)
        size = float(total @ self._alike @ total)
        return total / np.float32(math.sqrt(max(size, _LEAST_SIZE)))

    def gist(self, text: Annotation) -> NDArray[np.float32]:
        """Return how much of a text falls to each family of words, 0 where none is known."""
        named = self._named(text)
        return self._gist(named) if named.tokens else np.zeros(len(self._answers), np.float32)

    @property
    def alike(self) -> NDArray[np.float32]:
        """How alike any two families are, 1 for the same."""
        return self._alike

    def _reach(self, named: _Named) -> NDArray[np.float32]:
        """Return how near each head is to what a text names."""
        reach = np.zeros(len(self._near), np.float32)
        weighted = _NEARNESS[self._grades[named.heads]] * named.weights[:, None]
        np.maximum.at(reach, self._near[named.heads].ravel(), weighted.ravel())
        np.maximum.at(reach, named.heads, named.weights)
        return reach

    def compare(self, message: Annotation, reply: Annotation, counted: Collection[int]) -> Meeting:
        """Return how two texts meet; tokens of the reply in ``counted`` are not near again."""
        asked, said = self._named(message), self._named(reply)
        if not asked.tokens or not said.tokens:
            return Meeting({}, len(set(said.tokens)), 0.0)
        values = (self._reach(asked)[said.heads] * said.weights).tolist()
        best: dict[int, tuple[float, int]] = {}
        for index, head, value in zip(said.tokens, said.heads.tolist(), values, strict=True):
            if index not in counted and value > best.get(index, (0.0, 0))[0]:
                best[index] = value, head
        met: dict[int, tuple[int, float]] = {}
        for index, (value, head) in best.items():
            if value > met.get(head, (0, 0.0))[1]:
                met[head] = index, value
        answers = float(self._gist(asked) @ self._answers @ self._gist(said))
        return Meeting(dict(met.values()), len(set(said.tokens)), answers)


@cache
def kinship(locale: Locale) -> Kinship:
    """Return the thesaurus of a language, loaded once."""
    return Kinship(locale)
