"""The desk: one clock, moves that a channel offers, and clear refusals that change nothing."""

from typing import Any

import pytest

from simulator import CHANNELS, MOVES, Move, MoveRefused

# Messages of the shipped Monday at Lumo.
BULB = "m01"
THANKS = "m03"
PARCEL = "m02"
TWO_STARS = "m05"
BROKEN_SHADE = "m12"


def refused(shift: Any, move: Move) -> str:
    before = shift.checksum()
    with pytest.raises(MoveRefused) as found:
        shift.apply(move)
    assert shift.checksum() == before
    assert found.value.sentence("pl")
    assert found.value.sentence("en") == str(found.value)
    return found.value.code


def wait_for(shift: Any, message_id: str) -> None:
    while message_id not in shift.state.cases:
        shift.apply(Move("wait"))


def test_only_moves_spend_time(begin: Any) -> None:
    shift = begin()

    shift.desk()
    shift.available(BULB)
    shift.apply(Move("look_up", BULB, to="bulbs"))

    assert shift.desk().clock == "09:00"


@pytest.mark.parametrize(
    ("kind", "minutes"),
    [("open", 1), ("like", 1), ("reply", 4), ("direct_message", 3), ("ask", 1)],
)
def test_each_move_takes_the_minutes_of_the_rubric(begin: Any, kind: str, minutes: int) -> None:
    shift = begin()

    shift.apply(Move(kind, BULB, "Which bulb is it about? E27.", "marta"))

    assert shift.state.minute == minutes == MOVES[kind].minutes


def test_messages_arrive_at_their_minute(begin: Any) -> None:
    shift = begin()

    shift.run_out()

    arrived = {case.id: case.arrived for case in shift.state.cases.values() if not case.origin}
    assert arrived == {plan.id: plan.minute for plan in shift.scenario.messages}


def test_waiting_jumps_to_the_next_event_and_tells_of_it(begin: Any) -> None:
    shift = begin()

    (event,) = shift.apply(Move("wait"))

    assert (event.minute, event.what, event.message) == (4, "arrived", PARCEL)
    assert shift.state.minute == 4


def test_waiting_can_be_limited(begin: Any) -> None:
    shift = begin()

    assert shift.apply(Move("wait", minutes=2)) == ()
    assert shift.state.minute == 2


def test_a_message_that_comes_while_one_writes_is_told_with_the_move(begin: Any) -> None:
    shift = begin()

    events = shift.apply(Move("reply", BULB, "It takes an E27 bulb, sold separately."))

    assert [event.message for event in events] == [PARCEL]


def test_a_colleague_answers_after_5_to_20_minutes_with_the_fact(begin: Any) -> None:
    shift = begin()
    wait_for(shift, PARCEL)
    asked = shift.state.minute + 1

    shift.apply(Move("ask", PARCEL, "Where is it?", "hania"))
    while not shift.state.answers:
        shift.apply(Move("wait"))

    (told, *_) = shift.state.answers
    assert told.fact == "case_parcel"
    assert 5 <= told.minute - asked <= 20
    assert "4 p.m." in told.text


def test_a_colleague_who_does_not_know_says_so(begin: Any) -> None:
    shift = begin()

    shift.apply(Move("ask", BULB, "Do you know?", "kuba"))
    while not shift.state.answers:
        shift.apply(Move("wait"))

    assert shift.state.answers[0].fact == ""
    assert shift.state.answers[0].text == "Nothing from me on that one. Use the brand book."


def test_a_colleague_answers_the_question_that_was_asked_though_the_message_is_of_other_things(
    begin: Any,
) -> None:
    shift = begin()
    wait_for(shift, THANKS)

    shift.apply(Move("ask", THANKS, "When does the brass Nori come back to the shelf?", "hania"))
    while not shift.state.answers:
        shift.apply(Move("wait"))

    assert shift.state.answers[0].fact == "stock_nori"


def test_the_desk_offers_only_what_the_channel_has(begin: Any) -> None:
    shift = begin()
    wait_for(shift, TWO_STARS)

    offered = set(shift.available(TWO_STARS))

    assert offered <= CHANNELS["review_card"].moves
    assert "hide" not in offered
    assert refused(shift, Move("hide", TWO_STARS)) == "channel_lacks"


def test_what_is_offered_is_what_would_be_taken(begin: Any) -> None:
    shift = begin()

    for kind in shift.available(BULB):
        move = Move(kind, BULB, "E27, up to 15 W.", _role(kind), 30)
        shift.check(move)


