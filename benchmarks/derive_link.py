"""Fit the frozen table of what tells that a reply answers a message (simulator/lexicon/link.json).

    python benchmarks/derive_link.py

Run after ``derive_kin.py``, where SciPy is installed. Two things are fitted to our
own pairs, every part but the sealed ones: which deeds of a reply go with what a message does
(``turns``, read by `simulator.judgement.turn`), and the weights of `relevance.Signs` in a logistic
model that tells each message's own reply from replies to others of the same company or sector,
from replies of other sectors, and from stock phrases. No sign may weigh against its meaning.

What is fitted to pairs itself (``turns``, and which families answer which) is fitted anew without
each part before the signs of that part are taken (stacking), so that the weights do not trust it
beyond what it does for unseen pairs. The figures printed are for parts left out of every fit.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks.derive_kin import HOLD as ANSWERS_HOLD, LEXICON, LIKENESS, RATE, ROUNDS, tell_apart
from benchmarks.heads import LOCALES, PAIRS, WIDTH, Vectors, pairs
from simulator.brands import Locale
from simulator.judgement import turn
from simulator.judgement.annotation import Annotation, annotate, annotate_message
from simulator.judgement.gaming import copied
from simulator.judgement.kinship import kinship
from simulator.judgement.reader import earning
from simulator.judgement.relevance import Signs, meet
from simulator.judgement.sentences import classify
from simulator.judgement.text import parse
from simulator.keyed import draw

SENSE = Signs(1, 1, 1, 1, 1, 1, 1, -1, -1, -1)
"""Which way each sign may count: what is shared for a link, what is foreign or long against it."""
LENGTH = -2.0
"""What length weighs: set, not fitted, since long replies earn more elsewhere (U4) as well."""
BELONGING = 0.2
"""How likely a reply is taken to belong before it is read: doubt that evidence must overcome."""
HOLD = 1e-3
TURNS_RATE, TURNS_HOLD, TURNS_ROUNDS = 0.2, 0.015, 200
MOST_ANSWERS = 6.0
NEAR, FAR, STOCK = 6, 6, 2
"""Replies of the same company or sector, of others, and stock texts of a kind, for a message."""
FAKES = ("canned", "offtopic")


@dataclass
class Meeting:
    """A reply put to a message: their part, the message's number, whether they belong together."""

    locale: Locale
    part: str
    message: str
    kind: str
    signs: Signs
    asked: Vectors
    said: Vectors
    called: Vectors
    done: Vectors


def voices(message: Annotation, reply: str) -> tuple[Annotation, Annotation]:
    """Return what of a reply may earn and what of it may show feeling."""
    text = parse(reply)
    whole = annotate(text, message.locale)
    return earning(whole, classify(whole, ()), copied(message.text, text))


def put(row: dict[str, Any], reply: str, kind: str, middles: Vectors) -> Meeting:
    """Return how a reply meets the message of a pair."""
    locale = row["locale"]
    message = annotate_message(row["customer_text"], locale)
    own, felt = voices(message, reply)
    kin = kinship(locale)
    return Meeting(
        locale,
        row["part"],
        row["id"],
        kind,
        meet(message, own)[0],
        kin.gist(message) @ middles,
        kin.gist(own) @ middles,
        np.array(turn.calls(message)),
        np.array(turn.does(own, felt, reply), float),
    )


def meetings(locale: Locale, middles: Vectors) -> Iterator[Meeting]:
    """Yield for each pair its own reply, others of its sector, of other sectors, stock texts."""
    rows = pairs(locale)
    fakes = json.loads((PAIRS / f"attacks.{locale}.json").read_text(encoding="utf-8"))
    for row in rows:
        house = row.get("company", row["sector"])
        others = [other for other in rows if other["part"] == row["part"] and other is not row]
        near = [other for other in others if other.get("company", other["sector"]) == house]
        far = [other for other in others if other["sector"] != row["sector"]]
        yield put(row, row["reply_text"], "own", middles)
        for other in near[:NEAR]:
            yield put(row, other["reply_text"], "near", middles)
        for place in range(FAR):
            other = far[int(draw(3, "easy", row["id"], place) * len(far))]
            yield put(row, other["reply_text"], "far", middles)
        for kind in FAKES:
            for place in range(STOCK):
                chosen = int(draw(5, "stock", kind, row["id"], place) * len(fakes[kind]))
                yield put(row, fakes[kind][chosen], "stock", middles)


def centres(alike: Vectors) -> Vectors:
    """Return centres of families, turned as they may be, that are so much alike; rows of WIDTH."""
    sizes, ways = np.linalg.eigh(alike)
    widest: Vectors = ways[:, -WIDTH:] * np.sqrt(np.maximum(sizes[-WIDTH:], 0))
    return widest


def batches(rows: list[Meeting], left: str, right: str) -> list[tuple[Vectors, Vectors]]:
    """Return the two sides of the true pairs, a batch for each language."""
    return [
        (
            np.array([getattr(row, left) for row in rows if row.locale == locale]),
            np.array([getattr(row, right) for row in rows if row.locale == locale]),
        )
        for locale in LOCALES
    ]


