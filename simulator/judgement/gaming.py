"""Attempts to earn a score without answering: echo, stuffing, shuffling, talk to the grader.

Each finding has a strength in [0, 1]; what is left of the facets is 1 minus the strongest.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from simulator.judgement.annotation import Annotation
from simulator.judgement.language import identify, languages, scripts
from simulator.judgement.order import disorder
from simulator.judgement.reading import Span
from simulator.judgement.text import Text, fold

_RUN = 4
_ECHO_SHARE = 0.6
_STUFFING_WORDS = 6
_TELLING_WORDS = 9
_SHORT, _MOSTLY = 2, 0.6
"""In a list, most words stand in fragments of so few words."""
_SPARSE = {"en": (0.16, 0.3), "pl": (0.1, 0.2)}
"""Shares of function words under which a text is a row of words, or may be one."""
_JUMBLED = 0.3
_THIRD = 0.34
_MANY = 3
_PASTE_RATIO = 90
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_WORDS = 4
_FRAGMENT = re.compile(r"[,;|/\n•·#-]+\s*")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing that earns nothing: its id, how strong it is, and where it stands."""

    id: str
    strength: float
    spans: tuple[Span, ...] = ()


def copied(message: Text, reply: Text) -> frozenset[int]:
    """Return the tokens of a reply that stand in runs of four or more copied from the message."""
    asked, said = message.words, reply.words
    runs = {tuple(asked[index : index + _RUN]) for index in range(len(asked) - _RUN + 1)}
    taken: set[int] = set()
    for index in range(len(said) - _RUN + 1):
        if tuple(said[index : index + _RUN]) in runs:
            taken.update(range(index, index + _RUN))
    return frozenset(taken)


def _echo(message: Text, reply: Text, taken: frozenset[int]) -> Attempt | None:
    words = reply.words
    if len(words) < _LEAST_WORDS or not message.tokens:
        return None
    known = set(message.words)
    run_share = len(taken) / len(words)
    bag_share = sum(word in known for word in words) / len(words)
    if run_share >= _ECHO_SHARE or bag_share >= 0.85:  # noqa: PLR2004 - nearly all
        spans = tuple(reply.span(index, index) for index in sorted(taken))
        return Attempt("echo", min(1.0, max(run_share, bag_share) * 1.2), spans)
    return None


def _stuffing(reply: Annotation) -> Attempt | None:
    words = reply.text.words
    if len(words) < _STUFFING_WORDS:
        return None
    share = sum(word in reply.words.classes for word in words) / len(words)
    fragments = [part for part in _FRAGMENT.split(reply.text.folded) if part.strip()]
    sizes = [len(part.split()) for part in fragments]
    short = sum(size for size in sizes if size <= _SHORT) / sum(sizes)
    listed = len(fragments) >= _STUFFING_WORDS and short > _MOSTLY
    few, fewish = _SPARSE[reply.locale]
    bare = share < fewish and len(words) > _STUFFING_WORDS + 1
    jumbled = disorder(reply.text, reply.words)
    repeats = _stutter(words) > _THIRD or _chants(reply.text)
    sparse = share < few and len(words) >= _TELLING_WORDS and jumbled > 0
    if sparse or listed or (bare and jumbled > _JUMBLED) or repeats:
        whole = ((reply.text.tokens[0].start, reply.text.tokens[-1].end),)
        return Attempt("stuffing", 1.0, whole)
    return None


def _chants(text: Text) -> bool:
    """Return whether a text says the same sentences over and over."""
    said = [text.raw[start:end] for start, end in text.sentences]
    return len(said) > _MANY and len(set(said)) <= _THIRD * len(said)


def _stutter(words: list[str]) -> float:
    """Return the share of the words that repeat what stands one to three words before them."""
    repeats = {
        index + offset
        for size in (1, 2, 3)
        for index in range(len(words) - 2 * size + 1)
        if words[index : index + size] == words[index + size : index + 2 * size]
        for offset in range(size)
    }
    return len(repeats) / len(words)


def _language(reply: Text, expected: frozenset[str]) -> Attempt | None:
    if scripts(reply) < 0.5 and "other" not in expected:  # noqa: PLR2004 - most letters
        return Attempt("language", 1.0)
    best, certainty = identify(reply)
    if best in expected or not best or len(reply.tokens) < _LEAST_WORDS:
        return None
    shares = languages(reply)
    mine = max(shares.get(name, 0.0) for name in expected)
    if shares[best] >= 0.2 and shares[best] > 1.4 * mine and certainty > 0.25:  # noqa: PLR2004
        return Attempt("language", 1.0)
    return None


def _pasted(reply: str, others: tuple[str, ...], exempt: tuple[str, ...]) -> Attempt | None:
    if not any(map(str.strip, others)):
        return None
    mine = _plain(reply)
    if any(fold(text) in mine for text in exempt if text.strip()):
        return None
    best = max(
        (fuzz.ratio(mine, _plain(text)) for text in others if text.strip()),
        default=0.0,
    )
    return Attempt("pasted", 1.0) if best > _PASTE_RATIO else None


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    """Return a text folded, with single spaces; what was sent before is met again and again."""
    return " ".join(fold(text).split())


def canned_share(reply: Annotation) -> float:
    """Return the share of a reply's words that stand in stock phrases."""
    if not reply.text.tokens:
        return 0.0
    covered = {
        index
        for cue in ("canned", "apology", "thanks", "greeting", "signature", "empathy")
        for hit in reply.cues.get(cue, ())
        for index in range(hit.first, hit.last + 1)
    }
    return len(covered) / len(reply.text.tokens)


def find_attempts(
    message: Annotation,
    reply: Annotation,
    expected: frozenset[str],
    own: Annotation | None = None,
) -> list[Attempt]:
    """Return the attempts found in a reply, but for pastes.

    ``expected`` are the languages that the reply may be in. ``own`` is the reply without its
    stock sentences, which must not lend their good order to the rest.
    """
    found: list[Attempt | None] = []
    text = reply.text
    if not _LETTER.search(text.folded):
        found.append(Attempt("wordless", 1.0))
    found.append(_language(text, expected))
    found.append(_echo(message.text, text, copied(message.text, text)))
    found.append(_stuffing(reply))
    if reply.has("injection"):
        found.append(Attempt("injection", 1.0, reply.spans("injection")))
    muddle = disorder(text, reply.words)
    if own is not None and own is not reply:
        muddle = max(muddle, disorder(own.text, reply.words))
    if muddle > 0:
        found.append(Attempt("shuffled", muddle))
    return [attempt for attempt in found if attempt is not None]


def find_paste(
    reply: str, others: tuple[str, ...], exempt: tuple[str, ...] = ()
) -> Attempt | None:
    """Return whether a reply is one of the saved or earlier ones, unedited."""
    return _pasted(reply, others, exempt)
