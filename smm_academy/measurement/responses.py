"""Answers from a wide CSV: a row a person, a column an item, an empty cell where none was given.

Whatever is wrong with a file is said in one sentence that names the place and the remedy. A
first column headed ``person``, ``person_id``, ``id`` or nothing at all labels the people. Comma
and semicolon both separate; ``NA`` stands for an empty cell, as R writes it.
"""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from smm_academy.errors import AcademyError
from smm_academy.measurement.ability import MISSING
from smm_academy.measurement.curves import FloatArray, IntArray

Source: TypeAlias = Path | str

PERSON_HEADINGS = frozenset({"", "person", "person_id", "id"})
HIGHEST_COUNT = 20
_SHOWN = 40
_EMPTY = frozenset({"", "NA"})


class BadResponses(AcademyError):
    """A file of answers or of item parameters cannot be used; the message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class ResponseTable:
    """Answers as they stand in the file: ``scores`` is (people, items), ``nan`` where empty."""

    items: tuple[str, ...]
    people: tuple[str, ...]
    scores: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class CodedResponses:
    """Answers ready to fit: ``codes`` count up from 0, -1 where empty.

    ``categories`` are the scores in the file that the codes of each item stand for; ``left_out``
    pairs each item that cannot be fitted with the reason; ``warnings`` are sentences.
    """

    items: tuple[str, ...]
    people: tuple[str, ...]
    codes: IntArray
    categories: tuple[tuple[float, ...], ...]
    left_out: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


class _Cells(dict[str, float]):
    """Numbers by the text of their cell, read once for each text."""

    def __missing__(self, text: str) -> float:
        cell = text.strip()
        number = math.nan if cell in _EMPTY else float(cell)
        if math.isinf(number) or (math.isnan(number) and cell not in _EMPTY):
            raise ValueError(text)
        self[text] = number
        return number


def read_text(source: Source) -> str:
    """Return the text of a file, or the text itself.

    Raises ``BadResponses`` when the file is missing or not in UTF-8.
    """
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadResponses(f"{source}: there is no such file.") from None
    except UnicodeDecodeError:
        raise BadResponses(f"{source}: not a text in UTF-8. Save it as CSV in UTF-8.") from None
    except OSError as error:
        raise BadResponses(f"{source}: cannot be read ({error.strerror}).") from None


def read_responses(source: Source) -> ResponseTable:
    """Return the table in a CSV file (a ``Path``) or text (a ``str``).

    Raises ``BadResponses`` with the line and column at fault.
    """
    lines = _read_lines(read_text(source))
    heading = next(lines, None)
    if heading is None:
        raise BadResponses("The file is empty. Give a heading line and a row for each person.")
    labelled = heading[0].strip().lower() in PERSON_HEADINGS
    items = tuple(name.strip() for name in heading[labelled:])
    _check_heading(items)
    people: list[str] = []
    rows: list[list[float]] = []
    cells = _Cells()
    for number, line in enumerate(lines, start=2):
        if not line:
            continue
        if len(line) != len(heading):
            raise BadResponses(
                f"Line {number} has {len(line)} cells, the heading {len(heading)}. "
                "Give every item a cell, empty where there is no answer."
            )
        people.append(line[0].strip() if labelled else str(len(people) + 1))
        try:
            rows.append([cells[cell] for cell in line[labelled:]])
        except ValueError:
            raise _fault(number, items, line[labelled:], cells) from None
    if not rows:
        raise BadResponses("The file has a heading but nobody's answers. Add a row a person.")
    return ResponseTable(items, tuple(people), np.array(rows, dtype=np.float64))


def _read_lines(text: str) -> Iterator[list[str]]:
    heading = text.partition("\n")[0]
    separator = ";" if ";" in heading and "," not in heading else ","
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise BadResponses(f"Not a CSV file: {error}.") from None


def _check_heading(items: tuple[str, ...]) -> None:
    if not items:
        raise BadResponses("The heading names no item. Give each item a column.")
    for place, name in enumerate(items):
        if not name:
            raise BadResponses(f"Item {place + 1} has no name in the heading. Name every column.")
        if name in items[:place]:
            raise BadResponses(
                f'The heading names "{name}" twice. The first line must name each item once.'
            )


def _fault(line: int, items: tuple[str, ...], row: list[str], cells: _Cells) -> BadResponses:
    for name, cell in zip(items, row, strict=True):
        try:
            cells[cell]
        except ValueError:
            shown = cell if len(cell) <= _SHOWN else cell[:_SHOWN] + "…"
            return BadResponses(
                f'Line {line}, column "{name}": "{shown}" is not a score. '
                "Write a number, or leave the cell empty."
            )
    return BadResponses(f"Line {line} cannot be read.")


def code_responses(table: ResponseTable, graded: bool) -> CodedResponses:
    """Return the table's answers as codes, for fitting.

    Scores of a two-way item must be 0 and 1; a graded item's distinct scores, 20 at most, become
    0, 1, 2 and so on. An item without an answer, or whose answers are all alike, is left out; so
    are people without an answer, from the fit alone. Raises ``BadResponses`` when a score does
    not fit the model or too little is left to fit.
    """
    kept: list[int] = []
    categories: list[tuple[float, ...]] = []
    left_out: list[tuple[str, str]] = []
    warnings: list[str] = []
    repeated = len(table.people) - len(set(table.people))
    if repeated:
        warnings.append(
            f"{repeated} of the rows repeat another's label; each row counts as one person."
        )
    codes = np.full(table.scores.shape, MISSING, dtype=np.int64)
    for place, name in enumerate(table.items):
        column = table.scores[:, place]
        given = ~np.isnan(column)
        values = np.unique(column[given])
        _check_values(name, values, graded)
        if len(values) < 2:  # noqa: PLR2004 - an item needs two different scores
            reason = f"every answer is {values[0]:g}" if len(values) else "nobody answered it"
            left_out.append((name, f"{reason}: it tells nobody apart"))
            continue
        if graded and np.any(np.diff(values) != 1):
            warnings.append(
                f'Item "{name}" has the scores {_list(values)}; they count as steps 0 to '
                f"{len(values) - 1}."
            )
        codes[given, place] = np.searchsorted(values, column[given])
        kept.append(place)
        categories.append(tuple(float(value) for value in values))
    return CodedResponses(
        tuple(table.items[place] for place in kept),
        table.people,
        codes[:, kept],
        tuple(categories),
        tuple(left_out),
        tuple(warnings),
    )


def _check_values(name: str, values: FloatArray, graded: bool) -> None:
    if graded and len(values) > HIGHEST_COUNT:
        raise BadResponses(
            f'Column "{name}" holds {len(values)} different scores; a graded item has '
            f"{HIGHEST_COUNT} at most. Is it an item?"
        )
    odd = values[(values != 0) & (values != 1)]
    if not graded and len(odd):
        raise BadResponses(
            f'Column "{name}" holds the score {odd[0]:g}; this model takes 0 and 1. '
            "For scores with more steps choose the model grm."
        )


def _list(values: FloatArray) -> str:
    return ", ".join(f"{value:g}" for value in values)
