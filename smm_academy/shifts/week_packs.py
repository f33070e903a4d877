"""The rules of a scenario's block ``days``: a campaign of several days in one week.

Each day has its own hours, goal, messages and duties; minutes count from its own beginning.
"""

from dataclasses import dataclass, field

from simulator import WEEKDAYS
from smm_academy.revisions.fields import Fields
from smm_academy.shifts.day_packs import Frame, check_day
from smm_academy.shifts.message_packs import Book
from smm_academy.shifts.messages_packs import check_messages
from smm_academy.shifts.pack_fields import check_known, check_order, check_text, rows

FEWEST_DAYS, MOST_DAYS = 2, len(WEEKDAYS)
ONE_DAY_KEYS = ("begins", "ends", "briefing", "messages", "day")
"""What belongs to a day: in a campaign it stands in the days, never beside them."""
ONCE = ("alarm", "campaign", "report")
"""The duties that a campaign has once: one crisis, one budget, one report."""
EXAMPLE = (
    '- {weekday: monday, title: {en: …, pl: …}, begins: "09:00", ends: "15:00", messages: []}'
)
LONGEST_DAY = 24 * 60


@dataclass(slots=True)
class Seen:
    """What the days above have already: their ids, their weekdays, their one-off duties."""

    messages: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)
    weekdays: list[int] = field(default_factory=list)
    once: dict[str, str] = field(default_factory=dict)


def check_week(fields: Fields, book: Book) -> None:
    """Name every problem of the block ``days``."""
    for name in ONE_DAY_KEYS:
        if fields.find(name) is not None:
            fields.findings.error(
                fields.place(name), "P286", f"{name} contradicts days",
                f"move {name} into the day that it belongs to",
            )  # fmt: skip
    seen, count = Seen(), 0
    last: Fields | None = None
    for row in rows(fields, "days", EXAMPLE):
        count += 1
        last = row
        _check_one(row, book, seen)
    if last is not None and "report" in seen.once and not _has_report(last):
        fields.findings.error(
            fields.place("days"), "P287", "the report is not on the last day",
            "move the report to the last day, when the week can be told",
        )  # fmt: skip
    if not FEWEST_DAYS <= count <= MOST_DAYS:
        fields.findings.error(
            fields.place("days"), "P288", f"a campaign cannot have {count} days",
            f"give it {FEWEST_DAYS} to {MOST_DAYS}; for one day leave days out",
        )  # fmt: skip


def _check_one(row: Fields, book: Book, seen: Seen) -> None:
    _check_weekday(row, seen)
    for name in ("title", "goal"):
        check_text(row, name)
    length = check_order(row, "begins", "ends")
    whole = LONGEST_DAY if length is None else length
    told = check_known(row, "briefing", book.facts | book.answers, "a fact of the brand")
    arrivals = check_messages(row, book, frozenset(told), whole, seen.messages)
    _check_once(row, seen)
    check_day(row, Frame(book, whole, arrivals), seen.items)
    row.finish()


def _check_weekday(row: Fields, seen: Seen) -> None:
    """Check that a day comes after those above it, in the same week."""
    written = row.word("weekday", WEEKDAYS, required=True)
    if written not in WEEKDAYS:
        return
    number = WEEKDAYS.index(written)
    if number in seen.weekdays:
        row.findings.error(
            row.place("weekday"), "P289", f"there are two days on {written}",
            "put their messages into one day, or name another weekday",
        )  # fmt: skip
    elif seen.weekdays and number < max(seen.weekdays):
        row.findings.error(
            row.place("weekday"), "P290",
            f"{written} stands below {WEEKDAYS[max(seen.weekdays)]}",
            "put the days in the order of the week",
        )  # fmt: skip
    seen.weekdays.append(number)


def _check_once(row: Fields, seen: Seen) -> None:
    block = row.nodes.get("day")
    keys = block.content if block is not None and isinstance(block.content, dict) else {}
    for name in ONCE:
        if name not in keys:
            continue
        if name in seen.once:
            row.findings.error(
                keys[name].key_place, "P291",
                f"there is another {name} on {seen.once[name]}", f"keep one {name} in the week",
            )  # fmt: skip
        seen.once.setdefault(name, row.text("weekday"))


def _has_report(row: Fields) -> bool:
    block = row.nodes.get("day")
    return block is not None and isinstance(block.content, dict) and "report" in block.content
