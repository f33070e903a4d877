"""Finding many phrases in one pass over a text's tokens.

A pattern is words separated by spaces. A word may end in ``*`` (any ending), hold alternatives
(``we|i``), or be ``..`` (up to three words of the same sentence).
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from simulator.judgement.text import Token

_GAP = ".."
_GAP_WORDS = 3
_SHORTEST_PREFIX = 2

Slot: TypeAlias = tuple[frozenset[str], tuple[str, ...]] | None
"""Whole words and prefixes that fit one place of a pattern; ``None`` is a gap."""


class Hit(NamedTuple):
    """A phrase found: its label and its first and last token, both included."""

    label: str
    first: int
    last: int


def _options(word: str) -> tuple[list[str], list[str]]:
    """Return the whole words and the prefixes that one word of a pattern stands for."""
    options = word.split("|")
    return (
        [option for option in options if not option.endswith("*")],
        [option[:-1] for option in options if option.endswith("*")],
    )


@lru_cache(maxsize=8192)
def _slot(word: str) -> Slot:
    if word == _GAP:
        return None
    whole, prefixes = _options(word)
    return frozenset(whole), tuple(prefixes)


Entry: TypeAlias = tuple[str, str]
"""A label and the pattern of what must follow the words that led to it.

Plain strings, compiled when they are first tried: the collector of garbage need not visit them.
"""


@lru_cache(maxsize=8192)
def _slots(pattern: str) -> tuple[Slot, ...]:
    return tuple(_slot(word) for word in pattern.split())


class _Branch:
    """What may follow one first word: a known second word, one with a known opening, or a gap."""

    __slots__ = ("by_opening", "by_second", "other")

    def __init__(self) -> None:
        self.by_second: dict[str, tuple[Entry, ...]] | None = None
        self.by_opening: dict[str, tuple[Entry, ...]] | None = None
        self.other: tuple[Entry, ...] = ()

    def add(self, label: str, rest: str) -> None:
        """Add what follows a pattern's first word."""
        second, _, after = rest.partition(" ")
        whole, prefixes = _options(second)
        openings = {option[:_SHORTEST_PREFIX] for option in (*whole, *prefixes)}
        if second == _GAP or (prefixes and any(len(one) < _SHORTEST_PREFIX for one in openings)):
            self.other += ((label, rest),)
            return
        if prefixes:
            if self.by_opening is None:
                self.by_opening = {}
            for opening in openings:
                self.by_opening[opening] = (*self.by_opening.get(opening, ()), (label, rest))
            return
        if self.by_second is None:
            self.by_second = {}
        for word in whole:
            self.by_second[word] = (*self.by_second.get(word, ()), (label, after))


class _Starts:
    """First words of patterns: the labels of those that are one word, and what follows others."""

    __slots__ = ("alone", "branches")

    def __init__(self) -> None:
        self.alone: dict[str, tuple[str, ...]] = {}
        self.branches: dict[str, _Branch] = {}

    def add(self, start: str, label: str, rest: str) -> None:
        """Add a pattern by its first word."""
        if rest:
            self.branches.setdefault(start, _Branch()).add(label, rest)
        else:
            self.alone[start] = (*self.alone.get(start, ()), label)


class PhraseBook:
    """Patterns of one language by their first word, each with the label that it stands for."""

    def __init__(self) -> None:
        self._whole = _Starts()
        self._prefix = _Starts()
        self._lengths: dict[str, tuple[int, ...]] = {}
        """First two letters -> how long the prefixes are that begin with them."""

    def add(self, label: str, patterns: Iterable[str]) -> None:
        """Add patterns that stand for ``label``; they are given folded, in lower case."""
        for pattern in patterns:
            start, _, rest = " ".join(pattern.split()).partition(" ")
            if start == _GAP:
                raise ValueError(f"The pattern {pattern!r} begins with a gap. Begin with a word.")
            whole, prefixes = _options(start)
            for word in whole:
                self._whole.add(word, label, rest)
            for prefix in prefixes:
                self._prefix.add(prefix, label, rest)
                opening = prefix[:_SHORTEST_PREFIX]
                known = self._lengths.get(opening, ())
                if len(prefix) not in known:
                    self._lengths[opening] = tuple(sorted((*known, len(prefix))))

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return every phrase found, in order of its first token."""
        hits: list[Hit] = []
        whole, prefix, lengths = self._whole, self._prefix, self._lengths
        for index, token in enumerate(tokens):
            word = token.word
            # Looked up here and not in a function of its own: this runs for each word read.
            for label in whole.alone.get(word, ()):
                hits.append(Hit(label, index, index))  # noqa: PERF401 - a comprehension costs more
            if word in whole.branches:
                _complete(whole.branches[word], tokens, index, hits)
            for length in lengths.get(word[:_SHORTEST_PREFIX], ()):
                if length > len(word):
                    break
                start = word[:length]
                for label in prefix.alone.get(start, ()):
                    hits.append(Hit(label, index, index))  # noqa: PERF401 - as above
                if start in prefix.branches:
                    _complete(prefix.branches[start], tokens, index, hits)
        return hits


def _complete(branch: _Branch, tokens: Sequence[Token], index: int, hits: list[Hit]) -> None:
    """Add the phrases of a branch that go on from the token at ``index``."""
    after = index + 1
    if after >= len(tokens) or tokens[after].sentence != tokens[index].sentence:
        return
    next_word = tokens[after].word
    if branch.by_second is not None:
        for label, rest in branch.by_second.get(next_word, ()):
            last = _match(_slots(rest), tokens, after) if rest else after
            if last >= 0:
                hits.append(Hit(label, index, last))
    tried = branch.other
    if branch.by_opening is not None:
        tried += branch.by_opening.get(next_word[:_SHORTEST_PREFIX], ())
    for label, rest in tried:
        last = _match(_slots(rest), tokens, index)
        if last >= 0:
            hits.append(Hit(label, index, last))


def _fits(slot: tuple[frozenset[str], tuple[str, ...]], word: str) -> bool:
    return word in slot[0] or (bool(slot[1]) and word.startswith(slot[1]))


def _match(rest: tuple[Slot, ...], tokens: Sequence[Token], index: int) -> int:
    """Return the last token of a pattern whose first word stands at ``index``, or -1."""
    place, sentence, gap = index, tokens[index].sentence, 0
    for slot in rest:
        if slot is None:
            gap = _GAP_WORDS
            continue
        for step in range(1, gap + 2):
            here = place + step
            if here >= len(tokens) or tokens[here].sentence != sentence:
                return -1
            if _fits(slot, tokens[here].word):
                place = here
                break
        else:
            return -1
        gap = 0
    return place
