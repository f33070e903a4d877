"""Derive the frozen table of neighbouring word classes (simulator/lexicon/order.json).

    python benchmarks/derive_order.py [--locale en|pl] TEXTS...

``TEXTS`` are files named ``*.en.*`` or ``*.pl.*``: CSV with a column ``text``, JSON lines,
Markdown or plain text; of other JSON files the strings under the language's key are read, of a
catalogue (``.po``) the Polish sentences. English was derived from the Stanford Politeness Corpus
(Danescu-Niculescu-Mizil et al., ACL 2013; Apache-2.0), Polish from this project's own texts;
the table holds numbers only.
"""

import argparse
import csv
import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from simulator import generate
from simulator.judgement.order import BOUNDARY, classes_of
from simulator.judgement.text import parse
from simulator.judgement.wordbook import wordbook

TABLE = Path(__file__).parent.parent / "simulator" / "lexicon" / "order.json"
SMOOTHING = 2.0
CLIP = 2.0
LEAST = 0.08
ENDINGS = 90
OWN_WEIGHT = 4
GENERATED_SEED = 2026
LEAST_WORDS = 5
"""Shorter entries of a catalogue are labels, not sentences."""
UNREAD = ("sealed", "wild_sealed", "manner")
"""Parts of our pairs that no table may be derived from."""


def _strings(tree: object, locale: str) -> Iterator[str]:
    """Yield the strings under a language's key, wherever they stand in a JSON tree."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            if name == locale and isinstance(value, str):
                yield value
            else:
                yield from _strings(value, locale)
    elif isinstance(tree, list):
        for value in tree:
            yield from _strings(value, locale)


def read_texts(path: Path, locale: str = "pl") -> Iterator[str]:
    """Yield the texts of a file, whatever its format."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        yield from _strings(json.loads(text), locale)
    elif path.suffix == ".po":
        rows = re.findall(r'msgstr(?:\[\d\])? "(.+)"', text)
        yield from (row for row in rows if len(row.split()) >= LEAST_WORDS)
    elif path.suffix == ".csv":
        yield from (row["text"] for row in csv.DictReader(text.splitlines()))
    elif path.suffix == ".jsonl":
        for line in text.splitlines():
            row = json.loads(line)
            if row.get("part") not in UNREAD:
                for _ in range(OWN_WEIGHT):
                    yield row["customer_text"]
                    yield row["reply_text"]
    else:
        yield from (part for part in re.split(r"\n\s*\n", text) if part.strip())


def derive(texts: list[str], locale: str) -> dict[str, object]:
    """Return the table of one language: endings that count, and log odds of neighbours."""
    words = wordbook(locale)  # type: ignore[arg-type]
    endings: Counter[str] = Counter()
    parsed = [parse(text) for text in texts]
    for text in parsed:
        for token in text.tokens:
            if token.word not in words.classes and not token.word.isdigit():
                for length in (2, 3, 4):
                    if len(token.word) > length + 1:
                        endings[token.word[-length:]] += length
    kept = frozenset(ending for ending, _ in endings.most_common(ENDINGS))
    odds: dict[str, float] = {}
    for level in (1, 0):
        sentences = [
            [BOUNDARY, *(classes[level] for classes in sentence), BOUNDARY]
            for text in parsed
            for sentence in classes_of(text, words, kept)
        ]
        odds |= neighbours(sentences)
    return {"endings": sorted(kept), "pairs": dict(sorted(odds.items()))}


def neighbours(sentences: list[list[str]]) -> dict[str, float]:
    """Return the smoothed, clipped log odds of each two common classes as neighbours."""
    pairs: Counter[tuple[str, str]] = Counter()
    singles: Counter[str] = Counter()
    for row in sentences:
        pairs.update(itertools.pairwise(row))
        singles.update(row[1:])
    size = sum(singles.values())
    common = [name for name, count in singles.items() if count >= 0.0015 * size]
    odds: dict[str, float] = {}
    for first in common:
        for second in common:
            likely = singles[first] * singles[second] / size
            value = math.log((pairs[first, second] + SMOOTHING) / (likely + SMOOTHING))
            value = max(-CLIP, min(CLIP, value))
            if abs(value) >= LEAST:
                odds[f"{first} {second}"] = round(value, 2)
    return odds


def main() -> None:
    """Write the table from the files named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--generated", type=int, default=4000, help="synthetic messages to add")
    parser.add_argument("--locale", choices=("en", "pl"), help="only this language")
    options = parser.parse_args()
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    for locale in [options.locale] if options.locale else ["en", "pl"]:
        files = [path for path in options.texts if f".{locale}." in path.name]
        files += [path for path in options.texts if path.suffix == ".json"]
        files += [path for path in options.texts if path.suffix == ".po" and locale == "pl"]
        if locale == "en":
            files += [path for path in options.texts if path.suffix == ".csv"]
        texts = [text for path in files for text in read_texts(path, locale)]
        texts += [str(row["text"]) for row in generate(options.generated, locale, GENERATED_SEED)]
        bars = {name: table[locale][name] for name in ("base", "fluency", "misplaced")}
        table[locale] = derive(texts, locale) | bars
        print(locale, len(texts), "texts", len(table[locale]["pairs"]), "pairs")
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
