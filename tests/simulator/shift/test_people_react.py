"""Causes and effects: what a reply, a silence or a hidden message does to people.

Directions, not magnitudes: each compares two days that differ in one decision, over many seeds.
"""

from collections.abc import Callable
from statistics import mean
from typing import Any

import pytest

from simulator import Move, Shift
from simulator.shift.baselines import expert, live
from simulator.shift.state import Case

SEEDS = range(1, 9)
Act = Callable[[Shift], None]


def lived(begin_drill: Any, kind: str, act: Act, seed: int) -> tuple[Shift, Case]:
    shift = begin_drill(kind, seed)
    act(shift)
    shift.run_out()
    return shift, shift.state.cases["m1"]


def over_seeds(begin_drill: Any, kind: str, act: Act) -> list[tuple[Shift, Case]]:
    return [lived(begin_drill, kind, act, seed) for seed in SEEDS]


def leave(_: Shift) -> None:
    """Do nothing at all."""


def send(text: str, after: int = 0) -> Act:
    def act(shift: Shift) -> None:
        while shift.state.minute < after:
            shift.apply(Move("wait", minutes=after - shift.state.minute))
        shift.apply(Move("reply", "m1", text))

    return act


@pytest.fixture
def send_good(answer: Any) -> Callable[[int], Act]:
    def after(minutes: int) -> Act:
        def act(shift: Shift) -> None:
            send(answer(shift, "m1"), minutes)(shift)

        return act

    return after


@pytest.mark.parametrize(
    "kind", ["complaint", "heated_complaint", "order_question", "question", "safety_report"]
)
def test_a_good_reply_beats_silence(begin_drill: Any, send_good: Any, kind: str) -> None:
    answered = over_seeds(begin_drill, kind, send_good(0))
    ignored = over_seeds(begin_drill, kind, leave)

    assert mean(case.feeling.trust for _, case in answered) > mean(
        case.feeling.trust for _, case in ignored
    )
    assert mean(case.feeling.anger for _, case in answered) < mean(
        case.feeling.anger for _, case in ignored
    )
    for (day, _), (empty_day, _) in zip(answered, ignored, strict=True):
        assert day.state.timeline[-1].sentiment >= empty_day.state.timeline[-1].sentiment


def test_a_late_reply_costs_trust(begin_drill: Any, send_good: Any) -> None:
    soon = over_seeds(begin_drill, "complaint", send_good(0))
    late = over_seeds(begin_drill, "complaint", send_good(100))

    for (_, early_case), (_, late_case) in zip(soon, late, strict=True):
        assert late_case.feeling.trust < early_case.feeling.trust


def test_a_canned_reply_angers_more_than_a_good_one(begin_drill: Any, answer: Any) -> None:
    noticed = 0
    for seed in SEEDS:
        pasted, own = begin_drill("complaint", seed), begin_drill("complaint", seed)
        pasted.apply(Move("reply", "m1", pasted.brand.saved_replies[0]))
        own.apply(Move("reply", "m1", answer(own, "m1")))
        canned, good = pasted.state.cases["m1"].feeling, own.state.cases["m1"].feeling
        assert canned.anger > good.anger
        assert canned.trust < good.trust
        pasted.run_out()
        noticed += any(turn.follow_up == "canned" for turn in pasted.state.cases["m1"].turns)

    assert noticed >= len(SEEDS) // 2


def test_blame_angers_the_author_and_is_answered_in_kind(begin_drill: Any) -> None:
    rude = send("This is your own fault. You should have read the description, you idiot.")

    blamed = over_seeds(begin_drill, "complaint", rude)
    ignored = over_seeds(begin_drill, "complaint", leave)

    assert mean(case.feeling.anger for _, case in blamed) > mean(
        case.feeling.anger for _, case in ignored
    )
    said = [turn.follow_up for _, case in blamed for turn in case.turns]
    assert said.count("angrier") >= len(SEEDS) // 2


def test_an_ignored_complaint_repeats_and_goes_public(begin_drill: Any) -> None:
    ignored = over_seeds(begin_drill, "complaint", leave)

    said = [turn.follow_up for _, case in ignored for turn in case.turns]
    reviews = [name for day, _ in ignored for name in day.state.cases if name.endswith("-review")]
    assert said.count("still_waiting") >= len(SEEDS)
    assert reviews


def test_a_helped_author_does_not_write_a_bad_review(begin_drill: Any) -> None:
    for seed in SEEDS:
        day = begin_drill("complaint", seed)
        helped = live(day.scenario, day.brand, seed, expert)
        assert list(helped.state.cases) == ["m1"]


def test_feeding_the_troll_makes_them_return(begin_drill: Any) -> None:
    fed = over_seeds(begin_drill, "troll", send("Ha, good one! What is your problem with us?"))
    starved = over_seeds(begin_drill, "troll", leave)

    returned = [sum(turn.who == "author" for turn in case.turns) - 1 for _, case in fed]
    assert sum(returned) >= len(SEEDS) // 2
    assert all(len(case.turns) == 1 for _, case in starved)
    assert mean(case.heat for _, case in fed) > mean(case.heat for _, case in starved)
    assert mean(day.state.timeline[-1].sentiment for day, _ in fed) < mean(
        day.state.timeline[-1].sentiment for day, _ in starved
    )


