"""Simulated people, for measuring the measurement: abilities, and answers that follow a model."""

from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.random import Generator

from smm_academy.measurement.curves import (
    Curves,
    FloatArray,
    IntArray,
    from_difficulties,
    probabilities,
)
from smm_academy.measurement.selection import Bank, BankItem, build_bank

FIRST_DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def draw_two_way(random: Generator, items: int, spread: float = 1.2) -> Curves:
    """Return items with a ~ logN(0, .35) and b ~ N(0, ``spread``)."""
    return from_difficulties(
        random.lognormal(0, 0.35, items).tolist(), random.normal(0, spread, (items, 1)).tolist()
    )


def draw_graded(random: Generator, items: int, steps: int) -> Curves:
    """Return graded items with steps at least .3 apart."""
    places = np.sort(random.normal(0, 1, (items, steps)), axis=1) + 0.3 * np.arange(steps)
    return from_difficulties(random.lognormal(0.2, 0.3, items).tolist(), places.tolist())


def draw_answers(random: Generator, curves: Curves, theta: FloatArray) -> IntArray:
    """Return one answer of each person to each item, (people, items)."""
    chances = probabilities(curves, theta).cumsum(axis=1)[:, :-1]
    drawn = random.random((len(curves.slopes), 1, len(theta)))
    found: IntArray = (drawn > chances).sum(axis=1).T
    return found


def write_csv(codes: IntArray) -> str:
    """Return the answers as the wide CSV that the command reads, -1 as an empty cell."""
    heading = ",".join(f"q{place + 1}" for place in range(codes.shape[1]))
    rows = [",".join("" if code < 0 else str(code) for code in row) for row in codes]
    return "\n".join([heading, *rows]) + "\n"


def draw_bank(random: Generator, items: int, areas: int) -> Bank:
    """Return a bank of two-way items spread evenly over areas of one skill each."""
    curves = draw_two_way(random, items)
    return build_bank(
        [
            BankItem(
                f"item-{place}",
                f"skill-{place % areas}",
                float(curves.slopes[place]),
                (float(curves.thresholds[place, 0]),),
            )
            for place in range(items)
        ],
        {f"skill-{place}": f"area-{place}" for place in range(areas)},
    )


def answer_item(random: Generator, item: BankItem, theta: float) -> int:
    """Return 1 with the chance that a two-way item gives to an ability, else 0."""
    return int(random.random() < 1 / (1 + np.exp(-item.a * (theta - item.thresholds[0]))))


def later(days: float) -> datetime:
    """Return a moment some days after the first."""
    return FIRST_DAY + timedelta(days=days)
