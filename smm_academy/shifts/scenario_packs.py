"""The rules of a scenario pack: a day that can be played at a brand's desk."""

from collections.abc import Mapping

from simulator import KINDS
from smm_academy.revisions.fields import Fields
from smm_academy.shifts.day_packs import Frame, check_day
from smm_academy.shifts.message_packs import Book, check_message
from smm_academy.shifts.pack_fields import (
    check_id,
    check_known,
    check_order,
    check_text,
    name_of,
    required_count,
    rows,
    suggest,
)

POOLS = ("practice", "assessment")
"""What a scenario is for; one for assessments is never offered for practice."""

FARTHEST_LEVEL = 5
SMALLEST_COMMUNITY, LARGEST_COMMUNITY = 500, 200_000
LONGEST_PLAY = 180
LONGEST_DAY = 24 * 60
MOST_MESSAGES = 100
_TELLING = frozenset(word for kind in KINDS for word in kind.split("_")) | {"bait", "fake", "hoax"}


def check_scenario(fields: Fields, stem: str, books: Mapping[str, Book]) -> None:
    """Name every problem of a scenario pack; ``books`` holds the brand of each id."""
    check_id(fields, stem, "scenario")
    fields.word("pool", POOLS)
    for name in ("title", "summary", "goal"):
        check_text(fields, name)
    book = _brand(fields, books)
    required_count(fields, "level", 1, FARTHEST_LEVEL)
    required_count(fields, "minutes", 1, LONGEST_PLAY)
    required_count(fields, "members", SMALLEST_COMMUNITY, LARGEST_COMMUNITY)
    length = check_order(fields, "begins", "ends")
    _check_yardstick(fields)
    if book is None:
        fields.find("briefing")
        fields.find("messages")
        fields.find("day")
        fields.finish()
        return
    told = check_known(fields, "briefing", book.facts | book.answers, "a fact of the brand")
    whole = LONGEST_DAY if length is None else length
    arrivals = _check_messages(fields, book, frozenset(told), whole)
    check_day(fields, Frame(book, whole, arrivals))
    fields.finish()


def _brand(fields: Fields, books: Mapping[str, Book]) -> Book | None:
    written = fields.text("brand", "lumo", required=True)
    if not written:
        return None
    if written not in books:
        fields.findings.error(
            fields.place("brand"), "P241", f"there is no sound brand {written}",
            f"mend the brand's file first, or {suggest(written, sorted(books))}",
        )  # fmt: skip
        return None
    return books[written]


def _check_yardstick(fields: Fields) -> None:
    """Check what is said of the two poorest policies: which is better on this day, and why."""
    node = fields.find("yardstick")
    if node is None:
        return
    if not isinstance(node.content, dict):
        fields.findings.error(
            node.place, "P246", "yardstick must be keys",
            "write yardstick: {better: canned, why: {en: …, pl: …}}",
        )  # fmt: skip
        return
    part = Fields(node.content, node.place, fields.findings)
    part.word("better", ("canned", "nothing"), required=True)
    check_text(part, "why")
    part.finish()


def _check_messages(
    fields: Fields, book: Book, told: frozenset[str], length: int
) -> dict[str, int]:
    """Check the messages; return the minute of each by its id."""
    arrivals: dict[str, int] = {}
    taken: set[str] = set()
    before = 0
    count = 0
    example = "- {id: first, kind: praise, minute: 0, channel: page_post}"
    for row in rows(fields, "messages", example, least=1):
        count += 1
        name = name_of(row, taken, "messages")
        _check_name(row, name)
        minute = required_count(row, "minute", 0, max(0, length - 1))
        if minute is not None and minute < before:
            row.findings.warn(
                row.place("minute"), "P242", "this message comes before the one above it",
                "put the messages in the order in which they arrive",
            )  # fmt: skip
        before = before if minute is None else max(before, minute)
        arrivals[name] = 0 if minute is None else minute
        check_message(row, book, told)
        row.finish()
    if count > MOST_MESSAGES:
        fields.findings.error(
            fields.place("messages"), "P243", f"{count} messages are too many for a day",
            f"keep {MOST_MESSAGES} or fewer",
        )  # fmt: skip
    if not count and "messages" in fields.nodes:
        fields.findings.error(
            fields.place("messages"), "P244", "the day has no messages", f"write {example}"
        )
    return arrivals


def _check_name(row: Fields, name: str) -> None:
    """Warn of an id that gives away what the learner has to find out: the browser shows ids."""
    words = set(name.replace("_", "-").split("-"))
    if words & _TELLING:
        row.findings.warn(
            row.place("id"), "P245", f"the id {name} gives the kind of message away",
            "write an id that says nothing, such as m01",
        )  # fmt: skip
