"""Brand and scenario packs: parsed with their lines, checked, and compiled for the simulator.

``python -m smm_academy.shifts.packs`` compiles ``content/brands`` and ``content/scenarios`` to
the shipped copies in ``simulator/packs``; with ``--check`` it only tells whether they differ.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from simulator import DRAFT_KINDS, KINDS
from smm_academy.revisions.fields import Fields
from smm_academy.revisions.sources import Findings, Place, Problem, decode
from smm_academy.revisions.yaml_nodes import read_yaml
from smm_academy.shifts.brand_packs import book_of, check_brand
from smm_academy.shifts.scenario_packs import check_scenario

LARGEST_FILE = 1_000_000
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("brands", "scenarios")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as read: its plain mapping (``None`` where there is an error) and its problems."""

    id: str
    content: Mapping[str, Any] | None
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Packs:
    """All sound packs by id, and every problem of every file in the order of the files."""

    brands: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    scenarios: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop something from being published."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def read_brand(source: str | bytes, path: str) -> Pack:
    """Return a brand pack from its YAML; ``path`` is what its problems are reported under."""
    return _read(source, path, check_brand)


def read_scenario(source: str | bytes, path: str, brands: Mapping[str, Mapping[str, Any]]) -> Pack:
    """Return a scenario pack from its YAML; ``brands`` are the checked packs that it may name."""
    books = {name: book_of(pack) for name, pack in brands.items()}
    return _read(source, path, lambda fields, stem: check_scenario(fields, stem, books))


def read_packs(files: Mapping[str, str | bytes]) -> Packs:
    """Return the packs of files by path; a path lies in a folder ``brands`` or ``scenarios``.

    A scenario is checked against the sound brands among the files.
    """
    packs = Packs()
    for path in sorted(files):
        if PurePosixPath(path).parent.name == "brands":
            pack = read_brand(files[path], path)
            packs.problems += pack.problems
            if pack.content is not None:
                packs.brands[pack.id] = pack.content
    for path in sorted(files):
        if PurePosixPath(path).parent.name == "scenarios":
            pack = read_scenario(files[path], path, packs.brands)
            packs.problems += pack.problems
            if pack.content is not None:
                packs.scenarios[pack.id] = pack.content
    return packs


def message_kinds() -> frozenset[str]:
    """Return the kinds of message that packs and exercises may name."""
    return frozenset(KINDS)


def draft_kinds() -> frozenset[str]:
    """Return the kinds of message to which there is a machine's draft to mend."""
    return frozenset(DRAFT_KINDS)


def find_files(content: Path) -> dict[str, bytes]:
    """Return the pack files under a content folder: path relative to its parent -> bytes."""
    return {
        path.relative_to(content.parent).as_posix(): path.read_bytes()
        for folder in FOLDERS
        for path in sorted((content / folder).glob("*.yaml"))
    }


def compile_packs(packs: Packs) -> dict[str, str]:
    """Return the shipped copies: file name under ``simulator/packs`` -> JSON text."""
    named = {f"brands/{name}.json": pack for name, pack in packs.brands.items()}
    named |= {f"scenarios/{name}.json": pack for name, pack in packs.scenarios.items()}
    return {
        name: json.dumps(pack, ensure_ascii=False, indent=1) + "\n" for name, pack in named.items()
    }


def differing(compiled: Mapping[str, str], folder: Path) -> list[str]:
    """Return the names of shipped copies that are missing, out of date or no longer wanted."""
    shipped = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.glob("*/*.json")
    }
    names = sorted(set(compiled) | set(shipped))
    return [name for name in names if compiled.get(name) != shipped.get(name)]


def _read(source: str | bytes, path: str, check: Callable[[Fields, str], None]) -> Pack:
    findings = Findings(path)
    stem = PurePosixPath(path).name.removesuffix(".yaml").removesuffix(".yml")
    if len(source) > LARGEST_FILE:
        findings.error(Place(1), "P200", "the file is larger than 1 MB", "shorten it")
        return Pack(stem, None, tuple(findings.problems))
    text = decode(source, findings) if isinstance(source, bytes) else source
    node = read_yaml(text, findings)
    if node is None or not isinstance(node.content, dict):
        if not findings.count():
            findings.error(Place(1), "P200", "the file holds no keys", "see content/README.md")
        return Pack(stem, None, tuple(findings.problems))
    check(Fields(node.content, Place(1), findings), stem)
    content = None if findings.count() else node.plain()
    return Pack(stem, content, tuple(sorted(findings.problems, key=_place)))


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column


def main(arguments: Sequence[str]) -> int:
    """Compile the packs, or with ``--check`` compare them; return the exit code."""
    packs = read_packs(find_files(ROOT / "content"))
    for problem in packs.problems:
        sys.stderr.write(f"{problem}\n")
    if packs.errors:
        return 1
    compiled = compile_packs(packs)
    folder = ROOT / "simulator" / "packs"
    changed = differing(compiled, folder)
    if "--check" in arguments:
        for name in changed:
            sys.stderr.write(f"simulator/packs/{name} differs from content. Fix: compile.\n")
        return 1 if changed else 0
    for name in changed:
        target = folder / name
        if name in compiled:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(compiled[name], encoding="utf-8")
        else:
            target.unlink()
    sys.stdout.write(f"{len(compiled)} packs, {len(changed)} changed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
