"""The goal for the week: whose day it is, what grace does, both changes of the clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from smm_academy.progress.weeks import (
    DEFAULT_GOAL,
    GOALS,
    LOOK_BACK,
    MOST_GRACE,
    first_monday,
    goal_in,
    local_day,
    monday_of,
    rhythm_of,
)

THIS = date(2026, 11, 23)
WEEK = timedelta(days=7)


def learned(*weeks: Iterable[int]) -> set[date]:
    """Return days of learning: for each week, oldest first, the last being this one."""
    first = THIS - (len(weeks) - 1) * WEEK
    return {
        first + number * WEEK + timedelta(days=day)
        for number, days in enumerate(weeks)
        for day in days
    }


def test_a_week_counts_its_days_and_reaches_its_goal() -> None:
    rhythm = rhythm_of(learned([0, 2, 4]), {}, THIS + timedelta(days=4))

    assert rhythm.this.goal == DEFAULT_GOAL
    assert rhythm.this.learned == (True, False, True, False, True, False, False)
    assert rhythm.this.reached
    assert rhythm.past == ()


def test_grace_bridges_what_is_missing_and_a_kept_week_gives_a_day_back() -> None:
    rhythm = rhythm_of(learned([0], [0, 1, 2], [3, 4], []), {}, THIS)

    assert [week.state for week in rhythm.past] == ["bridged", "kept", "bridged"]
    assert rhythm.grace == 0
    assert rhythm.row == 3


def test_grace_does_not_stand_in_for_a_week_without_any_day() -> None:
    rhythm = rhythm_of(learned([0, 1, 2], [], [0, 1, 2], []), {}, THIS)

    assert [week.state for week in rhythm.past] == ["kept", "light", "kept"]
    assert (rhythm.grace, rhythm.row) == (MOST_GRACE, 1)


def test_a_light_week_takes_no_grace() -> None:
    rhythm = rhythm_of(learned([0], []), {THIS - WEEK: 7}, THIS)

    assert rhythm.past[0].state == "light"
    assert rhythm.grace == MOST_GRACE


def test_a_new_goal_judges_no_week_before_it() -> None:
    goals = {THIS - 3 * WEEK: 2, THIS - WEEK: 5}

    rhythm = rhythm_of(learned([0, 1], [0, 1], [0, 1, 2, 3, 4], [0]), goals, THIS)

    assert [week.goal for week in rhythm.past] == [2, 2, 5]
    assert {week.state for week in rhythm.past} == {"kept"}
    assert rhythm.this.goal == 5
    assert goal_in(goals, THIS - 4 * WEEK) == DEFAULT_GOAL


def test_what_lies_too_far_back_is_at_rest() -> None:
    rhythm = rhythm_of({THIS - (LOOK_BACK + 1) * WEEK, THIS - timedelta(days=1)}, {}, THIS)

    assert [week.monday for week in rhythm.past] == [THIS - WEEK]


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        # Warsaw: summer time ends on Sunday 25 October 2026 at 3:00, begins on 28 March 2027.
        ("2026-10-24T21:59", "Europe/Warsaw", "2026-10-24"),
        ("2026-10-24T22:00", "Europe/Warsaw", "2026-10-25"),
        ("2026-10-25T22:59", "Europe/Warsaw", "2026-10-25"),
        ("2026-10-25T23:00", "Europe/Warsaw", "2026-10-26"),
        ("2027-03-27T23:00", "Europe/Warsaw", "2027-03-28"),
        ("2027-03-28T21:59", "Europe/Warsaw", "2027-03-28"),
        ("2027-03-28T22:00", "Europe/Warsaw", "2027-03-29"),
        # New York changes on other Sundays: 1 November 2026 and 14 March 2027.
        ("2026-11-02T04:59", "America/New_York", "2026-11-01"),
        ("2026-11-02T05:00", "America/New_York", "2026-11-02"),
        ("2027-03-15T03:59", "America/New_York", "2027-03-14"),
        ("2027-03-15T04:00", "America/New_York", "2027-03-15"),
        ("2026-11-23T10:30", "Pacific/Kiritimati", "2026-11-24"),
    ],
)
def test_a_day_is_the_learners_own_across_both_clock_changes(
    moment: str, zone: str, day: str
) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    assert local_day(at, zone) == date.fromisoformat(day)


@pytest.mark.parametrize("sunday", [date(2026, 10, 25), date(2027, 3, 28)])
def test_a_week_with_a_clock_change_has_seven_days(sunday: date) -> None:
    hours = [
        datetime(sunday.year, sunday.month, sunday.day, tzinfo=UTC) + timedelta(hours=hour)
        for hour in range(-24 * 7, 48)
    ]
    days = {local_day(hour, "Europe/Warsaw") for hour in hours}

    rhythm = rhythm_of(days, {}, sunday)

    assert rhythm.this.monday == sunday - timedelta(days=6)
    assert rhythm.this.days == 7
    assert monday_of(sunday + timedelta(days=1)) == sunday + timedelta(days=1)


@given(
    st.sets(st.integers(0, 7 * (LOOK_BACK + 1) - 1)),
    st.sampled_from(list(GOALS)),
    st.integers(0, 6),
)
def test_more_learning_never_makes_a_rhythm_worse(
    numbers: set[int], goal: int, weekday: int
) -> None:
    today = THIS + timedelta(days=weekday)
    since = first_monday(today)
    days = {since + timedelta(days=number) for number in numbers}
    days = {day for day in days if day <= today}

    before = rhythm_of(days, {since: goal}, today)
    after = rhythm_of(days | {today}, {since: goal}, today)

    assert 0 <= before.grace <= MOST_GRACE
    assert before.row <= len(before.past) <= LOOK_BACK
    assert after.this.days >= before.this.days
    if days:
        assert (after.grace, after.row, after.past) == (before.grace, before.row, before.past)
