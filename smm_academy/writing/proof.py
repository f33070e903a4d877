"""A text before it is published: what it amounts to, and everything that is wrong with it.

The same parsers and advice as for files; what a file may name is here what serves in the house
and in the author's own organisation.
"""

import json
import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from smm_academy.authoring.folders import SHIPPED, usual_path
from smm_academy.authoring.lesson_lints import explained_before, lint_lesson
from smm_academy.authoring.lints import lint_question, lint_quiz, lint_sources, lint_stems
from smm_academy.authoring.reading import item_drafts, lesson_draft, quiz_draft
from smm_academy.authoring.references import check_cycles, check_lesson, check_quiz
from smm_academy.authoring.translations import check_translations
from smm_academy.authoring.tree import Entry, Tree, stated_id
from smm_academy.lessons.linking import link_terms
from smm_academy.lessons.passages import Lesson
from smm_academy.lessons.source import sketch_lesson
from smm_academy.quizzes.questions import Quiz
from smm_academy.quizzes.source import parse_quiz
from smm_academy.revisions.markup import Resolve
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.operations import Draft
from smm_academy.revisions.sources import Findings, Place, Problem, slug
from smm_academy.shifts.packs import read_brand, read_scenario

LONGEST_TEXT = 100_000
"""Characters; the longest text of the house has a third of it."""

UNNAMED = "untitled"
Language = Literal["en", "pl"]