def hide(shift: Shift) -> None:
    shift.apply(Move("hide", "m1"))


def test_hiding_lawful_criticism_makes_its_author_repost(begin_drill: Any) -> None:
    hidden = over_seeds(begin_drill, "complaint", hide)
    left = over_seeds(begin_drill, "complaint", leave)

    reposts = [name for day, _ in hidden for name in day.state.cases if name.endswith("-again")]
    assert len(reposts) >= len(SEEDS) // 2
    assert all(
        case.feeling.anger > other.feeling.anger - 0.2 and case.feeling.trust < 0.5
        for (_, case), (_, other) in zip(hidden, left, strict=True)
    )


@pytest.mark.parametrize("kind", ["abuse", "spam", "personal_data"])
def test_hiding_what_the_rules_forbid_helps_the_community(begin_drill: Any, kind: str) -> None:
    hidden = over_seeds(begin_drill, kind, hide)
    left = over_seeds(begin_drill, kind, leave)

    assert not [name for day, _ in hidden for name in day.state.cases if name != "m1"]
    for (day, _), (empty, _) in zip(hidden, left, strict=True):
        assert day.state.timeline[-1].sentiment > empty.state.timeline[-1].sentiment


def test_a_comment_shown_again_in_time_is_not_posted_twice(begin_drill: Any) -> None:
    def hide_and_show(shift: Shift) -> None:
        shift.apply(Move("hide", "m1"))
        shift.apply(Move("unhide", "m1"))

    shown = over_seeds(begin_drill, "complaint", hide_and_show)

    assert not [name for day, _ in shown for name in day.state.cases if name.endswith("-again")]


def test_money_offered_in_public_fuels_the_fire(begin_drill: Any, answer: Any) -> None:
    def offer(shift: Shift) -> None:
        words = answer(shift, "m1")
        shift.apply(
            Move("reply", "m1", f"{words} We give you a voucher of PLN 100 as compensation.")
        )

    def good(shift: Shift) -> None:
        shift.apply(Move("reply", "m1", answer(shift, "m1")))

    offered = over_seeds(begin_drill, "heated_complaint", offer)
    plain = over_seeds(begin_drill, "heated_complaint", good)

    assert mean(case.damping for _, case in offered) > mean(case.damping for _, case in plain)


def test_a_heated_thread_draws_others_in_while_nobody_answers(
    begin_drill: Any, send_good: Any
) -> None:
    ignored = over_seeds(begin_drill, "heated_complaint", leave)
    answered = over_seeds(begin_drill, "heated_complaint", send_good(0))

    assert sum(case.joined for _, case in ignored) > sum(case.joined for _, case in answered)
    assert mean(case.likes for _, case in ignored) > mean(case.likes for _, case in answered)


def test_what_happens_in_private_moves_nobody_but_the_author(begin_drill: Any) -> None:
    day, case = lived(begin_drill, "press", leave, 3)

    assert all(push.reach == 0 for push in day.state.pushes)
    assert case.likes == 0


def test_butting_in_on_members_talking_is_worse_than_letting_them(begin_drill: Any) -> None:
    butted = over_seeds(begin_drill, "peer_talk", send("Hello! Buy two and save, only today!"))
    left = over_seeds(begin_drill, "peer_talk", leave)

    assert mean(day.state.timeline[-1].sentiment for day, _ in butted) < mean(
        day.state.timeline[-1].sentiment for day, _ in left
    )


def test_a_blocked_author_writes_no_more(begin_drill: Any) -> None:
    def block(shift: Shift) -> None:
        shift.apply(Move("block", "m1"))

    blocked = over_seeds(begin_drill, "complaint", block)

    assert all(len(case.turns) == 1 for _, case in blocked)


def test_blocking_a_critic_costs_the_brand_more_than_letting_them_be(begin_drill: Any) -> None:
    def block(shift: Shift) -> None:
        shift.apply(Move("block", "m1"))

    for seed in SEEDS:
        shut_out = lived(begin_drill, "misguided", block, seed)[1]
        left = lived(begin_drill, "misguided", leave, seed)[1]
        assert shut_out.feeling.trust < left.feeling.trust
        assert shut_out.impact < left.impact


def test_nobody_writes_on_in_a_thread_that_was_deleted(begin_drill: Any) -> None:
    def delete(shift: Shift) -> None:
        shift.apply(Move("delete", "m1"))

    deleted = over_seeds(begin_drill, "complaint", delete)

    assert all(len(case.turns) == 1 for _, case in deleted)
    reposts = [name for day, _ in deleted for name in day.state.cases if name.endswith("-again")]
    assert reposts