def fit_turns(rows: list[Meeting]) -> Vectors:
    """Return the weights of what a message does (rows) for what a reply does (columns)."""
    sides = batches(rows, "called", "done")
    form = np.zeros((sides[0][0].shape[1], sides[0][1].shape[1]))
    least = np.full_like(form, -np.inf)
    for deed in turn.AMENDS:
        least[:, turn.ACTS.index(deed)] = 0
        least[turn.PRAISING, turn.ACTS.index(deed)] = -np.inf
    return tell_apart(sides, form, TURNS_RATE, TURNS_HOLD, TURNS_ROUNDS, least)


def left_out(rows: list[Meeting]) -> Vectors:
    """Return the signs of each row, its fitted ones from fits that did not see its part."""
    table = np.array([row.signs for row in rows])
    answers, clash = Signs._fields.index("answers"), Signs._fields.index("clash")
    for part in {row.part for row in rows}:
        seen = [row for row in rows if row.part != part and row.kind == "own"]
        sides = batches(seen, "asked", "said")
        likeness = LIKENESS * np.eye(WIDTH)
        answering = tell_apart(sides, likeness, RATE, ANSWERS_HOLD, ROUNDS)
        turns = fit_turns(seen)
        for place, row in enumerate(rows):
            if row.part == part:
                told = float(row.asked @ answering @ row.said)
                table[place, answers] = max(-MOST_ANSWERS, min(MOST_ANSWERS, told))
                table[place, clash] = min(0.0, float(row.called @ turns @ row.done))
    return table


def fit_weights(table: Vectors, own: Vectors, usable: Vectors) -> Vectors:
    """Return the weights under which own replies (numbers in ``own``) stand above the others."""
    scale = table.std(0) + 1e-9
    gaps = ((table[own] - table) / scale)[usable]
    bounds = [(0.0, None) if sense > 0 else (None, 0.0) for sense in SENSE]
    length = Signs._fields.index("length")
    bounds[length] = (LENGTH * scale[length], LENGTH * scale[length])

    def loss(weights: Vectors) -> tuple[float, Vectors]:
        leads = gaps @ weights
        misses = 1 / (1 + np.exp(leads))
        slope = 2 * HOLD * weights - (gaps * misses[:, None]).mean(0)
        return float(np.logaddexp(0, -leads).mean() + HOLD * weights @ weights), slope

    found = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x / scale)


def calibrate(points: Vectors, told: Vectors, is_own: Vectors) -> Vectors:
    """Return base, slope, and the weight of how much a message tells, of a logistic model."""
    weight = np.where(is_own, BELONGING / is_own.sum(), (1 - BELONGING) / (~is_own).sum())

    def loss(row: Vectors) -> float:
        leads = np.where(is_own, 1, -1) * (row[0] + row[1] * points + row[2] * told)
        return float(weight @ np.logaddexp(0, -leads))

    return np.asarray(minimize(loss, np.array([0.0, 1.0, 0.0]), method="L-BFGS-B").x)


def report(rows: list[Meeting], table: Vectors, own: Vectors) -> None:
    """Print how often a message's own reply stands above others, each part left out of the fit."""
    kinds = np.array([row.kind for row in rows])
    parts = np.array([row.part for row in rows])
    tongues = np.array([row.locale for row in rows])
    points = np.zeros(len(rows))
    for part in sorted(set(parts)):
        weights = fit_weights(table, own, (parts != part) & (kinds != "own"))
        points[parts == part] = table[parts == part] @ weights
    for locale in LOCALES:
        for part in (*sorted(set(parts)), "all"):
            here = (tongues == locale) & ((parts == part) | (part == "all"))
            shares = [
                (points[own] > points)[here & (kinds == kind)].mean()
                for kind in ("near", "far", "stock")
            ]
            print(locale, f"{part:12}", *(f"{share:.3f}" for share in shares))


def main() -> None:
    """Write ``link.json`` and print how well it tells pairs that it was not fitted to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    middles = centres(kinship("en").alike)
    rows = [row for locale in LOCALES for row in meetings(locale, middles)]
    table = left_out(rows)
    numbers = {row.message: place for place, row in enumerate(rows) if row.kind == "own"}
    own = np.array([numbers[row.message] for row in rows])
    report(rows, table, own)
    is_own = np.array([row.kind == "own" for row in rows])
    weights = fit_weights(table, own, ~is_own)
    told = Signs._fields.index("told")
    base, slope, weight = calibrate(table @ weights, table[:, told], is_own)
    weights *= slope
    weights[told] = min(0.0, weight)
    turns = fit_turns([row for row in rows if row.kind == "own"])
    shown = {
        "base": round(float(base), 3),
        "weights": {
            name: round(float(weight), 3)
            for name, weight in zip(Signs._fields, weights, strict=True)
        },
        "turns": [[round(float(weight), 3) for weight in column] for column in turns.T],
    }
    print(shown["base"], shown["weights"])
    text = json.dumps(shown, indent=None, separators=(",", ":")).replace("],[", "],\n[")
    (LEXICON / "link.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
