"""A text with what was found in it: cues that hold, concepts, content words and numbers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from simulator.brands import Locale
from simulator.judgement.phrasebook import Hit
from simulator.judgement.reading import Span
from simulator.judgement.text import LIMIT, Text, Token, parse, stem
from simulator.judgement.wordbook import Wordbook, wordbook

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_REACH = 3
_NEGATABLE = frozenset(
    {
        *(
            "apology",
            "thanks",
            "glad",
            "empathy",
            "constructive",
            "commit",
            "liability",
            "promise",
        ),
        *("compensation", "improve", "positive", "invite", "ask_step", "register"),
    }
)
_SHORTEST_CONTENT = 3


@dataclass(frozen=True, slots=True)
class Annotation:
    """What stands in a text, ready for every facet.

    ``cues`` holds the phrases that are meant, ``negated`` those under a negation. ``content``
    maps the stem of each word that is neither a function word, nor generic, nor part of a
    concept, to the tokens where it stands. ``numbers`` maps each number to its span.
    """

    text: Text
    locale: Locale
    words: Wordbook
    cues: dict[str, tuple[Hit, ...]]
    negated: dict[str, tuple[Hit, ...]]
    concepts: dict[str, tuple[Hit, ...]]
    tones: dict[str, tuple[Hit, ...]]
    content: dict[str, tuple[int, ...]]
    numbers: dict[str, Span] = field(default_factory=dict)
    answers: dict[str, tuple[Hit, ...]] = field(default_factory=dict)

    def has(self, cue: str) -> bool:
        """Return whether a cue is meant somewhere in the text."""
        return cue in self.cues

    def count(self, cue: str) -> int:
        """Return how often a cue is meant."""
        return len(self.cues.get(cue, ()))

    def spans(self, *cues: str) -> tuple[Span, ...]:
        """Return where cues stand, in the text as sent, in order."""
        return self.places(hit for cue in cues for hit in self.cues.get(cue, ()))

    def places(self, hits: Iterable[Hit]) -> tuple[Span, ...]:
        """Return the spans of hits, in order, overlapping ones joined."""
        return join_spans(self.text.span(hit.first, hit.last) for hit in hits)


def join_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, overlapping ones joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _covered(hits: Iterable[Hit]) -> set[int]:
    return {index for hit in hits for index in range(hit.first, hit.last + 1)}


def _is_negated(hit: Hit, tokens: tuple[Token, ...], negators: set[int]) -> bool:
    """Return whether a negator governs a hit: up to three words before it in its clause."""
    clause = tokens[hit.first].clause
    return any(
        index in negators and tokens[index].clause == clause
        for index in range(max(0, hit.first - _REACH), hit.first)
    )


def annotate(text: Text, locale: Locale) -> Annotation:
    """Return what stands in a text, read in one language."""
    words = wordbook(locale)
    finds = words.find(text.tokens)
    exempt = _covered(finds.cues.get("not_negation", ()))
    negators = _covered(finds.cues.get("negation", ())) - exempt
    meant: dict[str, tuple[Hit, ...]] = {}
    negated: dict[str, tuple[Hit, ...]] = {}
    for cue, hits in finds.cues.items():
        if cue not in _NEGATABLE:
            meant[cue] = hits
            continue
        denied = tuple(hit for hit in hits if _is_negated(hit, text.tokens, negators))
        kept = tuple(hit for hit in hits if hit not in denied)
        if kept:
            meant[cue] = kept
        if denied:
            negated[cue] = denied
    named = _covered(hit for hits in finds.concepts.values() for hit in hits)
    content: dict[str, list[int]] = {}
    for index, token in enumerate(text.tokens):
        word = token.word
        if index in named or len(word) < _SHORTEST_CONTENT or word in words.classes:
            continue
        root = stem(word, locale)
        if root not in words.plain and not word.isdigit():
            content.setdefault(root, []).append(index)
    return Annotation(
        text,
        locale,
        words,
        meant,
        negated,
        finds.concepts,
        finds.tones,
        {root: tuple(places) for root, places in content.items()},
        {
            match.group(): text.place(match.start(), match.end())
            for match in _NUMBER.finditer(text.folded)
        },
        finds.answers,
    )


def annotate_message(raw: str, locale: Locale) -> Annotation:
    """Return what stands in a customer's message; the latest few messages are remembered.

    Few, since what is kept alive between replies is what the collector of garbage must visit.
    """
    return _remembered(raw[:LIMIT], locale)


@lru_cache(maxsize=16)
def _remembered(raw: str, locale: Locale) -> Annotation:
    return annotate(parse(raw), locale)


@lru_cache(maxsize=256)
def annotate_fact(fact: str, locale: Locale) -> Annotation:
    """Return what stands in a fact that a brand tells; facts are few and read again and again."""
    return annotate(parse(fact), locale)


def restrict(whole: Annotation, kept: Sequence[int]) -> Annotation:
    """Return an annotation with only the tokens ``kept`` and the phrases that stand in them."""
    places = {old: new for new, old in enumerate(kept)}
    tokens = tuple(whole.text.tokens[index] for index in kept)
    spans = [(token.start, token.end) for token in tokens]

    def moved(found: dict[str, tuple[Hit, ...]]) -> dict[str, tuple[Hit, ...]]:
        rows = {
            label: tuple(
                Hit(hit.label, places[hit.first], places[hit.last])
                for hit in hits
                if hit.first in places and hit.last in places
            )
            for label, hits in found.items()
        }
        return {label: hits for label, hits in rows.items() if hits}

    content = {
        root: tuple(places[index] for index in indexes if index in places)
        for root, indexes in whole.content.items()
    }
    return replace(
        whole,
        text=replace(whole.text, tokens=tokens),
        cues=moved(whole.cues),
        negated=moved(whole.negated),
        concepts=moved(whole.concepts),
        tones=moved(whole.tones),
        answers=moved(whole.answers),
        content={root: indexes for root, indexes in content.items() if indexes},
        numbers={
            number: span
            for number, span in whole.numbers.items()
            if any(start <= span[0] < end for start, end in spans)
        },
    )
