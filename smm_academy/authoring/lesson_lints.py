"""What a careful colleague would say about the text of a lesson that is correct in form.

All of it is advice: a warning never stops a lesson from being published.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import permutations

from smm_academy.authoring.prose import spans_of, told
from smm_academy.authoring.readability import (
    FEWEST_WORDS,
    HARDEST_FLESCH,
    HARDEST_FOG,
    flesch,
    fog,
    words_in,
)
from smm_academy.authoring.tree import Entry, Tree
from smm_academy.lessons.glossary import Glossary
from smm_academy.lessons.linking import Finder, Linker
from smm_academy.lessons.passages import Lesson
from smm_academy.lessons.spans import Span
from smm_academy.quizzes.numbers import read_amount
from smm_academy.revisions.markup import words_of
from smm_academy.revisions.sources import LOCALES, Locale

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^”\"]*[”\"]|`[^`]*`")
_MARKS = re.compile(r"\*+|`|\[(?=[^\]]*\]\()|\]\([^)]*\)")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_ABBREVIATION = re.compile(r"(?<![\w/-])[A-ZĄĆĘŁŃÓŚŹŻ]{2,6}(?![\w/-])")
_PERCENT = r"\d[\d.,]*\s?(?:%|per ?cent\b|procent\w*)"
_PEOPLE = (
    r"people|users|customers|consumers|respondents|participants|adults|employers|companies|"
    r"studies|surveys|osób|osoby|ludzi|użytkowników|klientów|konsumentów|respondentów|badanych|"
    r"uczestników|dorosłych|pracodawców|firm|badań|badania|ankiet"
)
_COUNT = rf"\d[\d ,.]*\s(?:[^\W\d]+\s)?(?:{_PEOPLE})\b"
_FIGURE = re.compile(rf"(?<![\w.,]){_PERCENT}|(?<![\w.,]){_COUNT}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:[ ,]\d{3})+|\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAME = re.compile(r"\b[A-ZĄĆĘŁŃÓŚŹŻ][\w-]{3,}")
FEW_PEOPLE = 20
"""A dozen colleagues or customers are a scene; a hundred are a statistic."""


def lint_lessons(tree: Tree) -> None:
    """Name what makes the lessons of a folder harder to read or to trust than they need be."""
    for locale in LOCALES:
        entries = [one for one in tree.lessons if one.locale == locale and one.parsed]
        explained = {entry.id: _explained(entry, tree.glossary) for entry in entries}
        for entry in entries:
            before = set().union(*(explained[one] for one in _required(entry, entries)))
            lint_lesson(entry, tree.glossary, before)


def lint_lesson(entry: Entry[Lesson], glossary: Glossary, before: set[str]) -> None:
    """Name what makes one lesson harder to read; `before` are terms explained in earlier ones."""
    spans = spans_of(entry)
    _lint_level(entry, spans)
    _lint_abbreviations(entry, spans, glossary)
    _lint_figures(entry, spans)
    _lint_terms(entry, spans, glossary, before)


def explained_before(
    entry: Entry[Lesson], among: Sequence[Entry[Lesson]], glossary: Glossary
) -> set[str]:
    """Return the ids of the terms that the lessons before one explain, in its language."""
    entries = [entry, *(one for one in among if one.locale == entry.locale and one.parsed)]
    required = _required(entry, entries)
    return set().union(*(_explained(one, glossary) for one in entries[1:] if one.id in required))


def _lint_level(entry: Entry[Lesson], spans: Sequence[Span]) -> None:
    by_span: dict[int, tuple[Span, list[str]]] = {}
    for span, paragraph in told(spans):
        if not paragraph.is_table:
            lines = [_bare(line.plain) for line in paragraph.lines]
            by_span.setdefault(id(span), (span, []))[1].append(" ".join(lines))
    for span, parts in by_span.values():
        text = "\n".join(parts)
        if len(words_in(text)) < FEWEST_WORDS:
            continue
        ease, years = flesch(text), fog(text)
        if entry.locale == "en" and ease < HARDEST_FLESCH:
            entry.findings.warn(
                span.first.place(),
                "C201",
                f"this part is hard to read: Flesch {ease:.0f}, below {HARDEST_FLESCH:.0f}",
                "shorten sentences, or write plainer words",
            )
        elif entry.locale == "pl" and years > HARDEST_FOG:
            entry.findings.warn(
                span.first.place(),
                "C201",
                f"this part is hard to read: FOG {years:.1f}, above {HARDEST_FOG:.0f}",
                "shorten sentences, or write plainer words",
            )


def _bare(line: str) -> str:
    return _MARKS.sub("", _BULLET.sub("", line)).strip()


def _lint_abbreviations(entry: Entry[Lesson], spans: Sequence[Span], glossary: Glossary) -> None:
    known = {*_everyday(entry.locale)}
    for term in glossary:
        for form in term.wording(entry.locale).written:
            known |= {*form.split()}
    for _, paragraph in told(spans):
        text = _unquoted(paragraph.text)
        for found in _ABBREVIATION.finditer(text):
            if found[0] in known:
                continue
            known.add(found[0])
            if not _is_spelled_out(found, text):
                entry.findings.warn(
                    paragraph.place(found.start()),
                    "C203",
                    f"nothing says what {found[0]} stands for",
                    "write it out where it comes first, with the short form in brackets, "
                    "or add it to glossary.yaml",
                )


def _is_spelled_out(found: re.Match[str], text: str) -> bool:
    """Tell whether an abbreviation stands in brackets behind words, or before them."""
    before, after = text[: found.start()].rstrip("*_ "), text[found.end() :].lstrip("*_ ")
    behind = before.endswith("(") and bool(words_in(before)) and after.startswith((")", ",", ";"))
    return behind or bool(re.match(r"\([^\W\d_]", after))


def _lint_figures(entry: Entry[Lesson], spans: Sequence[Span]) -> None:
    parts = [(paragraph, paragraph.text) for _, paragraph in told(spans)]
    tables = {id(span): "" for span, paragraph in told(spans) if paragraph.is_table}
    for span, paragraph in told(spans):
        if paragraph.is_table:
            tables[id(span)] += f"{paragraph.text}\n"
    shown = [*tables.values(), *(text for paragraph, text in parts if not paragraph.is_table)]
    worked = {value for text in shown for value in _worked_out(text, entry.locale)}
    sources = _sources(entry)
    for paragraph, text in parts:
        if paragraph.is_table:
            continue
        for found in _FIGURE.finditer(_unquoted(text)):
            if not _needs_source(found[0], worked, entry.locale) or _is_cited(text, sources):
                continue
            entry.findings.warn(
                paragraph.place(found.start()),
                "C204",
                f"no source is named for {' '.join(found[0].split())}",
                "name its author or year here and in :::sources, or say that it is invented",
            )
            break


def _needs_source(figure: str, worked: set[float], locale: Locale) -> bool:
    number = _NUMBER.search(figure)
    value = _value(number[0], locale) if number else None
    if value is None:
        return False
    if re.fullmatch(_PERCENT, figure, re.IGNORECASE):
        return all(abs(value - one) >= 0.05 for one in worked)  # noqa: PLR2004 - rounding
    return value > FEW_PEOPLE


def _worked_out(text: str, locale: Locale) -> Iterator[float]:
    """Yield the percentages that numbers of a text make of one another, rounded to a tenth."""
    values = {_value(one, locale) for one in _NUMBER.findall(text)}
    numbers = sorted(value for value in values if value)
    for part, whole in permutations(numbers[:24], 2):
        for share in (100 * part / whole, 100 * (part - whole) / whole):
            yield from (round(abs(share), places) for places in (0, 1, 2))


def _value(number: str, locale: Locale) -> float | None:
    amount = read_amount(number, locale)
    return amount.value if amount else None


def _sources(entry: Entry[Lesson]) -> list[str]:
    passages = entry.parsed.passages if entry.parsed else ()
    return [words_of(source.html) for passage in passages for source in passage.sources]


def _is_cited(text: str, sources: Sequence[str]) -> bool:
    """Tell whether a text names an author or a year that one of the sources names too.

    Where it names years, one of them must be the source's.
    """
    names, years = {*_NAME.findall(text)}, {*_YEAR.findall(text)}
    return any(
        years & {*_YEAR.findall(source)} if years else names & {*_NAME.findall(source)}
        for source in sources
    )


def _unquoted(text: str) -> str:
    """Return a text with what it quotes blanked: somebody else's words are no claim of ours."""
    return _QUOTED.sub(lambda quoted: re.sub(r"[^\n]", " ", quoted[0]), text)


