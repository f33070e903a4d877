"""Which language a text is in, by its function words and its script."""

import unicodedata
from collections import Counter
from functools import cache, lru_cache

from simulator.judgement.text import Text, fold
from simulator.judgement.wordbook import wordbook
from simulator.lexicon import table

_SHORT = 3


@cache
def _function_words() -> dict[str, frozenset[str]]:
    words = {
        name: frozenset(fold(word) for word in text.split())
        for name, text in table("other_languages").items()
    }
    for locale in ("en", "pl"):
        words[locale] = frozenset(wordbook(locale).classes)
    return words


def scripts(text: Text) -> float:
    """Return the share of a text's letters that are Latin, 1 where it has no letters."""
    if text.folded.isascii():
        return 1.0
    letters = {sign: count for sign, count in Counter(text.folded).items() if sign.isalpha()}
    if not letters:
        return 1.0
    latin = sum(
        count
        for letter, count in letters.items()
        if letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
    )
    return latin / sum(letters.values())


def languages(text: Text) -> dict[str, float]:
    """Return language -> share of the words that are its function words."""
    return _shares(tuple(text.words))


@lru_cache(maxsize=8)
def _shares(words: tuple[str, ...]) -> dict[str, float]:
    """Return what `languages` does, remembered while one reply is read: it is asked repeatedly."""
    if not words:
        return {}
    counts = Counter(words)
    return {
        name: sum(counts[word] for word in counts.keys() & known) / len(words)
        for name, known in _function_words().items()
    }


def identify(text: Text) -> tuple[str, float]:
    """Return the likeliest language and how sure that is, from 0 to 1.

    ``""`` where the text has no words; ``"other"`` where its script is not Latin.
    """
    if not text.tokens:
        return "", 0.0
    if scripts(text) < 0.5:  # noqa: PLR2004 - most letters
        return "other", 1.0
    shares = languages(text)
    ranked = sorted(shares.items(), key=lambda row: (-row[1], row[0]))
    (best, share), (_, second) = ranked[0], ranked[1]
    if share == 0.0:
        return "", 0.0
    certainty = (share - second) / share * min(1.0, len(text.tokens) / (2 * _SHORT))
    return best, round(certainty, 3)
