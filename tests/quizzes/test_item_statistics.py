"""What is said of a question: figures from thirty answers on, and each planted flaw in words."""

from __future__ import annotations

import math

import numpy as np
import pytest

from smm_academy.quizzes.item_statistics import Exposure, ItemStatistics, Reply, describe
from smm_academy.quizzes.questions import ChoiceKey, Option, OrderKey, Question

MET = Exposure(15, 60)
OPTIONS = tuple(
    Option(name, f"Option {name}", f"Option {name}", correct=name == "a") for name in "abcd"
)


def question(**changes: object) -> Question:
    usual = {
        "id": "q",
        "locale": "en",
        "key": ChoiceKey(OPTIONS),
        "title": "Which?",
        "title_html": "Which?",
        "body": "",
        "body_html": "",
        "skill": "concepts",
        "difficulty": 3,
        "pool": "practice",
    }
    return Question(**{**usual, **changes})  # type: ignore[arg-type]


def reply(number: int, response: str, rest: float = 0.0, seconds: float | None = None) -> Reply:
    points = float(response == "a")
    return Reply(number, "en", points, response, rest, rest, seconds)


def kinds(found: ItemStatistics) -> set[str]:
    return {flaw.kind for flaw in found.flaws}


def draws(people: int, seed: int, slope: float, wrong: str = "bcd") -> list[Reply]:
    """Replies of people of known ability to an item of a slope."""
    chance = np.random.default_rng(seed)
    found = []
    for number in range(people):
        theta = chance.normal()
        right = chance.random() < 1 / (1 + math.exp(-slope * theta))
        response = "a" if right else str(chance.choice(list(wrong)))
        found.append(reply(number, response, theta + 0.5 * chance.normal()))
    return found


def test_below_thirty_answers_nothing_is_said_but_how_many() -> None:
    few = describe(1, question(), [reply(one, "a") for one in range(29)], [], MET)

    assert (few.answers, few.enough) == (29, False)
    assert few.easiness is few.discrimination is few.language is None
    assert few.choices == few.flaws == ()
    assert few.exposure.share == pytest.approx(0.25)


def test_figures_of_a_small_table_are_as_worked_by_hand() -> None:
    # Ten people a third: one, five and nine of them right; the rest choose b.
    replies = [
        reply(third * 10 + one, "a" if one < right else "b", float(third))
        for third, right in enumerate((1, 5, 9))
        for one in range(10)
    ]
    found = describe(1, question(), replies, [], MET)

    assert found.enough
    assert found.easiness == pytest.approx(0.5)
    assert found.interval == pytest.approx((0.3315, 0.6685), abs=1e-4)
    # Covariance of .8 x 1/3, standard deviations .5 and sqrt(2/3).
    assert found.discrimination == pytest.approx(0.8 / 3 / (0.5 * math.sqrt(2 / 3)))
    assert found.exposure.share == pytest.approx(0.25)
    shares = {choice.id: (choice.count, choice.thirds) for choice in found.choices}
    assert shares["a"] == (15, pytest.approx((0.1, 0.5, 0.9)))
    assert shares["b"] == (15, pytest.approx((0.9, 0.5, 0.1)))
    assert shares["c"] == (0, (0.0, 0.0, 0.0))
    assert [flaw.option for flaw in found.flaws if flaw.kind == "unchosen"] == [
        "Option c",
        "Option d",
    ]
    assert kinds(found) == {"unchosen"}


def test_a_sound_question_gets_no_warning() -> None:
    flawed = [
        bool(describe(1, question(), draws(200, seed, 1.2), [], MET).flaws) for seed in range(50)
    ]

    assert sum(flawed) <= 1


def test_a_wrong_key_is_found() -> None:
    found = [kinds(describe(1, question(), draws(60, seed, -1.5), [], MET)) for seed in range(30)]

    assert sum("able avoid" in one for one in found) >= 29


def test_an_option_that_draws_the_able_is_named() -> None:
    replies = [
        reply(number, "a" if number < 20 else "c" if number % 2 else "b", float(number))
        for number in range(60)
    ]
    found = describe(1, question(), replies, [], MET)

    drawn = [flaw.option for flaw in found.flaws if flaw.kind == "wrong draws"]
    assert drawn == ["Option b", "Option c"]


def test_what_everybody_and_what_nobody_knows_is_said() -> None:
    easy = describe(1, question(), [reply(one, "a" if one else "b") for one in range(40)], [], MET)
    hard = describe(1, question(), [reply(one, "b" if one else "a") for one in range(40)], [], MET)

    assert "easy" in kinds(easy)
    assert "hard" in kinds(hard)


def test_languages_are_compared_only_where_there_are_enough_people() -> None:
    chance = np.random.default_rng(4)

    def group(first: int, people: int, hard: float) -> list[Reply]:
        found = []
        for number in range(first, first + people):
            theta = chance.normal()
            right = chance.random() < 1 / (1 + math.exp(hard - theta))
            found.append(reply(number, "a" if right else "b", theta))
        return found

    here, there = group(0, 300, 1.5), group(300, 300, 0.0)
    found = describe(1, question(), here, there, MET)
    few = describe(1, question(), here[:100], there, MET)

    assert found.language is not None
    assert found.language.ets_class == "C"
    assert found.language.people == (300, 300)
    assert "language" in kinds(found)
    assert few.language is not None
    assert not few.language.enough
    assert "language" not in kinds(few)


def test_who_answered_in_both_languages_is_compared_once() -> None:
    here = draws(250, 1, 1.0)
    found = describe(1, question(), here, draws(300, 2, 1.0), MET)

    assert found.language is not None
    assert sum(found.language.people) == 300


def test_time_is_told_only_from_thirty_times_on() -> None:
    timed = [reply(one, "a" if one % 2 else "b", one, 10.0 + one) for one in range(31)]
    untimed = [reply(one, "a" if one % 2 else "b", one) for one in range(31)]

    assert describe(1, question(), timed, [], MET).seconds == pytest.approx(25)
    assert describe(1, question(), untimed, [], MET).seconds is None


def test_questions_without_options_show_what_became_of_the_answers() -> None:
    replies = [
        Reply(one, "en", points, response, float(one), float(one))
        for one, (points, response) in enumerate(
            [(1.0, ["x", "y"]), (0.5, ["y"]), (0.0, ["z"]), (0.0, [])] * 10
        )
    ]
    found = describe(1, question(key=OrderKey(())), replies, [], MET)

    assert [(one.id, one.count) for one in found.choices] == [
        ("right", 10),
        ("partly", 10),
        ("wrong", 10),
        ("blank", 10),
    ]
    assert found.easiness == pytest.approx(0.25)
