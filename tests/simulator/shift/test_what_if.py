"""What if: where nothing differs a branch is the lived day; else it differs where it matters."""

from collections.abc import Sequence
from statistics import mean, variance

import pytest
from hypothesis import given, settings, strategies as st

import simulator
from simulator import Change, Move, MoveRefused, Shift
from simulator.experts import POLICIES
from simulator.shift.branches import Step, follow, lived_plan, plans_of, shared, walked, with_luck
from simulator.shift.scene import earlier_replies

PACK = simulator.scenario_pack("lumo-monday")
BRAND = simulator.brand(simulator.brand_pack("lumo"), "en")
MONDAY = simulator.scenario(PACK, "en")
# The heated complaint of the shipped Monday, and a thank-you that touches nobody else.
HEATED, THANKS, GRAVE = "m04", "m03", "m07"


def worked(policy: str = "novice", seed: int = 3) -> Shift:
    shift = simulator.start(MONDAY, BRAND, seed)
    while not shift.is_over:
        move = POLICIES[policy](shift)
        assert move is not None
        shift.apply(move)
    return shift


DAYS = {name: worked(name) for name in ("novice", "expert", "canned")}
ENDS = (-0.2, 0.1)


def decided(shift: Shift, message: str) -> int:
    place = simulator.decision_on(shift, message)
    assert place is not None
    return place


@settings(max_examples=25, deadline=None)
@given(policy=st.sampled_from(sorted(DAYS)), data=st.data())
def test_a_branch_with_the_lived_move_is_the_lived_day_bit_by_bit(
    policy: str, data: st.DataObject
) -> None:
    shift = DAYS[policy]
    place = data.draw(st.integers(0, len(shift.state.made) - 1))
    move = lived_plan(shift)[place].move

    assert simulator.branch(shift, place, Change(move)).checksum() == shift.checksum()


ACTS = st.sampled_from(("hide", "like", "no_action", "reply", "escalate"))
TEXTS = st.sampled_from(
    ("Sorry, this is our mistake. We send a new one today.", "Read the description, you idiot.")
)


@settings(max_examples=20, deadline=None)
@given(
    kind=ACTS, text=TEXTS, minute=st.none() | st.integers(0, 419), only=st.booleans(),
    policy=st.sampled_from(sorted(DAYS)), row=st.sampled_from(PACK["messages"]),
)  # fmt: skip
def test_a_branch_differs_only_where_the_move_matters(
    kind: str, text: str, minute: int | None, only: bool, policy: str, row: dict[str, object]
) -> None:
    shift, message = DAYS[policy], str(row["id"])
    before = shift.checksum()
    place = simulator.decision_on(shift, message)
    move = Move(kind, message, text, "care")
    if place is None:
        minute = minute or 0
    try:
        day = simulator.branch(shift, place, Change(move, minute, only))
    except MoveRefused:
        return

    assert shift.checksum() == before
    assert day.is_over
    for name, case in shift.state.cases.items():
        if case.origin:
            continue
        other = day.state.cases[name]
        assert other.turns[0] == case.turns[0]
        same_moves = [(made.kind, made.minute) for made in day.state.moves_on(name)] == [
            (made.kind, made.minute) for made in shift.state.moves_on(name)
        ]
        # Words met before under another message read as pasted: that matters too.
        same_before = earlier_replies(day.scene, other) == earlier_replies(shift.scene, case)
        if name != message and same_moves and same_before:
            assert other.feeling == case.feeling
            assert other.turns == case.turns
    begins = [point.sentiment for point in shift.state.timeline if point.minute == 0]
    assert begins == [point.sentiment for point in day.state.timeline if point.minute == 0]


def test_leaving_a_heated_complaint_alone_lets_the_community_cool() -> None:
    shift = DAYS["expert"]

    found = simulator.what_if(
        shift, HEATED, decided(shift, HEATED), Change(only=True), ENDS, repeats=4
    )

    assert found.repeats == 5
    assert found.sentiment.high < 0
    assert found.branched.score < found.lived.score
    assert found.branched.shift_score < found.lived.shift_score
    assert found.branched.followed["bad_review"] > found.lived.followed["bad_review"]
    assert found.branched.joined >= found.lived.joined
    assert len(found.branched.thread) > 1
    for point in found.points:
        assert point.low <= point.branched <= point.high


