"""The score of a shift: its parts, their weights, and what a message left alone is worth."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from simulator import Move
from simulator.shift import scoring
from simulator.shift.scoring import mark

# Messages of the shipped Monday at Lumo and Saturday at Zakwas.
BULB = "m01"
NINE_DAYS = "m04"
BAIT = "m06"
HOT_PICA = "m07"
ADDRESS = "m10"
DOG = "m01"
LINK = "m08"

PERCENT = st.one_of(st.none(), st.floats(0, 100))


def marked(shift: Any, message_id: str) -> scoring.Marked:
    return mark(shift.scene, shift.state.cases[message_id])


def wait_for(shift: Any, message_id: str) -> None:
    while message_id not in shift.state.cases:
        shift.apply(Move("wait"))


def test_the_parts_weigh_what_the_rubric_says() -> None:
    parts = {"inbox": 80.0, "triage": 50.0, "coverage": 100.0, "outcome": 20.0}

    assert scoring.total(parts) == pytest.approx(0.65 * 80 + 0.15 * 50 + 0.10 * 100 + 0.10 * 20)


def test_a_part_that_a_shift_lacks_is_left_out_and_the_rest_rescaled() -> None:
    parts = {"inbox": 80.0, "triage": None, "coverage": 100.0, "outcome": None}

    assert scoring.total(parts) == pytest.approx((0.65 * 80 + 0.10 * 100) / 0.75)


@given(inbox=PERCENT, triage=PERCENT, coverage=PERCENT, outcome=PERCENT)
def test_a_score_lies_between_0_and_100(**parts: float | None) -> None:
    assert 0 <= scoring.total(parts) <= 100.0001


def test_a_message_never_touched_scores_nothing_where_an_action_was_due(begin: Any) -> None:
    shift = begin()
    shift.run_out()

    for message_id in (BULB, NINE_DAYS, ADDRESS, HOT_PICA):
        assert marked(shift, message_id).score.score == 0


def test_right_inaction_is_worth_half_and_with_a_reason_all(begin: Any) -> None:
    left, bare, reasoned = begin(), begin(), begin()
    for shift in (left, bare, reasoned):
        wait_for(shift, BAIT)
    bare.apply(Move("no_action", BAIT))
    reasoned.apply(Move("no_action", BAIT, "Bait without a question; an answer would feed it."))

    assert marked(left, BAIT).score.score == pytest.approx(50)
    assert marked(bare, BAIT).score.score == pytest.approx(50)
    assert marked(reasoned, BAIT).score.score == pytest.approx(100)


def test_a_grave_message_counts_in_triage_only_when_nothing_small_came_before_it(
    begin: Any, answer: Any
) -> None:
    orders = []
    for first, second in ((NINE_DAYS, BULB), (BULB, NINE_DAYS)):
        shift = begin()
        wait_for(shift, NINE_DAYS)
        for message_id in (first, second):
            shift.apply(Move("reply", message_id, answer(shift, message_id)))
        shift.run_out()
        rows = [mark(shift.scene, case) for case in shift.state.cases.values()]
        orders.append(scoring.triage(rows))

    grave_first, small_first = orders
    assert grave_first == pytest.approx(100 / 3)
    assert small_first == 0


def test_what_the_desk_answered_before_a_grave_message_came_is_no_fault(
    begin: Any, answer: Any
) -> None:
    shift = begin()
    shift.apply(Move("reply", BULB, answer(shift, BULB)))
    wait_for(shift, NINE_DAYS)
    shift.apply(Move("reply", NINE_DAYS, answer(shift, NINE_DAYS)))
    shift.run_out()

    rows = [mark(shift.scene, case) for case in shift.state.cases.values()]
    assert scoring.triage(rows) == pytest.approx(100 / 3)


def test_coverage_counts_the_messages_that_needed_an_action_and_got_one(
    begin: Any, answer: Any
) -> None:
    shift = begin("zakwas-saturday")
    shift.apply(Move("reply", DOG, answer(shift, DOG)))
    wait_for(shift, LINK)
    shift.apply(Move("hide", LINK))
    shift.run_out()

    rows = [mark(shift.scene, case) for case in shift.state.cases.values()]
    assert scoring.coverage(rows) == pytest.approx(100 * 2 / 8)


def test_a_like_under_a_complaint_covers_nothing(begin: Any) -> None:
    shift = begin()
    wait_for(shift, NINE_DAYS)
    shift.apply(Move("like", NINE_DAYS))

    assert marked(shift, NINE_DAYS).first is None


@pytest.mark.parametrize(
    ("sentiment", "nothing", "expert", "expected"),
    [(0.1, 0.0, 0.2, 50), (0.5, 0.0, 0.2, 100), (-0.5, 0.0, 0.2, 0), (0.1, 0.1, 0.105, None)],
)
def test_the_outcome_lies_between_nobodys_day_and_the_experts(
    sentiment: float, nothing: float, expert: float, expected: float | None
) -> None:
    found = scoring.outcome(sentiment, nothing, expert)

    assert found == (None if expected is None else pytest.approx(expected))


def test_an_acknowledgement_first_and_the_answer_later_count_as_both(
    begin: Any, answer: Any
) -> None:
    late, both = begin(), begin()
    both.apply(Move("reply", BULB, "Good question, I am checking it with our engineer now."))
    for shift in (late, both):
        while shift.state.minute < 150:
            shift.apply(Move("wait", minutes=150 - shift.state.minute))
        shift.apply(Move("reply", BULB, answer(shift, BULB)))

    assert marked(both, BULB).first == 4
    assert marked(both, BULB).score.score > marked(late, BULB).score.score


def test_a_red_line_in_a_later_reply_still_caps_the_message(begin: Any, answer: Any) -> None:
    shift = begin()
    shift.apply(Move("reply", BULB, answer(shift, BULB)))
    clean = marked(shift, BULB).score
    shift.apply(Move("reply", BULB, "Read the description before you ask, you idiot."))

    assert clean.gates == ()
    assert marked(shift, BULB).score.score <= 20


def test_consequences_are_marked_but_do_not_count(begin: Any) -> None:
    for seed in range(1, 30):
        shift = begin(seed=seed)
        shift.run_out()
        further = [case for case in shift.state.cases.values() if case.origin]
        if further:
            break

    rows = [mark(shift.scene, case) for case in shift.state.cases.values()]
    assert [row.counts for row in rows].count(False) == len(further)
    scored = [row for row in rows if row.counts]
    assert scoring.inbox(rows) == scoring.inbox(scored)
