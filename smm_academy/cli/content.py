"""Content files: checked, taken into the database, written out again."""

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from smm_academy.accounts.models import HOUSE
from smm_academy.authoring.checking import check_folder, has_errors
from smm_academy.authoring.folders import (
    content_folders,
    own_folders,
    root_of,
    shipped_folder,
)
from smm_academy.authoring.operations import Side, SyncReport, sync as sync_library
from smm_academy.authoring.queries import served_files
from smm_academy.authoring.reading import read_library
from smm_academy.cli.database import open_database
from smm_academy.cli.failures import database_in_words
from smm_academy.cli.terminal import Progress, print_json, print_line, print_note
from smm_academy.clock import now
from smm_academy.config import content_paths, present_settings
from smm_academy.errors import Conflict
from smm_academy.revisions.sources import Problem


def check(options: Namespace) -> int:
    """Name every problem of content files; return 1 where there is an error."""
    problems = find_problems(options.paths)
    if options.json:
        print_json([problem.as_json() for problem in problems])
    else:
        for problem in problems:
            print_line(str(problem))
        errors = sum(problem.severity == "error" for problem in problems)
        print_note(f"{errors} errors, {len(problems) - errors} warnings")
    return int(has_errors(problems))


def find_problems(paths: Sequence[Path]) -> list[Problem]:
    """Return the problems of some files or folders, or of all content of this installation."""
    roots: dict[Path, list[Path]] = {}
    for path in paths:
        roots.setdefault(root_of(path) or shipped_folder(), []).append(path)
    if not paths:
        own = own_folders(content_paths(os.environ))
        roots = {folder: [] for folder in (shipped_folder(), *own)}
    problems: list[Problem] = []
    with Progress("Checking", len(roots)) as progress:
        for root, chosen in progress.follow(roots.items()):
            problems += check_folder(root, chosen)
    return problems


def sync(options: Namespace) -> int:
    """Take changed files into the database; return 1 where something could not be taken."""
    settings = present_settings(os.environ)
    folders = content_folders(settings)
    library = read_library(*folders)
    for problem in library.errors:
        print_note(str(problem))
    side = Side(options.side) if options.side else None
    with database_in_words():
        database = open_database(settings)
        try:
            report = database.run(
                lambda session: sync_library(session, HOUSE, library, now(), side)
            )
        except Conflict as conflict:
            print_note(f"smm-academy: {conflict}")
            return 1
        finally:
            database.close()
    for line in _in_words(report):
        print_line(line)
    return int(bool(library.errors))


def export(options: Namespace) -> None:
    """Write the content that serves into files, to the letter."""
    target: Path = options.folder
    if target.is_dir() and any(target.iterdir()) and not options.force:
        raise Conflict(
            "%(folder)s is not empty. Name another folder, or add --force.", folder=target
        )
    settings = present_settings(os.environ)
    with database_in_words():
        database = open_database(settings)
        with database.reading() as session:
            files = served_files(session, HOUSE, private=options.private)
        database.close()
    target.mkdir(parents=True, exist_ok=True)
    for name, content in sorted(files.items()):
        path = target / name
        if not path.resolve().is_relative_to(target.resolve()):
            raise Conflict("%(name)s leads out of %(folder)s.", name=name, folder=target)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print_note(f"Wrote {len(files)} files to {target}.")


def _in_words(report: SyncReport) -> list[str]:
    lines = [f"taken      {origin}" for origin in report.taken]
    lines += [f"kept ours  {origin}" for origin in report.kept]
    lines += [f"withdrawn  {origin}" for origin in report.withdrawn]
    lines += [f"broken     {origin}" for origin in report.broken]
    return [*lines, f"{report.unchanged} unchanged"]
