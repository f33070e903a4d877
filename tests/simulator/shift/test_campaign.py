"""A campaign is one shift: one clock through the nights, and a morning that remembers."""

import pytest
from hypothesis import given, settings, strategies as st

import simulator
from simulator import Change, Move, MoveRefused, Shift
from simulator.shift.branches import branch
from tests.simulator.shift import two_days

MONDAY_ENDS, TUESDAY_BEGINS, TUESDAY_ENDS = 360, 23 * 60, 29 * 60
ACTS = ("wait", "open", "reply", "ask", "resolve", "end_day", "hide", "snooze")


def until(shift: Shift, minute: int) -> Shift:
    """Wait until a minute, ending the day where it is over."""
    while shift.state.minute < minute:
        left = minute - shift.state.minute
        shift.apply(Move("end_day") if shift.is_closed else Move("wait", minutes=left))
    return shift


def tried(shift: Shift, move: Move) -> str:
    """Make a move where it is possible; return why it was refused, empty where it was made."""
    try:
        shift.apply(move)
    except MoveRefused as refusal:
        return refusal.code
    return ""


def lived(shift: Shift) -> list[Move]:
    return [
        Move(made.kind, made.message, made.text, made.to, made.minutes, made.item, made.choices)
        for made in shift.state.made
    ]


def test_waiting_stops_at_closing_time() -> None:
    shift = until(two_days.shift(), MONDAY_ENDS)

    assert shift.state.minute == MONDAY_ENDS
    assert shift.is_closed
    assert not shift.is_over


def test_a_closed_desk_takes_nothing_but_the_end_of_the_day() -> None:
    shift = until(two_days.shift(), MONDAY_ENDS)
    before = shift.checksum()

    assert tried(shift, Move("open", "a1")) == "closed"
    assert tried(shift, Move("wait")) == "closed"
    assert shift.available("a1") == ()
    assert shift.checksum() == before
    assert tried(shift, Move("end_day")) == ""
    assert shift.state.minute == TUESDAY_BEGINS


def test_a_day_can_be_ended_early_and_the_last_one_ends_the_shift() -> None:
    shift = two_days.shift()

    shift.apply(Move("end_day"))
    assert (shift.state.minute, shift.desk().day) == (TUESDAY_BEGINS, 2)
    shift.apply(Move("end_day"))
    assert shift.is_over
    assert shift.state.minute == TUESDAY_ENDS


def test_a_shift_of_one_day_has_no_day_to_end() -> None:
    pack = simulator.scenario_pack("zakwas-week")
    shift = simulator.start(simulator.scenario(pack, "en"), two_days.book(), 1)

    assert tried(shift, Move("end_day")) == "one_day"
    assert len(shift.desk().days) == 1


def test_the_clock_names_the_day_and_the_desk_counts_the_minutes_of_today() -> None:
    shift = two_days.shift(locale="pl")
    shift.apply(Move("end_day"))
    desk = shift.desk()

    assert (desk.clock, desk.ends, desk.minutes_left) == ("wt. 08:00", "wt. 14:00", 360)
    assert [day.weekday for day in desk.days] == ["pon.", "wt."]


