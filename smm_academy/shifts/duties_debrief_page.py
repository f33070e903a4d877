"""The debrief of the duties beside the inbox, from nothing but the record of the shift."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from simulator import DUTY_TABLES, MOVES, Locale
from smm_academy.shifts import words
from smm_academy.shifts.report_page import measure_title
from smm_academy.shifts.typed_figures import NONE, written
from smm_academy.web.locale import gettext as _

Json = Mapping[str, Any]
Said = list[tuple[str, str]]
"""What was chosen, as (of what, words)."""

WEAK, FAIR = 40, 70
ALL, SOME = 0.95, 0.05
POST_MOVES = ("publish", "schedule")
KINDS: dict[str, tuple[str, ...]] = {
    "news": ("news",),
    "calendar": ("alarm", "post", "queued"),
    "audience": ("campaign",),
    "requests": ("request",),
    "report": ("kpi", "conclusion", "payload"),
}


class Told(NamedTuple):
    """A record and the language that its debrief is read in."""

    record: Json
    locale: Locale


def duty_sections(record: Json, locale: Locale) -> list[dict[str, Any]]:
    """Return a section for each duty of a day; none for a shift of inbox alone."""
    told = Told(record, locale)
    titles = {
        "news": _("News"),
        "calendar": _("Posts and calendar"),
        "audience": _("Audience and budget"),
        "requests": _("Requests from colleagues"),
        "report": _("The report"),
    }
    found = []
    for name, kinds in KINDS.items():
        rows = [row for kind in kinds for row in record.get("duties", ()) if row["kind"] == kind]
        if rows:
            cards = [_card(told, row) for row in rows]
            found.append(
                {
                    "id": name,
                    "title": titles[name],
                    "cards": cards,
                    "count": len(cards),
                    "kpis": kpi_rows(told) if name == "report" else [],
                    "segments": _segments(told) if name == "audience" else [],
                }
            )
    return found


def kpi_rows(told: Told) -> list[dict[str, Any]]:
    """Return every indicator of the report: the right figure beside the learner's own."""
    answers = _report_answers(told.record)
    rows = []
    for row in told.record.get("duties", ()):
        if row["kind"] != "kpi" or not row["ideal"]:
            continue
        name, right = row["item"], row["ideal"]["choices"]
        line = row["criteria"][0]
        rows.append(
            {
                "title": row["title"],
                "period": _table("periods", right.get(f"period.{name}", ""), told.locale),
                "right": _figure(right.get(f"value.{name}", ""), told.locale),
                "how": _quotient(_division(told, right, name)),
                "own": _figure(answers.get(f"value.{name}", ""), told.locale) or "–",
                "mark": _mark(line, made=bool(answers.get(f"value.{name}"))),
            }
        )
    return rows


def card_id(row: Json) -> str:
    """Return the id that a sheet, or a moment that names one, has in the page."""
    return f"{row['kind']}-{row['item'].replace('.', '-')}"


def _card(told: Told, row: Json) -> dict[str, Any]:
    chosen, ideal = _chosen(told, row), row["ideal"]
    return {
        "id": card_id(row),
        "title": row["title"],
        "kind_title": kind_title(row["kind"]),
        "when": row["clock"],
        "score": round(row["score"]),
        "band": "weak" if row["score"] < WEAK else "fair" if row["score"] < FAIR else "strong",
        "chosen": chosen,
        "gates": [
            {
                "title": words.criterion_title(gate["id"], told.locale),
                "reason": words.sentence(gate["reason"], told.locale),
                "cap": gate["cap"],
            }
            for gate in row["gates"]
        ],
        "lines": [
            _line(number, line, told.locale, made=bool(chosen))
            for number, line in enumerate(row["criteria"], start=1)
            if line["applies"]
        ],
        "ideal": _ideal(told, row, ideal) if ideal and ideal["move"] else [],
        "why": row["why"],
    }


