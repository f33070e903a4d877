"""Whether words stand in an order that people write: classes of neighbouring words.

Each word has a class: what kind of function word it is, or how a content word ends. A frozen
table holds how much more often two classes are neighbours in running text than in the same words
shuffled; a text whose neighbours are no likelier than shuffled ones is no sentence.
"""

import re
from functools import cache

from simulator.judgement.text import Text
from simulator.judgement.wordbook import Wordbook
from simulator.lexicon import table

_LEAST = 7
_ENDING = {"en": (3, 2), "pl": (3, 2)}
_ODD_CAPITAL = re.compile(r"(?<![.!?…:)\"\n])\s+[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]+")
_ODD_STOP = re.compile(r"[a-ząćęłńóśźż][.!?,]\s+[a-ząćęłńóśźż]")


def word_class(word: str, words: Wordbook) -> str:
    """Return the class of a folded word: of function words their own, of others their ending."""
    known = words.classes.get(word)
    if known is not None:
        return f"{known}:{word}" if len(word) <= 3 else known  # noqa: PLR2004 - the commonest
    if word.isdigit():
        return "#"
    endings = _endings(words.locale)
    for length in (4, 3, 2):
        if word[-length:] in endings and len(word) > length + 1:
            return "-" + word[-length:]
    return "-"


@cache
def _endings(locale: str) -> frozenset[str]:
    return frozenset(table("order")[locale]["endings"])


@cache
def _pairs(locale: str) -> dict[str, float]:
    pairs: dict[str, float] = table("order")[locale]["pairs"]
    return pairs


def fluency(text: Text, words: Wordbook) -> float:
    """Return the mean log odds of a text's neighbouring words against a shuffled text."""
    pairs = _pairs(words.locale)
    total, count = 0.0, 0
    before, sentence = "^", -1
    for token in text.tokens:
        here = word_class(token.word, words)
        if token.sentence != sentence:
            before, sentence = "^", token.sentence
        total += pairs.get(f"{before} {here}", pairs.get("?", -0.1))
        before = here
        count += 1
    return total / count if count else 0.0


def disorder(text: Text, words: Wordbook) -> float:
    """Return how sure it is that a text's words are shuffled, from 0 to 1."""
    if len(text.tokens) < _LEAST:
        return 0.0
    bar = table("order")[words.locale]["bar"]
    spread = table("order")[words.locale]["spread"]
    return max(0.0, min(1.0, (bar - fluency(text, words)) / spread))
