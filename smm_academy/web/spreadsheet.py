"""Tables as files for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the computer."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
SEPARATORS = {"pl": ";"}
"""What spreadsheets expect between cells, where it is not a comma: in Poland that is decimal."""


def as_csv(rows: Iterable[Sequence[str]], locale: str) -> bytes:
    """Return rows as CSV in UTF-8, for spreadsheets set to a language."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=SEPARATORS.get(locale, ","))
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; a name can be anything."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
