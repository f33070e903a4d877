"""The forms about classes, and what their pages say in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import format_date
from flask_babel import lazy_gettext
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from smm_academy.classes.cards import Shelf
from smm_academy.classes.codes import grouped
from smm_academy.classes.gradebook import Cell, Gradebook, Row, Task, Totals
from smm_academy.classes.models import WorkKind
from smm_academy.web.forms import Form
from smm_academy.web.locale import gettext as _, interface_locale

REQUIRED = InputRequired(lazy_gettext("This is needed."))
TYPED_CHARACTERS = 120
NO_DAY = lazy_gettext("Choose a day, such as 2027-06-30.")
WRONG_CODE = lazy_gettext(
    "No class has this code, or it takes nobody new. Look at the code again, or ask for a new one."
)
WRONG_KEY = lazy_gettext(
    "Code and key do not fit together. Look at them again, or ask your instructor for a new key. "
    "If you opened an account since, sign in with it."
)


class _DayField(DateField):
    """A day; what is none is said in one sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(str(NO_DAY)) from error


class ClassForm(Form):
    """What an instructor decides of a class."""

    name = StringField(lazy_gettext("Name of the class"), [REQUIRED])
    organisation = SelectField(
        lazy_gettext("Organisation"), validate_choice=False, render_kw={"autocomplete": "off"}
    )
    timezone = SelectField(
        lazy_gettext("Time zone"),
        choices=[
            SelectChoice(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())
        ],
        validate_choice=False,
    )
    retention_on = _DayField(lazy_gettext("Kept until"), [InputRequired(NO_DAY)])


class WorkForm(Form):
    """A piece of work for the list, and the day it is due."""

    work = SelectField(
        lazy_gettext("Lesson, quiz or shift"),
        [InputRequired(lazy_gettext("Choose a lesson, a quiz or a shift from the list."))],
        validate_choice=False,
    )
    due_on = _DayField(lazy_gettext("Due at the end of"), [Optional()])


def _code_field(name: str) -> StringField:
    return StringField(
        lazy_gettext("Class code"),
        [
            InputRequired(lazy_gettext("Type the code that your instructor gave you.")),
            Length(max=TYPED_CHARACTERS, message=lazy_gettext("A class code has 8 characters.")),
        ],
        id=name,
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "maxlength": "24",
        },
    )


class CodeForm(Form):
    """The code that stands on the board."""

    code = _code_field("join-code")


class JoinForm(CodeForm):
    """The code, and how somebody wants to be known by in class."""

    name = StringField(
        lazy_gettext("Your name in this class"),
        [InputRequired(lazy_gettext("Say how we may call you; a first name is enough."))],
        render_kw={"autocomplete": "given-name"},
    )
    shares_replies = BooleanField(lazy_gettext("Let the instructor read my replies too"))


