"""A quiz file, read: front matter, then a question under each ``##`` heading.

An error stops its own question and leaves the others in service.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from smm_academy.quizzes.blocks import Block, cut_blocks, text_of
from smm_academy.quizzes.keys import read_answers
from smm_academy.quizzes.questions import POOLS, Pool, Question, Quiz, Settings
from smm_academy.quizzes.settings import HARDEST, read_settings
from smm_academy.revisions.attributes import check_names
from smm_academy.revisions.fields import read_document
from smm_academy.revisions.markup import check_markup, render, render_inline, words_of
from smm_academy.revisions.sources import (
    Findings,
    Line,
    Locale,
    Place,
    Problem,
    choose_from,
    cut_lines,
    locale_of,
    slug,
    written_lines,
)

ATTRIBUTES = ("skill", "difficulty", "pool", "source", "type", "tags", "words", "accept", "max")

_VARIABLE = re.compile(r"(?<![{$])\{(?P<name>[^\W\d]\w*)\}(?!\})")


@dataclass(frozen=True, slots=True)
class Classification:
    """What a question measures, from its own attributes or the quiz's defaults."""

    skill: str
    difficulty: int
    pool: Pool
    source: str
    tags: tuple[str, ...]


def parse_quiz(
    text: str, path: str, locale: Locale | None = None
) -> tuple[Quiz | None, list[Problem]]:
    """Return the quiz in a file's text and everything that is wrong with it.

    `path` is shown in the problems and gives the language (``.en.md``) and the id where they are
    not stated. The quiz is ``None`` where its front matter cannot be read.
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
    lines = cut_lines(text, findings)
    document = read_document(lines, text, findings)
    settings = (
        read_settings(document.fields, path, language or "en") if document.fields.nodes else None
    )
    intro, blocks = cut_blocks(document.body, findings, written_lines(text))
    if not blocks:
        findings.error(
            Place(len(lines)),
            "Q110",
            "the quiz has no questions",
            "begin each with ## and its words",
        )
    check_markup(intro, findings)
    defaults = settings or Settings("", "", language or "en")
    questions, variants, broken = _read_all(
        blocks, defaults, findings, has_defaults=document.is_readable
    )
    if settings is None or not document.is_readable:
        return None, findings.problems
    shown = text_of(intro)
    intro_html = render(shown, settings.locale).html if shown else ""
    return Quiz(settings, questions, variants, broken, intro_html), findings.problems


def _read_all(
    blocks: Sequence[Block], settings: Settings, findings: Findings, *, has_defaults: bool
) -> tuple[tuple[Question, ...], tuple[Question, ...], tuple[str, ...]]:
    questions: list[Question] = []
    variants: list[Question] = []
    broken: list[str] = []
    seen: dict[str, int] = {}
    for block in blocks:
        identifier = _identifier(block, seen, findings)
        versions = _read_versions(
            block, settings, findings.about(identifier), has_defaults=has_defaults
        )
        if not versions or identifier != (block.attributes.id and block.attributes.id.value):
            broken.append(identifier)
        else:
            questions.append(versions[0])
            variants += versions[1:]
        seen.setdefault(identifier, block.heading.number)
    return tuple(questions), tuple(variants), tuple(broken)


def _identifier(block: Block, seen: dict[str, int], findings: Findings) -> str:
    """Return a question's id; where it is missing or used already, a name to report it by."""
    if block.attributes.id is None:
        made = slug(block.title) or f"question-{len(seen) + 1}"
        findings.about(made).error(
            block.place,
            "Q201",
            "the question has no id",
            f"add one that will never change to the end of the heading: {{#{made}}}",
        )
        return made if made not in seen else f"{made}@{block.heading.number}"
    identifier = block.attributes.id.value
    if identifier not in seen:
        return identifier
    name = f"{identifier}@{block.heading.number}"
    findings.about(name).error(
        block.attributes.id.place,
        "Q202",
        f"the id {identifier} is used already in line {seen[identifier]}",
        "give this question an id of its own",
    )
    return name


