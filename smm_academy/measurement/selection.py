"""The adaptive check: which item comes next, and when to stop.

Content first: the area furthest below its share, in it the skills asked least. Then precision:
the five unused items that tell most at the present estimate. Then exposure: one of the five,
drawn by the sitting's seed (randomesque selection, Kingsbury and Zara 1989), so that the same
sitting resumes with the same item. The best items would still meet most people, area after area;
so each sitting also rests 35 % of the bank, drawn by its seed, and wakes a resting item only where
nothing else is left.
"""

import hashlib
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from smm_academy.measurement.ability import NODES, log_chances, summarise_posterior
from smm_academy.measurement.blueprint import AREA_OF
from smm_academy.measurement.curves import Curves, FloatArray, from_difficulties, information

StopReason: TypeAlias = Literal["precise", "longest", "exhausted"]


@dataclass(frozen=True, slots=True)
class BankItem:
    """An item that can be asked: its skill and its parameters in logits."""

    id: str
    skill: str
    a: float
    thresholds: tuple[float, ...]
    c: float = 0.0


@dataclass(frozen=True, slots=True)
class CheckRules:
    """When a check stops: at the standard error ``se``, between ``shortest`` and ``longest``.

    ``nearest`` is how many of the best items the draw is among, ``awake`` the share of the bank
    that one sitting draws on: no item meets a larger share of people while the bank suffices.
    """

    se: float
    shortest: int
    longest: int
    nearest: int = 5
    awake: float = 0.65


LEARNER_CHECK = CheckRules(se=0.40, shortest=13, longest=30)
EMPLOYER_CHECK = CheckRules(se=0.30, shortest=15, longest=40)

_TOLD_BY_AN_ITEM = 0.22
"""Information of an item chosen here: .25 for one of slope 1 that meets the ability exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """Items made ready: their curves, and the log chances at the nodes, (items, scores, 61)."""

    items: tuple[BankItem, ...]
    places: Mapping[str, int]
    areas: tuple[str, ...]
    shares: Mapping[str, float]
    curves: Curves
    log_chances: FloatArray


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do next: ask ``item``, or stop for the reason ``stop``; one of them is ``None``.

    ``mean`` and ``se`` are the overall estimate so far, in logits; ``asked`` counts the answers.
    """

    item: str | None
    stop: StopReason | None
    mean: float
    se: float
    asked: int


def build_bank(items: Sequence[BankItem], area_of: Mapping[str, str] = AREA_OF) -> Bank:
    """Return the bank of some items; an area's share is its part of the skills in the bank.

    Raises ``ValueError`` when an id comes twice or an item's parameters are impossible, and
    ``KeyError`` for a skill without an area.
    """
    places = {item.id: place for place, item in enumerate(items)}
    if len(places) != len(items):
        raise ValueError("An item stands in the bank twice. Give each id once.")
    skills = {item.skill for item in items}
    shares: dict[str, float] = {}
    for skill in sorted(skills):
        shares[area_of[skill]] = shares.get(area_of[skill], 0.0) + 1 / len(skills)
    curves = from_difficulties(
        [item.a for item in items], [item.thresholds for item in items], [item.c for item in items]
    )
    areas = tuple(area_of[item.skill] for item in items)
    return Bank(tuple(items), places, areas, shares, curves, log_chances(curves, NODES))


def estimate_overall(bank: Bank, answers: Sequence[tuple[str, int]]) -> tuple[float, float]:
    """Return mean and standard error, EAP under N(0, 1), from (item id, step) pairs."""
    height = np.zeros((1, len(NODES)))
    given = _first_answers(bank, answers)
    for place in sorted(bank.places[id_] for id_ in given):
        # In the bank's order, so that the sum is the same to the last digit in any order.
        height[0] += bank.log_chances[place, given[bank.items[place].id]]
    found = summarise_posterior(height)
    return float(found.mean[0]), float(found.se[0])


