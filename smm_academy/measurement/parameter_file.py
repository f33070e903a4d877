"""Item parameters from a file: the command's own JSON, or a CSV with a row an item.

The JSON is a calibration's output, or its ``items`` alone. The CSV has the columns ``id``, ``a``
and ``b`` (a graded item ``b1``, ``b2`` and so on) and may have ``c``.
"""

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from smm_academy.measurement.ability import MISSING
from smm_academy.measurement.curves import Curves, FloatArray, IntArray, from_difficulties
from smm_academy.measurement.responses import BadResponses, ResponseTable, Source, read_text


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """One item's parameters; ``categories`` are its scores from lowest to highest."""

    id: str
    slope: float
    thresholds: tuple[float, ...]
    floor: float
    categories: tuple[float, ...]


def read_parameters(source: Source) -> tuple[ItemParameters, ...]:
    """Return the parameters in a JSON or CSV file (a ``Path``) or text (a ``str``).

    Raises ``BadResponses`` naming the item and the field at fault.
    """
    text = read_text(source)
    if text.lstrip()[:1] in ("{", "["):
        try:
            content = json.loads(text)
        except json.JSONDecodeError as error:
            raise BadResponses(
                f"The item parameters are not valid JSON: {error.msg} in line {error.lineno}."
            ) from None
        records = content.get("items") if isinstance(content, dict) else content
    else:
        records = _read_rows(text)
    if not isinstance(records, list) or not records:
        raise BadResponses("The parameters hold no items. Give a list with id, a and b of each.")
    found = tuple(_read_item(place, record) for place, record in enumerate(records, start=1))
    names = [item.id for item in found]
    for name in names:
        if names.count(name) > 1:
            raise BadResponses(f'The parameters give the item "{name}" twice. Give it once.')
    return found


def _read_rows(text: str) -> list[dict[str, object]]:
    separator = ";" if ";" in text.partition("\n")[0] else ","
    records: list[dict[str, object]] = []
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=separator):
        cells = {key.strip(): (value or "").strip() for key, value in row.items() if key}
        record: dict[str, object] = {key: cells[key] for key in ("id", "a", "c") if cells.get(key)}
        steps = [cells[key] for key in _step_columns(cells) if cells[key]]
        record["thresholds"] = [cells["b"]] if cells.get("b") else steps
        records.append(record)
    return records


def _step_columns(cells: Mapping[str, str]) -> list[str]:
    steps = [key for key in cells if key[:1] == "b" and key[1:].isdigit()]
    return sorted(steps, key=lambda key: int(key[1:]))


def _read_item(place: int, record: object) -> ItemParameters:
    if not isinstance(record, dict) or "id" not in record:
        raise BadResponses(f"Item {place} of the parameters has no id. Give id, a and b of each.")
    name = str(record["id"])
    slope = _number(name, "a", record.get("a"))
    steps = record["thresholds"] if "thresholds" in record else [record.get("b")]
    if not isinstance(steps, list) or not steps:
        raise BadResponses(f'The parameters of "{name}" give no b and no thresholds.')
    thresholds = tuple(_number(name, "b", step) for step in steps)
    floor = _number(name, "c", record.get("c") or 0)
    values = record.get("categories")
    if not isinstance(values, list):
        values = list(range(len(thresholds) + 1))
    categories = tuple(_number(name, "categories", value) for value in values)
    _check_item(name, slope, thresholds, floor, categories)
    return ItemParameters(name, slope, thresholds, floor, categories)


def _number(name: str, field: str, value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        shown = "missing" if value is None else f'"{value}"'
        raise BadResponses(f'The parameters of "{name}": {field} is {shown}, not a number.')
    return number


def _check_item(
    name: str,
    slope: float,
    thresholds: Sequence[float],
    floor: float,
    categories: Sequence[float],
) -> None:
    rises = [later - earlier for earlier, later in pairwise(thresholds)]
    if slope == 0 or any(rise * slope <= 0 for rise in rises):
        raise BadResponses(
            f'The parameters of "{name}": a must not be 0 and the thresholds must rise.'
        )
    if not 0 <= floor < 1 or (floor and len(thresholds) > 1):
        raise BadResponses(
            f'The parameters of "{name}": c must lie in [0, 1), and a graded item has none.'
        )
    if len(categories) != len(thresholds) + 1 or list(categories) != sorted(set(categories)):
        raise BadResponses(
            f'The parameters of "{name}": categories must rise and number one more than b.'
        )


def match_parameters(
    table: ResponseTable, parameters: Sequence[ItemParameters]
) -> tuple[Curves, IntArray, tuple[ItemParameters, ...]]:
    """Return curves and codes for the table's items, in the table's order.

    Raises ``BadResponses`` when an item has no parameters or a score is none of its categories.
    Parameters of items that the table does not have are passed over.
    """
    by_id = {item.id: item for item in parameters}
    chosen: list[ItemParameters] = []
    codes = np.full(table.scores.shape, MISSING, dtype=np.int64)
    for place, name in enumerate(table.items):
        if name not in by_id:
            raise BadResponses(
                f'The parameters lack the item "{name}". Add it, or take its column out.'
            )
        item = by_id[name]
        column = table.scores[:, place]
        given = ~np.isnan(column)
        codes[given, place] = _code_column(item, column[given])
        chosen.append(item)
    curves = from_difficulties(
        [item.slope for item in chosen],
        [item.thresholds for item in chosen],
        [item.floor for item in chosen],
    )
    return curves, codes, tuple(chosen)


def _code_column(item: ItemParameters, scores: FloatArray) -> IntArray:
    known = np.isin(scores, item.categories)
    if not known.all():
        allowed = ", ".join(f"{value:g}" for value in item.categories)
        raise BadResponses(
            f'Column "{item.id}" holds the score {scores[~known][0]:g}; its parameters know '
            f"{allowed}."
        )
    return np.searchsorted(item.categories, scores)
