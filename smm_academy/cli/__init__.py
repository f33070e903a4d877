"""The command line: runs one command and says in one line what went wrong.

A command's module is loaded only when it is called, so that `score`, `simulate` and `generate`
start at once and need no web, database or settings.
"""

import contextlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from smm_academy.cli.parser import FAILED, build_parser
from smm_academy.cli.terminal import use_utf8
from smm_academy.errors import AcademyError

INTERRUPTED = 130

Command = Callable[[Namespace], int | None]


def run(arguments: Sequence[str]) -> int:
    """Run one command; return the process's exit status."""
    use_utf8()
    try:
        options = build_parser().parse_args(arguments)
        status = load(options.command)(options) or 0
        sys.stdout.flush()
    except KeyboardInterrupt:
        _abandon_output()
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does.
        _abandon_output()
        return 0
    except (AcademyError, OSError, MemoryError) as error:
        _abandon_output()
        sys.stderr.write(f"smm-academy: {describe(error)}\n")
        return FAILED
    return status


def load(name: str) -> Command:
    """Return a command by the module of this package and the function in it."""
    module, _, function = name.partition(".")
    command: Command = getattr(import_module(f"smm_academy.cli.{module}"), function)
    return command


def describe(error: Exception) -> str:
    """Return what went wrong as one line."""
    if isinstance(error, MemoryError):
        return "There is not enough memory for this. Ask for less at a time."
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.filename}: " if error.filename is not None else ""
        return f"{named}{error.strerror}."
    return " ".join(str(error).split())


def _abandon_output() -> None:
    """Write what can still be written; else let the interpreter's last flush go nowhere."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
