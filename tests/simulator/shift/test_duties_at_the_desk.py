"""The other duties at the desk: moves, refusals, what is shown, what is recorded."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from simulator import Move, MoveRefused, Shift
from simulator.shift import office, scoring
from simulator.shift.baselines import written_answer

EVENING, OUTAGE = "zakwas-evening", "nitka-outage"
BEST = {
    "variant": "question",
    "format": "event",
    "audience": "south",
    "picture": "irena",
    "alt": "describes",
}
SIGN_UP = Move("schedule", item="sign_up", minutes=150, choices=BEST)
Begin = Callable[..., Shift]


def wait_until(shift: Shift, minute: int) -> None:
    while shift.state.minute < minute:
        shift.apply(Move("wait", minutes=minute - shift.state.minute))


def test_a_shift_of_inbox_alone_has_no_other_duties(begin: Begin) -> None:
    assert begin().desk().duties is None
    for move in (Move("pause_queue"), Move("open_news", item="n1"), Move("hand_in_report")):
        with pytest.raises(MoveRefused):
            begin().apply(move)


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (Move("open_news", item="nowhere"), "unknown_item"),
        (Move("open_news", item="dance_song"), "unknown_item"),  # not out yet
        (Move("pass_news", item="fire", to="safety"), "unread"),
        (Move("publish", item="nowhere", choices=BEST), "unknown_item"),
        (Move("publish", item="sign_up", choices={}), "needs_choice"),
        (Move("publish", item="sign_up", choices=BEST | {"format": "poll"}), "no_such_choice"),
        (Move("publish", item="sign_up", choices=BEST | {"mood": "gay"}), "no_such_choice"),
        (Move("schedule", item="sign_up", minutes=77, choices=BEST), "no_such_slot"),
        (Move("cancel_post", item="sign_up"), "unknown_item"),
        (Move("resume_queue"), "not_paused"),
        (Move("statement", text="We are sorry."), "no_alarm"),
        (Move("boost", item="sign_up", to="near", choices={"amount": "10"}), "not_on_page"),
        (Move("set_targeting", choices={}), "no_amount"),
        (Move("set_targeting", choices={"spend.near": "-5"}), "amount"),
        (Move("set_targeting", choices={"spend.moon": "5"}), "no_such_choice"),
        (Move("set_targeting", choices={"spend.near": "5", "bid.near": "mad"}), "no_such_choice"),
        (Move("set_targeting", choices={"spend.near": "301"}), "over_budget"),
        (Move("take_request", item="titles"), "unknown_item"),  # asked for later
        (Move("hand_in_report", choices={"conclusion": "fits"}), "too_early"),
    ],
)
def test_a_move_that_is_not_possible_says_why_and_changes_nothing(
    begin: Begin, move: Move, code: str
) -> None:
    shift = begin(EVENING)
    before = shift.checksum()

    with pytest.raises(MoveRefused) as refused:
        shift.apply(move)

    assert refused.value.code == code
    assert refused.value.sentence("pl") != refused.value.sentence("en")
    assert "{" not in refused.value.sentence("pl") + refused.value.sentence("en")
    assert shift.checksum() == before


def test_what_was_decided_is_not_decided_twice(begin: Begin) -> None:
    shift = begin(EVENING)
    wait_until(shift, 16)
    twice = (
        (Move("open_news", item="fire"), "already"),
        (Move("leave_news", item="fire", text="Not ours."), "already"),
        (SIGN_UP, "planned_already"),
        (Move("pause_queue"), "already"),
        (Move("hand_over", item="titles", to="web"), "already"),
    )
    for move, code in twice:
        shift.apply(move)
        with pytest.raises(MoveRefused) as refused:
            shift.apply(move)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (Move("hand_over", item="titles"), "needs_to"),
        (Move("hand_over", item="titles", to="moon"), "no_such_contact"),
        (Move("refuse_request", item="titles"), "needs_reason"),
        (Move("refuse_request", item="titles", text="No!"), "needs_reason"),
    ],
)
def test_a_request_wants_a_role_or_a_reason(begin: Begin, move: Move, code: str) -> None:
    shift = begin(EVENING)
    wait_until(shift, 16)

    with pytest.raises(MoveRefused) as refused:
        shift.apply(move)

    assert refused.value.code == code


def test_a_slot_that_is_gone_cannot_be_chosen(begin: Begin) -> None:
    shift = begin(EVENING)
    wait_until(shift, 145)

    with pytest.raises(MoveRefused) as refused:
        shift.apply(SIGN_UP)

    assert refused.value.code == "slot_past"


def test_a_scheduled_post_goes_out_at_its_minute_and_is_noticed(begin: Begin) -> None:
    shift = begin(EVENING)
    shift.apply(SIGN_UP)
    seen: list[Any] = []
    while shift.state.minute < 151:
        seen += shift.apply(Move("wait", minutes=151 - shift.state.minute))

    assert [(event.minute, event.message) for event in seen if event.what == "goes_out"] == [
        (150, "sign_up")
    ]
    post = next(row for row in shift.desk().duties.calendar if row.item == "sign_up")  # type: ignore[union-attr]
    assert (post.fate, post.clock) == ("out", "11:00")


def test_a_paused_queue_sends_nothing_and_nobody_notices(begin: Begin) -> None:
    shift = begin(EVENING)
    shift.apply(SIGN_UP)
    shift.apply(Move("pause_queue"))
    seen: list[Any] = []
    while shift.state.minute < 200:
        seen += shift.apply(Move("wait", minutes=200 - shift.state.minute))

    assert not [event for event in seen if event.what == "goes_out"]
    post = next(row for row in shift.desk().duties.calendar if row.item == "sign_up")  # type: ignore[union-attr]
    assert post.fate == "stopped"


def test_posts_and_advertising_bring_followers(begin: Begin) -> None:
    idle, bought = begin(EVENING), begin(EVENING)
    bought.apply(Move("set_targeting", choices={"spend.bought": "300", "bid.bought": "high"}))
    idle.run_out()
    bought.run_out()

    gained = bought.state.timeline[-1].followers - idle.state.timeline[-1].followers
    assert gained > 20
    campaign = bought.desk().duties.campaign  # type: ignore[union-attr]
    assert campaign is not None
    assert sum(row.actions for row in campaign.segments) == 0


def test_a_queue_that_runs_on_in_a_crisis_makes_the_community_colder(begin: Begin) -> None:
    paused, running = begin(OUTAGE), begin(OUTAGE)
    for shift in (paused, running):
        wait_until(shift, 125)
    paused.apply(Move("pause_queue"))
    wait_until(running, paused.state.minute)
    for shift in (paused, running):
        wait_until(shift, 245)

    colder = running.state.timeline[-1].sentiment
    assert colder < paused.state.timeline[-1].sentiment - 0.003


def test_a_statement_answers_the_case_and_calms_what_spreads(begin: Begin) -> None:
    shift = begin(OUTAGE)
    wait_until(shift, 140)
    before = {case.id: case.damping for case in shift.state.cases.values()}
    shift.apply(Move("statement", text=written_answer(shift, shift.state.cases["m04"])))

    case = shift.state.cases["m04"]
    assert [turn.public for turn in case.turns if turn.who == "brand"] == [True]
    assert shift.state.cases["m05"].damping < before["m05"]
    marked = scoring.mark(shift.scene, case)
    assert marked.first == shift.state.minute
    assert marked.score.score > 50


def test_a_statement_is_possible_as_soon_as_it_is_offered(begin: Begin) -> None:
    shift = begin(OUTAGE)
    while "statement" not in shift.desk().duties.available:  # type: ignore[union-attr]
        shift.apply(Move("wait"))

    assert shift.state.minute == 121
    shift.apply(Move("statement", text=written_answer(shift, shift.state.cases["m04"])))
    assert shift.state.cases["m04"].answered


def test_an_empty_phrase_calms_nobody(begin: Begin) -> None:
    shift = begin(OUTAGE)
    wait_until(shift, 140)
    shift.apply(Move("statement", text="Stay tuned, everything is fine!"))

    assert shift.state.pushes[-1].change < 0


def test_the_report_is_judged_by_the_figures_that_were_shown(begin: Begin) -> None:
    shift = begin(EVENING)
    shift.apply(Move("set_targeting", choices={"spend.near": "150", "spend.guests": "100"}))
    shift.apply(SIGN_UP)
    wait_until(shift, 440)
    shown = shift.desk().duties.report  # type: ignore[union-attr]
    assert shown is not None
    figures = {row.id: row.today for row in shown.measures}
    cpa = figures["ad_cost"] / figures["ad_actions"]
    choices = {
        "numerator.cpa.today": "ad_cost",
        "denominator.cpa.today": "ad_actions",
        "period.cpa.today": "today",
        "value.cpa.today": f"{cpa:.2f}",
    }
    shift.apply(Move("hand_in_report", choices=choices))

    sheets = {sheet.item: sheet for sheet in office.sheets(shift.scene)}
    assert sheets["cpa.today"].score == pytest.approx(100)
    assert sheets["err.today"].score == 0
    after = shift.desk().duties.report  # type: ignore[union-attr]
    assert after is not None
    assert after.handed_in
    assert {row.id: row.today for row in after.measures} == figures


def test_the_desk_shows_nothing_of_what_is_right(begin: Begin) -> None:
    shift = begin(EVENING)
    wait_until(shift, 300)
    shown = json.dumps(asdict(shift.desk().duties))  # type: ignore[call-overload]

    for name in ("worth", "why", "right", "serves", "invites", "match", "conversion", "drop",
                 "gate", "holds", "flaw", "follows_from", "until", "members_from"):  # fmt: skip
        assert f'"{name}"' not in shown
    day = shift.scenario.day
    for text in [row.why for row in (*day.news, *day.requests)]:
        assert text not in shown


def test_a_used_item_and_each_change_of_the_campaign_are_shown(begin: Begin) -> None:
    shift = begin(EVENING)
    first = shift.desk().duties.news[0]  # type: ignore[union-attr]
    assert first.used == ""
    shift.apply(Move("set_targeting", choices={"spend.near": "100"}))
    choices = {"variant": "story", "format": "carousel", "audience": "everyone",
               "picture": "jar", "alt": "jar_alt"}  # fmt: skip
    shift.apply(Move("schedule", item="starter", minutes=140, choices=choices))
    wait_until(shift, 200)
    shift.apply(Move("set_targeting", choices={"spend.near": "50"}))

    duties = shift.desk().duties
    assert duties is not None
    assert duties.campaign is not None
    assert duties.news[0].used == "10:50"
    assert [row.cost for row in duties.campaign.rounds] == [0, 66.67]
    assert duties.campaign.rounds[1].clicks > 0


def test_news_and_requests_are_on_the_desk_when_they_come(begin: Begin) -> None:
    shift = begin(EVENING)

    assert {row.id for row in shift.desk().duties.news} == {"bread_day", "fire"}  # type: ignore[union-attr]
    assert shift.desk().duties.requests == ()  # type: ignore[union-attr]
    wait_until(shift, 70)
    assert len(shift.desk().duties.news) == 4  # type: ignore[union-attr]
    assert [row.id for row in shift.desk().duties.requests] == ["titles", "label_check"]  # type: ignore[union-attr]


def test_the_text_of_an_item_is_read_by_opening_it(begin: Begin) -> None:
    shift = begin(EVENING)
    assert {row.text for row in shift.desk().duties.news} == {""}  # type: ignore[union-attr]

    shift.apply(Move("open_news", item="fire"))
    texts = {row.id: row.text for row in shift.desk().duties.news}  # type: ignore[union-attr]
    assert texts["fire"]
    assert not texts["bread_day"]


def test_a_branch_differs_only_where_the_decision_mattered(begin: Begin) -> None:
    lived, other = begin(EVENING), begin(EVENING)
    other.apply(Move("open_news", item="fire"))
    wait_until(lived, other.state.minute)
    for shift in (lived, other):
        shift.apply(SIGN_UP)
        shift.run_out()

    posts = [
        [(row.item, row.figures) for row in shift.desk().duties.calendar]  # type: ignore[union-attr]
        for shift in (lived, other)
    ]
    assert posts[0] == posts[1]