def _lint_terms(
    entry: Entry[Lesson], spans: Sequence[Span], glossary: Glossary, before: set[str]
) -> None:
    """Name terms that a question uses before the text, or a lesson before it, explained them."""
    if entry.parsed is None:
        return
    finder = Finder(tuple(one for one in glossary if not one.everyday), entry.locale)
    linker = Linker(finder, entry.locale, set(before))
    checks = {span.id: span for span in spans if span.kind == "check"}
    for passage in entry.parsed.passages:
        linker.passage(passage)
        span = checks.get(passage.id)
        if span is None or passage.question is None:
            continue
        for line in span.lines:
            if line.plain.lstrip().startswith((">", "why:", "hint:")):
                continue
            for found, term in finder.find(line.plain):
                if term.id in linker.linked:
                    continue
                linker.linked.add(term.id)
                entry.findings.about(passage.id).warn(
                    line.place(found.start() + 1),
                    "C202",
                    f"the question uses {found[0]} before the text explained it",
                    "use the term in the text above, where it becomes a link, or ask without it",
                )


def _explained(entry: Entry[Lesson], glossary: Glossary) -> set[str]:
    """Return the ids of the terms that a lesson links."""
    linker = Linker(Finder(glossary, entry.locale), entry.locale)
    for passage in entry.parsed.passages if entry.parsed else ():
        linker.passage(passage)
    return linker.linked


def _required(entry: Entry[Lesson], entries: Sequence[Entry[Lesson]]) -> set[str]:
    """Return the ids of all lessons before one, those included that these require."""
    by_id = {one.id: one.parsed.requires if one.parsed else () for one in entries}
    seen: set[str] = set()
    waiting = [*by_id.get(entry.id, ())]
    while waiting:
        name = waiting.pop()
        if name in by_id and name not in seen:
            seen.add(name)
            waiting += by_id[name]
    return seen


@cache
def _everyday(locale: Locale) -> frozenset[str]:
    table = json.loads(files("smm_academy.authoring").joinpath("wording.json").read_text("utf-8"))
    return frozenset(table["everyday"][locale])