def decide_next(
    bank: Bank,
    answers: Sequence[tuple[str, int]],
    *,
    rules: CheckRules,
    seed: int | str,
    excluded: Collection[str] = (),
) -> Decision:
    """Return the next item to ask, or the reason to stop.

    ``answers`` are (item id, step) in any order; of two answers to one item the first counts.
    ``excluded`` are items that this person has seen before. The same arguments give the same
    decision. Raises ``ValueError`` for an answer to an item outside the bank or a step it has not.
    """
    given = _first_answers(bank, answers)
    mean, se = estimate_overall(bank, answers)
    asked = len(given)
    if asked >= rules.shortest and se <= rules.se:
        return Decision(None, "precise", mean, se, asked)
    if asked >= rules.longest:
        return Decision(None, "longest", mean, se, asked)
    free = np.array([item.id not in given and item.id not in excluded for item in bank.items])
    if not free.any():
        return Decision(None, "exhausted", mean, se, asked)
    candidates = np.flatnonzero(_choose_open(bank, given, free, _wake(bank, rules, seed)))
    worth = information(_take(bank.curves, candidates), np.array([mean]))[:, 0]
    best = candidates[np.argsort(-worth, kind="stable")[: rules.nearest]]
    drawn = best[_hash(seed, asked) % len(best)]
    return Decision(bank.items[drawn].id, None, mean, se, asked)


def expect_more(se: float, asked: int, rules: CheckRules) -> int:
    """Return about how many more questions a check will ask, at least one and never too many."""
    lacking = 1.0 / rules.se**2 - 1.0 / se**2
    wanted = max(math.ceil(lacking / _TOLD_BY_AN_ITEM), rules.shortest - asked, 1)
    return max(1, min(wanted, rules.longest - asked))


def _first_answers(bank: Bank, answers: Sequence[tuple[str, int]]) -> dict[str, int]:
    given: dict[str, int] = {}
    for id_, step in answers:
        if id_ not in bank.places:
            raise ValueError(f'The answer to "{id_}" belongs to no item of this bank.')
        highest = len(bank.items[bank.places[id_]].thresholds)
        if not 0 <= step <= highest:
            raise ValueError(f'The answer to "{id_}" is step {step}; it has 0 to {highest}.')
        given.setdefault(id_, step)
    return given


def _wake(bank: Bank, rules: CheckRules, seed: int | str) -> NDArray[np.bool_]:
    """Say which items this sitting draws on."""
    chance = np.random.default_rng(_hash(seed, "awake")).random(len(bank.items))
    return np.asarray(chance < rules.awake)


def _choose_open(
    bank: Bank, given: Mapping[str, int], free: NDArray[np.bool_], awake: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Say which items are due by content, the resting ones only where none else is left."""
    due = _balance(bank, given, free)
    rested = due & awake
    return rested if rested.any() else due


def _balance(bank: Bank, given: Mapping[str, int], free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say which free items are of the area most owed and, in it, of a skill asked least."""
    in_area = dict.fromkeys(bank.shares, 0)
    in_skill: dict[str, int] = {item.skill: 0 for item in bank.items}
    for id_ in given:
        place = bank.places[id_]
        in_area[bank.areas[place]] += 1
        in_skill[bank.items[place].skill] += 1
    open_areas = {area for area, can in zip(bank.areas, free, strict=True) if can}
    owed = {
        area: round(bank.shares[area] * (len(given) + 1) - in_area[area], 9) for area in open_areas
    }
    most = max(owed.values())
    fitting = [
        bool(can) and owed[area] == most for area, can in zip(bank.areas, free, strict=True)
    ]
    counts = [in_skill[item.skill] for item in bank.items]
    least = min(count for count, fits in zip(counts, fitting, strict=True) if fits)
    return np.array([fits and count == least for count, fits in zip(counts, fitting, strict=True)])


def _take(curves: Curves, places: NDArray[np.intp]) -> Curves:
    return Curves(curves.slopes[places], curves.intercepts[places], curves.floors[places])


def _hash(seed: int | str, purpose: int | str) -> int:
    digest = hashlib.blake2b(f"{seed}\x1f{purpose}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")
