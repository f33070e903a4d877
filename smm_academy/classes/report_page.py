"""What one member did, in words: the same page for the instructors and for the member."""

from dataclasses import dataclass
from datetime import datetime

from smm_academy.classes.cards import Report, Shelf
from smm_academy.classes.forms import (
    CellWords,
    cell_words,
    due_words,
    kind_words,
    moment_day,
    task_title,
    total_words,
)
from smm_academy.classes.gradebook import Deed
from smm_academy.classes.models import WorkKind
from smm_academy.measurement.curriculum import Curriculum
from smm_academy.progress.forms import level_title
from smm_academy.shifts.queries import SentReply
from smm_academy.shifts.words import kind_title
from smm_academy.web.locale import gettext as _, ngettext


@dataclass(frozen=True, slots=True)
class Line:
    """One thing with what is said of it; ``tone`` is the chip's."""

    title: str
    words: str
    note: str = ""
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A member's work on the list, everything else that they did, their skills, their replies."""

    name: str
    is_guest: bool
    shares: bool
    totals: tuple[tuple[str, str], ...]
    tasks: tuple[Line, ...]
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    skills: tuple[Line, ...]
    replies: tuple[SentReply, ...]


def report_page(
    report: Report, shelf: Shelf, known: Curriculum, zone: str, locale: str
) -> ReportPage:
    """Return a report in words; days are those of the class's zone."""
    titles = (
        _("lessons finished"), _("quizzes passed"), _("drills"), _("shifts"), _("last active"),
    )  # fmt: skip
    totals = total_words(report.row.totals, zone, locale)
    sections = (
        (_("Lessons"), _lessons(report, shelf, zone, locale)),
        (_("Quizzes"), _worked(report, shelf, WorkKind.QUIZ, zone, locale)),
        (_("Drills"), _worked(report, shelf, "drill", zone, locale)),
        (_("Shifts"), _worked(report, shelf, WorkKind.SCENARIO, zone, locale)),
    )
    return ReportPage(
        report.member.name,
        report.member.is_guest,
        report.member.shares_replies,
        tuple(zip(titles, totals, strict=True)),
        _tasks(report, shelf, locale),
        sections,
        _skills(report, known, locale),
        report.replies,
    )


def _tasks(report: Report, shelf: Shelf, locale: str) -> tuple[Line, ...]:
    lines = []
    for task, cell in zip(report.tasks, report.row.cells, strict=True):
        said: CellWords = cell_words(cell, task.kind)
        note = " · ".join(filter(None, (kind_words(task.kind), due_words(task, locale))))
        lines.append(Line(task_title(task, shelf), said.whole, note, said.tone))
    return tuple(lines)


def _lessons(report: Report, shelf: Shelf, zone: str, locale: str) -> tuple[Line, ...]:
    deeds = [deed for deed in report.deeds if deed.kind == WorkKind.LESSON]
    newest = sorted(deeds, key=_moment, reverse=True)
    return tuple(
        Line(
            _title(deed, report, shelf, locale),
            _("read") if deed.ended_at else _("started"),
            moment_day(_moment(deed), zone, locale),
            "strong" if deed.ended_at else "fair",
        )
        for deed in newest
    )


def _worked(report: Report, shelf: Shelf, kind: str, zone: str, locale: str) -> tuple[Line, ...]:
    deeds = [deed for deed in report.deeds if deed.kind == kind]
    return tuple(
        Line(
            _title(deed, report, shelf, locale),
            _result(deed),
            moment_day(_moment(deed), zone, locale),
            "quiet" if deed.ended_at is None else "strong" if deed.passed else "fair",
        )
        for deed in reversed(deeds)
    )


def _result(deed: Deed) -> str:
    if deed.ended_at is None:
        return _("started")
    if deed.kind == WorkKind.QUIZ:
        percent = round(deed.score or 0)
        if deed.passed:
            return _("passed, %(percent)d %%", percent=percent)
        return _("not passed yet, %(percent)d %%", percent=percent)
    return _("%(score)d of 100", score=round(deed.score or 0))


def _skills(report: Report, known: Curriculum, locale: str) -> tuple[Line, ...]:
    tones = {"mastered": "strong", "at_level": "strong", "close": "fair", "starting": "fair"}
    lines = []
    for skill in known.skills:
        found = report.map.skill(skill.id)
        answers = ngettext("%(num)d answer", "%(num)d answers", found.answers)
        tone = tones.get(found.level, "quiet")
        lines.append(Line(skill.title[locale], level_title(found.level), answers, tone))
    return tuple(lines)


def _title(deed: Deed, report: Report, shelf: Shelf, locale: str) -> str:
    if deed.kind == "drill":
        brand, _slash, kind = deed.key.partition("/")
        name = report.brands.get(brand, brand)
        return f"{name} · {kind_title(kind, 'pl' if locale == 'pl' else 'en')}"
    piece = shelf.get((deed.kind, deed.key))
    return piece.title if piece else deed.key


def _moment(deed: Deed) -> datetime:
    return deed.ended_at or deed.begun_at
