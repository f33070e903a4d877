"""The block ``day`` of a scenario: what contradicts itself is refused with its line and reason."""

from pathlib import Path

import pytest

from smm_academy.shifts import packs

ROOT = Path(__file__).resolve().parents[2]
FILES = packs.find_files(ROOT / "content")
READ = packs.read_packs(FILES)
EVENING = FILES["content/scenarios/zakwas-evening.yaml"].decode()
OUTAGE = FILES["content/scenarios/nitka-outage.yaml"].decode()


def errors(source: str, stem: str) -> list[str]:
    found = packs.read_scenario(source, f"scenarios/{stem}.yaml", READ.brands)
    assert (found.content is None) == any(one.severity == "error" for one in found.problems)
    return [str(problem) for problem in found.problems if problem.severity == "error"]


def changed(old: str, new: str, source: str = EVENING) -> tuple[list[str], int]:
    """Return the errors after a change of the first such text, and the line it stands in."""
    assert old in source
    stem = "zakwas-evening" if source == EVENING else "nitka-outage"
    line = source[: source.index(old)].count("\n") + 1
    return errors(source.replace(old, new, 1), stem), line


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("budget: 300", "budget: -300", "P214"),
        ("budget: 300", "budget: 0", "P214"),
        ("minute: 420\n      title", "minute: 4200\n      title", "S116"),
        ("      until: 240\n", "      until: 0\n", "S116"),
        ("      minute: 18\n      until: 260", "      minute: 18\n      until: 12", "P263"),
        ("      right: post\n      post: starter", "      right: post", "P265"),
        ("      post: starter\n", "      post: nowhere\n", "P264"),
        ("      to: [safety]\n", "", "P266"),
        ("      to: [safety]\n", "      to: [moon]\n", "P210"),
        ("slots: [45, 150, 215, 330]", "slots: [45, 1500]", "P261"),
        ("formats: {event: fully, photo", "formats: {event: partly, photo", "P268"),
        ("formats: {event: fully", "formats: {billboard: fully", "S115"),
        ("          right: true\n        - id: guest",
         "          right: false\n        - id: guest", "P268"),
        ("      right: hand_over\n      to: [web]", "      right: hand_over", "P273"),
        ("      topic: smm\n      right: take",
         "      topic: smm\n      right: take\n      to: [pr]", "P274"),
        ("      topic: smm\n      right: take",
         "      topic: smm\n      right: take\n      gate: U10", "P275"),
        ("      topic: followers", "      topic: gossip", "S118"),
        ("        size: 8200", "        size: -8200", "S116"),
        ("        match: 1.0", "        match: 1.4", "P214"),
        ("        conversion: 0.0\n        follows: 0.45",
         "        conversion: 0.2\n        follows: 0.45", "P271"),
        ("{kpi: cpa, period: today}", "{kpi: err, period: today}", "P277"),
        ("{kpi: cpa, period: today}", "{kpi: love, period: today}", "S118"),
        ("        otherwise: true\n", "        otherwise: false\n", "P280"),
        ("left: ad_actions, sign", "left: ad_sales, sign", "P282"),
        ("follows: [too_few]", "follows: []", "P283"),
        ("follows: [too_few]", "follows: [loved]", "P210"),
        ("            right: true\n          - id: organic",
         "            right: false\n          - id: organic", "P284"),
        ("      relation: gifted\n", "      relation: gifted\n      gate: U9\n", "P257"),
        ("    - id: fire\n      minute", "    - id: bread_day\n      minute", "P209"),
        ('id: clear, text: {en: "Advertisement', 'id: none, text: {en: "Advertisement', "P259"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_line(old: str, new: str, code: str) -> None:
    found, line = changed(old, new)

    assert any(f" {code} " in problem for problem in found), found
    numbers = [int(problem.split(":")[1]) for problem in found]
    assert min(abs(number - line) for number in numbers) < 60
    assert all("Fix: " in problem for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    until: 260", "    until: 100", "P252"),
        ("    message: m04\n", "", "P253"),
        ("    message: m04\n", "    message: m99\n", "P254"),
        ("    message: m04\n", "    message: m15\n", "P255"),
        ("    escalate_to: [pr, web]\n    pause", "    pause", "P256"),
        ("slots: [40, 85, 290, 400]", "slots: [130, 200]", "P262"),
        ("      minute: 150\n      title: {en: \"It's on!\"",
         "      minute: 123\n      title: {en: \"It's on!\"", "P267"),
    ],
)  # fmt: skip
def test_an_alarm_that_nobody_could_meet_is_refused(old: str, new: str, code: str) -> None:
    found, _ = changed(old, new, OUTAGE)

    assert any(f" {code} " in problem for problem in found), found


def test_a_paid_post_without_labels_is_refused() -> None:
    start = EVENING.index("      labels:\n")
    end = EVENING.index("      slots: [180, 250, 390]")
    found = errors(EVENING[:start] + EVENING[end:], "zakwas-evening")

    assert any(" P260 " in problem for problem in found)


def test_no_segment_that_can_act_is_refused() -> None:
    source = EVENING
    for share in ("0.09", "0.13", "0.015"):
        source = source.replace(f"conversion: {share}", "conversion: 0", 1)

    assert any(" P272 " in problem for problem in errors(source, "zakwas-evening"))


def test_a_week_without_its_earlier_days_is_refused() -> None:
    start = EVENING.index("    earlier:\n")
    end = EVENING.index("    conclusions:\n")

    found = errors(EVENING[:start] + EVENING[end:], "zakwas-evening")
    assert any(" P278 " in problem for problem in found)


def test_an_alarm_with_nothing_to_pause_is_refused() -> None:
    start, end = OUTAGE.index("  news:\n"), OUTAGE.index("  campaign:\n")

    found = errors(OUTAGE[:start] + OUTAGE[end:], "nitka-outage")
    assert any(" P269 " in problem for problem in found)


@pytest.mark.parametrize("name", ["campaign", "report", "alarm"])
def test_a_duty_that_is_no_mapping_is_refused(name: str) -> None:
    source = OUTAGE[: OUTAGE.index("day:\n")] + f"day:\n  {name}: 7\n"

    found = errors(source, "nitka-outage")
    assert any("must be keys" in problem for problem in found)


def test_a_day_that_is_no_mapping_is_refused() -> None:
    source = OUTAGE[: OUTAGE.index("day:\n")] + "day: 7\n"

    assert any(" P250 " in problem for problem in errors(source, "nitka-outage"))


def test_a_text_that_one_language_lacks_is_named() -> None:
    found, _ = changed("        pl: Pożar kamienicy na Nadodrzu, dwie osoby nie żyją\n", "")

    assert any(" P202 title has no text in Polish" in problem for problem in found)
