"""Words that are near one another without being the same: a frozen thesaurus of kindred words.

A head is a word (all its forms) or a concept. Each has the heads nearest to it and their grades;
how the table came about is in ``simulator/lexicon/NOTICE.md``.
"""

import math
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from simulator import lexicon
from simulator.brands import Locale
from simulator.judgement.annotation import Annotation
from simulator.judgement.text import stem

_LEAST_GRADE = 0.1
_CERTAIN = 1.0


class Kinship:
    """The thesaurus of one language."""

    def __init__(self, locale: Locale) -> None:
        self._heads: dict[str, list[int]] = lexicon.table(f"kin.{locale}")
        with files(lexicon).joinpath("kin.npz").open("rb") as file, np.load(file) as tables:
            self._near: NDArray[np.uint16] = tables[f"{locale}_near"]
            grades = tables[f"{locale}_grades"].astype(np.float32) / 255
            self._families: NDArray[np.uint16] = tables[f"{locale}_families"]
            self._shares: NDArray[np.float32] = tables[f"{locale}_shares"].astype(np.float32) / 255
            self._answers: NDArray[np.float32] = tables["answers"] / 127 * tables["scale"]
        scaled = np.maximum(0, (grades - _LEAST_GRADE) / (_CERTAIN - _LEAST_GRADE))
        self._grades: NDArray[np.float32] = scaled.astype(np.float32)

    def _places(self, text: Annotation) -> Iterator[tuple[int, int, float]]:
        """Yield (token, head, weight) for what a text names; common words weigh less."""
        words = text.words
        for index, token in enumerate(text.text.tokens):
            if token.word in words.classes:
                continue
            root = stem(token.word, text.locale)
            if root not in words.plain:
                for head in self._heads.get(root, ()):
                    yield index, head, words.common.get(root, 1.0)
        for label, hits in text.concepts.items():
            for head in self._heads.get(f"@{label}", ()):
                for hit in hits:
                    yield hit.first, head, words.concepts[label].weight

    def meet(
        self, message: Annotation, reply: Annotation, counted: Collection[int]
    ) -> tuple[dict[int, float], int]:
        """Return token of the reply -> how near it is to what the message names, in [0, 1].

        Tokens ``counted`` already are left out. The number is that of the reply's tokens that
        the thesaurus knows, those too.
        """
        asked = list(self._places(message))
        reach = np.zeros(len(self._near), np.float32)
        if asked:
            heads = np.array([head for _, head, _ in asked])
            weights = np.array([weight for *_, weight in asked], np.float32)
            np.maximum.at(reach, heads, weights)
            np.maximum.at(
                reach, self._near[heads].ravel(), (self._grades[heads] * weights[:, None]).ravel()
            )
        best: dict[int, tuple[float, int]] = {}
        known: set[int] = set()
        for index, head, weight in self._places(reply):
            known.add(index)
            value = float(reach[head]) * weight
            if index not in counted and value > best.get(index, (0.0, 0))[0]:
                best[index] = value, head
        met: dict[int, tuple[int, float]] = {}
        for index, (value, head) in best.items():
            if value > met.get(head, (0, 0.0))[1]:
                met[head] = index, value
        return dict(met.values()), len(known)


    def _gist(self, text: Annotation) -> NDArray[np.float32]:
        """Return how much of a text falls to each family of words."""
        total = np.zeros(len(self._answers), np.float32)
        places = [(head, weight) for _, head, weight in self._places(text)]
        if places:
            heads = np.array([head for head, _ in places])
            weights = np.array([weight for _, weight in places], np.float32)
            shares = self._shares[heads] * weights[:, None]
            np.add.at(total, self._families[heads].ravel(), shares.ravel())
            total /= math.sqrt(float(weights.sum()))
        return total

    def answer(self, message: Annotation, reply: Annotation) -> float:
        """Return how well what a reply speaks of answers what the message speaks of.

        Unbounded either way; about 0 for texts that have nothing to do with one another.
        """
        return float(self._gist(message) @ self._answers @ self._gist(reply))


@cache
def kinship(locale: Locale) -> Kinship:
    """Return the thesaurus of a language, loaded once."""
    return Kinship(locale)