def test_the_lived_side_is_what_the_record_says() -> None:
    shift = DAYS["novice"]
    record = shift.finish()
    ends = record["outcome"]["sentiment_nothing"], record["outcome"]["sentiment_expert"]

    found = simulator.what_if(
        shift, HEATED, decided(shift, HEATED), Change(only=True), ends, repeats=0
    )

    message = next(row for row in record["messages"] if row["id"] == HEATED)
    assert found.lived.score == message["score"]["score"]
    assert found.lived.shift_score == pytest.approx(record["score"])
    assert [point.lived for point in found.points] == [
        point["sentiment"] for point in record["timeline"]
    ]
    assert [turn.text for turn in found.lived.thread] == [row["text"] for row in message["thread"]]


def test_the_same_words_sooner_please_the_author_more() -> None:
    shift = DAYS["novice"]
    place = decided(shift, HEATED)
    move = lived_plan(shift)[place].move
    arrived = shift.state.cases[HEATED].arrived
    assert shift.state.made[place].minute >= arrived + 30

    found = simulator.what_if(shift, HEATED, place, Change(move, arrived), ENDS)

    assert found.branched.trust > found.lived.trust
    assert found.branched.followed["still_waiting"] <= found.lived.followed["still_waiting"]
    assert found.sentiment.mean > 0


def test_an_answer_to_words_that_nobody_wrote_is_left_out() -> None:
    shift = DAYS["expert"]
    place = next(
        index
        for index, step in enumerate(lived_plan(shift))
        if step.move.kind == "reply" and step.move.message == HEATED
    )

    found = simulator.what_if(shift, HEATED, place, Change(Move("block", HEATED)), ENDS, repeats=0)

    assert found.left_out
    assert {move.message for move in found.left_out} == {HEATED}


def test_a_message_never_touched_can_be_answered_at_any_minute() -> None:
    shift = simulator.start(MONDAY, BRAND, 3)
    shift.run_out()
    assert simulator.decision_on(shift, HEATED) is None
    words = simulator.best_words(shift, HEATED)

    found = simulator.what_if(
        shift, HEATED, None, Change(Move("reply", HEATED, words), 35), ENDS, repeats=2
    )

    assert found.sentiment.low > 0
    assert found.branched.score > found.lived.score


def test_what_cannot_be_done_is_refused_with_its_reason() -> None:
    shift = DAYS["expert"]
    place = decided(shift, HEATED)

    with pytest.raises(MoveRefused, match="characters"):
        simulator.branch(shift, place, Change(Move("reply", HEATED, "x" * 9000)))
    with pytest.raises(ValueError, match="there is no move 9999"):
        simulator.branch(shift, 9999, Change())
    with pytest.raises(ValueError, match="give both"):
        simulator.branch(shift, None, Change())
    with pytest.raises(ValueError, match="repeats are 0 to 100"):
        simulator.what_if(shift, HEATED, place, Change(), ENDS, repeats=101)


def test_pairs_that_share_their_luck_need_half_as_many_repeats_at_most() -> None:
    # For the gravest message of the day; a small decision that moves little may spare less.
    shift = DAYS["expert"]
    lived, changed = plans_of(shift, decided(shift, GRAVE), Change(only=True))
    common = shared(lived, changed)
    fork = walked(shift, lived[:common])

    def end_of(day: Shift, plan: Sequence[Step]) -> float:
        follow(day, plan, strictly=False)
        return day.state.timeline[-1].sentiment

    pairs = [
        (
            end_of(with_luck(fork, luck), lived[common:]),
            end_of(with_luck(fork, luck), changed[common:]),
        )
        for luck in range(1, 25)
    ]
    early = [end_of(simulator.start(MONDAY, BRAND, seed), lived) for seed in range(50, 74)]
    late = [end_of(simulator.start(MONDAY, BRAND, seed), changed) for seed in range(80, 104)]

    assert variance(early) + variance(late) >= 2 * variance(two - one for one, two in pairs)
    assert mean(two - one for one, two in pairs) < 0


def test_other_luck_changes_chances_and_no_words() -> None:
    shift = DAYS["expert"]
    place = decided(shift, THANKS)

    one = simulator.branch(shift, place, Change(only=True), luck=1)
    again = simulator.branch(shift, place, Change(only=True), luck=1)
    other = simulator.branch(shift, place, Change(only=True), luck=2)

    assert one.checksum() == again.checksum() != other.checksum()
    for name in [row["id"] for row in PACK["messages"]]:
        assert one.state.cases[name].turns[0].text == other.state.cases[name].turns[0].text
