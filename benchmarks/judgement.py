"""Validity of the judge on our own pairs: one figure for each gate, by language and part.

    python benchmarks/judgement.py [--part wild|sealed|wild_sealed|manner] [--failures KIND]

The pairs and attacks are our own texts (tests/simulator/judgement/data); they serve development
and regression, and are no evidence of validity with people. A hard mismatch is a reply of the same
company, or of the same sector where a part names no companies. In brackets stands the 95 %
bootstrap interval over pairs. ``sealed``, ``wild_sealed`` and ``manner`` are never fitted to.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import spearmanr

from simulator.items import Item, Reply
from simulator.judgement import infer, read, score
from simulator.judgement.annotation import annotate
from simulator.judgement.relevance import relate
from simulator.judgement.text import parse
from simulator.keyed import draw

DATA = Path(__file__).parent.parent / "tests" / "simulator" / "judgement" / "data"
WEAK = 40
ROUNDS = 3
DRAWS = 1000


@dataclass
class Tally:
    """How often a claim held, and where it did not."""

    held: int = 0
    asked: int = 0
    failures: list[str] = field(default_factory=list)

    by_pair: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    """Pair -> how often the claim held there, and how often it was asked."""

    def add(self, held: bool, note: str) -> None:
        """Count a claim; ``note`` begins with the id of the pair."""
        self.asked += 1
        self.held += held
        cell = self.by_pair[note.split(maxsplit=1)[0]]
        cell[0] += held
        cell[1] += 1
        if not held:
            self.failures.append(note)

    @property
    def share(self) -> float:
        return self.held / self.asked if self.asked else float("nan")

    def interval(self) -> tuple[float, float]:
        """Return the 95 % percentile bootstrap over pairs, whose claims are drawn together."""
        cells = np.array(list(self.by_pair.values()))
        drawn = cells[np.random.default_rng(0).integers(0, len(cells), (DRAWS, len(cells)))].sum(1)
        low, high = np.percentile(drawn[:, 0] / drawn[:, 1], [2.5, 97.5])
        return float(low), float(high)


def pairs(locale: str, part: str) -> list[dict[str, Any]]:
    """Return the pairs of a language and part."""
    lines = (DATA / f"pairs.{locale}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if part in ("all", row["part"])]


def attacks(locale: str) -> dict[str, list[str]]:
    """Return the sentences that spoil or fake a reply, by kind."""
    rows: dict[str, list[str]] = json.loads(
        (DATA / f"attacks.{locale}.json").read_text(encoding="utf-8")
    )
    return rows


def points(item: Item, text: str, earlier: tuple[str, ...] = ()) -> float:
    """Return the score of a public reply."""
    return score(item, read(item, Reply(text, earlier_replies=earlier))).score


def _pick(options: list[str], *step: str | int) -> str:
    return options[int(draw(5, "benchmark", *step) * len(options))]


def _shuffle(text: str, *step: str | int) -> str:
    words = text.split()
    order = sorted(range(len(words)), key=lambda index: draw(7, "shuffle", *step, index))
    return " ".join(words[index] for index in order)


def _strip(text: str) -> str:
    table = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
    return text.translate(table)


def _without(text: str, locale: str, cues: tuple[str, ...]) -> str | None:
    """Return a text without the sentences that hold cues, ``None`` where that changes nothing."""
    parsed = parse(text)
    found = annotate(parsed, locale)  # type: ignore[arg-type]
    gone = {parsed.tokens[hit.first].sentence for cue in cues for hit in found.cues.get(cue, ())}
    ordered = list(dict.fromkeys(token.sentence for token in parsed.tokens))
    kept = [
        text[start:end]
        for sentence, (start, end) in zip(ordered, parsed.sentences, strict=True)
        if sentence not in gone
    ]
    return ". ".join(kept) + "." if gone and kept else None


def _unspecific(item: Item, text: str) -> str | None:
    """Return a text without the sentences that speak of this matter."""
    parsed = parse(text)
    link = relate(annotate(parse(item.text), item.locale), annotate(parsed, item.locale))
    kept = [
        text[start:end]
        for start, end in parsed.sentences
        if not any(start <= place[0] < end for place in link.spans)
    ]
    return ". ".join(kept) + "." if kept and link.spans else None


def degradations(
    item: Item, text: str, bank: dict[str, list[str]], step: str
) -> Iterator[tuple[str, str]]:
    """Yield spoiled versions of a reply, each with its kind."""
    for kind in ("blame", "insult", "threat", "ask_data", "show_data", "sarcasm", "defensive"):
        extra = _pick(bank[kind], kind, step)
        yield f"+{kind}", f"{text} {extra}"
        yield f"+{kind}", f"{extra} {text}"
    complaint = item.kind not in ("praise", "question", "order_question")
    removals: tuple[tuple[str, tuple[str, ...], bool], ...] = (
        ("-apology", ("apology",), complaint),
        ("-step", ("commit", "ask_step", "when"), item.kind != "praise"),
    )
    for kind, cues, due in removals:
        shorter = _without(text, item.locale, cues) if due else None
        if shorter:
            yield kind, shorter
    bare = _unspecific(item, text)
    if bare:
        yield "-specific", bare
    if complaint:
        stripped = _without(text, item.locale, ("apology",))
        if stripped:
            yield "nonapology", f"{_pick(bank['nonapology'], step)} {stripped}"
    yield "caps", text.upper()


def attempts(
    row: dict[str, Any], bank: dict[str, list[str]], others: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield attempts to game the score, each with its kind."""
    step, customer, reply = row["id"], row["customer_text"], row["reply_text"]
    for kind in ("rude", "canned", "offtopic", "injection", "stuffing", "emoji", "wrong_language"):
        for turn in range(ROUNDS):
            yield kind, _pick(bank[kind], kind, step, turn)
    yield "echo", customer
    yield "echo", f"{'Thank you.' if row['locale'] == 'en' else 'Dziękujemy.'} {customer}"
    yield "echo shuffled", _shuffle(customer, step, "echo")
    yield "injection+", f"{_pick(bank['canned'], step, 1)} {_pick(bank['injection'], step, 2)}"
    if len(reply.split()) >= 10:  # noqa: PLR2004 - enough words to shuffle
        yield "shuffled", _shuffle(reply, step)
        plain = "".join(letter for letter in reply.lower() if letter.isalnum() or letter == " ")
        yield "shuffled plain", _shuffle(plain, step)
    yield "other reply", _pick(others, step, "other")


