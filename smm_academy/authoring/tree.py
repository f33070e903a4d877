"""The files of a content folder, read once: what each holds and what is wrong with it."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from smm_academy.authoring.glossary import check_glossary
from smm_academy.authoring.skills import SkillMap, check_skills
from smm_academy.lessons.glossary import Glossary, read_glossary
from smm_academy.lessons.passages import Lesson
from smm_academy.lessons.source import parse_lesson
from smm_academy.quizzes.questions import Quiz
from smm_academy.quizzes.source import parse_quiz
from smm_academy.revisions.sources import (
    MARK_DOWN_NAME,
    Findings,
    Locale,
    Place,
    Problem,
    decode,
    locale_of,
    slug_of,
)
from smm_academy.revisions.yaml_nodes import read_yaml

Checker: TypeAlias = Callable[[Path, str], list[Problem]]
"""Names what is wrong with a pack: the path to show, the text of the file."""

Parsed = TypeVar("Parsed")

_STATED_ID = re.compile(r"^id:[ \t]*['\"]?([a-z0-9][a-z0-9-]*)", re.MULTILINE)
_PACK_FOLDERS = ("brands", "scenarios")


@dataclass(frozen=True, slots=True)
class Entry(Generic[Parsed]):
    """A Markdown file of the tree; ``parsed`` is missing where it could not be read."""

    path: Path
    id: str
    locale: Locale
    text: str
    parsed: Parsed | None
    findings: Findings

    def place_of(self, key: str) -> Place:
        """Return where the value of a front matter key stands, else the file's first line."""
        found = re.search(rf"^{re.escape(key)}:[ \t]*", self.text, re.MULTILINE)
        if found is None:
            return Place(1)
        before = self.text[: found.start()]
        return Place(before.count("\n") + 1, found.end() - found.start() + 1)


@dataclass(slots=True)
class Tree:
    """A content folder: its lessons, quizzes, skills and packs, and what was found in each.

    ``files`` are the files that it holds besides; without them the disk is asked.
    """

    root: Path
    lessons: list[Entry[Lesson]] = field(default_factory=list)
    quizzes: list[Entry[Quiz]] = field(default_factory=list)
    skills: SkillMap = field(default_factory=SkillMap)
    glossary: Glossary = ()
    packs: dict[str, set[str]] = field(default_factory=dict)
    findings: dict[Path, Findings] = field(default_factory=dict)
    files: frozenset[Path] | None = None

    def holds(self, path: Path) -> bool:
        """Tell whether the folder holds a file."""
        return path.exists() if self.files is None else path.resolve() in self.files

    def findings_of(self, path: Path) -> Findings:
        """Return where the problems of a file are collected."""
        if path not in self.findings:
            self.findings[path] = Findings(shown_path(path, self.root))
        return self.findings[path]

    def ids(self, entries: "Collection[Entry[Lesson]] | Collection[Entry[Quiz]]") -> set[str]:
        """Return the ids of lessons or quizzes, those that could not be read included."""
        return {entry.id for entry in entries}


def shown_path(path: Path, root: Path) -> str:
    """Return a path as problems show it: from the content folder on, with forward slashes."""
    try:
        return path.resolve().relative_to(root.resolve().parent).as_posix()
    except ValueError:
        return path.as_posix()


def read_tree(root: Path, checkers: Mapping[str, Checker]) -> Tree:
    """Return the content of a folder; `checkers` look after packs, by the name of their folder."""
    tree = Tree(root)
    skills = root / "skills.yaml"
    if skills.is_file():
        tree.skills = check_skills(_text_of(skills, tree), tree.findings_of(skills))
    glossary = root / "glossary.yaml"
    if glossary.is_file():
        tree.glossary = _glossary(glossary, tree)
    for path in sorted((root / "lessons").rglob("*.md")):
        if path.name != "README.md":
            tree.lessons.append(_entry(path, tree, parse_lesson))
    for path in sorted((root / "quizzes").rglob("*.md")):
        if path.name != "README.md":
            tree.quizzes.append(_entry(path, tree, parse_quiz))
    for folder in _PACK_FOLDERS:
        tree.packs[folder] = set()
        for path in sorted((root / folder).glob("*.y*ml")):
            _read_pack(path, folder, tree, checkers.get(folder))
    return tree


def is_content(path: Path) -> bool:
    """Tell whether a file is one that the check reads."""
    return path.suffix in {".yaml", ".yml"} or bool(MARK_DOWN_NAME.match(path.name))


def stated_id(text: str) -> str:
    """Return the id that a text states, sound or not; empty where it states none."""
    stated = _STATED_ID.search(text)
    return stated[1] if stated else ""


def _text_of(path: Path, tree: Tree) -> str:
    return decode(path.read_bytes(), tree.findings_of(path))


def _glossary(path: Path, tree: Tree) -> Glossary:
    """Return the terms of the glossary, none where it has an error."""
    findings = tree.findings_of(path)
    text = _text_of(path, tree)
    check_glossary(text, findings)
    root = read_yaml(text, Findings(""))
    return read_glossary(root.plain()) if root is not None and not findings.count() else ()


def _entry(
    path: Path,
    tree: Tree,
    parse: Callable[[str, str], tuple[Parsed | None, list[Problem]]],
) -> Entry[Parsed]:
    findings = tree.findings_of(path)
    text = _text_of(path, tree).replace("\r\n", "\n")
    parsed, problems = parse(text, findings.path)
    findings.problems.extend(problems)
    identifier = stated_id(text) or slug_of(path.name)
    return Entry(path, identifier, locale_of(path.name) or "en", text, parsed, findings)


def _read_pack(path: Path, folder: str, tree: Tree, checker: Checker | None) -> None:
    findings = tree.findings_of(path)
    text = _text_of(path, tree)
    if checker is not None:
        findings.problems.extend(checker(Path(findings.path), text))
        tree.packs[folder].add(stated_id(text) or path.stem)
        return
    root = read_yaml(text, findings)
    stated_node = root.content.get("id") if root and isinstance(root.content, dict) else None
    tree.packs[folder].add(stated_node.text if stated_node else path.stem)
