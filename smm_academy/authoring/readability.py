"""How hard a text is to read, by the yardstick of its own language."""

import re

from smm_academy.revisions.sources import Locale

HARDEST_FLESCH = 50.0
"""English below this is "difficult", as in academic journals (Flesch 1949, table of styles)."""

HARDEST_FOG = 13.0
"""Polish above this asks for more than a finished secondary school: more than 13 years."""

LONG_WORD = 4
"""Syllables from which a Polish word counts as hard (Pisarek 1969)."""

LONGEST_CLAUSE: dict[Locale, int] = {"en": 40, "pl": 32}
"""Words up to a stop, colon or semicolon: an easy part may still hold one endless sentence."""

FEWEST_WORDS = 80
"""Both measures are averages: on fewer words one name would decide."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s\"'”’»)*_]|$)|\n")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
_SILENT_END = re.compile(r"[^aeiouyl]e$|[^aeiouytd]ed$", re.IGNORECASE)
# In Polish an i before another vowel only softens; au and eu are one syllable at times, not here.
_POLISH_VOWELS = re.compile(r"i[aąeęoóu]|[aąeęioóuy]", re.IGNORECASE)


def words_in(text: str) -> list[str]:
    """Return the words of a text; numbers are none."""
    return _WORD.findall(text)


def sentences_in(text: str) -> list[str]:
    """Return the sentences of a text; a line break ends one."""
    return [part for part in _SENTENCE_END.split(text) if words_in(part)]


def clauses_in(text: str) -> list[str]:
    """Return the stretches of a text that end in a full stop, a colon or a semicolon."""
    return [part for one in sentences_in(text) for part in re.split(r"[:;](?=\s)", one)]


def syllables(word: str, locale: Locale) -> int:
    """Return how many syllables a word has, by its groups of vowels; at least one."""
    if locale == "pl":
        return max(1, len(_POLISH_VOWELS.findall(word)))
    groups = len(_ENGLISH_VOWELS.findall(word))
    return max(1, groups - bool(_SILENT_END.search(word)))


def flesch(text: str) -> float:
    """Return the reading ease of an English text: 100 is plain, 0 unreadable.

    206.835 - 1.015 x words per sentence - 84.6 x syllables per word (Flesch 1948, "A new
    readability yardstick", Journal of Applied Psychology 32). Raises ``ZeroDivisionError`` for a
    text without words.
    """
    words = words_in(text)
    spoken = sum(syllables(word, "en") for word in words)
    return 206.835 - 1.015 * len(words) / len(sentences_in(text)) - 84.6 * spoken / len(words)


def fog(text: str) -> float:
    """Return about how many years of school a Polish text asks for.

    0.4 x (words per sentence + percent of hard words): the fog index of Gunning 1952, with hard
    words of four syllables or more, as Pisarek 1969 counts them for Polish, where three are
    common. Raises ``ZeroDivisionError`` for a text without words.
    """
    words = words_in(text)
    hard = sum(syllables(word, "pl") >= LONG_WORD for word in words)
    return 0.4 * (len(words) / len(sentences_in(text)) + 100 * hard / len(words))
