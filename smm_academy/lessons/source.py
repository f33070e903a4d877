"""A lesson file, read: front matter, then prose and ``:::`` blocks in their order."""

from pathlib import PurePath
from typing import cast

from smm_academy.lessons.passages import (
    LAST_PLACE,
    LEVELS,
    MODULES,
    STATUSES,
    Lesson,
    Level,
    Passage,
    Status,
)
from smm_academy.lessons.reading import Page, read_passage
from smm_academy.lessons.spans import cut_spans
from smm_academy.revisions.fields import Fields, read_document
from smm_academy.revisions.markup import Anchors, Resolve, words_of
from smm_academy.revisions.sources import (
    Findings,
    Locale,
    Place,
    Problem,
    choose_from,
    cut_lines,
    locale_of,
    slug_of,
)

LONGEST_LESSON = 240
"""Minutes."""

RESERVED = frozenset({"glossary", "modules"})
"""Pages below ``/learn`` that are no lessons."""


def parse_lesson(
    text: str, path: str, locale: Locale | None = None, resolve: Resolve | None = None
) -> tuple[Lesson | None, list[Problem]]:
    """Return the lesson in a file's text and everything that is wrong with it.

    The lesson is ``None`` where it has an error, but an error in a check only leaves that check
    out. The rest is as `sketch_lesson` says.
    """
    lesson, problems = sketch_lesson(text, path, locale, resolve)
    stops = any(one.severity == "error" and not one.subject for one in problems)
    return None if stops else lesson, problems


def sketch_lesson(
    text: str, path: str, locale: Locale | None = None, resolve: Resolve | None = None
) -> tuple[Lesson | None, list[Problem]]:
    """Return as much of a lesson as can be read, for an author to look at, and its problems.

    `path` is shown in the problems and gives the language (``.en.md``), the module (its folder)
    and the id where they are not stated. `resolve` turns the addresses of pictures and of other
    lessons into the site's. The lesson is ``None`` where it has no front matter.
    """
    findings = Findings(path)
    language = locale or locale_of(path)
    if language is None:
        findings.error(
            Place(1),
            "S120",
            "the file's name does not tell its language",
            "let it end in .en.md or .pl.md",
        )
    shown = language or "en"
    lines = cut_lines(text, findings)
    document = read_document(lines, text, findings)
    spans = cut_spans(document.body, findings)
    for line in document.body:
        if not line.in_code and line.plain.startswith("# "):
            findings.error(
                line.place(),
                "L105",
                "a heading with one # stands here",
                "begin headings with ##; the lesson's title goes into the front matter",
            )
    if not spans:
        findings.error(Place(len(lines)), "L106", "the lesson has no text", "write it")
    page = Page(shown, findings, Anchors({span.id for span in spans}), resolve)
    passages = tuple(filter(None, (read_passage(span, page) for span in spans)))
    lesson = None
    if document.fields.nodes:
        lesson = _lesson(document.fields, path, shown, passages, page)
    return lesson, findings.problems


def _lesson(
    fields: Fields, path: str, locale: Locale, passages: tuple[Passage, ...], page: Page
) -> Lesson:
    if "skills" not in fields.nodes:
        fields.require("skills", "[conversation]")
    lesson = Lesson(
        id=fields.identifier("id", slug_of(path)),
        locale=locale,
        title=fields.text("title", "Handling an angry customer", required=True),
        module=_module(path, fields.findings),
        skills=fields.words("skills"),
        minutes=fields.count("minutes", 1, LONGEST_LESSON) or 0,
        level=cast("Level", fields.word("level", LEVELS, default="beginner")),
        requires=fields.words("requires"),
        objectives=fields.sentences("objectives"),
        quiz=fields.text("quiz"),
        review=fields.claim("review", default=False),
        status=cast("Status", fields.word("status", STATUSES, default="published")),
        passages=passages,
        contents=tuple(page.headings),
        key_points=tuple(page.key_points),
        words=_words(passages),
        place=fields.count("place", 1, LAST_PLACE) or LAST_PLACE,
    )
    if lesson.id in RESERVED:
        fields.findings.error(
            fields.place("id"),
            "L111",
            f"{lesson.id} is a page of the course",
            "choose another id",
        )
    fields.finish()
    return lesson


def _module(path: str, findings: Findings) -> str:
    folder = PurePath(path).parent.name
    if folder in {"", "lessons", *MODULES}:
        return folder if folder in MODULES else ""
    findings.error(Place(1), "L107", f"there is no module {folder}", choose_from(MODULES, folder))
    return ""


def _words(passages: tuple[Passage, ...]) -> int:
    shown = [passage.html for passage in passages if passage.kind != "sources"]
    for passage in passages:
        if passage.question is not None:
            shown += [passage.question.body_html, passage.question.why_html]
    return sum(len(words_of(part).split()) for part in shown)
