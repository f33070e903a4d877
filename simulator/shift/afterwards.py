"""After a shift: trying one of its messages again, and marking it by another rubric."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from simulator.brands import Brand, Fact, Locale
from simulator.items import Author, Item, Reply
from simulator.judgement import RUBRIC, Gate, Reading, Reason, Rubric, Score, read, score
from simulator.judgement.reading import Facet, Span
from simulator.judgement.rubric import band_of
from simulator.shift import scoring
from simulator.shift.case_file import RecordedMessage, plain
from simulator.shift.constants import phrases, temper
from simulator.shift.record import Parts, Record, RecordedMoment


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


def reweigh(message: RecordedMessage, rubric: Rubric) -> Score:
    """Return the score of a recorded message under another rubric, from what was read then.

    Nothing is read again, so a record of years ago is weighed as it was judged on its day; the
    red lines stay where they were crossed.
    """
    item = Item(id=message["id"], kind=message["kind"], locale="en", text=message["text"])
    return score(item, _reading_of(message), rubric)


def reweigh_record(record: Record, rubric: Rubric) -> Record:
    """Return a record under another rubric: its messages, the inbox, the score of the day.

    The world, the moments and the other parts stay as they are: no weight is in them.
    ``weighting`` names the weights and what was switched off.
    """
    messages = [
        cast("RecordedMessage", {**row, "score": plain(reweigh(row, rubric))})
        for row in record["messages"]
    ]
    parts = cast("Parts", {**record["parts"], "inbox": _inbox(messages)})
    total = scoring.total(cast("Mapping[str, float | None]", parts))
    weighting = {
        "weights": dict(rubric.weights),
        "off": sorted(rubric.off),
        "reversed": sorted(rubric.reversed_criteria),
    }
    again = {"messages": messages, "parts": parts, "score": total, "band": band_of(total)}
    return cast("Record", {**record, **again, "weighting": weighting})


def _inbox(messages: Sequence[RecordedMessage]) -> float | None:
    rows = [(row["severity"], row["score"]["score"]) for row in messages if row["counts"]]
    weight = sum(severity for severity, _points in rows)
    return sum(severity * points for severity, points in rows) / weight if weight else None


def _reading_of(message: RecordedMessage) -> Reading:
    read_then = message["reading"]
    return Reading(
        facets={name: _facet_of(facet) for name, facet in read_then["facets"].items()},
        gates=tuple(
            Gate(gate["id"], gate["cap"], Reason(**gate["reason"]), _spans(gate["spans"]))
            for gate in message["score"]["gates"]
        ),
        signals=read_then["signals"],
        reply_due=read_then["reply_due"],
    )


def _facet_of(facet: Mapping[str, Any]) -> Facet:
    return Facet(
        facet["value"],
        Reason(**facet["reason"]),
        _spans(facet["earned"]),
        _spans(facet["lost"]),
        tuple(facet["missing"]),
    )


def _spans(rows: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in rows)


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