class ReturnForm(CodeForm):
    """Code and key of somebody who was here before; it stands on one page with the other form."""

    code = _code_field("return-code")
    key = StringField(
        lazy_gettext("Your return key"),
        [
            InputRequired(lazy_gettext("Type the three words and the number of your key.")),
            Length(
                max=TYPED_CHARACTERS, message=lazy_gettext("A key is three words and a number.")
            ),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


@dataclass(frozen=True, slots=True)
class CellWords:
    """A cell in words; ``tone`` is a chip's: strong, fair, weak or quiet."""

    text: str
    tone: str
    note: str = ""

    @property
    def whole(self) -> str:
        """Return the cell as one line."""
        return f"{self.text}, {self.note}" if self.note else self.text


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column: its sort address's id, its title, what stands under it."""

    id: str
    title: str
    note: str = ""


def choose_places(form: ClassForm, places: Mapping[int, tuple[str, str]]) -> None:
    """Offer the organisations, id -> (name, time zone), in a form."""
    form.organisation.choices = [
        SelectChoice(str(number), name) for number, (name, _zone) in places.items()
    ]


def choose_work(form: WorkForm, shelf: Shelf) -> None:
    """Offer what a class can be given to do, by kind."""
    titles = {
        WorkKind.LESSON: _("Lessons"),
        WorkKind.QUIZ: _("Quizzes"),
        WorkKind.SCENARIO: _("Shifts"),
    }
    form.work.choices = {
        titles[kind]: [
            (f"{kind}:{key}", piece.title)
            for (found, key), piece in shelf.items()
            if found == kind
        ]
        for kind in titles
    }


def read_work(typed: str) -> tuple[str, str]:
    """Return (kind, key) of a choice."""
    kind, _colon, key = typed.partition(":")
    return kind, key


def words_of(zone: str = "UTC") -> dict[str, Any]:
    """Return what templates of classes say things with, days reckoned in a zone."""
    locale = interface_locale()
    return {
        "active": "classes",
        "grouped": grouped,
        "day_words": partial(day_words, locale=locale),
        "moment_day": partial(moment_day, zone=zone, locale=locale),
        "cell_words": cell_words,
        "total_words": partial(total_words, zone=zone, locale=locale),
        "task_title": task_title,
        "task_url": task_url,
        "kind_words": kind_words,
        "due_words": partial(due_words, locale=locale),
    }


def day_words(day: date, locale: str) -> str:
    """Return a day as it is read: 23 Nov 2026."""
    return str(format_date(day, "d MMM y", locale=locale))


def moment_day(at: datetime | None, zone: str, locale: str) -> str:
    """Return the day of a moment in a zone; a dash for none."""
    return day_words(at.astimezone(ZoneInfo(zone)).date(), locale) if at else "–"


def cell_words(cell: Cell, kind: str) -> CellWords:
    """Return how somebody stands with a task."""
    if cell.state == "done":
        return CellWords(_done_words(cell, kind), "strong", _("late") if cell.late else "")
    late = _("overdue") if cell.late else ""
    if cell.state == "tried":
        said = _("not passed yet, best %(percent)d %%", percent=cell.score or 0)
        return CellWords(said, "weak" if late else "fair", late)
    if cell.state == "started":
        return CellWords(_("started"), "weak" if late else "fair", late)
    return CellWords(_("not started"), "weak" if late else "quiet", late)


def _done_words(cell: Cell, kind: str) -> str:
    if kind == WorkKind.QUIZ:
        return _("passed, best %(percent)d %%", percent=cell.score or 0)
    if kind == WorkKind.SCENARIO:
        return _("worked, best %(score)d", score=round(cell.score or 0))
    return _("read")


def total_words(totals: Totals, zone: str, locale: str) -> list[str]:
    """Return the totals in the order of their columns."""
    drills, shifts = str(totals.drills), str(totals.shifts)
    if totals.drills_mean is not None:
        drills += " · " + _("average %(score)d", score=round(totals.drills_mean))
    if totals.shifts_best is not None:
        shifts += " · " + _("best %(score)d", score=round(totals.shifts_best))
    active = moment_day(totals.active, zone, locale)
    return [str(totals.lessons), str(totals.quizzes), drills, shifts, active]


def task_title(task: Task, shelf: Shelf) -> str:
    """Return what a task is called, its key where it is no longer published."""
    piece = shelf.get((task.kind, task.key))
    return piece.title if piece else _("%(key)s (no longer published)", key=task.key)


def task_url(task: Task, class_id: int) -> str:
    """Return where a task is worked at."""
    if task.kind == WorkKind.LESSON:
        return f"/learn/{task.key}"
    if task.kind == WorkKind.QUIZ:
        return f"/quizzes/{task.key}?from=/classes/{class_id}"
    return f"/classes/{class_id}/shifts/{task.key}"


def kind_words(kind: str) -> str:
    """Return what kind of work something is."""
    return {
        WorkKind.LESSON: _("Lesson"),
        WorkKind.QUIZ: _("Quiz"),
        WorkKind.SCENARIO: _("Shift"),
    }.get(WorkKind(kind), "")


def due_words(task: Task, locale: str) -> str:
    """Return when a task is due; empty for no day."""
    return _("due %(day)s", day=day_words(task.due_on, locale)) if task.due_on else ""


def columns_of(tasks: Sequence[Task], shelf: Shelf, locale: str) -> list[Column]:
    """Return the heads of a gradebook: the name, the tasks, the totals."""
    return [
        Column("name", _("Name")),
        *(
            Column(
                f"w{place}",
                task_title(task, shelf),
                " · ".join(filter(None, (kind_words(task.kind), due_words(task, locale)))),
            )
            for place, task in enumerate(tasks)
        ),
        Column("lessons", _("Lessons finished")),
        Column("quizzes", _("Quizzes passed")),
        Column("drills", _("Drills")),
        Column("shifts", _("Shifts")),
        Column("active", _("Last active")),
    ]


def csv_rows(book: Gradebook, shelf: Shelf, zone: str, locale: str) -> list[list[str]]:
    """Return a gradebook as rows of words and plain numbers, its heads first."""
    *columns, drills, shifts, active = columns_of(book.tasks, shelf, locale)
    heads = [
        *(f"{one.title} ({one.note})" if one.note else one.title for one in columns),
        *(drills.title, _("Drills: average score")),
        *(shifts.title, _("Shifts: best score")),
        active.title,
    ]
    return [heads, *(_csv_row(row, book.tasks, zone) for row in book.rows)]


def _csv_row(row: Row, tasks: Sequence[Task], zone: str) -> list[str]:
    totals = row.totals
    last = totals.active
    return [
        row.name,
        *(cell_words(cell, task.kind).whole for cell, task in zip(row.cells, tasks, strict=True)),
        *(str(totals.lessons), str(totals.quizzes)),
        *(str(totals.drills), _rounded(totals.drills_mean)),
        *(str(totals.shifts), _rounded(totals.shifts_best)),
        # A spreadsheet sorts and counts days that are written like this in any language.
        last.astimezone(ZoneInfo(zone)).date().isoformat() if last else "",
    ]


def _rounded(score: float | None) -> str:
    return "" if score is None else str(round(score))
