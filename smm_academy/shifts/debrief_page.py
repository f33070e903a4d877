"""The debrief as a page shows it, from nothing but the record of the shift."""

from collections.abc import Mapping
from typing import Any

from simulator import Locale
from smm_academy.shifts import words
from smm_academy.shifts.equating import standing_of
from smm_academy.shifts.marking import mark_pieces, outcome_of
from smm_academy.shifts.meaning import score_meaning
from smm_academy.shifts.moments_page import weightiest
from smm_academy.shifts.weighting import weighting_of
from smm_academy.web.locale import gettext as _, ngettext

SLOTS = 3
"""As many empty slots at the end of a reply as a tired reader takes in."""

TOOLS = "U1"
"""The criterion of the right tools: what it misses is a move, not words of the reply."""

BEST_FIRST = ("U4", "U3", "U2")
"""What a good reply is praised for: the next step, the feeling, the matter, then the rest."""

FREE = frozenset({"U2", "U4"})
"""The criteria that count in full whatever the others say."""
HIDDEN_MOVES = frozenset({"open", "look_up", "wait", "note", "label"})
SAID = frozenset({"reply", "direct_message", "statement"})
Json = Mapping[str, Any]
DEDUCTIONS = frozenset({"U11", "U12"})
GATES = frozenset({"U8", "U9", "U10"})
SCALE_ROOM = 0.04


def message_card(
    message: Json,
    locale: Locale,
    disagreements: Mapping[tuple[str, str], str],
) -> dict[str, Any]:
    """Return one message with its marked reply and the lines of its scorecard."""
    score, text = message["score"], message["read_text"]
    shown = [row for row in score["criteria"] if _is_shown(row)]
    lines = list(enumerate(shown, start=1))
    weightiest = sorted(lines, key=lambda one: one[1]["earned"] - one[1]["possible"])
    missing = [
        (words.obligation(name, locale), number)
        for number, row in weightiest
        if row["id"] != TOOLS
        for name in row["missing"]
    ][:SLOTS]
    return {
        "id": message["id"],
        "author": message["author"]["name"],
        "tint": words.tint_of(message["author"]["name"]),
        "channel": message["channel"],
        "channel_title": words.channel_title(message["channel"], locale),
        "when": message["clock"],
        "text": message["text"],
        "stars": message["stars"],
        "kind_title": words.kind_title(message["kind"], locale),
        "counts": message["counts"],
        "score": round(score["score"]),
        "band": score["band"],
        "pieces": mark_pieces(text, lines, missing, score["gates"]) if text else [],
        "meta": _meta(message),
        "done": _done(message),
        "gates": [
            {
                "title": words.criterion_title(gate["id"], locale),
                "reason": words.sentence(gate["reason"], locale),
                "cap": gate["cap"],
            }
            for gate in score["gates"]
        ],
        "counts_for": _counts_for(message),
        "lines": [_line(number, row, message, locale, disagreements) for number, row in lines],
        "model": message["model_answer"],
        "seen": [row for row in message["seen"] if row["text"]],
        "thread": message["thread"],
    }


def message_cards(
    record: Json, locale: Locale, disagreements: Mapping[tuple[str, str], str]
) -> list[dict[str, Any]]:
    """Return every message of a record, the most telling first: by severity, then by score."""
    ordered = sorted(
        record["messages"],
        key=lambda row: (not row["counts"], row["score"]["score"] - 10 * row["severity"]),
    )
    return [message_card(row, locale, disagreements) for row in ordered]


def tried_again(message: Json, text: str, again: Json) -> dict[str, Any]:
    """Return a recorded message as it would stand with another reply."""
    return {
        **message,
        "score": again["score"],
        "reading": again["reading"],
        "read_text": text,
        "moves": [],
    }


def drill_verdict(card: Json) -> str:
    """Return the one sentence at the head of a drill's debrief."""
    if card["gates"]:
        return str(_("A red line was crossed; nothing else matters until that is gone."))
    worst = _by_loss(card["lines"])
    slip = next((line for line in card["lines"] if line["mark"] == "lost" or line["slips"]), None)
    if card["band"] == "strong" and slip is not None:
        return str(_("Nearly there: %(slip)s", slip=_lower(slip["reason"])))
    if card["band"] == "strong":
        return str(_("This reply can go out: %(best)s", best=_lower(_best(card["lines"]))))
    if worst is None:
        return str(_("A reply with nothing to mend."))
    return str(worst["reason"])


