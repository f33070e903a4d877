"""The rules of a day's campaign, requests and report in a scenario pack."""

from collections.abc import Iterable

from simulator import DUTY_TABLES
from smm_academy.revisions.fields import Fields
from smm_academy.shifts.message_packs import Book
from smm_academy.shifts.pack_fields import (
    check_known,
    check_number,
    check_text,
    name_of,
    required_count,
    rows,
    suggest,
)

ENDS = ("take", "hand_over", "refuse")
GATES = ("U9", "U10")
SIGNS = ("above", "below", "at_least", "at_most")
PERIODS = ("today", "week")
CURRENCIES = ("PLN", "EUR", "GBP")
LARGEST_BUDGET = 100_000
LARGEST_SEGMENT = 20_000_000
_SAME_TARGET = 0.5


def check_campaign(day: Fields) -> None:
    """Name every problem of a day's campaign."""
    node = day.find("campaign")
    if node is None:
        return
    if not isinstance(node.content, dict):
        day.findings.error(
            node.place, "P270", "campaign must be keys", "write campaign: {budget: 300, …}"
        )
        return
    part = Fields(node.content, node.place, day.findings)
    check_text(part, "title")
    check_text(part, "target")
    part.word("action", tuple(DUTY_TABLES["actions"]), required=True)
    part.word("currency", CURRENCIES, required=True)
    part.require("budget", "300")
    check_number(part, "budget", 1, LARGEST_BUDGET)
    _check_segments(part)
    part.finish()


def _check_segments(part: Fields) -> None:
    taken: set[str] = set()
    worth = []
    example = "- {id: near, title: {en: …, pl: …}, size: 9000, match: 1, conversion: 0.05}"
    for row in rows(part, "segments", example, least=2):
        name_of(row, taken, "segments")
        check_text(row, "title")
        check_text(row, "description")
        check_text(row, "why")
        required_count(row, "size", 100, LARGEST_SEGMENT)
        for name in ("match", "conversion"):
            row.require(name, "0.5")
            check_number(row, name, 0, 1)
        check_number(row, "follows", 0, 1)
        match, conversion = _number(row, "match"), _number(row, "conversion")
        worth.append(match >= _SAME_TARGET and conversion > 0)
        if match == 0 and conversion > 0:
            row.findings.error(
                row.place("conversion"), "P271",
                "people who have nothing to do with the target do not act",
                "write conversion: 0, or a match above 0",
            )  # fmt: skip
        row.finish()
    if worth and not any(worth):
        part.findings.error(
            part.place("segments"), "P272", "no segment can bring the action",
            "give one of them a match of 0.5 or more and a conversion above 0",
        )  # fmt: skip


def _number(row: Fields, name: str) -> float:
    node = row.nodes.get(name)
    value = node.content if node is not None else 0.0
    return float(value) if isinstance(value, int | float) else 0.0


def check_requests(day: Fields, book: Book, length: int, taken: set[str]) -> None:
    """Name every problem of the colleagues' requests."""
    example = "- {id: r1, minute: 20, within: 120, text: {en: …, pl: …}, topic: seo}"
    for row in rows(day, "requests", example):
        name_of(row, taken, "items of the day")
        for name in ("colleague", "text", "why"):
            check_text(row, name)
        required_count(row, "minute", 0, max(0, length - 1))
        required_count(row, "within", 5, length)
        row.word("topic", tuple(DUTY_TABLES["topics"]), required=True)
        right = row.word("right", ENDS, required=True)
        gate = row.word("gate", GATES)
        to = check_known(row, "to", book.contacts, "a contact of the brand")
        if right == "hand_over" and not to:
            row.findings.error(
                row.place("right"), "P273", "nobody is named to hand it over to", "add to: [web]"
            )
        if right != "hand_over" and to:
            row.findings.error(
                row.place("to"), "P274", f"a request to {right} goes to nobody",
                "leave to out, or write right: hand_over",
            )  # fmt: skip
        if right == "take" and gate:
            row.findings.error(
                row.place("gate"), "P275", "what should be taken on crosses no red line",
                "leave gate out, or write right: refuse",
            )  # fmt: skip
        row.finish()


def check_report(day: Fields) -> None:
    """Name every problem of the end-of-day report."""
    node = day.find("report")
    if node is None:
        return
    if not isinstance(node.content, dict):
        day.findings.error(
            node.place, "P276", "report must be keys", "write report: {kpis: […], …}"
        )
        return
    part = Fields(node.content, node.place, day.findings)
    check_text(part, "title")
    _check_kpis(part)
    _check_earlier(part)
    conclusions = _check_conclusions(part)
    _check_steps(part, conclusions)
    _check_payloads(part)
    part.finish()


