"""Posts: what fits earns, what fits reaches, and what is hidden crosses a line."""

from dataclasses import replace

import pytest

from simulator.brands import Locale
from simulator.duties import posts, stirred
from simulator.duties.disclosure import is_clear
from simulator.duties.standing import on_page
from simulator.duties.work import Outing, outing_of, outings
from simulator.workday import Label
from tests.simulator.duties.plans import (
    ALARM,
    BEST,
    BRIEF,
    DAY,
    GIFTED,
    PAGE,
    TRAP,
    Done,
    standing,
)


def sent(minute: int = 200, **choices: str) -> Outing:
    return Outing("evening", minute, minute - 10, "out", BEST | choices)


def points(outing: Outing, name: str) -> float:
    sheet = posts.judge(PAGE, BRIEF, outing)
    assert sheet is not None
    row = next(line for line in sheet.lines if line.id == name)
    return row.earned / row.possible


def test_a_post_that_fits_earns_everything() -> None:
    sheet = posts.judge(PAGE, BRIEF, sent())

    assert sheet is not None
    assert sheet.score == pytest.approx(100)
    assert sheet.gates == ()


@pytest.mark.parametrize(
    ("choices", "criterion", "share"),
    [
        ({"variant": "bare"}, "C1", 0),
        ({"variant": "bare"}, "C5", 0),
        ({"format": "link"}, "C3", 2 / 3),
        ({"audience": "all"}, "C3", 5 / 6),
        ({"picture": "found"}, "C4", 0),
        ({"alt": "file"}, "C4", 0.5),
    ],
)
def test_each_choice_costs_its_own_criterion(
    choices: dict[str, str], criterion: str, share: float
) -> None:
    assert points(sent(**choices), criterion) == pytest.approx(share)


def test_a_slot_is_judged_against_the_best_on_offer() -> None:
    night = replace(BRIEF, slots=(60, 200, 1110))
    fit = posts.time_fit(PAGE, night.slots, 1110)

    assert posts.activity(PAGE, 1110) < posts.activity(PAGE, 200)
    assert fit == 0
    assert posts.time_fit(PAGE, night.slots, 200) == 1


def test_no_time_fits_while_something_bad_is_going_on() -> None:
    assert posts.time_fit(replace(PAGE, alarm=ALARM), BRIEF.slots, 200) == 0
    assert posts.time_fit(replace(PAGE, alarm=ALARM), BRIEF.slots, 400) > 0


def test_reach_follows_the_fit_and_comes_in_the_first_hours() -> None:
    good, poor = posts.fit_of(PAGE, BRIEF, sent()), posts.fit_of(PAGE, BRIEF, sent(format="link"))
    late, later = (
        posts.figures(PAGE, good, sent(), minute, invites=True) for minute in (260, 440)
    )
    worse = posts.figures(PAGE, poor, sent(), 440, invites=True)

    assert 0 < late.reach < later.reach < PAGE.followers
    assert later.reach - late.reach < 3 * late.reach
    assert worse.reach < later.reach
    assert later.impressions > later.reach > later.engagements


def test_an_invitation_brings_comments() -> None:
    fit = posts.fit_of(PAGE, BRIEF, sent())
    asked, told = (posts.figures(PAGE, fit, sent(), 440, invites=asks) for asks in (True, False))

    assert asked.comments > 2 * told.comments
    assert asked.reach == told.reach


@pytest.mark.parametrize(
    ("text", "at", "locale", "clear"),
    [
        ("Reklama marki Zakwas", "start", "pl", True),
        ("[MATERIAŁ REKLAMOWY]", "start", "pl", True),
        ("Płatna współpraca z marką Nitka", "start", "pl", True),
        ("#współpraca #prezent", "start", "pl", False),
        ("#ad", "start", "pl", False),
        ("Reklama marki Zakwas", "end", "pl", False),
        ("Płatna współpraca (przełącznik)", "platform", "pl", False),
        ("Advertisement for Zakwas", "start", "en", True),
        ("#ad", "start", "en", True),
        ("#collab #gift", "start", "en", False),
    ],
)
def test_a_label_is_clear_at_the_start_and_in_the_readers_language(
    text: str, at: str, locale: Locale, *, clear: bool
) -> None:
    assert is_clear(Label("x", text, at), locale) is clear  # type: ignore[arg-type]


@pytest.mark.parametrize("label", ["none", "late", "tag"])
def test_a_hidden_advertisement_crosses_a_red_line(label: str) -> None:
    outing = replace(sent(label=label), item="gifted")
    sheet = posts.judge(PAGE, GIFTED, outing)

    assert sheet is not None
    assert [(gate.id, gate.cap) for gate in sheet.gates] == [("U10", 30)]
    assert sheet.score <= 30


def test_a_company_s_own_post_needs_no_label() -> None:
    sheet = posts.judge(PAGE, BRIEF, sent())

    assert sheet is not None
    assert sheet.gates == ()


def test_an_idea_to_be_dropped_is_no_task_until_it_is_published() -> None:
    assert posts.judge(PAGE, TRAP, None) is None

    sheet = posts.judge(PAGE, TRAP, replace(sent(), item="trap"))
    assert sheet is not None
    assert sheet.score == 0
    assert [gate.id for gate in sheet.gates] == ["U9"]


def test_a_post_that_never_went_out_earns_nothing() -> None:
    sheet = posts.judge(PAGE, BRIEF, None)

    assert sheet is not None
    assert sheet.score == 0
    assert {line.reason.code for line in sheet.lines} == {"C.unpublished"}


def test_a_scheduled_post_goes_out_unless_the_queue_stands_still() -> None:
    plan = Done("schedule", 20, "evening", minutes=200, choices=BEST)
    went, held = standing(plan), standing(plan, Done("pause_queue", 150))
    resumed = standing(plan, Done("pause_queue", 150), Done("resume_queue", 190))

    def fate(found: object) -> str:
        row = outing_of(outings(DAY, found.made, found.now), "evening")  # type: ignore[attr-defined]
        assert row is not None
        return row.fate

    assert (fate(went), fate(held), fate(resumed)) == ("out", "stopped", "out")


def test_a_post_that_was_taken_out_can_be_planned_anew() -> None:
    made = (
        Done("schedule", 20, "evening", minutes=200, choices=BEST),
        Done("cancel_post", 50, "evening"),
        Done("schedule", 60, "evening", minutes=400, choices=BEST),
    )
    found = standing(*made)

    assert [row.fate for row in outings(DAY, found.made, found.now) if row.item == "evening"] == [
        "cancelled",
        "out",
    ]
    assert [shown.outing.minute for shown in on_page(found) if shown.outing.item == "evening"] == [
        400
    ]


def test_members_like_what_fits_and_resent_what_hurts() -> None:
    good = Done("publish", 100, "evening", choices=BEST)
    bad = Done("publish", 100, "trap", choices=BEST)

    changes = {item: change for item, change, _ in stirred(standing(good, bad, now=160), 100)}
    assert changes["evening"] > 0 > changes["trap"]


def test_a_cheerful_queue_during_an_alarm_costs_mood() -> None:
    calm, bad = standing(now=210), standing(now=210, day=replace(DAY, alarm=ALARM))

    assert {row[0]: row[1] for row in stirred(calm, 60)}["cheerful"] > 0
    assert {row[0]: row[1] for row in stirred(bad, 60)}["cheerful"] < -0.3
