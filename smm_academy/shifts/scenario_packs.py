"""The rules of a scenario pack: a day, or a week, that can be played at a brand's desk."""

from collections.abc import Mapping

from smm_academy.revisions.fields import Fields
from smm_academy.shifts.day_packs import Frame, check_day
from smm_academy.shifts.message_packs import Book
from smm_academy.shifts.messages_packs import check_messages
from smm_academy.shifts.pack_fields import (
    check_id,
    check_known,
    check_order,
    check_text,
    required_count,
    suggest,
)
from smm_academy.shifts.week_packs import ONE_DAY_KEYS, check_week

POOLS = ("practice", "assessment")
"""What a scenario is for; one for assessments is never offered for practice."""

FARTHEST_LEVEL = 5
SMALLEST_COMMUNITY, LARGEST_COMMUNITY = 500, 200_000
LONGEST_PLAY = 180
LONGEST_DAY = 24 * 60


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
    _check_yardstick(fields)
    if book is None:
        for name in ("days", *ONE_DAY_KEYS):
            fields.find(name)
        fields.finish()
        return
    if "days" in fields.nodes:
        _check_pool(fields)
        check_week(fields, book)
        fields.finish()
        return
    length = check_order(fields, "begins", "ends")
    told = check_known(fields, "briefing", book.facts | book.answers, "a fact of the brand")
    whole = LONGEST_DAY if length is None else length
    arrivals = check_messages(fields, book, frozenset(told), whole, set())
    check_day(fields, Frame(book, whole, arrivals), set())
    fields.finish()


def _check_pool(fields: Fields) -> None:
    """Check that a campaign is for practice: nobody can be asked for so long a test."""
    node = fields.nodes.get("pool")
    if node is not None and node.text == "assessment":
        fields.findings.error(
            node.place, "P292", "a campaign is too long for an assessment",
            "write pool: practice, or leave days out",
        )  # fmt: skip


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
