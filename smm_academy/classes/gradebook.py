"""What members of a class did, as states and totals; a rule without words or database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from smm_academy.classes.days import is_late

State: TypeAlias = Literal["open", "started", "tried", "done"]
ORDER: Mapping[State, int] = {"open": 0, "started": 1, "tried": 2, "done": 3}
TOTALS = ("lessons", "quizzes", "drills", "shifts", "active")
"""The columns after the works; a member's name is a column of its own."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something on a class's list."""

    id: int
    kind: str
    key: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a member did: ``kind`` is lesson, quiz, drill or scenario.

    ``score`` is a percentage for a quiz, points of 100 for a drill or scenario, none for a
    lesson. ``passed`` says of a quiz whether it was; what has no end is not finished.
    """

    kind: str
    key: str
    begun_at: datetime
    ended_at: datetime | None
    score: float | None = None
    passed: bool = True
    sitting_id: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """How a member stands with one task; ``at`` is when it was first done, if it was."""

    state: State
    late: bool
    score: float | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """What a member did altogether; ``best`` and ``mean`` scores, none without any."""

    lessons: int
    quizzes: int
    drills: int
    drills_mean: float | None
    shifts: int
    shifts_best: float | None
    active: datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """A member's line: one cell for each task, then the totals."""

    member_id: int
    name: str
    cells: tuple[Cell, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Gradebook:
    """The tasks of a class, and a line for each member."""

    tasks: tuple[Task, ...]
    rows: tuple[Row, ...] = field(default=())


def cell_of(task: Task, deeds: Iterable[Deed], zone: str, at: datetime) -> Cell:
    """Return how somebody stands with a task at a moment.

    The best score counts, whenever it was reached; the first success decides what is late.
    """
    own = [deed for deed in deeds if (deed.kind, deed.key) == (task.kind, task.key)]
    ended = [deed for deed in own if deed.ended_at is not None]
    scores = [deed.score for deed in ended if deed.score is not None]
    best = max(scores, default=None)
    done_at = min((deed.ended_at for deed in ended if deed.ended_at and deed.passed), default=None)
    late = is_late(done_at, task.due_on, zone, at)
    if done_at is not None:
        return Cell("done", late, best, done_at)
    if ended:
        return Cell("tried", late, best)
    return Cell("started" if own else "open", late)


def totals_of(deeds: Iterable[Deed]) -> Totals:
    """Return what somebody did altogether; a quiz passed twice is one quiz."""
    done = list(deeds)
    ended = [deed for deed in done if deed.ended_at is not None]
    drills = [deed.score for deed in ended if deed.kind == "drill" and deed.score is not None]
    shifts = [deed.score for deed in ended if deed.kind == "scenario" and deed.score is not None]
    moments = [deed.ended_at or deed.begun_at for deed in done]
    return Totals(
        lessons=len({deed.key for deed in ended if deed.kind == "lesson"}),
        quizzes=len({deed.key for deed in ended if deed.kind == "quiz" and deed.passed}),
        drills=len(drills),
        drills_mean=sum(drills) / len(drills) if drills else None,
        shifts=len(shifts),
        shifts_best=max(shifts, default=None),
        active=max(moments, default=None),
    )


def row_of(
    member: tuple[int, str], tasks: Sequence[Task], deeds: Sequence[Deed], zone: str, at: datetime
) -> Row:
    """Return the line of a member, (id, name)."""
    cells = tuple(cell_of(task, deeds, zone, at) for task in tasks)
    return Row(*member, cells, totals_of(deeds))


def sorted_rows(rows: Iterable[Row], column: str, *, down: bool) -> tuple[Row, ...]:
    """Return lines by a column: ``name``, one of `TOTALS`, or ``w`` and the place of a task.

    An unknown column is the name. Lines that are equal stay in the order of names.
    """
    by_name = sorted(rows, key=lambda row: row.name.casefold())
    if column in TOTALS:
        return tuple(sorted(by_name, key=lambda row: _weight(row.totals, column), reverse=down))
    place = column.removeprefix("w")
    if column.startswith("w") and place.isascii() and place.isdecimal():
        number = int(place[:4])
        if by_name and number < len(by_name[0].cells):
            return tuple(
                sorted(by_name, key=lambda row: _standing(row.cells[number]), reverse=down)
            )
    return tuple(reversed(by_name)) if down and column == "name" else tuple(by_name)


def _weight(totals: Totals, column: str) -> float:
    if column == "active":
        return totals.active.timestamp() if totals.active else 0.0
    count: int = getattr(totals, column)
    scores = {"drills": totals.drills_mean, "shifts": totals.shifts_best}
    return count + (scores.get(column) or 0.0) / 1000


def _standing(cell: Cell) -> tuple[int, float]:
    return ORDER[cell.state], cell.score or 0.0
