"""The report of a full day: its data as a table, what it asks for, what was handed in."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator import DUTY_TABLES, DeskDuties, Locale
from smm_academy.errors import NotFound
from smm_academy.shifts.typed_figures import Answers, written
from smm_academy.web.locale import gettext as _

Row = tuple[str, float, float]


def report_room(duties: DeskDuties, locale: Locale) -> dict[str, Any]:
    """Return the report's data and questions. Raises `NotFound` where the day has none."""
    report = duties.report
    if report is None:
        raise NotFound("There is no such room at this desk.")
    units = {"%": "%", "money": duties.campaign.currency if duties.campaign else ""}
    return {
        "title": report.title,
        "opens": report.opens,
        "handed_in": report.handed_in,
        "can": report.available,
        "tables": tables(
            ((row.id, row.title, row.today, row.week) for row in report.measures), locale
        ),
        "measures": [(row.id, row.title) for row in report.measures],
        "periods": [(row.id, row.title) for row in report.periods],
        "kpis": [
            {
                "name": row.name,
                "title": row.title,
                "unit": units.get(row.unit, ""),
                "period": row.period_title,
            }
            for row in report.kpis
        ],
        "conclusions": [(row.id, row.title) for row in report.conclusions],
        "next_steps": [(row.id, row.title) for row in report.next_steps],
        "payloads": [
            {
                "id": row.id,
                "title": row.title,
                "payload": row.payload,
                "question": row.question,
                "options": [(one.id, one.title) for one in row.options],
            }
            for row in report.payloads
        ],
        "choices": Answers({f"choice.{name}": value for name, value in report.choices.items()}),
    }


def tables(
    measures: Iterable[tuple[str, str, float, float]], locale: Locale
) -> list[dict[str, Any]]:
    """Return the data as tables: the whole first, then one for each segment of the campaign."""
    found: dict[str, list[list[str]]] = {}
    for name, title, today, week in measures:
        segment = title.partition(": ")[2] if "@" in name else ""
        bare = title.partition(": ")[0] if segment else title
        row = [bare, _figure(today, locale), NO_WEEK if segment else _figure(week, locale)]
        found.setdefault(segment, []).append(row)
    return [{"title": segment, "rows": rows} for segment, rows in found.items()]


NO_WEEK = "–"
"""The figures of a segment exist for today only."""


def figure_rows(report: Any, locale: Locale) -> list[list[str]]:  # noqa: ANN401 - a DeskReport of the simulator
    """Return the data of a report as rows of a spreadsheet, its head first."""
    return _spreadsheet(((row.title, row.today, row.week) for row in report.measures), locale)


def recorded_rows(record: Mapping[str, Any], locale: Locale) -> list[list[str]]:
    """Return the data of a finished day's report. Raises `NotFound` where it had none."""
    measures = record.get("measures") or {}
    if not measures.get("today"):
        raise NotFound("This day has no report.")
    segments = {
        row["id"]: row["title"] for row in (record.get("campaign") or {}).get("segments", ())
    }
    rows = (
        (measure_title(name, locale, segments), value, measures.get("week", {}).get(name, 0.0))
        for name, value in measures["today"].items()
    )
    return _spreadsheet(rows, locale)


def measure_title(name: str, locale: Locale, segments: Mapping[str, str]) -> str:
    """Return what a measure is called; after an @ its name says of which segment it is."""
    bare, _at, segment = name.partition("@")
    title: str = DUTY_TABLES["measures"].get(bare, {}).get(locale, bare)
    return f"{title}: {segments.get(segment, segment)}" if segment else title


def _spreadsheet(rows: Iterable[Row], locale: Locale) -> list[list[str]]:
    head = [_("Figure"), _("Today"), _("Last seven days, today included")]
    return [
        head,
        *([title, _cell(today, locale), _cell(week, locale)] for title, today, week in rows),
    ]


def _cell(value: float, locale: Locale) -> str:
    text = f"{value:.2f}" if value % 1 else f"{value:.0f}"
    return text.replace(".", ",") if locale == "pl" else text


def _figure(value: float, locale: Locale) -> str:
    return written(value, locale, 2 if value % 1 else 0)
