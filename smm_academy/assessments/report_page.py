"""A report in words and places on a bar: overall, areas, skills, the shift, what it rests on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from smm_academy.measurement.curriculum import Curriculum
from smm_academy.measurement.norm_queries import Known
from smm_academy.measurement.norms import rank_ability
from smm_academy.measurement.sitting_scores import SittingReport, SittingScore
from smm_academy.measurement.skill_map import place
from smm_academy.shifts.debrief_page import shift_card
from smm_academy.shifts.equating import equated_part
from smm_academy.web.locale import gettext as _

PERCENT = 100


class Played(Protocol):
    """A finished shift: its record and the versions that made it."""

    @property
    def record(self) -> Mapping[str, Any] | None:
        """What is kept of it for ever."""

    @property
    def engine_version(self) -> str:
        """The engine that played it."""

    @property
    def rubric_version(self) -> str:
        """The rubric that scored it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report: places in percent of the bar, and everything in words.

    ``chance`` is the chance in percent that the true value is at the level of the job or above.
    What is not ``told`` has no places.
    """

    title: str
    told: bool
    band: str
    band_title: str
    measured: float
    low: float
    high: float
    chance: int
    answers: int
    words: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Where a result stands among those of the same test in the same language."""

    words: str
    norm: Known


@dataclass(frozen=True, slots=True)
class Report:
    """What an employer, or the person themself, reads of one assessment."""

    overall: Figure
    areas: tuple[Figure, ...]
    skills: tuple[Figure, ...]
    shift: Mapping[str, Any] | None
    versions: str
    compared: Compared | None = None


def report_page(
    report: SittingReport,
    known: Curriculum,
    played: Played | None,
    locale: str,
    norm: Known | None = None,
) -> Report:
    """Return a report as a page shows it; skills are there only where the evidence allows."""
    areas = {score.id: score for score in report.areas}
    skills = tuple(score for score in report.skills if score.told)
    return Report(
        figure(report.overall, _("Overall")),
        tuple(
            figure(areas[area], title[locale])
            for area, title in known.areas.items()
            if area in areas
        ),
        tuple(figure(score, known.skill(score.id).title[locale]) for score in skills),
        shift_card(played.record) if played is not None and played.record else None,
        _versions(played),
        compare_result(report.overall, norm),
    )


def compare_result(overall: SittingScore, norm: Known | None) -> Compared | None:
    """Return where a result stands in a norm group, ``None`` where either is not enough."""
    found = rank_ability(overall.mean, overall.se, norm.group) if norm and overall.told else None
    if norm is None or found is None:
        return None
    low, high = math.floor(found.low), math.ceil(found.high)
    if found.precision == "band":
        words = _(
            "Of 100 who took this test in the same language, between %(low)d and %(high)d stand "
            "below this result.",
            low=low,
            high=high,
        )
    else:
        words = _(
            "Of 100 who took this test in the same language, about %(rank)d stand below this "
            "result; in 19 of 20 cases between %(low)d and %(high)d.",
            rank=round(found.rank),
            low=low,
            high=high,
        )
    return Compared(words, norm)


def figure(score: SittingScore, title: str) -> Figure:
    """Return one figure in words and places."""
    low, high = place(score.wide[0]), place(score.wide[1])
    chance = round(PERCENT * score.chance)
    words = (
        _(
            "%(title)s: %(band)s, between %(low)d and %(high)d of 100",
            title=title,
            band=band_title(score.band),
            low=low,
            high=high,
        )
        if score.told
        else _("%(title)s: not enough data", title=title)
    )
    return Figure(
        title,
        score.told,
        score.band,
        band_title(score.band) if score.told else _("not enough data"),
        place(score.mean),
        low,
        high,
        chance,
        score.answers,
        words,
    )


def band_title(band: str) -> str:
    """Return the words for a band: where somebody stands against the level of the job."""
    return {
        "below": _("below the level of the job"),
        "borderline": _("about the level of the job"),
        "above": _("above the level of the job"),
    }[band]


def _versions(played: Played | None) -> str:
    if played is None:
        return _("model 2PL and graded, items provisional")
    equated = equated_part(played.record or {})
    return _(
        "model 2PL and graded, items provisional; engine %(engine)s, rubric %(rubric)s, "
        "conversion of shifts %(conversion)s",
        engine=played.engine_version,
        rubric=played.rubric_version,
        conversion=equated["version"] if equated else _("none"),
    )
