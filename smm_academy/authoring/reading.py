"""Turns a content folder into drafts of revisions, with the pictures that they show."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from smm_academy.lessons.source import parse_lesson
from smm_academy.quizzes.questions import Question, Quiz
from smm_academy.quizzes.source import parse_quiz
from smm_academy.revisions.markup import Resolve
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.operations import Draft
from smm_academy.revisions.records import to_plain
from smm_academy.revisions.sources import Findings, Problem, decode
from smm_academy.revisions.yaml_nodes import read_yaml
from smm_academy.shifts.packs import find_files, read_packs

PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})
SKILLS_FILE = "skills.yaml"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a content folder, addressed by its hash."""

    sha256: str
    media_type: str
    content: bytes


@dataclass(slots=True)
class Library:
    """What a content folder holds: drafts in the order in which they are to be written.

    ``items`` holds the drafts of a quiz's questions by the quiz's (key, locale). ``broken`` names
    the chains whose files have errors: their last good revision stays in service.
    """

    drafts: list[Draft] = field(default_factory=list)
    items: dict[tuple[str, str], list[Draft]] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep something from being published."""
        return [problem for problem in self.problems if problem.severity == "error"]


def read_library(content: Path) -> Library:
    """Return what a content folder holds; every problem of every file is listed."""
    library = Library()
    _read_skills(content, library)
    _read_packs(content, library)
    for path in sorted((content / "lessons").glob("*/*.md")):
        _read_lesson(path, content, library)
    for path in sorted((content / "quizzes").glob("*/*.md")):
        _read_quiz(path, content, library)
    return library


def _origin(path: Path, content: Path) -> str:
    return path.relative_to(content.parent).as_posix()


def _read_skills(content: Path, library: Library) -> None:
    path = content / SKILLS_FILE
    if not path.exists():
        return
    origin = _origin(path, content)
    findings = Findings(origin)
    text = decode(path.read_bytes(), findings)
    node = read_yaml(text, findings)
    library.problems += findings.problems
    if node is None or findings.count():
        library.broken.add(origin)
        return
    library.drafts.append(Draft(ChainKind.SKILLS, "skills", "", text, node.plain(), origin))


def _read_packs(content: Path, library: Library) -> None:
    files = find_files(content)
    packs = read_packs(files)
    library.problems += packs.problems
    folders: tuple[tuple[ChainKind, str, Mapping[str, Mapping[str, Any]]], ...] = (
        (ChainKind.BRAND, "brands", packs.brands),
        (ChainKind.SCENARIO, "scenarios", packs.scenarios),
    )
    for origin, raw in files.items():
        stem = PurePosixPath(origin).stem
        for kind, folder, sound in folders:
            if PurePosixPath(origin).parent.name != folder:
                continue
            if stem in sound:
                text = decode(raw, Findings(origin))
                library.drafts.append(Draft(kind, stem, "", text, sound[stem], origin))
            else:
                library.broken.add(origin)


def _read_lesson(path: Path, content: Path, library: Library) -> None:
    origin = _origin(path, content)
    findings = Findings(origin)
    text = decode(path.read_bytes(), findings)
    lesson, problems = parse_lesson(text, origin, resolve=_resolver(path, library))
    library.problems += [*findings.problems, *problems]
    if lesson is None:
        library.broken.add(origin)
        return
    library.drafts.append(
        Draft(ChainKind.LESSON, lesson.id, lesson.locale, text, to_plain(lesson), origin)
    )


def _resolver(lesson: Path, library: Library) -> Resolve:
    def resolve(address: str) -> str:
        target = (lesson.parent / address.partition("#")[0]).resolve()
        if target.suffix in PICTURES and target.is_file():
            raw = target.read_bytes()
            sha256 = hashlib.sha256(raw).hexdigest()
            media_type = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
            library.pictures[sha256] = Picture(sha256, media_type, raw)
            return f"/media/{sha256}"
        if target.suffix == ".md":
            return f"/learn/{target.name.split('.')[0]}"
        return address

    return resolve


def _read_quiz(path: Path, content: Path, library: Library) -> None:
    origin = _origin(path, content)
    findings = Findings(origin)
    text = decode(path.read_bytes(), findings)
    quiz, problems = parse_quiz(text, origin)
    library.problems += [*findings.problems, *problems]
    if quiz is None:
        library.broken.add(origin)
        return
    locale = quiz.settings.locale
    library.items[quiz.id, locale] = [_item(quiz, question, origin) for question in quiz.questions]
    parsed = {
        "settings": to_plain(quiz.settings),
        "intro_html": quiz.intro_html,
        "broken": list(quiz.broken),
    }
    library.drafts.append(Draft(ChainKind.QUIZ, quiz.id, locale, text, parsed, origin))


def _item(quiz: Quiz, question: Question, origin: str) -> Draft:
    versions = [question, *(one for one in quiz.variants if one.id == question.id)]
    plain = [to_plain(version) for version in versions]
    for version in plain:
        # Where a question stands in its file is no part of it: moving it makes no revision.
        version["line"] = 0
    return Draft(
        ChainKind.ITEM,
        f"{quiz.id}/{question.id}",
        quiz.settings.locale,
        question.block,
        {"versions": plain},
        origin,
    )