def _read_versions(
    block: Block, settings: Settings, findings: Findings, *, has_defaults: bool
) -> list[Question]:
    """Return the question, once for each row of ``vars`` if its text names any of them."""
    names = {name for row in settings.variables[:1] for name, _ in row}
    used = _used_variables(block)
    if not names or not (used.keys() & names):
        question = read_question(block, settings, findings, has_defaults=has_defaults)
        return [question] if question else []
    for name in used.keys() - names:
        findings.error(
            used[name],
            "Q109",
            f"vars has no {name}",
            choose_from(sorted(names), name),
        )
    versions: list[Question] = []
    for number, row in enumerate(settings.variables):
        own = Findings(findings.path, findings.subject)
        filled = _filled(block, dict(row))
        question = read_question(filled, settings, own, has_defaults=has_defaults)
        known = {(problem.line, problem.code) for problem in findings.problems}
        findings.problems.extend(
            problem for problem in own.problems if (problem.line, problem.code) not in known
        )
        if question is None:
            return []
        versions.append(replace(question, variant=number, block=block.written))
    return [] if used.keys() - names else versions


def _used_variables(block: Block) -> dict[str, Place]:
    used: dict[str, Place] = {}
    start = block.heading.plain.find(block.title) if block.title else 0
    heading = Line(block.heading.number, " " * start + block.title, "")
    for line in (heading, *block.lines):
        if not line.in_code:
            for found in _VARIABLE.finditer(line.text):
                used.setdefault(found["name"], line.place(found.start() + 1))
    return used


def _filled(block: Block, values: dict[str, str]) -> Block:
    def fill(text: str) -> str:
        return _VARIABLE.sub(lambda found: values.get(found["name"], found[0]), text)

    lines = tuple(
        line if line.in_code else Line(line.number, fill(line.text), fill(line.plain))
        for line in block.lines
    )
    return replace(block, title=fill(block.title), lines=lines)


def read_question(
    block: Block, settings: Settings, findings: Findings, *, has_defaults: bool
) -> Question | None:
    """Return the question of a block, or ``None`` where it has an error.

    Without `has_defaults` nothing is said of a missing skill, difficulty or pool, as for a check
    inside a lesson.
    """
    before = findings.count()
    check_names(block.attributes, ATTRIBUTES, findings)
    check_markup((block.heading, *block.lines), findings)
    classified = _classify(block, settings, findings, has_defaults=has_defaults)
    answers = read_answers(block, settings.locale, findings)
    body = text_of(answers.parts.body)
    if not block.title and not body:
        findings.error(
            block.place, "Q208", "the question asks nothing", "write the question after the ##"
        )
    if answers.key is None or findings.count() > before:
        return None
    locale = settings.locale
    title_html = render_inline(block.title, locale) if block.title else ""
    is_cloze = answers.key.type == "cloze"
    hint, why = text_of(answers.parts.hint), text_of(answers.parts.why)
    return Question(
        id=block.attributes.id.value if block.attributes.id else slug(block.title),
        locale=locale,
        key=answers.key,
        title=words_of(title_html),
        title_html=title_html,
        body=body,
        body_html=render(body, locale).html if body and not is_cloze else "",
        skill=classified.skill,
        difficulty=classified.difficulty,
        pool=classified.pool,
        source=classified.source,
        tags=classified.tags,
        hint_html=render(hint, locale).html if hint else "",
        why_html=render(why, locale).html if why else "",
        block=block.written,
        line=block.heading.number,
    )


def _classify(
    block: Block, settings: Settings, findings: Findings, *, has_defaults: bool
) -> Classification:
    attributes = block.attributes
    skill = attributes.get("skill") or settings.skill
    difficulty = attributes.get("difficulty") or str(settings.difficulty or "")
    pool = attributes.get("pool") or settings.pool
    if has_defaults:
        for name, value, example in (
            ("skill", skill, "conversation"),
            ("difficulty", difficulty, "2"),
            ("pool", pool, "practice"),
        ):
            if not value:
                findings.error(
                    block.place,
                    "Q230",
                    f"the question has no {name}",
                    f"add {name}={example} to its braces, or {name}: {example} at the top",
                )
    if difficulty and not (difficulty.isdecimal() and 1 <= int(difficulty) <= HARDEST):
        findings.error(
            attributes.place("difficulty", block.place),
            "Q231",
            f"difficulty cannot be {difficulty!r}",
            "write a number from 1 (easy) to 5 (hard)",
        )
        difficulty = ""
    if pool and pool not in POOLS:
        findings.error(
            attributes.place("pool", block.place),
            "Q232",
            f"pool cannot be {pool!r}",
            choose_from(POOLS, pool),
        )
    stated = [tag.strip() for tag in attributes.get("tags").split(",") if tag.strip()]
    tags = tuple(dict.fromkeys((*attributes.tags, *stated)))
    return Classification(
        skill, int(difficulty or 0), cast("Pool", pool), attributes.get("source"), tags
    )
