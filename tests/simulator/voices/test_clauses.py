from dataclasses import replace
from typing import Literal

import pytest

from simulator.voices import persona
from simulator.voices.clauses import part
from simulator.voices.dice import Dice

LATE = "autobus nie przyjechał dziś rano, staliśmy tam na mrozie, a kierowca nic nie wiedział"


def parted(
    row: str, habit: Literal["commas", "stops", "dashes", "loose"], keep: str = ""
) -> set[tuple[str, ...]]:
    """Return every way in which somebody of a habit parts a sentence, over forty draws."""
    who = replace(persona(1, "m1", "pl"), clauses=habit)
    return {tuple(part([row], who, Dice(seed, "test", "m1"), keep)) for seed in range(40)}


def test_who_writes_commas_keeps_them() -> None:
    assert parted(LATE, "commas") == {(LATE,)}


def test_a_clause_that_stands_alone_may_become_a_sentence_but_a_bound_one_never() -> None:
    ways = parted(LATE, "stops")
    assert (
        "autobus nie przyjechał dziś rano",
        "staliśmy tam na mrozie, a kierowca nic nie wiedział",
    ) in ways
    assert not [way for way in ways if any(row.startswith("a kierowca") for row in way)]


@pytest.mark.parametrize(
    "row",
    [
        "jeśli nikt tu nie odpowie, pójdziemy wszyscy do rzecznika",
        "czemu nic nie jedzie, ktoś to wie?",
        "pani w okienku numer dwa, której nazwiska nie znam",
        'usłyszeliśmy "proszę wyjść stąd, następny klient już czeka"',
    ],
)
def test_a_clause_that_needs_its_neighbour_stays_with_it(row: str) -> None:
    assert parted(row, "stops") == {(row,)}
    assert parted(row, "dashes") == {(row,)}


def test_the_words_that_a_plan_gives_are_left_alone() -> None:
    assert parted(LATE, "stops", keep=LATE) == {(LATE,)}
    assert parted(LATE, "loose", keep=LATE) == {(LATE,)}


def test_who_hardly_parts_clauses_drops_commas_and_no_word() -> None:
    ways = parted(LATE, "loose")
    assert (LATE.replace(",", ""),) in ways
    assert {way[0].replace(",", "") for way in ways} == {LATE.replace(",", "")}
