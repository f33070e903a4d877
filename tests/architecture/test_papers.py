"""Templates, pinned requirements and pages of documentation keep to the rules too."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from smm_academy import errors
from smm_academy.cli import build_parser

ROOT = Path(__file__).parents[2]
SITE = ROOT / "smm_academy"
TEMPLATES = sorted(SITE.glob("*/templates/**/*.html"))
PINS = sorted((ROOT / "requirements").glob("*.txt"))
PAGES = [
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("content/*.md"))
    if path.name != "CHANGELOG.md"
]
ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.AcademyError)
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_a_page_or_a_file_of_macros(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text("utf-8"), flags=re.DOTALL).strip()
    outside = re.sub(r"\{% macro .*?endmacro\s*-?%\}", "", text, flags=re.DOTALL)
    loose = re.sub(r"\{%-? (from|import|set) .*?%\}", "", outside, flags=re.DOTALL).strip()

    is_page = text.startswith('{% extends "') or template.name == "base.html"

    assert is_page or not loose


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_block_is_closed_by_its_name(template: Path) -> None:
    assert not re.search(r"\{%-?\s*endblock\s*-?%\}", template.read_text("utf-8"))


@pytest.mark.parametrize("pins", PINS, ids=lambda path: path.name)
def test_every_pin_has_its_hashes_and_no_address(pins: Path) -> None:
    text = pins.read_text("utf-8")
    pinned = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE | re.IGNORECASE)
    blocks = re.split(r"^(?=[a-zA-Z0-9][\w.-]*(?:\[[\w,-]+\])?==)", text, flags=re.MULTILINE)[1:]

    assert "://" not in text
    assert pinned
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_every_refusal_is_a_sentence_that_translators_can_find() -> None:
    found = [
        (f"{path.relative_to(ROOT)}:{node.lineno}", _message(node))
        for path in sorted(SITE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ERRORS
    ]

    unclear = [place for place, message in found if not _is_sentence(message)]

    assert len(found) > 30
    assert unclear == []


def test_every_command_that_a_page_names_exists() -> None:
    known = _commands(build_parser())
    named = {
        f"{path.name}: {command}"
        for path in PAGES
        for command in re.findall(
            r"(?:smm-academy|-m smm_academy|dev\.py run) ([a-z]+(?: [a-z]+)?)",
            path.read_text("utf-8"),
        )
        if command not in known and command.split()[0] not in known
    }

    assert named == set()


def test_every_task_of_developers_that_a_page_names_exists() -> None:
    offered = subprocess.run(
        [sys.executable, "dev.py", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    tasks = set(re.findall(r"dev\.py (\w+)", offered))
    named = {
        task for path in PAGES for task in re.findall(r"dev\.py (\w+)", path.read_text("utf-8"))
    }

    assert {"demo", "test"} <= tasks
    assert named <= tasks


def test_every_link_of_a_page_to_a_file_leads_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)} -> {target}"
        for path in PAGES
        for target in re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", path.read_text("utf-8"))
        if "<" not in target and not (path.parent / target).exists()
    ]

    assert broken == []


def _message(call: ast.Call) -> str | None:
    # An Invalid names its field first.
    place = 1 if isinstance(call.func, ast.Name) and call.func.id == "Invalid" else 0
    if len(call.args) <= place:
        return None
    argument = call.args[place]
    is_text = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    return str(argument.value) if is_text else None


def _is_sentence(message: str | None) -> bool:
    return message is not None and (message[:1].isupper() or message.startswith(("%(", "--")))


def _commands(parser: argparse.ArgumentParser) -> set[str]:
    found: set[str] = set()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found |= {name, *(f"{name} {deeper}" for deeper in _commands(inner))}
    return found