def _line(number: int, row: Json, locale: Locale, *, made: bool) -> dict[str, Any]:
    return {
        "id": row["id"],
        "number": number,
        "title": words.criterion_title(row["id"], locale),
        "mark": _mark(row, made=made),
        "earned": _points(row["earned"], locale),
        "possible": _points(row["possible"], locale),
        "reason": words.sentence(row["reason"], locale),
        "advice": words.sentence(row["advice"], locale),
        "source": row["source"],
        "strength_title": words.strength_title(row["strength"]),
    }


def _mark(row: Json, *, made: bool) -> str:
    share = float(row["earned"]) / float(row["possible"]) if row["possible"] else 1.0
    if share >= ALL:
        return "earned"
    if share > SOME:
        return "partly"
    return "lost" if made else "missing"


def _points(value: float, locale: Locale) -> str:
    rounded = round(float(value), 1)
    return written(rounded, locale, 1 if rounded % 1 else 0)


def kind_title(kind: str) -> str:
    """Return what a sheet of a duty is about, by its kind."""
    return {
        "news": _("Item of news"),
        "post": _("Idea for a post"),
        "queued": _("Post in the queue"),
        "alarm": _("Alarm and its clock"),
        "campaign": _("Campaign"),
        "request": _("Request"),
        "kpi": _("Indicator"),
        "conclusion": _("Conclusion and next step"),
        "payload": _("Source to read"),
    }[kind]


def _chosen(told: Told, row: Json) -> Said:
    if row["kind"] in {"kpi", "conclusion", "payload"}:
        return _answered(told, row, _report_answers(told.record))
    made = row["moves"]
    if row["kind"] == "campaign":
        made = _made(told.record, "set_targeting", "boost")
    elif row["kind"] == "alarm":
        made = _made(told.record, "pause_queue", "resume_queue", "statement")
    return [said for move in made for said in _move_said(told, row, move)]


def _made(record: Json, *kinds: str) -> list[Json]:
    return [move for move in record["moves"] if move["kind"] in kinds]


def _move_said(told: Told, row: Json, move: Json) -> Said:
    if move["kind"] == "open_news":
        return []
    clock = move.get("clock") or _clock(told.record, move["minute"])
    if move["kind"] == "schedule":
        clock = f"{clock} → {_clock(told.record, move['minutes'])}"
    what = [_to(row, move["to"]), move["text"]]
    head = (f"{clock} {words.move_done(move['kind'])}", " · ".join(one for one in what if one))
    return [head, *_choices_said(told, row, move["choices"])]


def _ideal(told: Told, row: Json, ideal: Json) -> Said:
    """Return what the expert did: the move with its time, then every choice in words."""
    if row["kind"] in {"kpi", "conclusion", "payload"}:
        return _answered(told, row, ideal["choices"])
    if row["kind"] in {"news", "post", "queued"} and ideal["move"] == "publish":
        head = _("Use it in a post")
    else:
        head = MOVES[ideal["move"]].title[told.locale]
    when = ideal["by"]
    if when is not None:
        clock = _clock(told.record, when)
        head = f"{head}, {clock}" if row["kind"] == "post" else _until(head, clock)
    text = "" if ideal["text"] == row["why"] or row["kind"] == "post" else ideal["text"]
    said = [one for one in (_to(row, ideal["to"]), text) if one]
    return [(head, " · ".join(said)), *_choices_said(told, row, ideal["choices"])]


def _until(head: str, clock: str) -> str:
    return _("%(what)s, by %(clock)s at the latest", what=head, clock=clock)


