"""Turns content folders into drafts of revisions, with the pictures that they show."""

import hashlib
import mimetypes
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from smm_academy.authoring.folders import GLOSSARY_FILE, SKILLS_FILE, folder_name
from smm_academy.authoring.glossary import check_glossary
from smm_academy.lessons.passages import Lesson
from smm_academy.lessons.source import parse_lesson
from smm_academy.quizzes.questions import Question, Quiz
from smm_academy.quizzes.source import parse_quiz
from smm_academy.revisions.markup import Resolve
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.operations import Draft
from smm_academy.revisions.records import to_plain
from smm_academy.revisions.sources import Findings, Place, Problem, decode
from smm_academy.revisions.yaml_nodes import read_yaml
from smm_academy.shifts.packs import find_files, read_packs

PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a content folder, addressed by its hash."""

    sha256: str
    media_type: str
    content: bytes


@dataclass(slots=True)
class Library:
    """What content folders hold: drafts in the order in which they are to be written.

    ``items`` holds the drafts of a quiz's questions by the quiz's (key, locale). ``broken`` names
    the chains whose files have errors: their last good revision stays in service.
    """

    drafts: list[Draft] = field(default_factory=list)
    items: dict[tuple[str, str], list[Draft]] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    origins: dict[tuple[str, str, str], str] = field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep something from being published."""
        return [problem for problem in self.problems if problem.severity == "error"]


def read_library(*folders: Path) -> Library:
    """Return what content folders hold; every problem of every file is listed.

    What two files go by the same id for, the first keeps.
    """
    library = Library()
    for content in folders:
        _read_table(content / SKILLS_FILE, ChainKind.SKILLS, content, library)
        _read_table(content / GLOSSARY_FILE, ChainKind.GLOSSARY, content, library)
    _read_packs(folders, library)
    for content in folders:
        for path in sorted((content / "lessons").glob("*/*.md")):
            _read_lesson(path, content, library)
    for content in folders:
        for path in sorted((content / "quizzes").glob("*/*.md")):
            _read_quiz(path, content, library)
    return library


def _origin(path: Path, content: Path) -> str:
    return f"{folder_name(content)}/{path.relative_to(content).as_posix()}"


def verbatim(raw: bytes, text: str) -> str:
    """Return a file's text to the letter: the byte order mark is kept where UTF-8 has one."""
    return raw.decode("utf-8") if raw.startswith(BOM_UTF8) else text


def _add(library: Library, draft: Draft) -> bool:
    """Take a draft into a library, unless another file has its id; tell whether it was taken."""
    first = library.origins.setdefault(draft.identity, draft.origin)
    if first == draft.origin:
        library.drafts.append(draft)
        return True
    findings = Findings(draft.origin)
    findings.error(
        Place(1), "C112", f"the id {draft.key} is used already by {first}", "choose another id"
    )
    library.problems += findings.problems
    library.broken.add(draft.origin)
    return False


def _read_table(path: Path, kind: ChainKind, content: Path, library: Library) -> None:
    """Take one of the files of which a content folder has one at most."""
    if not path.exists():
        return
    origin = _origin(path, content)
    findings = Findings(origin)
    raw = path.read_bytes()
    text = decode(raw, findings)
    node = read_yaml(text, findings)
    if node is not None and kind is ChainKind.GLOSSARY:
        check_glossary(text, findings)
    library.problems += findings.problems
    if node is None or findings.count():
        library.broken.add(origin)
        return
    source = verbatim(raw, text)
    _add(library, Draft(kind, kind.value, "", source, node.plain(), origin))


def _read_packs(folders: Sequence[Path], library: Library) -> None:
    files = {
        _origin(content.parent / path, content): raw
        for content in folders
        for path, raw in find_files(content).items()
    }
    packs = read_packs(files)
    library.problems += packs.problems
    kinds: tuple[tuple[ChainKind, str, Mapping[str, Mapping[str, Any]]], ...] = (
        (ChainKind.BRAND, "brands", packs.brands),
        (ChainKind.SCENARIO, "scenarios", packs.scenarios),
    )
    for origin, raw in files.items():
        stem = PurePosixPath(origin).stem
        for kind, folder, sound in kinds:
            if PurePosixPath(origin).parent.name != folder:
                continue
            if stem in sound:
                source = verbatim(raw, decode(raw, Findings(origin)))
                _add(library, Draft(kind, stem, "", source, sound[stem], origin))
            else:
                library.broken.add(origin)


def _read_lesson(path: Path, content: Path, library: Library) -> None:
    origin = _origin(path, content)
    findings = Findings(origin)
    raw = path.read_bytes()
    text = decode(raw, findings)
    shown: dict[str, str] = {}
    lesson, problems = parse_lesson(text, origin, resolve=_resolver(path, content, library, shown))
    library.problems += [*findings.problems, *problems]
    if lesson is None:
        library.broken.add(origin)
        return
    _add(library, lesson_draft(lesson, verbatim(raw, text), shown, origin))


def lesson_draft(
    lesson: Lesson, source: str, pictures: Mapping[str, str], origin: str = ""
) -> Draft:
    """Return what is to become a lesson's revision.

    `pictures` says which file each picture came from, so that an export can put it back there.
    """
    parsed = {**to_plain(lesson), "pictures": dict(pictures)}
    return Draft(ChainKind.LESSON, lesson.id, lesson.locale, source, parsed, origin)


def quiz_draft(quiz: Quiz, source: str, origin: str = "") -> Draft:
    """Return what is to become a quiz's revision, without its questions."""
    parsed = {
        "settings": to_plain(quiz.settings),
        "intro_html": quiz.intro_html,
        "broken": list(quiz.broken),
    }
    return Draft(ChainKind.QUIZ, quiz.id, quiz.settings.locale, source, parsed, origin)


def item_drafts(quiz: Quiz, origin: str = "") -> list[Draft]:
    """Return what is to become the revisions of a quiz's questions."""
    return [_item(quiz, question, origin) for question in quiz.questions]


def _resolver(lesson: Path, content: Path, library: Library, shown: dict[str, str]) -> Resolve:
    def resolve(address: str) -> str:
        target = (lesson.parent / address.partition("#")[0]).resolve()
        if target.suffix in PICTURES and target.is_file():
            raw = target.read_bytes()
            sha256 = hashlib.sha256(raw).hexdigest()
            media_type = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
            library.pictures[sha256] = Picture(sha256, media_type, raw)
            if target.is_relative_to(content.resolve()):
                shown[_origin(target, content.resolve())] = sha256
            return f"/media/{sha256}"
        if target.suffix == ".md":
            return f"/learn/{target.name.split('.')[0]}"
        return address

    return resolve


def _read_quiz(path: Path, content: Path, library: Library) -> None:
    origin = _origin(path, content)
    findings = Findings(origin)
    raw = path.read_bytes()
    text = decode(raw, findings)
    quiz, problems = parse_quiz(text, origin)
    library.problems += [*findings.problems, *problems]
    if quiz is None:
        library.broken.add(origin)
        return
    if _add(library, quiz_draft(quiz, verbatim(raw, text), origin)):
        library.items[quiz.id, quiz.settings.locale] = item_drafts(quiz, origin)


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
