"""Each stretch of a lesson turned into a passage, by its kind."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from smm_academy.lessons.passages import STRENGTHS, Exercise, Passage, PassageKind, Source
from smm_academy.lessons.spans import Span
from smm_academy.quizzes.blocks import Block, text_of
from smm_academy.quizzes.questions import Settings
from smm_academy.quizzes.source import read_question
from smm_academy.revisions.attributes import Attribute, Attributes, check_names
from smm_academy.revisions.markup import (
    Anchors,
    Heading,
    Resolve,
    callout,
    check_alternative,
    check_markup,
    check_picture,
    figure,
    is_outside,
    render,
    render_inline,
)
from smm_academy.revisions.sources import Findings, Locale, choose_from

_ITEM = re.compile(r"^\s{0,3}[-*+]\s+(?P<text>.*)$")
_STRENGTH = re.compile(r"\s*\[(?P<strength>[^\[\]]*)\]\s*$")
MEND = "mend"
"""The task of an exercise that opens a machine's draft."""

_NAMES: dict[PassageKind, tuple[str, ...]] = {
    "check": ("type",),
    "simulator": ("kind", "brand", "scenario", "task"),
    "note": ("title",),
    "warning": ("title",),
    "key": ("title",),
    "figure": ("src", "alt"),
    "sources": (),
}


@dataclass(slots=True)
class Page:
    """What the passages of one lesson share: language, anchors, and the lists they add to."""

    locale: Locale
    findings: Findings
    anchors: Anchors
    resolve: Resolve | None = None
    headings: list[Heading] = field(default_factory=list)
    key_points: list[str] = field(default_factory=list)

    def html(self, text: str) -> str:
        """Return the HTML of a text of this lesson, its headings noted."""
        shown = render(text, self.locale, anchors=self.anchors, resolve=self.resolve)
        self.headings += shown.headings
        return shown.html


def read_passage(span: Span, page: Page) -> Passage | None:
    """Return the passage of a span, or ``None`` where it has an error."""
    if span.kind != "check":
        check_markup(span.lines, page.findings)
    if span.kind == "prose":
        return Passage(span.id, "prose", page.html(_text(span)), span.first.number)
    check_names(span.attributes, _NAMES[span.kind], _about(span, page))
    if span.is_empty and span.kind not in {"simulator", "figure"}:
        _about(span, page).error(
            span.first.place(),
            "L108",
            f"the block {span.kind} is empty",
            "write something in it or delete it",
        )
        return None
    return _READERS[span.kind](span, page)


def _about(span: Span, page: Page) -> Findings:
    """Return where to report: an error in a check stops the check alone."""
    return page.findings.about(span.id) if span.kind == "check" else page.findings


def _text(span: Span) -> str:
    return text_of(span.lines)


def _passage(span: Span, html: str) -> Passage:
    return Passage(span.id, span.kind, html, span.first.number)


def _read_callout(span: Span, page: Page) -> Passage:
    body = page.html(_text(span))
    return _passage(span, callout(span.kind, body, page.locale, span.attributes.get("title")))


def _read_key(span: Span, page: Page) -> Passage:
    points = _items(span)
    page.key_points += [render_inline(point, page.locale) for point in points]
    return _read_callout(span, page)


def _items(span: Span) -> list[str]:
    items: list[str] = []
    for line in span.lines:
        found = _ITEM.match(line.plain)
        if found:
            items.append(line.text[found.start("text") :].strip())
        elif items and not line.is_blank:
            items[-1] += " " + line.text.strip()
    return items


def _read_check(span: Span, page: Page) -> Passage | None:
    place = span.attributes.id.place if span.attributes.id else span.first.place()
    own = Attributes(Attribute(span.id, place), span.attributes.tags, span.attributes.values)
    block = Block("", own, span.first, tuple(span.lines))
    settings = Settings(span.id, "", page.locale)
    question = read_question(block, settings, _about(span, page), has_defaults=False)
    if question is None:
        return None
    return Passage(span.id, "check", "", span.first.number, question=question)


def _read_simulator(span: Span, page: Page) -> Passage | None:
    get = span.attributes.get
    exercise = Exercise(get("kind"), get("brand"), get("scenario"), get("task"))
    if exercise.task not in ("", MEND):
        page.findings.error(
            span.first.place(),
            "L112",
            f"there is no task {exercise.task}",
            f"write task={MEND}, or leave it out",
        )
        return None
    if not exercise.kind and not exercise.scenario and not exercise.task:
        page.findings.error(
            span.first.place(),
            "L110",
            "this exercise names no kind of message",
            "write :::simulator kind=complaint",
        )
        return None
    shown = page.html(_text(span)) if not span.is_empty else ""
    return Passage(span.id, "simulator", shown, span.first.number, exercise=exercise)


def _read_figure(span: Span, page: Page) -> Passage | None:
    src, alt = span.attributes.get("src"), span.attributes.get("alt")
    before = page.findings.count()
    if not alt:
        page.findings.error(
            span.attributes.place("alt", span.first.place()),
            "M101",
            "this picture has no alternative text",
            'say what it shows: alt="…"',
        )
    check_alternative(alt, src, span.attributes.place("alt", span.first.place()), page.findings)
    check_picture(
        src, span.attributes.place("src", span.first.place()).column, span.first, page.findings
    )
    if page.findings.count() > before:
        return None
    caption = page.html(_text(span)) if not span.is_empty else ""
    shown = page.resolve(src) if page.resolve and not is_outside(src) else src
    return _passage(span, figure(shown, alt, caption))


def _read_sources(span: Span, page: Page) -> Passage | None:
    before = page.findings.count()
    sources = []
    for line in span.lines:
        if line.is_blank:
            continue
        found = _STRENGTH.search(line.plain)
        written = found["strength"].strip() if found else ""
        strength = next((one for one in STRENGTHS if one == written), None)
        if strength is None:
            column = found.start("strength") + 1 if found else len(line.plain) + 1
            page.findings.error(
                line.place(column),
                "L109",
                "this source does not end in its strength",
                choose_from([f"[{one}]" for one in STRENGTHS], f"[{written}]"),
            )
            continue
        item = _ITEM.match(line.plain)
        start = item.start("text") if item else 0
        text = line.text[start : found.start() if found else None].strip()
        sources.append(Source(render_inline(text, page.locale), strength))
    if page.findings.count() > before:
        return None
    return Passage(span.id, "sources", "", span.first.number, sources=tuple(sources))


_READERS: dict[PassageKind, Callable[[Span, Page], Passage | None]] = {
    "check": _read_check,
    "simulator": _read_simulator,
    "key": _read_key,
    "note": _read_callout,
    "warning": _read_callout,
    "figure": _read_figure,
    "sources": _read_sources,
}