def _role(kind: str) -> str:
    return {"ask": "marta", "label": "question"}.get(kind, "care")


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (Move("dance", BULB), "unknown_move"),
        (Move("reply", "nobody", "Hello."), "unknown_message"),
        (Move("reply", BROKEN_SHADE, "Hello."), "unknown_message"),
        (Move("reply", BULB, " \n "), "needs_text"),
        (Move("reply", BULB, "\u200b\u0007"), "needs_text"),
        (Move("reply", BULB, "x" * 20_000), "too_long"),
        (Move("ask", BULB, "Who?", ""), "needs_to"),
        (Move("ask", BULB, "Who?", "zenon"), "no_such_colleague"),
        (Move("escalate", BULB, to="boss"), "no_such_contact"),
        (Move("assign", BULB, to="boss"), "no_such_contact"),
        (Move("label", BULB, to="purple"), "no_such_label"),
        (Move("snooze", BULB, minutes=-5), "minutes"),
        (Move("snooze", BULB, minutes=100_000), "minutes"),
        (Move("unhide", BULB), "not_hidden"),
        (Move("look_up", to="secret"), "no_such_fact"),
        (Move("look_up"), "needs_to"),
    ],
)
def test_an_impossible_move_says_why_and_changes_nothing(
    begin: Any, move: Move, code: str
) -> None:
    assert refused(begin(), move) == code


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (Move("open", BULB), "already"),
        (Move("like", BULB), "already"),
        (Move("hide", BULB), "already"),
        (Move("report", BULB), "already"),
        (Move("block", BULB), "already"),
        (Move("pin", BULB), "already"),
        (Move("save_evidence", BULB), "already"),
        (Move("reply", BULB, "E27."), "same_text"),
        (Move("direct_message", BULB, "E27."), "same_text"),
        (Move("ask", BULB, "Which?", "marta"), "already_asked"),
        (Move("escalate", BULB, to="care"), "already"),
        (Move("assign", BULB, to="care"), "already"),
        (Move("label", BULB, to="question"), "already"),
        (Move("note", BULB, "Seen."), "already"),
        (Move("resolve", BULB), "resolved"),
        (Move("no_action", BULB, "Done."), "resolved"),
    ],
)
def test_a_repeated_move_is_refused_without_change(begin: Any, move: Move, code: str) -> None:
    shift = begin()
    shift.apply(move)

    assert refused(shift, move) == code


def test_a_request_that_comes_twice_makes_one_move(begin: Any) -> None:
    shift = begin()
    shift.apply(Move("note", BULB, "Mine."), after=0)
    before = shift.checksum()

    with pytest.raises(MoveRefused) as found:
        shift.apply(Move("note", BULB, "Mine too."), after=0)

    assert found.value.code == "stale"
    assert shift.checksum() == before


def test_a_review_takes_one_reply(begin: Any) -> None:
    shift = begin()
    wait_for(shift, TWO_STARS)
    shift.apply(Move("reply", TWO_STARS, "Thank you, we send the screws."))

    assert refused(shift, Move("reply", TWO_STARS, "And once more.")) == "replies_used"


def test_nobody_can_answer_what_is_hidden_gone_or_blocked(begin: Any) -> None:
    hidden, deleted, blocked = begin(), begin(), begin()
    hidden.apply(Move("hide", BULB))
    deleted.apply(Move("delete", BULB))
    blocked.apply(Move("block", BULB))
    reply = Move("reply", BULB, "E27.")

    assert refused(hidden, reply) == "hidden_reply"
    assert refused(deleted, reply) == "removed"
    assert refused(blocked, reply) == "blocked"
    hidden.apply(Move("unhide", BULB))
    hidden.apply(reply)


def test_a_snoozed_message_comes_back(begin: Any) -> None:
    shift = begin()
    shift.apply(Move("snooze", BULB, minutes=5))
    statuses = {row.id: row.status for row in shift.desk().messages}

    events = []
    while shift.state.minute < 6:
        events += shift.apply(Move("wait", minutes=6 - shift.state.minute))

    assert statuses[BULB] == "snoozed"
    assert ("awake", BULB) in [(event.what, event.message) for event in events]
    assert shift.desk().messages[0].status == "open"


def test_after_the_end_nothing_can_be_done(begin: Any) -> None:
    shift = begin()
    while not shift.is_over:
        events = shift.apply(Move("wait"))

    assert events[-1].what == "over"
    assert shift.available(BULB) == ()
    assert refused(shift, Move("reply", BULB, "Too late.")) == "over"


def test_a_shift_of_another_brand_or_language_is_refused(begin: Any) -> None:
    lumo, zakwas = begin(), begin("zakwas-saturday")

    with pytest.raises(ValueError, match="give the brand it names"):
        type(lumo)(lumo.scenario, zakwas.brand, 1)


def test_characters_that_nobody_sees_are_dropped_from_a_reply(begin: Any) -> None:
    shift = begin()

    shift.apply(Move("reply", BULB, "E27,\u0000 sold\u202e separately.\r\nAnna"))

    assert shift.state.made[-1].text == "E27, sold separately.\nAnna"
