"""The rules of a day's list of messages."""

from simulator import KINDS
from smm_academy.revisions.fields import Fields
from smm_academy.shifts.message_packs import Book, check_message
from smm_academy.shifts.pack_fields import name_of, required_count, rows

MOST_MESSAGES = 100
_TELLING = frozenset(word for kind in KINDS for word in kind.split("_")) | {"bait", "fake", "hoax"}


def check_messages(
    fields: Fields, book: Book, told: frozenset[str], length: int, taken: set[str]
) -> dict[str, int]:
    """Check the messages of a day; return the minute of each by its id.

    ``taken`` are the ids of other days, to which those of this one are added.
    """
    arrivals: dict[str, int] = {}
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
