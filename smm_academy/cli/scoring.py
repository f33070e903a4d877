"""Replies scored line by line, and compared with people's ratings."""

import sys
from argparse import Namespace
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, get_args

import simulator
from smm_academy.cli.terminal import Progress, print_json, print_note, to_json
from smm_academy.errors import Invalid


def score(options: Namespace) -> int:
    """Score JSON lines, or report agreement with ratings; return 1 where a line was wrong."""
    if options.evaluate:
        with options.evaluate.open("rb") as rated:
            found = simulator.evaluate(read_lines(rated), shipped_brands())
        print_json(found)
        return int(bool(found["errors"]))
    if options.source and options.target and _is_same(options.source, options.target):
        raise Invalid("out", "--in and --out name the same file. Name another to write to.")
    with ExitStack() as stack:
        source: BinaryIO = sys.stdin.buffer
        size = 0
        if options.source:
            source = stack.enter_context(options.source.open("rb"))
            size = options.source.stat().st_size
        elif sys.stdin.isatty():
            print_note("Reading one JSON object a line from the keyboard; end with Ctrl+D.")
        target = sys.stdout
        if options.target:
            target = stack.enter_context(
                options.target.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            )
        lines: Iterable[bytes] = read_lines(source)
        if size:
            progress = Progress("Scoring", size, beside_output=not options.target)
            lines = _counted(lines, stack.enter_context(progress))
        wrong = False
        for result in simulator.score_lines(lines, shipped_brands()):
            wrong = wrong or "error" in result
            target.write(to_json(result) + "\n")
            # Whoever talks with us line by line waits for the answer.
            target.flush()
    return int(wrong)


def read_lines(source: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines without a byte order mark, and without the blank ones at the end."""
    blank: list[bytes] = []
    for number, line in enumerate(source):
        text = line.removeprefix(BOM_UTF8) if number == 0 else line
        if not text.strip():
            blank.append(text)
            continue
        yield from blank
        blank.clear()
        yield text


def shipped_brands() -> Mapping[simulator.Locale, Mapping[str, simulator.Brand]]:
    """Return the shipped brands by language and id."""
    return {
        locale: {
            name: simulator.brand(simulator.brand_pack(name), locale)
            for name in simulator.brand_ids()
        }
        for locale in get_args(simulator.Locale)
    }


def _counted(lines: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    for line in lines:
        yield line
        progress.advance(len(line))


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.exists() and one.samefile(other)
