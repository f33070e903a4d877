"""Rating as pages show it: a reply without its score, the two readings of it, agreement."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator import Locale
from smm_academy.shifts import words
from smm_academy.shifts.debrief_page import HIDDEN_MOVES
from smm_academy.shifts.models import Rating, Shift
from smm_academy.shifts.rating import RED_LINES, lines_to_rate, machine_of
from smm_academy.shifts.rating_forms import mark_title
from smm_academy.web.locale import gettext as _

Json = Mapping[str, Any]


def line_titles(message: Json, locale: Locale) -> dict[str, str]:
    """Return the lines of a reply that are rated, criterion -> title."""
    return {name: line_title(name, locale) for name in lines_to_rate(message)}


def line_title(criterion: str, locale: Locale) -> str:
    """Return what a line is called; a red line says that it is one."""
    title = words.criterion_title(criterion, locale)
    return str(_("Red line: %(title)s", title=title)) if criterion in RED_LINES else title


def blind_reply(shift: Shift, message: Json, locale: Locale) -> dict[str, Any]:
    """Return a reply as its rater sees it: nothing of its score, its author or what came of it."""
    reply = message["reply"]
    moves = [move for move in message["moves"] if move["kind"] not in HIDDEN_MOVES]
    private = reply["direct_text"]
    return {
        "brand": (shift.record or {})["brand"]["name"],
        "language": shift.locale,
        "author": message["author"]["name"],
        "tint": words.tint_of(message["author"]["name"]),
        "channel": message["channel"],
        "channel_title": words.channel_title(message["channel"], locale),
        "when": message["clock"],
        "text": message["text"],
        "stars": message["stars"],
        "kind_title": words.kind_title(message["kind"], locale),
        "facts": [fact["text"] for fact in message["truth"]["facts"]],
        "reply": message["read_text"],
        "private": private if private != message["read_text"] else "",
        "earlier": reply["earlier_replies"],
        "moves": [f"{move['clock']} {words.move_done(move['kind'])}" for move in moves],
        "waited": words.span_of_minutes(message["first_action"])
        if message["first_action"] is not None
        else "",
    }


def two_readings(
    message: Json, rating: Rating, disagreed: Mapping[tuple[str, str], str], locale: Locale
) -> list[dict[str, Any]]:
    """Return line by line what the rater said, what the machine said, what the author said."""
    machine = machine_of(message)
    reasons = {row["id"]: row["reason"] for row in message["score"]["criteria"]}
    reasons |= {gate["id"]: gate["reason"] for gate in message["score"]["gates"]}
    return [
        {
            "title": line_title(name, locale),
            "own": mark_title(name, own["mark"]),
            "sentence": own["sentence"],
            "machine": mark_title(name, machine[name]) if name in machine else "–",
            "differs": name in machine and own["mark"] not in {None, machine[name]},
            "reason": words.sentence(reasons.get(name), locale),
            "disagreed": disagreed.get((message["id"], name), ""),
        }
        for name, own in _in_order(rating.marks, message)
    ]


def add_readings(
    cards: Iterable[Mapping[str, Any]], marks: Mapping[tuple[str, str], Sequence[Json]]
) -> None:
    """Put what people said beside the lines of a debrief that its reader disagreed with."""
    for card in cards:
        for line in card["lines"]:
            if line["disagreed"]:
                line["read_by"] = [
                    (mark_title(line["id"], mark["mark"]), mark["sentence"])
                    for mark in marks.get((card["id"], line["id"]), ())
                ]


def agreement_rows(criteria: Json, locale: Locale) -> list[dict[str, Any]]:
    """Return a language's rows of agreement, as a table shows them."""
    return [
        {
            "title": words.criterion_title(name, locale),
            "replies": row["replies"],
            "raters": _kappa(row["raters"]),
            "machine": _kappa(row["machine"]),
        }
        for name, row in criteria.items()
    ]


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8, for programs: a comma between cells, a point in numbers."""
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def _in_order(marks: Json, message: Json) -> list[tuple[str, Json]]:
    return [(name, marks[name]) for name in lines_to_rate(message) if name in marks]


def _kappa(found: Json) -> dict[str, str]:
    """Return kappa in words, and the pairs that it rests on."""
    pairs = str(_("pairs: %(num)d", num=found["pairs"]))
    if not found["enough"]:
        return {"kappa": str(_("too few")), "interval": "", "pairs": pairs}
    if found["kappa"] is None:
        return {"kappa": str(_("all alike")), "interval": "", "pairs": pairs}
    return {
        "kappa": f"{found['kappa']:.2f}",
        "interval": f"{found['low']:.2f} – {found['high']:.2f}",
        "pairs": pairs,
    }