def _check_kpis(part: Fields) -> None:
    asked = set()
    for row in rows(part, "kpis", "- {kpi: err, period: today}", least=1):
        kpi = row.word("kpi", tuple(DUTY_TABLES["kpis"]), required=True)
        period = row.word("period", PERIODS, required=True)
        if (kpi, period) in asked:
            row.findings.error(
                row.place("kpi"), "P277", f"{kpi} of {period} is asked for twice",
                "leave one of them out",
            )  # fmt: skip
        asked.add((kpi, period))
        if period == "week" and "earlier" not in part.nodes:
            row.findings.error(
                row.place("period"), "P278", "there are no figures of the days before",
                "add earlier: {reach: 5200, …}",
            )  # fmt: skip
        row.finish()


def _check_earlier(part: Fields) -> None:
    node = part.find("earlier")
    if node is None:
        return
    if not isinstance(node.content, dict):
        part.findings.error(
            node.place, "P279", "earlier must be keys", "write earlier: {reach: 5200}"
        )
        return
    row = Fields(node.content, node.place, part.findings)
    for name in DUTY_TABLES["measures"]:
        check_number(row, name, 0, 1e9)
    row.finish()


def _check_conclusions(part: Fields) -> frozenset[str]:
    """Check the conclusions; return the ids of those that figures could support."""
    taken: set[str] = set()
    sound, fallbacks = set(), 0
    example = "- {id: c1, text: {en: …, pl: …}, holds: [{left: …, sign: above, right: 0}]}"
    for row in rows(part, "conclusions", example):
        name = name_of(row, taken, "conclusions")
        check_text(row, "text")
        check_text(row, "flaw", required=False)
        otherwise = row.claim("otherwise", default=False)
        fallbacks += otherwise
        count = sum(1 for one in rows(row, "holds", "- {left: …, sign: above, right: 0}")
                    if _check_condition(one))  # fmt: skip
        ways = [otherwise, count > 0, "flaw" in row.nodes]
        if sum(ways) != 1:
            row.findings.error(
                row.place("id"), "P280", "a conclusion has conditions, a flaw, or is the fallback",
                "give it exactly one of holds, flaw and otherwise",
            )  # fmt: skip
        if "flaw" not in row.nodes:
            sound.add(name)
        row.finish()
    if taken and fallbacks != 1:
        part.findings.error(
            part.place("conclusions"), "P281",
            "whatever the figures are, one conclusion must be right",
            "give exactly one of them otherwise: true",
        )  # fmt: skip
    return frozenset(sound)


def _check_condition(row: Fields) -> bool:
    left = row.text("left", "ad_actions", required=True)
    row.word("sign", SIGNS, required=True)
    node = row.require("right", "0")
    for name, written in (("left", left), ("right", node.text if node else "")):
        if node is not None and name == "right" and isinstance(node.content, int | float):
            continue
        if written and not _is_figure(written):
            row.findings.error(
                row.place(name), "P282", f"{written} is not a figure of the report",
                suggest(written, sorted(DUTY_TABLES["measures"])),
            )  # fmt: skip
    row.finish()
    return True


def _is_figure(name: str) -> bool:
    bare = name.removesuffix(".week")
    if bare.startswith("kpi:"):
        return bare.removeprefix("kpi:") in DUTY_TABLES["kpis"]
    return bare.partition("@")[0] in DUTY_TABLES["measures"]


def _check_steps(part: Fields, conclusions: Iterable[str]) -> None:
    taken: set[str] = set()
    covered: set[str] = set()
    for row in rows(part, "next_steps", "- {id: s1, text: {en: …, pl: …}, follows: [c1]}"):
        name_of(row, taken, "next steps")
        check_text(row, "text")
        check_text(row, "why", required=False)
        covered |= set(check_known(row, "follows", set(conclusions), "a conclusion that can hold"))
        row.finish()
    left = sorted(set(conclusions) - covered)
    if taken and left:
        part.findings.error(
            part.place("next_steps"), "P283", f"no step follows from {', '.join(left)}",
            f"name it under follows of a step: follows: [{left[0]}]",
        )  # fmt: skip


def _check_payloads(part: Fields) -> None:
    taken: set[str] = set()
    for row in rows(part, "payloads", "- {id: p1, payload: '…', question: {en: …, pl: …}}"):
        name_of(row, taken, "payloads")
        check_text(row, "title")
        check_text(row, "question")
        row.text("payload", "https://…", required=True)
        right = 0
        ids: set[str] = set()
        for one in rows(row, "options", "- {id: a, title: {en: …, pl: …}, right: true}", least=2):
            name_of(one, ids, "answers")
            check_text(one, "title")
            check_text(one, "why", required=False)
            right += one.claim("right", default=False)
            one.finish()
        if right != 1:
            row.findings.error(
                row.place("options"), "P284", f"{right} of the answers are right",
                "give exactly one of them right: true",
            )  # fmt: skip
        row.finish()