def _choices_said(told: Told, row: Json, choices: Mapping[str, str]) -> Said:
    if row["kind"] == "campaign":
        return _spending_said(told, row, choices)
    legends = {
        "variant": _("Wording"),
        "format": _("Format"),
        "audience": _("Who sees it"),
        "picture": _("Picture and rights to it"),
        "alt": _("Alternative text of the picture"),
        "label": _("Mark as advertising"),
    }
    titles = row.get("titles", {})
    said = []
    for name, legend in legends.items():
        value = choices.get(name)
        if not value:
            continue
        if name == "format":
            spoken = _table("formats", value, told.locale)
        else:
            spoken = titles.get(f"{name}:{value}") or _("No mark")
        said.append((legend, spoken))
    return said


def _spending_said(told: Told, row: Json, choices: Mapping[str, str]) -> Said:
    currency = (told.record.get("campaign") or {}).get("currency", "")
    titles = row.get("titles", {})
    spent = {
        name.removeprefix("spend."): value
        for name, value in choices.items()
        if name.startswith("spend.") and value not in {"", "0"}
    }
    return [
        (
            titles.get(f"segment:{segment}", segment),
            _(
                "%(amount)s %(currency)s, bid: %(bid)s",
                amount=_figure(amount, told.locale),
                currency=currency,
                bid=_table("bids", choices.get(f"bid.{segment}", "middle"), told.locale),
            ),
        )
        for segment, amount in spent.items()
    ]


def _answered(told: Told, row: Json, answers: Mapping[str, str]) -> Said:
    titles = row.get("titles", {})
    if row["kind"] == "kpi":
        name = row["item"]
        value = answers.get(f"value.{name}", "")
        said = [(_("Figure"), _figure(value, told.locale))] if value else []
        division = _division(told, answers, name)
        if division["numerator"] != NOTHING or division["denominator"] != NOTHING:
            said.append((_("How"), _quotient(division)))
        if period := answers.get(f"period.{name}", ""):
            said.append((_("Period"), _table("periods", period, told.locale)))
        return said
    if row["kind"] == "payload":
        found = titles.get(f"payload:{answers.get('payload.' + row['item'], '')}")
        return [(_("Answer"), found)] if found else []
    named = {"conclusion": _("Conclusion"), "next_step": _("Next step")}
    chosen = {name: titles.get(f"{name}:{answers.get(name, '')}") for name in named}
    return [(named[name], found) for name, found in chosen.items() if found]


NOTHING = "–"


def _division(told: Told, choices: Mapping[str, str], name: str) -> dict[str, str]:
    return {
        part: measure_title(choices[f"{part}.{name}"], told.locale, {})
        if choices.get(f"{part}.{name}")
        else NOTHING
        for part in ("numerator", "denominator")
    }


def _quotient(division: Mapping[str, str]) -> str:
    return f"{division['numerator']} ÷ {division['denominator']}"


def _segments(told: Told) -> list[list[str]]:
    """Return what each segment cost and brought, as rows of a table."""
    campaign = told.record.get("campaign") or {}
    return [
        [
            row["title"],
            written(row["cost"], told.locale, 2),
            written(row["clicks"], told.locale),
            written(row["actions"], told.locale),
            written(row["cost"] / row["actions"], told.locale, 2) if row["actions"] else NOTHING,
        ]
        for row in campaign.get("segments", ())
    ]


def _report_answers(record: Json) -> Mapping[str, str]:
    handed_in = _made(record, "hand_in_report")
    found: Mapping[str, str] = handed_in[0]["choices"] if handed_in else {}
    return found


def _to(row: Json, name: str) -> str:
    titles = row.get("titles", {})
    return titles.get(f"to:{name}") or titles.get(f"segment:{name}") or name


def _figure(value: str, locale: Locale) -> str:
    if value in {"", NONE}:
        return value and _("cannot be computed")
    number = float(value)
    return written(number, locale, 2 if number % 1 else 0)


def _table(name: str, key: str, locale: Locale) -> str:
    found: str = DUTY_TABLES[name].get(key, {}).get(locale, key)
    return found


def _clock(record: Json, minute: int) -> str:
    total = record["begins"] + minute
    return f"{total // 60 % 24:02d}:{total % 60:02d}"
