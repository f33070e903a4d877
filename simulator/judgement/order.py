"""Whether words stand in an order that people write: classes of neighbouring words.

Each word has a class: a function word is its own, a content word is how it ends. A frozen table
(`benchmarks/derive_order.py`) holds how much more often two classes are neighbours in running
text than by chance; a text whose neighbours are no likelier than chance is no sentence.
"""

import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from simulator.judgement.text import Text, Token
from simulator.judgement.wordbook import Wordbook
from simulator.lexicon import table

BOUNDARY = "^"
_LEAST = 6
_ENOUGH = 20
_MOST_MISPLACED = 3
_DOUBT = 0.28
_SHORT_DOUBT = 0.25
_SHORT = 16
_RISE = 0.4
_WELL_PLACED, _MOST_PLACED = 1.1, 3
"""What each well-set stop or capital says for order."""
_OUTWEIGHS = 3
"""How many well-set ones one that is out of place outweighs."""
_POLITE_CAPITALS = frozenset(
    {
        *("i", "pan", "pana", "panu", "panem", "pani", "pania", "panie", "panstwo", "panstwa"),
        *("panstwu", "ty", "ci", "cie", "ciebie", "tobie", "twoj", "twoja", "twoje", "twojej"),
        *("twojego", "wam", "was", "wasz", "wasza", "wasze", "waszej", "m", "ll", "ve", "d"),
    }
)


_STOP_THEN_CAPITAL = re.compile(r"[^\W\d_]{2,}[.!?] (?=[A-ZĄĆĘŁŃÓŚŹŻ])")
_STOP_THEN_SMALL = re.compile(r"([^\W\d_]{2,})[.!?] (?=[a-ząćęłńóśźż])")
_ENDS = frozenset(".!?)")
_ADDRESS = re.compile(r"[@/]|\.[^\W\d_]")
"""What every e-mail or web address has, and most texts have not."""
_SHORTENED = frozenset(
    {
        *("ul", "np", "tel", "godz", "itp", "itd", "tzn", "tzw", "ok", "al", "os", "min", "mr"),
        *("mrs", "dr", "st", "am", "pm", "eg", "ie", "vs", "etc", "approx", "no", "nr", "wg"),
        *("ds", "ws", "im", "pl", "br", "mgr", "prof", "tys", "mln", "kg", "szt", "pok", "ref"),
        *(
            "gen",
            "pt",
            "cd",
            "ext",
            "dept",
            "rd",
            "ave",
            "hrs",
            "mins",
            "incl",
            "max",
            "ew",
            "zob",
        ),
    }
)


def classes_of(
    text: Text, words: Wordbook, endings: frozenset[str]
) -> Iterator[list[tuple[str, str]]]:
    """Yield the fine and the coarse class of each word, sentence by sentence."""
    sentence: list[tuple[str, str]] = []
    number = -1
    has_address = _ADDRESS.search(text.raw) is not None
    for token in text.tokens:
        if has_address and _is_address(text, token):
            continue
        if token.sentence != number and sentence:
            yield sentence
            sentence = []
        number = token.sentence
        sentence.append(_class(token.word, words, endings))
    if sentence:
        yield sentence


def _is_address(text: Text, token: Token) -> bool:
    """Return whether a token is part of an e-mail or web address."""
    before, after = text.raw[max(0, token.start - 1) : token.start], text.raw[token.end :][:2]
    return before in {"@", "/"} or after[:1] == "@" or (after[:1] == "." and after[1:].isalpha())


def _class(word: str, words: Wordbook, endings: frozenset[str]) -> tuple[str, str]:
    if word in words.classes:
        return word, words.classes[word]
    if word[0].isdigit():
        return "#", "#"
    for length in (4, 3, 2):
        if len(word) > length + 1 and word[-length:] in endings:
            return "-" + word[-length:], "-" + word[-2:]
    return "-", "-"


@cache
def _endings(locale: str) -> frozenset[str]:
    return frozenset(table("order")[locale]["endings"])


def fluency(text: Text, words: Wordbook) -> float:
    """Return the mean log odds of a text's neighbouring words against chance."""
    odds: dict[str, float] = table("order")[words.locale]["pairs"]
    total, count = 0.0, 0
    for sentence in classes_of(text, words, _endings(words.locale)):
        edge = (BOUNDARY, BOUNDARY)
        for (fine, coarse), (next_fine, next_coarse) in pairwise([edge, *sentence, edge]):
            total += odds.get(f"{fine} {next_fine}", 0.0)
            total += odds.get(f"{coarse} {next_coarse}", 0.0)
            count += 2
    return total / count if count else 0.0


def _misplaced_capitals(text: Text, words: Wordbook) -> int:
    """Return how many function words wear a capital in the middle of a sentence."""
    count = 0
    for token in text.tokens[1:]:
        if not text.raw[token.start].isupper():
            continue
        letters = text.raw[token.start : token.end]
        before = text.raw[: token.start].rstrip(" ")[-1:]
        if (
            before.isalnum()
            and token.word in words.classes
            and token.word not in _POLITE_CAPITALS
            and (letters[1:].islower() or len(letters) == 1)
        ):
            count += 1
    return count


def _misplaced_stops(text: Text) -> int:
    """Return how many full stops stand where no sentence can end.

    Who begins with a small letter and sets no capital after a stop writes all sentences so.
    """
    if text.raw[:1].islower() and not _STOP_THEN_CAPITAL.search(text.raw):
        return 0
    return sum(
        match.group(1).lower() not in _SHORTENED for match in _STOP_THEN_SMALL.finditer(text.raw)
    )


def _well_placed(raw: str) -> int:
    """Return how many stops stand before a capital, and whether a text begins and ends well."""
    framed = raw[:1].isupper() and raw.rstrip()[-1:] in _ENDS
    return len(_STOP_THEN_CAPITAL.findall(raw)) + framed


def disorder(text: Text, words: Wordbook) -> float:
    """Return how sure it is that a text's words are shuffled, from 0 to 1.

    A logistic of fluency and of capitals and stops out of place, fitted to real and shuffled
    texts; well-set ones speak against it, and the shorter a text, the less sure.
    """
    count = len(text.tokens)
    if count < _LEAST:
        return 0.0
    row: dict[str, float] = table("order")[words.locale]
    stops = _misplaced_stops(text)
    # Where all sentences begin as they should, a capital within one is a name: choose Not Now.
    capitals = _misplaced_capitals(text, words) if stops or not text.raw[:1].isupper() else 0
    misplaced = min(_MOST_MISPLACED, capitals + stops)
    lean = row["base"] - row["fluency"] * fluency(text, words) + row["misplaced"] * misplaced
    placed = _well_placed(text.raw) - _OUTWEIGHS * misplaced
    lean -= _WELL_PLACED * max(0, min(_MOST_PLACED, placed))
    chance = 1 / (1 + math.exp(-lean * min(1.0, math.sqrt(count / _ENOUGH))))
    doubt = _DOUBT + _SHORT_DOUBT * max(0.0, (_SHORT - count) / _SHORT)
    return max(0.0, min(1.0, (chance - doubt) / _RISE))
