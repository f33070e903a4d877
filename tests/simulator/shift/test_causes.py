"""The directions that the literature reports, over pairs of days that share every draw.

Each pair differs in one decision alone, so each test can fail by itself: a world that took no
notice of the decision would give two equal days. Magnitudes stand in ``parameters.json``.
"""

from collections.abc import Callable
from statistics import mean
from typing import Any

import pytest
from rapidfuzz import fuzz

from simulator import Move, Shift
from simulator.shift.baselines import Policy, expert
from simulator.shift.promises import due
from simulator.shift.state import Case

SEEDS = range(21, 31)
Act = Callable[[Shift], None]


@pytest.fixture
def pairs(begin_drill: Any) -> Callable[..., list[tuple[Shift, Shift]]]:
    """Live pairs of drills of a kind that differ in what is done, on the same seeds."""

    def live_pairs(kind: str, one: Act, other: Act, **told: Any) -> list[tuple[Shift, Shift]]:
        found = []
        for seed in SEEDS:
            days = begin_drill(kind, seed, **told), begin_drill(kind, seed, **told)
            for day, act in zip(days, (one, other), strict=True):
                act(day)
                day.run_out()
            found.append(days)
        return found

    return live_pairs


def case_of(day: Shift) -> Case:
    return day.state.cases["m1"]


def mood(day: Shift) -> float:
    return day.state.timeline[-1].sentiment


def reply(text: str) -> Act:
    return lambda day: none_of(day.apply(Move("reply", "m1", text)))


def none_of(_: object) -> None:
    return None


def by(policy: Policy) -> Act:
    def act(day: Shift) -> None:
        while not day.is_over:
            day.apply(policy(day) or Move("wait"))

    return act


def leave(_: Shift) -> None:
    """Do nothing at all."""


def good(answer: Any) -> Act:
    return lambda day: none_of(day.apply(Move("reply", "m1", answer(day, "m1"))))


def test_bystanders_see_a_public_reply_and_no_private_one(pairs: Any, answer: Any) -> None:
    def in_private(day: Shift) -> None:
        day.apply(Move("direct_message", "m1", answer(day, "m1")))

    found = pairs("heated_complaint", good(answer), in_private)

    assert all(mood(seen) > mood(unseen) for seen, unseen in found)


def test_a_quick_reply_is_worth_more_than_the_same_later(pairs: Any, answer: Any) -> None:
    def later(day: Shift) -> None:
        day.pass_until(60)
        good(answer)(day)

    found = pairs("complaint", good(answer), later)

    assert all(case_of(soon).feeling.trust > case_of(late).feeling.trust for soon, late in found)
    assert mean(mood(soon) - mood(late) for soon, late in found) > 0


def test_a_canned_answer_moves_the_community_less_than_a_good_one(pairs: Any, answer: Any) -> None:
    def pasted(day: Shift) -> None:
        day.apply(Move("reply", "m1", day.brand.saved_replies[0]))

    found = pairs("complaint", good(answer), pasted)

    assert all(case_of(own).satcom > case_of(canned).satcom for own, canned in found)
    assert mean(mood(own) - mood(canned) for own, canned in found) > 0


def test_hiding_lawful_criticism_costs_more_than_answering_it(pairs: Any, answer: Any) -> None:
    def hide(day: Shift) -> None:
        day.apply(Move("hide", "m1"))

    found = pairs("complaint", hide, good(answer))

    assert all(mood(hidden) < mood(answered) for hidden, answered in found)
    assert all(
        case_of(hidden).feeling.anger > case_of(answered).feeling.anger
        for hidden, answered in found
    )
    reposts = sum(any(name.endswith("-again") for name in day.state.cases) for day, _ in found)
    assert reposts > 0
    assert not any(name.endswith("-again") for _, day in found for name in day.state.cases)


def test_money_offered_in_public_spreads_the_thread(pairs: Any, answer: Any) -> None:
    def offer(day: Shift) -> None:
        words = f"{answer(day, 'm1')} We give you a voucher of PLN 100 as compensation."
        day.apply(Move("reply", "m1", words))

    found = pairs("heated_complaint", offer, good(answer))

    assert all(case_of(paid).damping > case_of(plain).damping for paid, plain in found)
    assert all(case_of(paid).likes >= case_of(plain).likes for paid, plain in found)
    assert sum(case_of(paid).likes for paid, _ in found) > sum(
        case_of(plain).likes for _, plain in found
    )


