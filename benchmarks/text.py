r"""Measures how varied the generated messages are: ``python benchmarks/text.py [--sector X]``.

One sector and locale, 10,000 messages. Text is normalised (NFC, casefold), tokens are
``\w+|[^\w\s]``; distinct-n on the first 20,000 tokens in id order, Heaps' exponent on 50,000,
Zipf's slope by least squares on log ranks 1 to 1,000, self-BLEU-4 with smoothing on 500 messages,
gzip -9 of UTF-8 lines. Exit code 1 when a target of the messages' specification is missed. With
``--lines FILE`` the same is measured on somebody else's text, one message a line.
"""

import argparse
import gzip
import json
import math
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from simulator.voices import SECTORS, generate

_TOKEN = re.compile(r"\w+|[^\w\s]")
_DISTINCT_TOKENS = 20_000
_HEAPS_TOKENS = 50_000
_BLEU_TEXTS = 500
_LONG_ENOUGH = 4
_ORDERS = (1, 2, 3, 4)

Bounds = tuple[float, float]


def tokenise(text: str) -> list[str]:
    """Return the tokens of a text as the targets define them."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text).casefold())


def duplicates(texts: Sequence[str]) -> tuple[float, float]:
    """Return percentages: repeated among messages of 4 words or more; shorter ones, of all."""
    long = [text for text in texts if len(text.split()) >= _LONG_ENOUGH]
    short = [text for text in texts if len(text.split()) < _LONG_ENOUGH]
    repeated_long = len(long) - len(set(long))
    repeated_short = len(short) - len(set(short))
    return 100 * repeated_long / max(1, len(long)), 100 * repeated_short / max(1, len(texts))


def distinct(tokens: Sequence[str], order: int) -> float:
    """Return the share of different n-grams among the first 20,000 tokens."""
    first = tokens[:_DISTINCT_TOKENS]
    grams = list(zip(*(first[shift:] for shift in range(order)), strict=False))
    return len(set(grams)) / max(1, len(grams))


def heaps(tokens: Sequence[str]) -> float:
    """Return the exponent of vocabulary growth over 50,000 tokens, by least squares on logs."""
    first = tokens[:_HEAPS_TOKENS]
    seen: set[str] = set()
    sizes = []
    for token in first:
        seen.add(token)
        sizes.append(len(seen))
    at = np.unique(np.geomspace(100, len(first), 60).astype(int))
    slope, _ = np.polyfit(np.log(at), np.log(np.array(sizes)[at - 1]), 1)
    return float(slope)


def zipf(tokens: Sequence[str]) -> float:
    """Return minus the slope of log frequency against log rank, ranks 1 to 1,000."""
    counts = np.array(sorted(Counter(tokens).values(), reverse=True)[:1000], dtype=float)
    ranks = np.arange(1, len(counts) + 1)
    slope, _ = np.polyfit(np.log(ranks), np.log(counts), 1)
    return float(-slope)


def self_bleu(texts: Sequence[Sequence[str]]) -> float:
    """Return the mean BLEU-4 of each of 500 messages against the other 499, add-epsilon smoothed.

    Smoothing is method 1 of Chen and Cherry (2014): a zero count becomes 0.1.
    """
    sample = [text for text in texts if text][:_BLEU_TEXTS]
    best = [_two_best_counts(sample, order) for order in _ORDERS]
    return float(np.mean([_bleu(sample, number, best) for number in range(len(sample))]))


def _grams(text: Sequence[str], order: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(text[shift:] for shift in range(order)), strict=False))


def _two_best_counts(
    sample: Sequence[Sequence[str]], order: int
) -> dict[tuple[str, ...], tuple[int, int, int]]:
    best: dict[tuple[str, ...], tuple[int, int, int]] = {}
    for number, text in enumerate(sample):
        for gram, count in _grams(text, order).items():
            top, owner, second = best.get(gram, (0, -1, 0))
            if count > top:
                best[gram] = (count, number, top)
            elif count > second:
                best[gram] = (top, owner, count)
    return best


def _bleu(
    sample: Sequence[Sequence[str]],
    number: int,
    best: Sequence[dict[tuple[str, ...], tuple[int, int, int]]],
) -> float:
    text = sample[number]
    logs = 0.0
    for order, counts in zip(_ORDERS, best, strict=True):
        grams = _grams(text, order)
        matched = 0
        for gram, count in grams.items():
            top, owner, second = counts[gram]
            matched += min(count, second if owner == number else top)
        total = max(1, sum(grams.values()))
        logs += math.log(max(matched, 0.1) / total) / len(_ORDERS)
    closest = min(
        (abs(len(row) - len(text)), len(row)) for i, row in enumerate(sample) if i != number
    )[1]
    brevity = 1.0 if len(text) > closest else math.exp(1 - closest / max(1, len(text)))
    return brevity * math.exp(logs)


def gzip_ratio(texts: Sequence[str]) -> float:
    """Return plain over compressed size of the messages, one a line."""
    plain = "\n".join(texts).encode()
    return len(plain) / len(gzip.compress(plain, 9, mtime=0))


def measure(texts: Sequence[str]) -> dict[str, float]:
    """Return every figure of the specification for texts in id order."""
    token_lists = [tokenise(text) for text in texts]
    tokens = [token for row in token_lists for token in row]
    long, short = duplicates(texts)
    return {
        "messages": len(texts),
        "tokens": len(tokens),
        "types": len(set(tokens)),
        "duplicates_long_percent": long,
        "duplicates_short_percent": short,
        "distinct_1": distinct(tokens, 1),
        "distinct_2": distinct(tokens, 2),
        "distinct_3": distinct(tokens, 3),
        "self_bleu_4": self_bleu(token_lists),
        "heaps": heaps(tokens),
        "zipf": zipf(tokens),
        "gzip": gzip_ratio(texts),
    }


def targets(locale: str) -> dict[str, Bounds]:
    """Return figure -> (lowest, highest) allowed."""
    return {
        "duplicates_long_percent": (0.0, 0.5),
        "duplicates_short_percent": (0.0, 8.0),
        "distinct_2": (0.55 if locale == "en" else 0.65, 1.0),
        "self_bleu_4": (0.0, 0.40),
        "heaps": (0.5, 0.8),
        "zipf": (0.85, 1.25),
        "gzip": (0.0, 3.2),
    }


def main(say: Callable[[str], object] = print) -> int:
    """Print the figures as JSON lines, one a sector and locale; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sector", choices=SECTORS, action="append")
    parser.add_argument("--locale", choices=("en", "pl"), action="append")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", type=Path)
    asked = parser.parse_args()
    missed = 0
    for locale in asked.locale or ("en", "pl"):
        for sector in ("",) if asked.lines else asked.sector or ("homeware", "cafe"):
            began = time.process_time()
            if asked.lines:
                texts = asked.lines.read_text(encoding="utf-8").splitlines()
            else:
                rows = generate(asked.count, locale, asked.seed, sector)
                texts = [str(row["text"]).replace("\n", " ") for row in rows]
            spent = time.process_time() - began
            figures = measure(texts)
            bounds = targets(locale)
            misses = [
                name for name, (low, high) in bounds.items() if not low <= figures[name] <= high
            ]
            missed += len(misses)
            say(
                json.dumps(
                    {"locale": locale, "sector": sector}
                    | {name: round(value, 3) for name, value in figures.items()}
                    | {"cpu_seconds": round(spent, 2), "missed": misses}
                )
            )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
