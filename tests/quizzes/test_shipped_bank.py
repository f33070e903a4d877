"""The skill check on the shipped questions: as long, as sure and as fair as the page says."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, strategies as st

from benchmarks.simulated_answers import answer_item
from smm_academy.authoring.reading import Library
from smm_academy.errors import Invalid
from smm_academy.measurement.blueprint import AREA_OF, AREAS
from smm_academy.measurement.selection import Bank, Decision, decide_next, expect_more
from smm_academy.quizzes.questions import Question
from smm_academy.quizzes.skill_check import (
    RULES,
    bank_of,
    choose,
    free_again,
    more_to_come,
    refuse_unfinished,
)
from smm_academy.revisions.records import from_plain
from tests.quizzes.check_takers import NOON

PEOPLE = 300
MOST_SEEN = 0.65


def pool(library: Library, locale: str) -> dict[str, Question]:
    drafts = [
        draft
        for (_, language), own in library.items.items()
        if language == locale
        for draft in own
    ]
    found = {draft.key: from_plain(Question, draft.parsed["versions"][0]) for draft in drafts}
    return {key: one for key, one in found.items() if one.pool == "practice"}


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_on_the_shipped_questions_a_check_is_short_sure_and_fair(
    library: Library, locale: str
) -> None:
    bank = bank_of(pool(library, locale))
    random = np.random.default_rng(22)
    seen: Counter[str] = Counter()
    lengths, covered, ends = [], 0, []
    for person, theta in enumerate(random.normal(size=PEOPLE)):
        answers: list[tuple[str, int]] = []
        while (decision := ask(bank, answers, person)).item is not None:
            item = bank.items[bank.places[decision.item]]
            answers.append((item.id, answer_item(random, item, theta)))
        seen.update(name for name, _ in answers)
        lengths.append(len(answers))
        ends.append(decision.stop)
        covered += abs(decision.mean - theta) <= 1.96 * decision.se
        areas = Counter(AREA_OF[bank.items[bank.places[name]].skill] for name, _ in answers)
        assert all(
            abs(areas[area] / len(answers) - len(skills) / 13) < 0.05
            for area, skills in AREAS.items()
        )

    assert 22 <= np.mean(lengths) <= 25
    assert 0.92 <= covered / PEOPLE <= 0.98
    assert max(seen.values()) / PEOPLE <= MOST_SEEN
    assert ends.count("precise") >= 0.9 * PEOPLE


def ask(bank: Bank, answers: list[tuple[str, int]], person: int) -> Decision:
    return decide_next(bank, answers, rules=RULES, seed=person)


def test_the_same_answers_choose_the_same_question_in_any_order(library: Library) -> None:
    questions = pool(library, "en")
    answered = dict(zip(sorted(questions)[:9], [0, 1, 1, 0, 0.5, 1, 0, 1, 0], strict=True))
    turned = dict(reversed(answered.items()))

    first = choose(questions, answered, seed="a sitting", met=())

    assert first == choose(questions, turned, seed="a sitting", met=())
    assert first.item not in answered


def test_what_was_met_elsewhere_is_neither_asked_nor_counted(library: Library) -> None:
    questions = pool(library, "en")
    met = set(sorted(questions)[:-1])
    (left,) = questions.keys() - met

    asked = choose(questions, {next(iter(met)): 1.0}, seed="s", met=met)
    ended = choose(questions, {left: 1.0}, seed="s", met=met)

    assert (asked.item, asked.asked) == (left, 0)
    assert (ended.stop, ended.asked) == ("exhausted", 1)


def test_what_is_to_come_shrinks_with_each_answer_and_never_promises_too_much(
    library: Library,
) -> None:
    questions = pool(library, "en")
    given_ones = [
        (key, questions[key], number % 2) for number, key in enumerate(sorted(questions))
    ]

    told = [more_to_come(given_ones[:count]) for count in range(RULES.longest)]

    assert told[0] == 24
    assert all(after <= before for before, after in pairwise(told))
    assert min(told) >= 1


@given(st.floats(0.2, 1.0), st.integers(0, 29))
def test_what_is_to_come_keeps_to_the_rules(se: float, asked: int) -> None:
    more = expect_more(se, asked, RULES)

    assert more >= 1
    assert RULES.shortest <= asked + more or asked >= RULES.shortest
    assert asked + more <= RULES.longest


def test_the_next_check_waits_unless_the_last_was_broken_off() -> None:
    assert free_again(NOON, 12) is None
    until = free_again(NOON, 13)
    assert until is not None
    assert (until - NOON).days == 14


@pytest.mark.parametrize("note", ["", "wrong_unit"])
def test_an_answer_that_can_be_graded_is_taken(note: str) -> None:
    refuse_unfinished(note)  # type: ignore[arg-type]


@pytest.mark.parametrize("note", ["blank", "incomplete", "malformed", "too_long", "not_a_number"])
def test_an_answer_that_is_none_is_refused_without_a_word_on_what_is_right(note: str) -> None:
    with pytest.raises(Invalid) as refusal:
        refuse_unfinished(note)  # type: ignore[arg-type]

    assert "right" not in str(refusal.value)
    assert "wrong" not in str(refusal.value)