def test_a_fed_troll_gets_louder_and_colder_company(pairs: Any) -> None:
    found = pairs("troll", reply("What is your problem with us? Explain yourself!"), leave)

    assert all(case_of(fed).heat > case_of(starved).heat for fed, starved in found)
    assert all(mood(fed) < mood(starved) for fed, starved in found)


def test_an_ignored_complaint_ends_colder_than_an_answered_one(pairs: Any) -> None:
    found = pairs("complaint", leave, by(expert))

    assert all(mood(ignored) < mood(answered) for ignored, answered in found)
    assert sum(len(ignored.state.cases) for ignored, _ in found) > len(found)


PROMISED = "I am sorry that this happened. I will check it and write to you within the hour."
TOMORROW = "I am sorry that this happened. I will check it and write to you by 5 p.m. tomorrow."


def broken(day: Shift) -> list[str]:
    return [turn.text for turn in case_of(day).turns if turn.follow_up == "promise_broken"]


def test_a_promise_of_the_day_that_is_not_kept_is_quoted_back(pairs: Any) -> None:
    found = pairs("complaint", reply(PROMISED), reply(TOMORROW))

    assert all(len(broken(day)) == 1 for day, _ in found)
    # Somebody's finger may slip in what they quote.
    quoted = [fuzz.partial_ratio("within the hour", broken(day)[0].lower()) for day, _ in found]
    assert min(quoted) > 85
    assert not any(broken(day) for _, day in found)
    assert all(
        case_of(forgot).feeling.trust < case_of(free).feeling.trust for forgot, free in found
    )
    assert mean(mood(forgot) - mood(free) for forgot, free in found) < 0


def test_a_promise_that_is_kept_is_not_quoted_back(pairs: Any) -> None:
    def keep(day: Shift) -> None:
        day.apply(Move("reply", "m1", PROMISED))
        day.pass_until(30)
        day.apply(Move("reply", "m1", "A new one leaves today; it is with you tomorrow."))

    found = pairs("complaint", keep, reply(PROMISED))

    assert not any(broken(kept) for kept, _ in found)
    assert all(broken(forgot) for _, forgot in found)
    assert mean(case_of(kept).feeling.trust for kept, _ in found) > mean(
        case_of(forgot).feeling.trust for _, forgot in found
    )


def test_a_broken_promise_is_quoted_in_polish_too(pairs: Any) -> None:
    promised = reply("Bardzo przepraszam. Sprawdzę to i odpiszę w ciągu godziny.")

    found = pairs("complaint", promised, leave, locale="pl")

    # Some type without the right Alt key.
    assert all("w ci" in broken(day)[0].lower() for day, _ in found)


NINE = 9 * 60


@pytest.mark.parametrize(
    ("locale", "text", "minute"),
    [
        ("en", "I will write to you by 10 a.m. Sorry for the wait.", 10 * 60),
        ("en", "We will get back to you within two hours.", 11 * 60),
        ("en", "You will hear from me by 2:30 pm.", 14 * 60 + 30),
        ("en", "I will check and answer by 3.", 15 * 60),
        ("en", "I will let you know by noon.", 12 * 60),
        ("en", "We’ll be back with an answer in 30 minutes.", 9 * 60 + 30),
        ("en", "We will write to you again by 12 noon tomorrow.", None),
        ("en", "The parcel arrives by 4 p.m.", None),
        ("en", "It takes an E27 bulb, up to 15 W.", None),
        ("pl", "Odpiszę do godz. 14.", 14 * 60),
        ("pl", "Damy znać do 14:30.", 14 * 60 + 30),
        ("pl", "Odezwę się za pół godziny.", 9 * 60 + 30),
        ("pl", "Wrócimy z odpowiedzią do południa.", 12 * 60),
        ("pl", "Odezwiemy się jutro do godziny 12.", None),
        ("pl", "Odpowiemy w ciągu 14 dni.", None),
        ("pl", "Paczka dotrze do godziny 16.", None),
    ],
)
def test_only_a_promise_to_write_again_today_falls_due(
    locale: Any, text: str, minute: int | None
) -> None:
    assert due(text, locale, NINE) == minute
