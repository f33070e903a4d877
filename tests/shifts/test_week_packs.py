"""A campaign's block ``days``: what contradicts itself is refused with its line and reason."""

from pathlib import Path

import pytest

import simulator
from smm_academy.shifts import packs
from smm_academy.shifts.day_size import duties_of
from smm_academy.shifts.queries import ASSESSMENT, PRACTICE, is_offered

ROOT = Path(__file__).resolve().parents[2]
FILES = packs.find_files(ROOT / "content")
READ = packs.read_packs(FILES)
WEEK = FILES["content/scenarios/lumo-amber.yaml"].decode()


def errors(source: str) -> list[str]:
    found = packs.read_scenario(source, "scenarios/lumo-amber.yaml", READ.brands)
    assert (found.content is None) == any(one.severity == "error" for one in found.problems)
    return [str(problem) for problem in found.problems if problem.severity == "error"]


def test_the_shipped_week_is_sound() -> None:
    assert errors(WEEK) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("weekday: tuesday", "weekday: monday", "P289"),
        ("weekday: wednesday", "weekday: monday", "P289"),
        ("weekday: thursday", "weekday: tuesday", "P289"),
        ("weekday: monday", "weekday: saturday", "P290"),
        ("weekday: friday", "weekday: doomsday", "S118"),
        ("        minute: 318\n", "        minute: 400\n", "S116"),
        ("        id: m201", "        id: m101", ""),
        ('    ends: "15:00"\n    briefing: [case_amber]',
         '    ends: "08:00"\n    briefing: [case_amber]', "P212"),
        ("          until: 330\n          title: {en: A furniture",
         "          until: 3300\n          title: {en: A furniture", "S116"),
        ("      slots: [45, 135, 240]", "      slots: [45, 1350]", "P261"),
        ("        confirms: [case_plate_out]", "        confirms: [case_moon]", "P210"),
        ("    day:\n      news:\n        - id: glass_day",
         ("    day:\n      alarm: {minute: 48, until: 340, pause_within: 15, "
          "title: {en: x, pl: x}}\n      news:\n        - id: glass_day"), "P291"),
        ("level: 5\n", 'level: 5\nbegins: "09:00"\n', "P286"),
        ("level: 5\n", "level: 5\nmessages: []\n", "P286"),
        ("level: 5\n", "level: 5\npool: assessment\n", "P292"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_named_with_its_line(old: str, new: str, code: str) -> None:
    if not code:
        source = WEEK.replace("- id: m201", "- id: m101", 1)
        assert any(" P209 " in error for error in errors(source))
        return
    assert old in WEEK
    found = errors(WEEK.replace(old, new, 1))

    line = WEEK[: WEEK.index(old)].count("\n") + 1
    named = [error for error in found if f" {code} " in error]
    assert named, found
    near = range(line - 1, line + new.count("\n") + 400)
    assert int(named[0].split(":")[1]) in near
    assert "Fix: " in named[0]


def one_day(source: str) -> str:
    """Return the week with its first day alone."""
    return source[: source.index("  - weekday: tuesday")]


@pytest.mark.parametrize("source", [one_day(WEEK), WEEK[: WEEK.index("days:")] + "days: []\n"])
def test_a_week_of_one_day_or_none_is_refused(source: str) -> None:
    assert any(" P288 " in error for error in errors(source))


def test_more_than_seven_days_are_refused() -> None:
    first = one_day(WEEK)
    start = first.index("  - weekday: monday")
    many = first[:start] + first[start:] * 8

    assert any("cannot have 8 days" in error for error in errors(many))


def test_the_report_stands_on_the_last_day() -> None:
    report = WEEK[WEEK.index("      report:\n") :]
    moved = WEEK.replace(report, "")
    place = moved.index("  - weekday: tuesday")

    found = errors(moved[:place] + report + moved[place:])
    assert any(" P287 " in error for error in found)


def test_a_week_counts_the_duties_of_all_its_days() -> None:
    counted = duties_of(READ.scenarios["lumo-amber"])

    assert counted == {"news": 4, "calendar": 7, "requests": 7, "report": 1}
    assert len(simulator.planned_messages(READ.scenarios["lumo-amber"])) == 60


def test_a_campaign_is_for_practice_alone() -> None:
    week = READ.scenarios["lumo-amber"]

    assert is_offered(week, PRACTICE)
    assert not is_offered({**week, "pool": ASSESSMENT}, ASSESSMENT)
    assert is_offered({**READ.scenarios["lumo-monday"], "pool": ASSESSMENT}, ASSESSMENT)