_TITLE = re.compile(r"^(?:title|name):[ \t]*(?P<title>\S.*?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """A text with what stands beside it: ``key`` is the permanent id, ``None`` for a new text."""

    kind: ChainKind
    locale: str
    source: str
    key: str | None = None
    module: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return what the author wrote, without a byte order mark."""
        return self.source.removeprefix("\ufeff").replace("\r\n", "\n")

    @property
    def path(self) -> str:
        """Return where the text would lie as a file, the content folder's name included."""
        stem = self.key or stated_id(self.text) or slug(title_in(self.text)) or UNNAMED
        return f"{SHIPPED}/{usual_path(self.kind, stem, self.locale, self.module)}"


@dataclass(frozen=True, slots=True)
class Around:
    """What a text may name and must not repeat.

    ``tree`` holds the other texts, ``brands`` the brand packs by id, ``taken`` the ids that other
    texts of this kind and language have in the organisation, ``questions`` the quiz of each
    question there, ``types`` the type that each question of this quiz had when it served last.
    """

    tree: Tree
    kinds: Collection[str] = ()
    brands: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    taken: Collection[str] = ()
    questions: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    sibling_quiz: Entry[Quiz] | None = None
    followed: str = ""

    @property
    def drills(self) -> dict[str, set[str]]:
        """Return the kinds of message that each brand can drill."""
        return {
            name: {drill["kind"] for drill in pack["drills"]} for name, pack in self.brands.items()
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """What a text amounts to. ``draft`` is missing where an error stops it.

    One of ``lesson``, ``quiz`` and ``pack`` holds as much as can be shown.
    """

    key: str
    title: str
    problems: tuple[Problem, ...]
    draft: Draft | None = None
    items: tuple[Draft, ...] = ()
    lesson: Lesson | None = None
    quiz: Quiz | None = None
    pack: Mapping[str, Any] | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return what stops it from being published."""
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return the advice."""
        return tuple(one for one in self.problems if one.severity == "warning")


def prove(written: Written, around: Around) -> Proof:
    """Return what a text amounts to in its surroundings."""
    match written.kind:
        case ChainKind.LESSON:
            return _prove_lesson(written, around)
        case ChainKind.QUIZ:
            return _prove_quiz(written, around)
        case _:
            return _prove_pack(written, around)


def title_in(text: str) -> str:
    """Return the title that a text states, as far as a glance can tell."""
    found = _TITLE.search(text)
    if found is None:
        return ""
    title = found["title"]
    if title.startswith("{"):
        return ""
    if title.startswith('"'):
        try:
            return str(json.loads(title))
        except ValueError:
            pass
    return title.strip("\"'")


def _prove_lesson(written: Written, around: Around) -> Proof:
    shown: dict[str, str] = {}
    resolve = _resolver(written, shown)
    locale = _language(written)
    lesson, problems = sketch_lesson(written.text, written.path, locale, resolve)
    findings = Findings(written.path, problems=problems)
    entry = Entry(_where(written), _id(written), locale, written.text, lesson, findings)
    drills = around.drills
    check_lesson(entry, around.tree, around.kinds, drills)
    check_cycles([entry], [entry, *around.tree.lessons])
    if lesson is not None:
        for passage in lesson.passages:
            if passage.question is not None:
                lint_question(passage.question, findings)
        before = explained_before(entry, around.tree.lessons, around.tree.glossary)
        lint_lesson(entry, around.tree.glossary, before)
        _warn_of_status(entry, lesson.status)
    others = [one for one in around.tree.lessons if one.id == entry.id and one.locale != locale]
    check_translations([entry, *others], []) if others else None
    _check_id(entry, written, around)
    found = _sorted(findings)
    if lesson is None:
        return Proof(entry.id, title_in(written.text), found)
    draft = None if _stops(found) else lesson_draft(lesson, written.source, shown)
    linked = link_terms(lesson, around.tree.glossary)
    return Proof(entry.id, lesson.title, found, draft, lesson=linked)


def _prove_quiz(written: Written, around: Around) -> Proof:
    locale = _language(written)
    quiz, problems = parse_quiz(written.text, written.path, locale)
    findings = Findings(written.path, problems=problems)
    entry = Entry(_where(written), _id(written), locale, written.text, quiz, findings)
    check_quiz(entry, around.tree)
    for question in quiz.questions if quiz else ():
        _check_question(question.id, question.type, Place(question.line), entry, around)
        lint_question(question, findings)
    if quiz is not None:
        lint_quiz(quiz, findings)
        lint_sources(quiz, findings)
        lint_stems([(question, findings) for question in quiz.questions])
        _warn_of_status(entry, quiz.settings.status)
    if around.sibling_quiz is not None:
        check_translations([], [entry, around.sibling_quiz])
    _check_id(entry, written, around)
    found = _sorted(findings)
    title = quiz.settings.title if quiz else title_in(written.text)
    if quiz is None or _stops(found):
        return Proof(entry.id, title, found, quiz=quiz)
    drafts = tuple(item_drafts(quiz))
    return Proof(entry.id, title, found, quiz_draft(quiz, written.source), drafts, quiz=quiz)


def _prove_pack(written: Written, around: Around) -> Proof:
    key = _id(written)
    folder = "brands" if written.kind is ChainKind.BRAND else "scenarios"
    path = f"{SHIPPED}/{folder}/{key}.yaml"
    if written.kind is ChainKind.BRAND:
        pack = read_brand(written.text, path)
    else:
        pack = read_scenario(written.text, path, around.brands)
    findings = Findings(path, problems=list(pack.problems))
    entry: Entry[Lesson] = Entry(Path("/", path), key, "en", written.text, None, findings)
    _check_id(entry, written, around)
    found = _sorted(findings)
    content = pack.content
    title = title_in(written.text)
    if content is not None and written.kind is ChainKind.SCENARIO:
        title = content["title"]["en"]
    if content is None or _stops(found):
        return Proof(key, title, found, pack=content)
    draft = Draft(written.kind, key, "", written.source, content)
    return Proof(key, title, found, draft, pack=content)


def _check_id(entry: Entry[Lesson] | Entry[Quiz], written: Written, around: Around) -> None:
    if written.key is not None and entry.id != written.key:
        entry.findings.error(
            entry.place_of("id"),
            "C130",
            f"the id was {written.key} and never changes: answers and links hang on it",
            f"write id: {written.key}, or write something new under the other id",
        )
    elif written.key is None and entry.id in around.taken:
        entry.findings.error(
            entry.place_of("id"),
            "C131",
            f"something else of your organisation has the id {entry.id}",
            "choose another id, or change that text instead",
        )
    if len(written.source) > LONGEST_TEXT:
        entry.findings.error(
            Place(1),
            "C132",
            f"the text has {len(written.source)} characters, more than {LONGEST_TEXT}",
            "cut it into two",
        )
    if around.followed and written.text.strip() == around.followed.strip():
        entry.findings.warn(
            Place(1),
            "C133",
            "nothing differs yet from the text that it began as",
            "write it in its own language or words",
        )


def _warn_of_status(entry: Entry[Lesson] | Entry[Quiz], status: str) -> None:
    if status != "published":
        entry.findings.warn(
            entry.place_of("status"),
            "C134",
            f"the status is {status}, so no reader would see it",
            "write status: published",
        )


def _check_question(
    name: str, kind: str, place: Place, entry: Entry[Quiz], around: Around
) -> None:
    owner = around.questions.get(name, "")
    if owner:
        entry.findings.about(name).error(
            place,
            "C112",
            f"the id {name} is used already in {owner}",
            "give this question an id of its own",
        )
    before = around.types.get(name, kind)
    if before != kind:
        entry.findings.about(name).error(
            place,
            "C135",
            f"the question {name} was of another type ({before}) and has answers of that type",
            "give the new question an id of its own",
        )


def _id(written: Written) -> str:
    return stated_id(written.text) or Path(written.path).name.split(".")[0]


def _where(written: Written) -> Path:
    return Path("/", written.path)


def _language(written: Written) -> Language:
    return "pl" if written.locale == "pl" else "en"


def _resolver(written: Written, shown: dict[str, str]) -> Resolve:
    """Return what turns a text's addresses into the site's; `shown` notes pictures that it met."""
    folder = posixpath.dirname(written.path)

    def resolve(address: str) -> str:
        path = posixpath.normpath(posixpath.join(folder, address.partition("#")[0]))
        if path in written.pictures:
            shown[path] = written.pictures[path]
            return f"/media/{written.pictures[path]}"
        if path.endswith(".md"):
            return f"/learn/{posixpath.basename(path).split('.')[0]}"
        return address

    return resolve


def _sorted(findings: Findings) -> tuple[Problem, ...]:
    return tuple(sorted(findings.problems, key=lambda one: (one.line, one.column, one.code)))


def _stops(problems: Sequence[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)
