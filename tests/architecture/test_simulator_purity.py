"""The simulator reads nothing but its own package data and depends on nothing that varies."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SIMULATOR = Path(__file__).parents[2] / "simulator"
DERIVING = frozenset({"voices/freeze_forms.py"})
"""Scripts that derive shipped tables; nothing imports them."""

FILES = sorted(
    path
    for path in SIMULATOR.rglob("*.py")
    if path.relative_to(SIMULATOR).as_posix() not in DERIVING
)
VARYING = frozenset({
    "asyncio", "datetime", "http", "multiprocessing", "os", "random", "secrets", "shutil",
    "socket", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid",
})  # fmt: skip


def modules(tree: ast.AST) -> set[str]:
    plain = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    taken = {
        node.module.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
    }
    return plain | taken


def calls(tree: ast.AST) -> set[str]:
    named = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    methods = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    return named | methods


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.AST]:
    return {
        path.relative_to(SIMULATOR).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in FILES
    }


def test_it_imports_nothing_that_varies_from_run_to_run(trees: dict[str, ast.AST]) -> None:
    found = {name: modules(tree) & VARYING for name, tree in trees.items()}

    assert {name: names for name, names in found.items() if names} == {}


def test_it_opens_no_file_by_a_path(trees: dict[str, ast.AST]) -> None:
    opening = {"open", "read_bytes", "fromfile", "load", "loadtxt", "memmap", "genfromtxt"}
    found = {
        name: calls(tree) & opening
        for name, tree in trees.items()
        if "importlib" not in modules(tree)
    }

    assert {name: names for name, names in found.items() if names} == {}


def test_it_writes_nothing(trees: dict[str, ast.AST]) -> None:
    writing = {"write_text", "write_bytes", "print", "save", "savez", "tofile", "mkdir"}
    found = {name: calls(tree) & writing for name, tree in trees.items()}

    assert {name: names for name, names in found.items() if names} == {}


def test_it_draws_no_numbers_but_keyed_ones(trees: dict[str, ast.AST]) -> None:
    drawing = {"default_rng", "RandomState", "seed", "Generator", "hash"}
    found = {name: calls(tree) & drawing for name, tree in trees.items()}

    assert {name: names for name, names in found.items() if names} == {}


def test_nothing_imports_a_script_that_derives_tables() -> None:
    scripts = {f"simulator.{name.removesuffix('.py').replace('/', '.')}" for name in DERIVING}
    taken = {
        node.module
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
    }

    assert taken & scripts == set()
