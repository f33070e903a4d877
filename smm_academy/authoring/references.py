"""What one authored file says of another: skills, lessons, quizzes, brands, links, pictures."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from smm_academy.authoring.tree import Entry, Tree
from smm_academy.lessons.linking import GLOSSARY_PATH
from smm_academy.lessons.passages import Exercise, Lesson
from smm_academy.quizzes.drawing import matches
from smm_academy.quizzes.questions import POOLS, Question, Quiz
from smm_academy.revisions.markup import is_outside, links
from smm_academy.revisions.sources import Findings, Place, choose_from, cut_lines
from smm_academy.shifts.packs import draft_kinds

PAGES = frozenset(
    {"", "account", "learn", "licence", "practice", "privacy", "progress", "quizzes", "register",
     "scoring", "sign-in", "try"}
)  # fmt: skip
"""The first part of the addresses to which a text may lead besides lessons and quizzes."""

_SHEET = re.compile(r"/learn/modules/(?P<module>[^/]+)/sheet")


def check_references(
    tree: Tree,
    kinds: Collection[str] | None,
    drills: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Name every reference of a lesson or quiz that leads nowhere, and every id used twice.

    `kinds` are the kinds of message that the simulator knows, `drills` those that each brand can
    drill; without them exercises are not held against them.
    """
    _check_unique(tree.lessons)
    _check_unique(tree.quizzes)
    _check_question_ids(tree.quizzes)
    for lesson in tree.lessons:
        check_lesson(lesson, tree, kinds, drills)
    for quiz in tree.quizzes:
        check_quiz(quiz, tree)
    check_cycles(tree.lessons, tree.lessons)


def check_lesson(
    lesson: Entry[Lesson],
    tree: Tree,
    kinds: Collection[str] | None,
    drills: Mapping[str, Collection[str]] | None,
) -> None:
    """Name every reference of one lesson that leads nowhere in a tree."""
    if lesson.parsed:
        _check_lesson(lesson, lesson.parsed, tree)
        _check_exercises(lesson, lesson.parsed, tree, kinds, drills)
    _check_links(lesson, tree)


def check_quiz(quiz: Entry[Quiz], tree: Tree) -> None:
    """Name every reference of one quiz that leads nowhere in a tree."""
    if quiz.parsed:
        _check_quiz(quiz, quiz.parsed, tree)
    _check_links(quiz, tree)


def _check_unique(entries: Sequence[Entry[Lesson]] | Sequence[Entry[Quiz]]) -> None:
    first: dict[tuple[str, str], str] = {}
    for entry in entries:
        name = first.setdefault((entry.id, entry.locale), entry.findings.path)
        if name != entry.findings.path:
            entry.findings.error(
                entry.place_of("id"),
                "C112",
                f"the id {entry.id} is used already by {name}",
                "give this file an id of its own",
            )


def _check_question_ids(quizzes: Sequence[Entry[Quiz]]) -> None:
    first: dict[tuple[str, str], str] = {}
    for entry in quizzes:
        for question in entry.parsed.questions if entry.parsed else ():
            name = first.setdefault((question.id, entry.locale), entry.findings.path)
            if name != entry.findings.path:
                entry.findings.about(question.id).error(
                    Place(question.line),
                    "C112",
                    f"the id {question.id} is used already in {name}",
                    "give this question an id of its own",
                )


def _check_lesson(entry: Entry[Lesson], lesson: Lesson, tree: Tree) -> None:
    for skill in lesson.skills:
        _check_known("skill", skill, tree.skills.skills, entry.place_of("skills"), entry.findings)
    if lesson.quiz:
        known = tree.ids(tree.quizzes)
        _check_known("quiz", lesson.quiz, known, entry.place_of("quiz"), entry.findings)
    for required in lesson.requires:
        if required not in tree.ids(tree.lessons):
            entry.findings.error(
                entry.place_of("requires"),
                "C109",
                f"there is no lesson {required} that this one could require",
                choose_from(sorted(tree.ids(tree.lessons)), required),
            )


def _check_exercises(
    entry: Entry[Lesson],
    lesson: Lesson,
    tree: Tree,
    kinds: Collection[str] | None,
    drills: Mapping[str, Collection[str]] | None,
) -> None:
    for passage in lesson.passages:
        if passage.exercise is None:
            continue
        place = Place(passage.line)
        exercise = passage.exercise
        if drills is not None and exercise.kind in (kinds or ()):
            _check_drill(exercise, place, drills, entry.findings)
        if exercise.task and exercise.kind and exercise.kind not in draft_kinds():
            entry.findings.error(
                place,
                "C117",
                f"there is no draft of an answer to a {exercise.kind} to mend",
                choose_from(sorted(draft_kinds()), exercise.kind),
            )
        if exercise.kind and kinds is not None:
            _check_known("kind of message", exercise.kind, kinds, place, entry.findings)
        if exercise.brand:
            known = tree.packs["brands"]
            _check_known("brand", exercise.brand, known, place, entry.findings)
        if exercise.scenario:
            known = tree.packs["scenarios"]
            _check_known("scenario", exercise.scenario, known, place, entry.findings)


def _check_drill(
    exercise: Exercise,
    place: Place,
    drills: Mapping[str, Collection[str]],
    findings: Findings,
) -> None:
    """Name an exercise whose kind of message its brand, or no brand at all, can drill."""
    able = sorted(brand for brand, kinds in drills.items() if exercise.kind in kinds)
    if not able:
        findings.error(
            place,
            "C116",
            f"no brand has a {exercise.kind} to drill",
            "add one to the drills of a brand, or name another kind",
        )
    elif exercise.brand in drills and exercise.brand not in able:
        findings.error(
            place,
            "C116",
            f"{exercise.brand} has no {exercise.kind} to drill",
            f"add one to its drills, or name a brand that has: {', '.join(able)}",
        )


