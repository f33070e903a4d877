"""What is due in a later hour: whole-number columns, kept by hour."""

import itertools

import numpy as np
from numpy.typing import NDArray

Columns = NDArray[np.int64]


class Agenda:
    """A calendar queue of rows; each row is a fixed number of whole numbers."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._by_hour: dict[int, list[Columns]] = {}

    def add(self, hours: NDArray[np.int64], rows: Columns) -> None:
        """File rows, shape (width, n), each under its hour; order within an hour is kept."""
        order = np.argsort(hours, kind="stable")
        hours, rows = hours[order], rows[:, order]
        at = np.flatnonzero(np.diff(hours)) + 1
        bounds = [0, *at.tolist(), hours.size]
        for first, end in itertools.pairwise(bounds):
            if end > first:
                self._by_hour.setdefault(int(hours[first]), []).append(rows[:, first:end])

    def take(self, hour: int) -> Columns:
        """Remove and return all rows due in an hour or before, earliest hour first."""
        due = sorted(each for each in self._by_hour if each <= hour)
        parts = [part for each in due for part in self._by_hour.pop(each)]
        if not parts:
            return np.empty((self.width, 0), dtype=np.int64)
        return np.concatenate(parts, axis=1)

    @property
    def empty(self) -> bool:
        """Whether nothing is due any more."""
        return not self._by_hour

    def table(self) -> Columns:
        """Return everything still due, shape (1 + width, n): the hour, then the row."""
        parts = [
            np.concatenate((np.full((1, part.shape[1]), hour), part))
            for hour in sorted(self._by_hour)
            for part in self._by_hour[hour]
        ]
        if not parts:
            return np.empty((1 + self.width, 0), dtype=np.int64)
        return np.concatenate(parts, axis=1)

    @classmethod
    def of_table(cls, table: Columns) -> "Agenda":
        """Return the agenda that `table` described."""
        agenda = cls(table.shape[0] - 1)
        agenda.add(table[0], table[1:])
        return agenda
