"""Finding many phrases in one pass over a text's tokens.

A pattern is words separated by spaces. A word may end in ``*`` (any ending), hold alternatives
(``we|i``), or be ``..`` (up to three words of the same sentence).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from simulator.judgement.text import Token

_GAP = ".."
_GAP_WORDS = 3
_SHORTEST_PREFIX = 2

Slot: TypeAlias = tuple[frozenset[str], tuple[str, ...]] | None
"""Whole words and prefixes that fit one place of a pattern; ``None`` is a gap."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its label and its first and last token, both included."""

    label: str
    first: int
    last: int


def _slot(word: str) -> Slot:
    if word == _GAP:
        return None
    options = word.split("|")
    return (
        frozenset(option for option in options if not option.endswith("*")),
        tuple(option[:-1] for option in options if option.endswith("*")),
    )


Entry: TypeAlias = tuple[str, tuple[Slot, ...]]
"""A label and what must follow the words that led to it."""


class _Branch:
    """What may follow one first word: nothing, a known second word, or anything to be tried."""

    __slots__ = ("alone", "by_second", "other")

    def __init__(self) -> None:
        self.alone: list[str] = []
        self.by_second: dict[str, list[Entry]] = {}
        self.other: list[Entry] = []

    def add(self, label: str, rest: tuple[Slot, ...]) -> None:
        """Add a pattern's slots after its first word."""
        if not rest:
            self.alone.append(label)
            return
        second = rest[0]
        if second is None or second[1]:
            self.other.append((label, rest))
            return
        for word in second[0]:
            self.by_second.setdefault(word, []).append((label, rest[1:]))


class PhraseBook:
    """Patterns of one language by their first word, each with the label that it stands for."""

    def __init__(self) -> None:
        self._whole: dict[str, _Branch] = {}
        self._prefix: dict[str, _Branch] = {}
        self._longest = 0

    def add(self, label: str, patterns: Iterable[str]) -> None:
        """Add patterns that stand for ``label``; they are given folded, in lower case."""
        for pattern in patterns:
            first, *rest = (_slot(word) for word in pattern.split())
            if first is None:
                raise ValueError(f"The pattern {pattern!r} begins with a gap. Begin with a word.")
            for word in first[0]:
                self._whole.setdefault(word, _Branch()).add(label, tuple(rest))
            for prefix in first[1]:
                self._prefix.setdefault(prefix, _Branch()).add(label, tuple(rest))
                self._longest = max(self._longest, len(prefix))

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return every phrase found, in order of its first token."""
        hits: list[Hit] = []
        whole, prefixes, longest = self._whole, self._prefix, self._longest
        for index, token in enumerate(tokens):
            word = token.word
            branch = whole.get(word)
            if branch is not None:
                _complete(branch, tokens, index, hits)
            for length in range(_SHORTEST_PREFIX, min(len(word), longest) + 1):
                branch = prefixes.get(word[:length])
                if branch is not None:
                    _complete(branch, tokens, index, hits)
        return hits


def _complete(branch: _Branch, tokens: Sequence[Token], index: int, hits: list[Hit]) -> None:
    """Add the phrases of a branch that go on from the token at ``index``."""
    hits.extend(Hit(label, index, index) for label in branch.alone)
    after = index + 1
    if after >= len(tokens) or tokens[after].sentence != tokens[index].sentence:
        return
    for label, rest in branch.by_second.get(tokens[after].word, ()):
        last = _match(rest, tokens, after) if rest else after
        if last >= 0:
            hits.append(Hit(label, index, last))
    for label, rest in branch.other:
        last = _match(rest, tokens, index)
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