def _house(row: dict[str, Any]) -> str:
    """Return the company of a pair, or its sector where no company is told."""
    return str(row.get("company", row["sector"]))


def _claims(
    locale: str, part: str, tallies: dict[str, Tally], measure: Callable[[str, float], None]
) -> None:
    rows, bank = pairs(locale, part), attacks(locale)
    for row in rows:
        item, _ = infer(row["customer_text"], row["locale"])
        text = row["reply_text"]
        real = points(item, text)
        measure("score", real)
        measure("length", len(text))
        note = f"{row['id']} {real:.1f}"
        same = [o for o in rows if _house(o) == _house(row) and o["id"] != row["id"]]
        far = [o for o in rows if o["sector"] != row["sector"]]
        for other in same[:6]:
            value = points(item, other["reply_text"])
            tallies["match > hard mismatch"].add(
                real > value, f"{note} < {other['id']} {value:.1f}"
            )
        shown = [far[int(draw(3, "easy", row["id"], turn) * len(far))] for turn in range(6)]
        for other in shown:
            value = points(item, other["reply_text"])
            tallies["match > easy mismatch"].add(
                real > value, f"{note} < {other['id']} {value:.1f}"
            )
            tallies["easy mismatch < 40"].add(
                value < WEAK, f"{row['id']} {other['id']} {value:.1f}"
            )
        for kind, worse in degradations(item, text, bank, row["id"]):
            value = points(item, worse)
            tallies[f"lowered by {kind}"].add(value < real, f"{note} <= {value:.1f}: {worse}")
        others = [other["reply_text"] for other in far]
        for kind, fake in attempts(row, bank, others):
            value = points(item, fake)
            tallies[f"real > {kind}"].add(real > value, f"{note} <= {value:.1f}: {fake}")
            tallies[f"{kind} < 40"].add(value < WEAK, f"{row['id']} {value:.1f}: {fake}")
        again = points(item, text, (text,))
        if item.kind != "praise":
            tallies["repeated < 40"].add(again < WEAK, f"{row['id']} {again:.1f}")
        for turn in range(ROUNDS):
            padded = text
            for extra in range(turn + 1):
                padded += " " + _pick(bank["padding"], row["id"], turn, extra)
            gain = points(item, padded) - real
            tallies["padding gains <= 2"].add(gain <= 2, f"{note} +{gain:.1f}: {padded}")  # noqa: PLR2004
        loss = real - points(item, _strip(text))
        plain, _ = infer(_strip(row["customer_text"]), row["locale"])
        loss = max(loss, real - points(plain, _strip(text)))
        tallies["diacritics cost <= 3"].add(loss <= 3, f"{note} -{loss:.1f}")  # noqa: PLR2004


def _told(tally: Tally) -> str:
    low, high = tally.interval()
    return f"{tally.share:6.1%} [{low:4.0%} -{high:4.0%}] ({tally.asked})"


def main() -> None:
    """Print a table of every gate, by language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="development")
    parser.add_argument("--locale", default="")
    parser.add_argument("--failures", default="", help="print the failures of claims named so")
    parser.add_argument("--count", type=int, default=12)
    options = parser.parse_args()
    results: dict[str, dict[str, Tally]] = {}
    locales = [options.locale] if options.locale else ["en", "pl"]
    for locale in locales:
        tallies: dict[str, Tally] = defaultdict(Tally)
        measures: dict[str, list[float]] = defaultdict(list)

        def measure(name: str, value: float, into: dict[str, list[float]] = measures) -> None:
            into[name].append(value)

        _claims(locale, options.part, tallies, measure)
        results[locale] = dict(tallies)
        scores = np.array(measures["score"])
        rho = spearmanr(measures["score"], measures["length"]).statistic
        spread = np.percentile(scores, [5, 25, 50, 75, 95]).round(1)
        print(f"{locale} {options.part}: n={len(scores)} rho(length)={rho:.2f} scores {spread}")
    for name in dict.fromkeys(name for tallies in results.values() for name in tallies):
        cells = [
            f"{locale} {_told(results[locale][name])}"
            for locale in locales
            if name in results[locale]
        ]
        print(f"{name:28}", *cells, sep="  ")
        if options.failures and options.failures in name:
            for locale in locales:
                for failure in results[locale].get(name, Tally()).failures[: options.count]:
                    print("    ", failure[:260])


if __name__ == "__main__":
    main()