def shift_verdict(record: Json) -> str:
    """Return the one sentence at the head of a shift's debrief."""
    end = record["outcome"]["sentiment_end"]
    nothing = record["outcome"]["sentiment_nothing"]
    lines = len(record["red_lines"])
    if lines and record.get("days"):
        return str(
            ngettext(
                "A red line was crossed %(num)d time this week; begin with that.",
                "A red line was crossed %(num)d times this week; begin with that.",
                lines,
            )
        )
    if lines:
        return str(
            ngettext(
                "A red line was crossed %(num)d time today; begin with that.",
                "A red line was crossed %(num)d times today; begin with that.",
                lines,
            )
        )
    weakest = _weakest_part(record["parts"])
    if standing_of(record).band == "strong":
        if record.get("days"):
            return str(_("A good week: the community is better off because of you."))
        return str(_("A good day: the community is better off because of you."))
    if round(100 * end) < round(100 * nothing):
        return str(_("The community ended colder than if nobody had been at the desk."))
    return str(_("Most to gain: %(part)s.", part=_lower(words.part_titles()[weakest])))


def day(record: Json) -> dict[str, Any]:
    """Return the day's ribbon: the learner's line between nobody's and the expert's."""
    points = record["timeline"]
    begins = record["begins"]
    lines = {
        "own": [(begins + point["minute"], point["sentiment"]) for point in points],
        "nothing": [(begins + point["minute"], point["sentiment_nothing"]) for point in points],
        "expert": [(begins + point["minute"], point["sentiment_expert"]) for point in points],
    }
    values = [value for line in lines.values() for _minute, value in line]
    low, high = min(values) - SCALE_ROOM, max(values) + SCALE_ROOM
    ends = {
        "own": _("you: %(value)+d", value=_hundredths(lines["own"])),
        "nothing": _("nobody at the desk: %(value)+d", value=_hundredths(lines["nothing"])),
        "expert": _("an expert: %(value)+d", value=_hundredths(lines["expert"])),
    }
    return {
        **lines,
        "start": begins,
        "end": record["ends"],
        "low": low,
        "high": high,
        "pins": _pins(record, lines["own"], low, high),
        "hours": [row["weekday"] for row in record.get("days", ())]
        or [f"{hour}:00" for hour in range(-(-begins // 60), record["ends"] // 60 + 1)],
        "ends": ends,
        "words": ", ".join(str(words_) for words_ in ends.values()),
    }


def day_table(record: Json) -> tuple[list[str], list[list[str]]]:
    """Return the ribbon's numbers: head and rows."""
    head = [_("Time"), _("You"), _("Nobody"), _("Expert"), _("Followers")]
    rows = [
        [
            point["clock"],
            f"{100 * point['sentiment']:+.0f}",
            f"{100 * point['sentiment_nothing']:+.0f}",
            f"{100 * point['sentiment_expert']:+.0f}",
            str(point["followers"]),
        ]
        for point in record["timeline"]
    ]
    return head, rows


def shift_card(record: Json) -> dict[str, Any]:
    """Return the numbers of a shift, last of all, with its error where that is known."""
    titles = words.part_titles()
    change = record["outcome"]["followers_change"]
    standing = standing_of(record)
    return {
        "score": round(standing.score),
        "band": standing.band,
        "error": round(standing.se) if standing.se else None,
        "meaning": score_meaning(record),
        "note": _followers_note(change, is_week=bool(record.get("days"))),
        "parts": [
            (
                titles[name],
                None if value is None else round(value),
                _part_words(titles[name], value),
            )
            for name, value in record["parts"].items()
            if value is not None
        ],
    }


def _followers_note(change: int, *, is_week: bool) -> str:
    if is_week:
        return ngettext(
            "%(change)+d follower over the week",
            "%(change)+d followers over the week",
            abs(change),
            change=change,
        )
    return ngettext(
        "%(change)+d follower over the day",
        "%(change)+d followers over the day",
        abs(change),
        change=change,
    )


def weights_note(record: Json, locale: Locale) -> str:
    """Return under which weights a record was scored, where they are not the house's."""
    weighting = weighting_of(record.get("weighting", {}))
    if weighting.is_house:
        return ""
    parts = [
        _("%(line)s left out", line=words.criterion_title(name, locale))
        if points is None
        else _("%(line)s %(points)d", line=words.criterion_title(name, locale), points=points)
        for name, points in weighting.changes()
    ] + [
        _("%(line)s turned round", line=words.criterion_title(name, locale))
        for name in sorted(weighting.turned)
    ]
    return str(_("Scored with the weights of your class: %(parts)s.", parts=", ".join(parts)))


def message_numbers(card: Json) -> dict[str, Any]:
    """Return the numbers of one message."""
    parts = [
        (line["title"], round(100 * line["share"]), f"{line['earned']} / {line['possible']}")
        for line in card["lines"]
        if line["share"] is not None
    ]
    unknown: dict[str, Any] = {"error": None, "meaning": ()}
    return {"score": card["score"], "band": card["band"], "note": "", "parts": parts, **unknown}


def _is_shown(row: Json) -> bool:
    if row["id"] in GATES:
        return False
    if row["id"] in DEDUCTIONS:
        return bool(row["earned"] < 0)
    return bool(row["applies"] and row["possible"])


def _line(
    number: int,
    row: Json,
    message: Json,
    locale: Locale,
    disagreements: Mapping[tuple[str, str], str],
) -> dict[str, Any]:
    possible = float(row["possible"])
    return {
        "id": row["id"],
        "number": number,
        "title": words.criterion_title(row["id"], locale),
        "mark": outcome_of(row),
        "slips": bool(row["lost_spans"]),
        "earned": f"{row['earned']:.0f}",
        "possible": f"{possible:.0f}",
        "share": max(0.0, float(row["earned"]) / possible) if possible > 0 else None,
        "loss": _own_loss(row, message),
        "reason": words.sentence(row["reason"], locale),
        "advice": words.sentence(row["advice"], locale),
        "source": row["source"],
        "strength_title": words.strength_title(row["strength"]),
        "disagreed": disagreements.get((message["id"], row["id"]), ""),
    }


def _own_loss(row: Json, message: Json) -> float:
    """Return the points that a line lost by itself, not because the substance was thin."""
    possible = float(row["possible"])
    value = message["reading"]["facets"].get(row["id"], {}).get("value")
    if value is None or possible <= 0:
        return possible - float(row["earned"])
    return possible * (1 - float(value))


def _counts_for(message: Json) -> int:
    """Return for how many percent courtesy, tools and speed count beside the substance."""
    facets = message["reading"]["facets"]
    free = FREE | {"U3"} if message["kind"] == "praise" else FREE
    shares = [
        float(row["earned"]) / (float(row["possible"]) * float(facets[row["id"]]["value"]))
        for row in message["score"]["criteria"]
        if row["id"] not in free and row["possible"] and facets.get(row["id"], {}).get("value")
    ]
    return round(100 * min(shares)) if shares else 100


def _meta(message: Json) -> str:
    replies = [move for move in message["moves"] if move["kind"] in SAID]
    if not replies:
        return ""
    waited = words.span_of_minutes(message["first_action"] or 0)
    return str(_("Sent · %(clock)s · %(waited)s", clock=replies[0]["clock"], waited=waited))


def _done(message: Json) -> str:
    kinds = [move["kind"] for move in message["moves"] if move["kind"] not in HIDDEN_MOVES]
    if not kinds:
        return str(_("not touched"))
    return ", ".join(_lower(words.move_done(kind)) for kind in dict.fromkeys(kinds))


def _by_loss(lines: list[dict[str, Any]]) -> dict[str, Any] | None:
    losing = [line for line in lines if line["loss"] > 0]
    return max(losing, key=lambda line: line["loss"]) if losing else None


def _best(lines: list[dict[str, Any]]) -> str:
    earned = {line["id"]: line["reason"] for line in lines if line["mark"] == "earned"}
    ranked = [earned[name] for name in BEST_FIRST if name in earned]
    return str(next(iter([*ranked, *earned.values(), lines[0]["reason"]])))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _weakest_part(parts: Mapping[str, float | None]) -> str:
    found = {name: value for name, value in parts.items() if value is not None}
    return min(found, key=lambda name: found[name] or 0.0)


def _hundredths(line: list[tuple[int, float]]) -> int:
    return round(100 * line[-1][1])


def _pins(
    record: Json, own: list[tuple[int, float]], low: float, high: float
) -> list[tuple[float, float]]:
    length = record["ends"] - record["begins"]
    pins = []
    for one in weightiest(record):
        value = next(
            (v for minute, v in reversed(own) if minute - record["begins"] <= one["minute"]),
            own[0][1],
        )
        pins.append(
            (round(100 * one["minute"] / length, 1), round(100 * (high - value) / (high - low), 1))
        )
    return pins


def _part_words(title: str, value: float | None) -> str:
    return str(title) if value is None else f"{title}: {value:.0f} / 100"
