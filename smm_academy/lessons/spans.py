"""The body of a lesson cut into stretches of prose and ``:::`` blocks, each with a lasting id."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from smm_academy.lessons.passages import PassageKind
from smm_academy.quizzes.blocks import read_heading
from smm_academy.revisions.attributes import Attributes, read_attributes
from smm_academy.revisions.sources import Findings, Line, choose_from

BLOCK_KINDS: tuple[PassageKind, ...] = (
    "check",
    "simulator",
    "key",
    "note",
    "warning",
    "figure",
    "sources",
)

_FENCE = re.compile(r"^ {0,3}:{3,}\s*(?P<kind>[^\s{]*)\s*(?P<rest>.*?)\s*$")
_HEADING = re.compile(r"^##(?!#)\s*\S")
_NO_ATTRIBUTES = Attributes(None, (), {})


@dataclass(slots=True)
class Span:
    """A stretch of a lesson: prose, or what stands between ``:::kind`` and ``:::``."""

    kind: PassageKind
    first: Line
    attributes: Attributes = _NO_ATTRIBUTES
    lines: list[Line] = field(default_factory=list)
    id: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing but blank lines stands in the span."""
        return all(line.is_blank for line in self.lines)


def cut_spans(lines: Sequence[Line], findings: Findings) -> list[Span]:
    """Return the stretches of a lesson's body in order, with their ids."""
    cutter = _Cutter(findings)
    for line in lines:
        cutter.add(line)
    return _named(cutter.finish(), findings)


class _Cutter:
    """Goes through the lines and keeps the span that is open."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.spans: list[Span] = []
        self.open: Span | None = None

    def add(self, line: Line) -> None:
        fence = None if line.in_code else _FENCE.match(line.plain)
        if fence is None:
            self._add_text(line)
        elif fence["kind"]:
            self._open(line, fence)
        elif self.open is not None:
            self.open = None
        else:
            self.findings.error(
                line.place(), "L103", "this ::: closes nothing", "delete it, or open a block above"
            )

    def finish(self) -> list[Span]:
        if self.open is not None:
            self._never_closed(self.open)
        return [span for span in self.spans if span.kind != "prose" or not span.is_empty]

    def _add_text(self, line: Line) -> None:
        if self.open is not None:
            self.open.lines.append(line)
            return
        starts = not line.in_code and _HEADING.match(line.plain)
        if starts or not self.spans or self.spans[-1].kind != "prose":
            attributes = _NO_ATTRIBUTES
            if starts and "{" in line.plain:
                title, attributes = read_heading(line, self.findings)
                line = Line(line.number, f"## {title}", f"## {title}")
            self.spans.append(Span("prose", line, attributes))
        self.spans[-1].lines.append(line)

    def _open(self, line: Line, fence: re.Match[str]) -> None:
        if self.open is not None:
            self._never_closed(self.open)
        written = fence["kind"]
        kind = next((one for one in BLOCK_KINDS if one == written), None)
        if kind is None:
            self.findings.error(
                line.place(fence.start("kind") + 1),
                "L101",
                f"there is no block {written}",
                choose_from(BLOCK_KINDS, written),
            )
        start, end = fence.span("rest")
        braced = fence["rest"].startswith("{") and fence["rest"].endswith("}")
        attributes = read_attributes(line, start + braced, end - braced, self.findings)
        self.open = Span(kind or "note", line, attributes)
        if kind is not None:
            self.spans.append(self.open)

    def _never_closed(self, span: Span) -> None:
        self.findings.error(
            span.first.place(),
            "L102",
            f"the block {span.kind} never ends",
            "add a line ::: where it ends",
        )


def _named(spans: list[Span], findings: Findings) -> list[Span]:
    numbers: Counter[str] = Counter()
    taken: dict[str, int] = {}
    for at, span in enumerate(spans):
        span.id = _own_id(span, spans[at - 1] if at else None, numbers)
        if span.id in taken:
            findings.error(
                span.attributes.id.place if span.attributes.id else span.first.place(),
                "L104",
                f"the id {span.id} is used already in line {taken[span.id]}",
                "give this block an id of its own",
            )
            span.id = f"{span.id}-line-{span.first.number}"
        taken[span.id] = span.first.number
    return spans


def _own_id(span: Span, before: Span | None, numbers: Counter[str]) -> str:
    is_section = span.kind == "prose" and bool(_HEADING.match(span.first.plain))
    kind = "section" if is_section else span.kind
    numbers[kind] += 1
    if span.attributes.id is not None:
        return span.attributes.id.value
    if kind == "prose":
        return f"after-{before.id}" if before else "start"
    return f"{kind}-{numbers[kind]}"
