"""The rules of the house: tiers, sizes, file names, who may know what."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[2]
SITE = ROOT / "smm_academy"
SIMULATOR = ROOT / "simulator"
SOURCES = sorted(
    path
    for folder in (SITE, SIMULATOR, ROOT / "migrations", ROOT / "tests", ROOT / "benchmarks")
    for path in folder.rglob("*.py")
)
SITE_SOURCES = sorted(SITE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

SLICES = (
    "accounts", "admin", "assessments", "authoring", "classes", "credentials", "lessons",
    "measurement", "organisations", "progress", "quizzes", "revisions", "shifts", "sittings",
    "writing",
)  # fmt: skip
KNOWS_FLASK = frozenset({"views", "forms"})
KNOWS_SQLALCHEMY = frozenset({"operations", "queries", "models", "jobs"})
ADAPTERS = frozenset({"accounts/cookies.py", "accounts/holdings.py"})
"""The browser's cookie, and the table of other slices' operations that `app.py` fills."""

UNITS_OF_WORK = frozenset({"database/session.py", "web/application.py"})
"""Where a unit of work ends: a command's or job's in one, a request's in the other."""


def imported(path: Path) -> set[str]:
    """Return the top-level packages that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    names |= {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }
    return {name.partition(".")[0] for name in names}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the length of each function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.name, node.end_lineno - node.lineno + 1


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def slice_files() -> Iterator[tuple[str, Path]]:
    for name in SLICES:
        for path in sorted((SITE / name).glob("*.py")):
            yield f"{name}/{path.name}", path


def role_of(path: Path) -> str:
    """Return which of a slice's files this is: what serves a second kind of person says whom.

    `candidate_views.py` are views and keep the rules of views.
    """
    ending = path.stem.rpartition("_")[2]
    return ending if ending in KNOWS_FLASK | {"queries", "operations"} else path.stem


def test_imports_keep_every_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == EXIT_STATUS_SUCCESS


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    # A migration is one long list of tables.
    watched = [path for path in SOURCES if "migrations" not in path.parts]
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in watched}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    # A migration is one long list of tables.
    watched = [path for path in SOURCES if "migrations" not in path.parts]
    lengths = {
        f"{shown(path)}:{name}": length for path in watched for name, length in functions(path)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_every_folder_of_the_site_is_a_slice_or_a_tier() -> None:
    tiers = {"calibration", "cli", "database", "jobs", "mail", "web"}
    folders = {path.parent.name for path in SITE.glob("*/__init__.py")}

    assert folders == tiers | set(SLICES)


def test_only_a_unit_of_work_commits() -> None:
    committing = {
        path.relative_to(SITE).as_posix()
        for path in SITE_SOURCES
        if ".commit()" in path.read_text("utf-8")
    }

    assert committing == UNITS_OF_WORK


def test_views_and_forms_know_no_sqlalchemy() -> None:
    knowing = [
        name
        for name, path in slice_files()
        if role_of(path) in KNOWS_FLASK and "sqlalchemy" in imported(path)
    ]

    assert knowing == []


def test_operations_queries_models_and_jobs_know_no_flask() -> None:
    knowing = [
        name
        for name, path in slice_files()
        if role_of(path) in KNOWS_SQLALCHEMY and "flask" in imported(path)
    ]

    assert knowing == []


def test_every_other_file_of_a_slice_is_a_rule_that_knows_neither() -> None:
    rules = {
        name: path
        for name, path in slice_files()
        if role_of(path) not in KNOWS_FLASK | KNOWS_SQLALCHEMY | {"__init__"}
    }

    knowing = {name for name, path in rules.items() if imported(path) & {"flask", "sqlalchemy"}}

    assert knowing == ADAPTERS


@pytest.mark.parametrize("name", SLICES)
def test_a_slice_has_views_of_its_own_or_none_at_all(name: str) -> None:
    # A view in a file of another name would be found by nobody.
    with_routes = {
        role_of(path)
        for path in (SITE / name).glob("*.py")
        if re.search(r"^@\w*blueprint\.", path.read_text("utf-8"), re.MULTILINE)
    }

    assert with_routes <= {"views"}


@pytest.mark.parametrize("name", SLICES)
def test_a_slice_keeps_its_tables_in_models(name: str) -> None:
    with_tables = {
        path.name
        for path in (SITE / name).glob("*.py")
        if "__tablename__" in path.read_text("utf-8")
    }

    assert with_tables <= {"models.py"}


def test_no_file_is_named_for_nothing() -> None:
    nothing = {"utils", "helpers", "common", "manager", "data", "info", "misc"}

    assert [shown(path) for path in SOURCES if path.stem in nothing] == []


def test_every_package_says_in_a_sentence_what_it_is() -> None:
    packages = sorted([*SITE.rglob("__init__.py"), *SIMULATOR.rglob("__init__.py")])

    silent = [
        shown(path)
        for path in packages
        if not (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").rstrip().endswith(".")
    ]

    assert silent == []


def test_nothing_of_the_code_names_who_or_what_wrote_it() -> None:
    # Paths of the workplace, hosts of registries and the like do not belong in the project.
    places = re.compile(
        r"/work/|/tmp/bash|\bassistant\b|\bclaude\b|\bAI-generated\b", re.IGNORECASE
    )
    watched = [path for path in SOURCES if path != Path(__file__)]

    assert [shown(path) for path in watched if places.search(path.read_text("utf-8"))] == []
