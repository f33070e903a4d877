"""What commands write: UTF-8 everywhere, JSON on one line, a progress bar for a person."""

import json
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from types import TracebackType
from typing import Self, TypeVar

Thing = TypeVar("Thing")

REDRAW_SECONDS = 0.1
BAR_CHARACTERS = 24
# Below this the rest of the time is a guess.
SURE_SHARE = 0.02


def use_utf8() -> None:
    """Write UTF-8 also where the console's own encoding is another.

    Half a surrogate pair, which UTF-8 cannot hold, is written as JSON would escape it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def to_json(value: object) -> str:
    """Return a value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def print_json(value: object) -> None:
    """Write a value to standard output as one line of JSON."""
    print_line(to_json(value))


def print_line(text: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{text}\n")


def print_note(text: str) -> None:
    """Write a line for a person to standard error, apart from what a program reads."""
    sys.stderr.write(f"{text}\n")


def table(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as lines whose columns stand below one another."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


class Progress:
    """A bar on standard error while something lasts; silent where no terminal is behind it.

    ``beside_output`` is for what writes lines meanwhile: then the bar is silent too where those
    lines go to the terminal.
    """

    def __init__(self, title: str, total: int, *, beside_output: bool = False) -> None:
        self.title = title
        self.total = max(1, total)
        self._done = 0
        self._began = time.monotonic()
        self._drawn_at = 0.0
        self._width = 0
        mixed = beside_output and sys.stdout.isatty()
        self._shown = sys.stderr.isatty() and not mixed

    def __enter__(self) -> Self:
        self._draw()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()

    def advance(self, steps: int = 1) -> None:
        """Count steps as done."""
        self._done += steps
        if self._shown and time.monotonic() - self._drawn_at >= REDRAW_SECONDS:
            self._draw()

    def follow(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """Yield things, each a step."""
        for thing in things:
            yield thing
            self.advance()

    def _draw(self) -> None:
        if not self._shown:
            return
        self._drawn_at = time.monotonic()
        share = min(1.0, self._done / self.total)
        full = round(share * BAR_CHARACTERS)
        bar = "#" * full + "." * (BAR_CHARACTERS - full)
        line = f"{self.title} [{bar}] {share:4.0%}{self._left(share)}"
        line = line[: shutil.get_terminal_size().columns - 1]
        sys.stderr.write(f"\r{line.ljust(self._width)}")
        sys.stderr.flush()
        self._width = len(line)

    def _left(self, share: float) -> str:
        if share < SURE_SHARE:
            return ""
        seconds = round((self._drawn_at - self._began) * (1 - share) / share)
        return f", {seconds // 60}:{seconds % 60:02} left"
