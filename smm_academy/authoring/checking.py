"""Everything that is wrong with authored files: every error, its place and how to mend it."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from smm_academy.authoring.folders import SKILLS_FILE, shipped_folder
from smm_academy.authoring.lesson_lints import lint_lessons
from smm_academy.authoring.lints import (
    lint_bank,
    lint_question,
    lint_quiz,
    lint_sources,
    lint_stems,
)
from smm_academy.authoring.references import check_references
from smm_academy.authoring.translations import check_translations
from smm_academy.authoring.tree import Checker, Tree, is_content, read_tree, shown_path
from smm_academy.revisions.sources import Problem
from smm_academy.shifts.packs import find_files, message_kinds, read_packs

_NO_CHECKERS: Mapping[str, Checker] = MappingProxyType({})


def check(
    paths: Sequence[Path],
    root: Path,
    *,
    checkers: Mapping[str, Checker] = _NO_CHECKERS,
    kinds: Collection[str] | None = None,
    drills: Mapping[str, Collection[str]] | None = None,
    base: Path | None = None,
) -> list[Problem]:
    """Return the problems of the files and folders given, or of the whole content folder.

    The whole folder is read even where one file is asked for, since files speak of each other.
    `checkers` look after packs (folder name, ``brands`` or ``scenarios`` -> checker); `kinds` are
    the kinds of message that exercises may name and `drills` those that each brand can drill.
    ``base`` is another content folder whose skills, lessons, quizzes and packs the files may name.
    Problems come in the order of path and line.
    """
    tree = read_tree(root, checkers)
    if base is not None:
        _lean_on(tree, read_tree(base, _NO_CHECKERS))
    check_references(tree, kinds, drills)
    check_translations(tree.lessons, tree.quizzes)
    _lint(tree)
    chosen = [path.resolve() for path in paths]
    problems: list[Problem] = []
    for path, findings in tree.findings.items():
        own = path.resolve()
        if not chosen or any(own == one or one in own.parents for one in chosen):
            problems += findings.problems
    problems += [_unread(path, tree) for path in chosen if not _was_read(path, tree)]
    return sorted(problems, key=_place)


def check_folder(root: Path, chosen: Sequence[Path] = ()) -> list[Problem]:
    """Return the problems of one content folder, or of the files of it that are chosen.

    Packs are checked too. A folder without skills of its own leans on the shipped content.
    """
    base = None if (root / SKILLS_FILE).is_file() else shipped_folder()
    files = find_files(root)
    leaned = find_files(base) if base else {}
    packs = read_packs({**leaned, **files})
    drills = {
        brand: {drill["kind"] for drill in pack["drills"]} for brand, pack in packs.brands.items()
    }

    def pack_problems(path: Path, _text: str) -> list[Problem]:
        return [problem for problem in packs.problems if problem.path == path.as_posix()]

    checkers: dict[str, Checker] = {"brands": pack_problems, "scenarios": pack_problems}
    return check(chosen, root, checkers=checkers, kinds=message_kinds(), drills=drills, base=base)


def has_errors(problems: Sequence[Problem]) -> bool:
    """Tell whether anything stops a file or a question; warnings stop nothing."""
    return any(problem.severity == "error" for problem in problems)


def stopped(problems: Sequence[Problem]) -> set[tuple[str, str]]:
    """Return (path, question) of what has an error and may not be published.

    The question is empty where the error stops the whole file.
    """
    return {(one.path, one.subject) for one in problems if one.severity == "error"}


def _lean_on(tree: Tree, base: Tree) -> None:
    """Let a tree name what another holds; what is wrong with the other is not reported.

    Where both hold the same id, the tree's own file stands for it.
    """
    if not tree.skills.skills:
        tree.skills = base.skills
    if not tree.glossary:
        tree.glossary = base.glossary
    lessons, quizzes = tree.ids(tree.lessons), tree.ids(tree.quizzes)
    tree.lessons[:0] = [entry for entry in base.lessons if entry.id not in lessons]
    tree.quizzes[:0] = [entry for entry in base.quizzes if entry.id not in quizzes]
    for folder, names in base.packs.items():
        tree.packs[folder] |= names


def _lint(tree: Tree) -> None:
    stems = []
    for quiz in tree.quizzes:
        if quiz.parsed is None:
            continue
        lint_quiz(quiz.parsed, quiz.findings)
        lint_sources(quiz.parsed, quiz.findings)
        for question in quiz.parsed.questions:
            lint_question(question, quiz.findings)
            stems.append((question, quiz.findings))
    for lesson in tree.lessons:
        for passage in lesson.parsed.passages if lesson.parsed else ():
            if passage.question is not None:
                lint_question(passage.question, lesson.findings)
    lint_stems(stems)
    lint_bank([(one.parsed, one.findings) for one in tree.quizzes if one.parsed])
    lint_lessons(tree)


def _place(problem: Problem) -> tuple[str, int, int, str]:
    return problem.path, problem.line, problem.column, problem.code


def _was_read(path: Path, tree: Tree) -> bool:
    if path.is_dir():
        return True
    return any(path == known.resolve() for known in tree.findings)


def _unread(path: Path, tree: Tree) -> Problem:
    shown = shown_path(path, tree.root)
    if not path.exists():
        return Problem(shown, 1, 1, "error", "C120", "there is no such file", "check the path")
    reason = "is not a content file" if not is_content(path) else "lies outside the content folder"
    fix = "name a lesson, quiz, brand, scenario or skills.yaml in the content folder"
    return Problem(shown, 1, 1, "error", "C121", f"this file {reason}", fix)
