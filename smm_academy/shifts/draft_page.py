"""What was planted in a machine's draft, as the debrief shows it, from the record alone."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from simulator import DRAFT_KINDS, Locale, fault_words
from smm_academy.shifts.marking import Mark, Piece
from smm_academy.shifts.offer_queries import DrillCard

SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?!\s)[^.!?\n]+)*[.!?]*")
SIGNS: Mapping[str, Mark] = {"mended": "earned", "reworded": "lost", "left": "lost"}


def draft_brands(cards: Sequence[DrillCard]) -> list[DrillCard]:
    """Return the brands that have a message with a draft to mend."""
    return [card for card in cards if set(card.kinds) & set(DRAFT_KINDS)]


def planted_faults(record: Mapping[str, Any], locale: Locale) -> dict[str, Any] | None:
    """Return the faults of a mended draft and what became of them; ``None`` for other drills.

    ``pieces`` is the draft with its faults marked, ``changed`` what was sound and is not there any
    more, ``is_unchanged`` whether the draft was sent as it came.
    """
    draft = record.get("draft")
    if draft is None:
        return None
    message = next(row for row in record["messages"] if row["counts"])
    sent = _plain(message["read_text"])
    faults = [_fault(number, row, locale) for number, row in enumerate(draft["faults"], start=1)]
    return {
        "faults": faults,
        "found": sum(fault["mending"] == "mended" for fault in faults),
        "pieces": _pieces(draft, faults),
        "changed": [] if sent == _plain(draft["text"]) else _changed(draft, sent),
        "is_unchanged": sent == _plain(draft["text"]),
    }


def _fault(number: int, row: Mapping[str, Any], locale: Locale) -> dict[str, Any]:
    title, why = fault_words(row["id"], locale)
    return {**row, "number": number, "title": title, "why": why, "sign": SIGNS[row["mending"]]}


def _pieces(draft: Mapping[str, Any], faults: list[dict[str, Any]]) -> list[Piece]:
    text, pieces, at = draft["text"], list[Piece](), 0
    for fault in sorted(faults, key=lambda one: one["start"]):
        pieces.append((text[at : fault["start"]], "", ""))
        if fault["start"] == fault["end"]:
            pieces.append((fault["title"], "missing", fault["number"]))
        else:
            pieces.append((text[fault["start"] : fault["end"]], "lost", fault["number"]))
        at = fault["end"]
    return [piece for piece in [*pieces, (text[at:], "", "")] if piece[0]]


def _changed(draft: Mapping[str, Any], sent: str) -> list[str]:
    """Return the sentences of a draft that held no fault and that the sent text does not hold."""
    touched = [(row["start"], row["end"]) for row in draft["faults"]]
    return [
        match.group().strip()
        for match in SENTENCE.finditer(draft["text"])
        if match.group().strip()
        and not any(
            match.start() <= start <= match.end() or match.start() < end <= match.end()
            for start, end in touched
        )
        and _plain(match.group()) not in sent
    ]


def _plain(text: str) -> str:
    return " ".join(text.split())
