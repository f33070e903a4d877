"""Candidates beside each other: who stands above whom, and where the difference says nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from smm_academy.assessments.queries import Taken
from smm_academy.assessments.report_page import Figure, figure
from smm_academy.measurement.curriculum import Curriculum
from smm_academy.measurement.reliability import difference_error
from smm_academy.measurement.sitting_scores import SittingReport, SittingScore
from smm_academy.measurement.skill_map import WIDTH_95
from smm_academy.shifts.equating import Standing
from smm_academy.web.locale import gettext as _


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate in a list: the overall figure, the areas by id, the place among the others.

    ``rank`` is 0 for whoever has no figure that may be told. Two candidates share a rank when the
    difference between them is smaller than its 95 % error. ``shift`` is the equated score of the
    day at the desk, ``None`` while there is none.
    """

    taken: Taken
    overall: Figure | None
    areas: Mapping[str, Figure]
    shift: Standing | None = None
    rank: int = 0


def compare(
    several: Sequence[Taken],
    reports: Mapping[str, SittingReport],
    days: Mapping[str, Standing],
) -> list[Row]:
    """Return candidates, the highest first, those within the error of measurement tied."""
    told = [one for one in several if reports[one.candidacy.id].overall.told]
    told.sort(key=lambda one: -reports[one.candidacy.id].overall.mean)
    rows: list[Row] = []
    leader: SittingScore | None = None
    rank = 0
    for position, one in enumerate(told, start=1):
        report = reports[one.candidacy.id]
        if leader is None or is_apart(leader, report.overall):
            leader, rank = report.overall, position
        rows.append(replace(_row(one, report, days), rank=rank))
    # Within a tie the order says nothing, so it is that of the names.
    rows.sort(key=lambda row: (row.rank, row.taken.name.casefold()))
    untold = [one for one in several if one not in told]
    return rows + [_row(one, reports[one.candidacy.id], days) for one in untold]


def is_apart(one: SittingScore, other: SittingScore) -> bool:
    """Tell whether two scores differ by more than the 95 % error of their difference."""
    return abs(one.mean - other.mean) > WIDTH_95 * difference_error(one.se, other.se)


def result_cells(rows: Sequence[Row], known: Curriculum, locale: str) -> list[list[str]]:
    """Return candidates as the cells of a table, its headings first."""
    areas = list(known.areas)
    headings = [
        _("Candidate"),
        _("Begun"),
        _("Finished"),
        _("Overall"),
        _("Low (95 percent)"),
        _("High (95 percent)"),
        _("Band"),
        *(known.areas[area][locale] for area in areas),
        _("The shift"),
        _("Standard error of the shift"),
        _("Decision"),
    ]
    return [headings, *(_cells(row, areas, locale) for row in rows)]


def _cells(row: Row, areas: Sequence[str], locale: str) -> list[str]:
    overall, taken = row.overall, row.taken
    figures = ["", "", "", ""]
    if overall is not None:
        figures = [
            _number(place, locale) for place in (overall.measured, overall.low, overall.high)
        ]
        figures.append(overall.band_title)
    return [
        taken.name,
        taken.candidacy.begun_at.isoformat(timespec="minutes"),
        taken.finished_at.isoformat(timespec="minutes") if taken.finished_at else "",
        *figures,
        *(
            _number(row.areas[area].measured, locale) if area in row.areas else ""
            for area in areas
        ),
        *_shift_cells(row, locale),
        decided(taken.candidacy.decision),
    ]


def _shift_cells(row: Row, locale: str) -> list[str]:
    if row.shift is None:
        return ["", ""]
    figures = (row.shift.score, row.shift.se)
    return ["" if value is None else _number(round(value, 1), locale) for value in figures]


def decided(decision: str) -> str:
    """Return a decision in a word or two, nothing where there is none."""
    words = {"forward": _("go on"), "hold": _("later"), "decline": _("do not go on")}
    return words.get(decision, "")


def _number(place: float, locale: str) -> str:
    return f"{place:g}".replace(".", "," if locale == "pl" else ".")


def _row(taken: Taken, report: SittingReport, days: Mapping[str, Standing]) -> Row:
    return Row(
        taken,
        figure(report.overall, _("Overall")) if report.overall.told else None,
        {score.id: figure(score, score.id) for score in report.areas if score.told},
        days.get(taken.candidacy.id),
    )