def test_people_live_on_in_the_night_and_whoever_was_not_answered_comes_back() -> None:
    shift = until(two_days.shift(), MONDAY_ENDS)
    turns = len(shift.state.cases["a1"].turns)
    events = shift.apply(Move("end_day"))

    assert shift.state.timeline[-1].minute == TUESDAY_BEGINS
    assert len(shift.state.timeline) == 1 + 6 + 17
    became = {case.became for case in shift.state.cases.values()}
    assert len(shift.state.cases["a1"].turns) > turns or "bad_review" in became
    assert all(7 <= (9 * 60 + event.minute) // 60 % 24 < 23 for event in events)


def test_an_open_message_carries_over_and_the_night_does_not_count_as_waiting() -> None:
    shift = until(two_days.shift(), MONDAY_ENDS)
    shift.apply(Move("end_day"))
    shift.apply(Move("reply", "a2", "Good question: we open at seven, every day of the week."))
    record = shift.finish()
    row = next(one for one in record["messages"] if one["id"] == "a2")

    # It came an hour before closing; the answer was sent four minutes into Tuesday.
    assert row["first_action"] == 60 + 4
    assert row["reply"]["minutes"] == 60 + 4


def test_a_colleague_can_be_asked_again_on_another_day_and_then_confirms() -> None:
    shift = until(two_days.shift(), 10)
    ask = Move("ask", "a1", "What happened?", shift.brand.colleagues[0].id)
    shift.apply(ask)

    assert tried(shift, ask) == "already_asked"
    shift.apply(Move("end_day"))
    assert tried(shift, ask) == ""


def test_what_a_colleague_confirms_is_told_from_the_next_day_on() -> None:
    pack = two_days.pack()
    pack["days"][0]["messages"][0]["confirms"] = ["case_receipt"]
    knows = {
        person.id for person in two_days.book().colleagues if "case_receipt" in person.answers
    }
    shift = simulator.start(simulator.scenario(pack, "en"), two_days.book(), 3)
    until(shift, 10)
    for day in (1, 2):
        shift.apply(Move("ask", "a1", "Is it done?", min(knows)))
        until(shift, shift.state.minute + 25)
        told = {answer.fact for answer in shift.state.answers if answer.case == "a1"}
        assert ("case_receipt" in told) == (day == 2)
        shift.apply(Move("end_day"))


def test_each_morning_has_its_own_briefing() -> None:
    pack = two_days.pack()
    pack["days"][1]["briefing"] = ["case_queue"]
    shift = simulator.start(simulator.scenario(pack, "en"), two_days.book(), 3)

    assert not shift.desk().briefing
    shift.apply(Move("end_day"))
    assert [(row.fact, row.minute) for row in shift.desk().briefing] == [
        ("case_queue", TUESDAY_BEGINS)
    ]


def test_a_late_or_repeated_request_never_ends_a_day_twice() -> None:
    shift = two_days.shift()
    shift.apply(Move("end_day"), after=0)

    with pytest.raises(MoveRefused, match="changed"):
        shift.apply(Move("end_day"), after=0)
    assert shift.state.minute == TUESDAY_BEGINS


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(ACTS), st.sampled_from(("a1", "a2", "b1", "b2"))), max_size=14
    ),
    st.integers(0, 2**20),
)
def test_the_clock_never_runs_back_and_a_replay_is_the_same_week(
    plan: list[tuple[str, str]], seed: int
) -> None:
    shift = two_days.shift(seed)
    minutes = [0]
    for number, (kind, message) in enumerate(plan):
        text = f"We are sorry. We will write to you tomorrow by noon ({number})."
        to = shift.brand.colleagues[0].id if kind == "ask" else ""
        message = "" if kind in {"wait", "end_day"} else message  # noqa: PLW2901
        tried(shift, Move(kind, message, text, to, 60 if kind == "snooze" else 0))
        minutes.append(shift.state.minute)
    again = simulator.replay(shift.scenario, shift.brand, seed, lived(shift))
    resumed = simulator.resume(shift.scenario, shift.brand, seed, shift.snapshot())

    assert minutes == sorted(minutes)
    assert again.checksum() == shift.checksum() == resumed.checksum()


def test_a_branch_lives_on_through_the_nights() -> None:
    shift = until(two_days.shift(), 10)
    shift.apply(Move("reply", "a1", "We are sorry; two people were ill that day."))
    until(shift, TUESDAY_ENDS)
    same = branch(shift, 1, Change(move=lived(shift)[1]))
    other = branch(shift, 1, Change(only=True))

    assert same.checksum() == shift.checksum()
    assert other.is_over
    assert not other.state.cases["a1"].answered
    assert len(other.state.timeline) == len(shift.state.timeline)


def test_candidates_work_through_the_nights_as_well() -> None:
    low, high = simulator.crowd(2, 1)[0]
    worse, better = simulator.play_candidates(
        two_days.scenario(), two_days.book(), 5, sorted((low, high), key=lambda one: one.ability)
    )

    assert [move["kind"] for move in worse["moves"]].count("end_day") == 1
    assert better["score"] > worse["score"]


def test_the_record_tells_the_days_apart() -> None:
    record = simulator.play(two_days.scenario(), two_days.book(), 4, "expert")
    days = record["days"]

    assert [day["messages"] for day in days] == [["a1", "a2"], ["b1", "b2"]]
    assert all(day["handled"] + day["carried"] == 2 for day in days)
    assert record["score"] > max(
        simulator.play(two_days.scenario(), two_days.book(), 4, policy)["score"]
        for policy in ("novice", "canned", "nothing", "industry")
    )


def test_the_figures_of_today_are_not_those_of_the_week() -> None:
    pack = simulator.scenario_pack("lumo-amber")
    brand = simulator.brand(simulator.brand_pack("lumo"), "en")
    record = simulator.play(simulator.scenario(pack, "en"), brand, 2, "expert")
    today, week = record["measures"]["today"], record["measures"]["week"]
    friday = record["days"][-1]

    assert today["messages"] <= len(friday["messages"]) < week["messages"]
    assert week["followers"] == today["followers"]
    assert week["followers_start"] == record["timeline"][0]["followers"]
    assert today["posts"] == 1
    assert week["posts"] > today["posts"]
