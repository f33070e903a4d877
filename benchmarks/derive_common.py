"""Derive the frozen table of common words (simulator/lexicon/common.json): stem -> weight.

    python benchmarks/derive_common.py TEXTS...

A word that stands in many texts tells little when two texts share it. Sources and notice as in
`benchmarks/derive_order.py`; the table holds numbers only. How much concepts and answering words
tell is weighed on our own pairs, every part but the sealed ones.
"""

import argparse
import json
import math
from collections import Counter
from pathlib import Path

from benchmarks.derive_order import read_texts
from simulator.judgement.text import parse, stem
from simulator.judgement.wordbook import wordbook

TABLE = Path(__file__).parent.parent / "simulator" / "lexicon" / "common.json"
RARE = 0.0015
LEAST_TEXTS = 4
COMMON_CONCEPT = 0.008
COMMON_ANSWER = 0.004
SEALED = ("sealed", "wild_sealed")
LEAST_CONCEPT, LEAST_ANSWER = 0.35, 0.15


def derive(texts: list[str], locale: str) -> dict[str, float]:
    """Return the weights in [0, 1) of the stems that are common; a rare word weighs 1."""
    words = wordbook(locale)  # type: ignore[arg-type]
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(
            {
                stem(token.word, locale)
                for token in parse(text).tokens
                if token.word not in words.classes and token.word.isalpha()
            }
        )
    bar = max(RARE * len(texts), LEAST_TEXTS)
    return {
        root: round(max(0.1, 1 - 0.35 * math.log2(count / bar)), 2)
        for root, count in sorted(seen.items())
        if count > bar and len(root) > 2  # noqa: PLR2004
    }


def weigh_concepts(texts: dict[str, list[str]]) -> dict[str, float]:
    """Return the weights of the concepts that stand in many texts of either language."""
    seen: Counter[str] = Counter()
    for locale, rows in texts.items():
        words = wordbook(locale)  # type: ignore[arg-type]
        for row in rows:
            seen.update(words.find(parse(row).tokens).concepts.keys())
    bar = COMMON_CONCEPT * sum(map(len, texts.values()))
    return {
        label: round(max(LEAST_CONCEPT, 1 - 0.25 * math.log2(count / bar)), 2)
        for label, count in sorted(seen.items())
        if count > bar
    }


def weigh_answers(texts: list[str], locale: str) -> dict[str, float]:
    """Return the weights of the answering phrases that stand in many texts of a language."""
    words = wordbook(locale)  # type: ignore[arg-type]
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(words.find(parse(text).tokens).answers.keys())
    bar = COMMON_ANSWER * len(texts)
    return {
        phrase: round(max(LEAST_ANSWER, 1 - 0.35 * math.log2(count / bar)), 2)
        for phrase, count in sorted(seen.items())
        if count > bar
    }


def pairs_of(path: Path) -> list[dict[str, str]]:
    """Return the pairs of a file, but for the sealed parts."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row.get("part") not in SEALED]


def main() -> None:
    """Write the table from the files named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    options = parser.parse_args()
    table: dict[str, dict[str, float]] = {}
    asked: dict[str, list[str]] = {}
    said: dict[str, list[str]] = {}
    for locale in ("en", "pl"):
        files = [path for path in options.texts if f".{locale}." in path.name]
        if locale == "en":
            files += [path for path in options.texts if path.suffix == ".csv"]
        texts = [text for path in files for text in read_texts(path)]
        table[locale] = derive(texts, locale)
        rows = [row for path in files if path.suffix == ".jsonl" for row in pairs_of(path)]
        asked[locale] = [row["customer_text"] for row in rows]
        said[locale] = [row["reply_text"] for row in rows]
        print(locale, len(texts), "texts", len(table[locale]), "common stems")
    table["concepts"] = weigh_concepts({name: asked[name] + said[name] for name in asked})
    for locale, replies in said.items():
        table[f"answers.{locale}"] = weigh_answers(replies, locale)
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