def _check_known(
    what: str, written: str, known: Collection[str], place: Place, findings: Findings
) -> None:
    if written not in known:
        findings.error(
            place, "C107", f"there is no {what} {written}", choose_from(sorted(known), written)
        )


def check_cycles(lessons: Sequence[Entry[Lesson]], among: Sequence[Entry[Lesson]]) -> None:
    """Name the lessons that require themselves, if only through others `among` which they are."""
    required: dict[str, set[str]] = {}
    for entry in among:
        required.setdefault(entry.id, set()).update(entry.parsed.requires if entry.parsed else ())
    for entry in lessons:
        seen: set[str] = set()
        waiting = list(entry.parsed.requires) if entry.parsed else []
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += required.get(name, ())
        if entry.id in seen:
            entry.findings.error(
                entry.place_of("requires"),
                "C110",
                "the lesson requires itself, if through others",
                "take one lesson out of the circle",
            )


def _check_quiz(entry: Entry[Quiz], quiz: Quiz, tree: Tree) -> None:
    skills = tree.skills.skills
    if quiz.settings.skill and quiz.settings.skill not in skills:
        place = entry.place_of("skill")
        _check_known("skill", quiz.settings.skill, skills, place, entry.findings)
    for question in quiz.questions:
        if question.skill not in skills and question.skill != quiz.settings.skill:
            about = entry.findings.about(question.id)
            _check_known("skill", question.skill, skills, Place(question.line), about)
    _check_draw(entry, quiz)


def _check_draw(entry: Entry[Quiz], quiz: Quiz) -> None:
    pools = [[question for question in quiz.questions if question.pool == pool] for pool in POOLS]
    for questions in filter(None, pools):
        taken: list[Question] = []
        for clause in quiz.settings.draw:
            fitting = [
                one for one in questions if one not in taken and matches(one, clause.source)
            ]
            taken += fitting[: clause.count]
            if len(fitting) < clause.count:
                source = f" from {clause.source}" if clause.source else ""
                entry.findings.error(
                    entry.place_of("draw"),
                    "C115",
                    f"draw takes {clause.count}{source}, but the {questions[0].pool} pool has "
                    f"{len(fitting)} left",
                    "write more of them, or draw fewer",
                )


def _check_links(entry: Entry[Lesson] | Entry[Quiz], tree: Tree) -> None:
    lines = cut_lines(entry.text, Findings(""))
    anchors = _anchors(entry) if entry.parsed is not None else None
    found = [(address, line.place(column)) for address, line, column in links(lines)]
    for line in lines:
        at = line.plain.find("src=") if line.plain.startswith(":::figure") else -1
        if at >= 0:
            address = line.plain[at + 4 :].split(" ")[0].strip("\"'“”„")
            found.append((address, line.place(at + 5)))
    for address, place in found:
        if not address or is_outside(address):
            continue
        path, _, anchor = address.partition("#")
        findings = entry.findings.about(_question_at(entry, place.line))
        if path and not _leads_somewhere(path, entry.path, tree):
            findings.error(
                place, "C113", f"there is no {path}", "write the path from this file's folder"
            )
            continue
        known = _anchors_at(path, entry, tree) if path else anchors
        if known is not None and (anchor or not path) and anchor not in known:
            findings.error(
                place,
                "C114",
                f"no heading has the anchor #{anchor}",
                choose_from([f"#{one}" for one in sorted(known)], f"#{anchor}"),
            )


def _question_at(entry: Entry[Lesson] | Entry[Quiz], line: int) -> str:
    """Return the id of the question that a line belongs to, empty where it is none's."""
    if isinstance(entry.parsed, Lesson):
        before = [one for one in entry.parsed.passages if one.line <= line]
        return before[-1].id if before and before[-1].question else ""
    questions = entry.parsed.questions if entry.parsed else ()
    return next((one.id for one in reversed(questions) if one.line <= line), "")


def _anchors(entry: Entry[Lesson] | Entry[Quiz]) -> set[str]:
    if isinstance(entry.parsed, Lesson):
        return {heading.id for heading in entry.parsed.contents}
    return {one.id for one in entry.parsed.questions} if entry.parsed else set()


def _anchors_at(path: str, entry: Entry[Lesson] | Entry[Quiz], tree: Tree) -> set[str] | None:
    """Return the anchors of another page, ``None`` where they cannot be known."""
    bare = unquote(path)
    if bare == GLOSSARY_PATH:
        return {term.id for term in tree.glossary}
    target = (entry.path.parent / bare).resolve()
    name = bare.removeprefix("/learn/").strip("/") if bare.startswith("/learn/") else ""
    for lesson in tree.lessons:
        named = lesson.id == name and lesson.locale == entry.locale
        if named or lesson.path.resolve() == target:
            return _anchors(lesson) if lesson.parsed is not None else None
    return None


def _leads_somewhere(path: str, page: Path, tree: Tree) -> bool:
    bare = unquote(path)
    sheet = _SHEET.fullmatch(bare)
    if sheet:
        return sheet["module"] in {one.parsed.module for one in tree.lessons if one.parsed}
    if bare == GLOSSARY_PATH:
        return bool(tree.glossary)
    for folder, entries in (("learn", tree.lessons), ("quizzes", tree.quizzes)):
        if bare.startswith(f"/{folder}/"):
            return bare.removeprefix(f"/{folder}/").strip("/") in tree.ids(entries)
    if bare.startswith("/"):
        first = bare.strip("/").partition("/")[0]
        return first in PAGES
    return tree.holds(page.parent / bare)
