"""After a shift: trying one of its messages again, and marking it by another rubric."""

from dataclasses import dataclass
from typing import Any

from simulator.brands import Brand, Fact, Locale
from simulator.items import Author, Item, Reply
from simulator.judgement import RUBRIC, Reading, Rubric, Score, read, score
from simulator.shift.constants import phrases, temper
from simulator.shift.record import Record, RecordedMessage, RecordedMoment, plain


@dataclass(frozen=True, slots=True)
class Again:
    """A message tried again: what was read and what it earns, as plain JSON in ``as_json``."""

    text: str
    reading: Reading
    score: Score

    def as_json(self) -> dict[str, Any]:
        """Return the attempt as JSON: ``text``, ``reading``, ``score`` as in a record."""
        return {
            "text": self.text, "reading": plain(self.reading), "score": plain(self.score)
        }  # fmt: skip


def try_again(
    record: Record, message_id: str, text: str, brand: Brand, rubric: Rubric = RUBRIC
) -> Again:
    """Return what another public reply to a message of a finished shift would have earned.

    The moves, the minutes and the earlier replies are those of the lived day, the reply is new;
    lawful criticism that was taken off the page is back on it, and a decision to leave the
    message alone is undone.
    Raises ``ValueError`` when the record has no such message or the brand is another one.
    """
    message = find_message(record, message_id)
    if brand.id != record["brand"]["id"] or brand.locale != record["locale"]:
        raise ValueError(
            f"the record is of the brand {record['brand']['id']} in {record['locale']}, "
            f"not of {brand.id} in {brand.locale}: give the brand it names"
        )
    item = item_of(message, brand)
    done = message["reply"]
    undone = {"no_action"} | ({"hide", "delete"} if temper(item.kind).criticism else set())
    moves = [move for move in done["moves"] or () if move not in undone]
    if "reply" not in moves:
        moves.append("reply")
    target = item.rule.target
    reply = Reply(
        text=text,
        moves=tuple(moves),
        minutes=done["minutes"] if done["minutes"] is not None else target,
        escalated_to=tuple(done["escalated_to"]),
        asked=tuple(done["asked"]),
        direct_text=done["direct_text"],
        earlier_replies=tuple(done["earlier_replies"]),
    )
    reading = read(item, reply)
    return Again(text, reading, score(item, reading, rubric))


def reweigh(message: RecordedMessage, brand: Brand, rubric: Rubric) -> Score:
    """Return the score of a recorded message under another rubric."""
    item = item_of(message, brand)
    done = message["reply"]
    reply = Reply(
        text=done["text"],
        moves=None if done["moves"] is None else tuple(done["moves"]),
        minutes=done["minutes"],
        escalated_to=tuple(done["escalated_to"]),
        asked=tuple(done["asked"]),
        reason_given=done["reason_given"],
        direct_text=done["direct_text"],
        earlier_replies=tuple(done["earlier_replies"]),
    )
    return score(item, read(item, reply), rubric)


def find_message(record: Record, message_id: str) -> RecordedMessage:
    """Return a message of a record.

    Raises ``ValueError`` when there is none with that id.
    """
    for message in record["messages"]:
        if message["id"] == message_id:
            return message
    raise ValueError(f"the shift has no message {message_id!r}: choose one of its record")


def item_of(message: RecordedMessage, brand: Brand) -> Item:
    """Return a recorded message as the judge sees it."""
    truth = message["truth"]
    return Item(
        id=message["id"],
        kind=message["kind"],
        locale=brand.locale,
        text=message["text"],
        channel=message["channel"],
        author=Author(**message["author"]),
        severity=message["severity"],
        fault=truth["fault"],
        arousal=truth["arousal"],
        facts=tuple(Fact(row["id"], row["text"]) for row in truth["facts"]),
        due_facts=tuple(truth["due_facts"]),
        wants=tuple(truth["wants"]),
        must=tuple(truth["must"]),
        must_not=tuple(truth["must_not"]),
        about=tuple(truth.get("about", ())),
        brand=brand,
    )


def moment_text(moment: RecordedMoment, locale: Locale) -> str:
    """Return one of the moments that mattered as a sentence."""
    return phrases("moments")[moment["code"]][locale].format(**moment["values"])
