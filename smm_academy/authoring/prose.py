"""The running text of a lesson, paragraph by paragraph, each character with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smm_academy.authoring.tree import Entry
from smm_academy.lessons.linking import LINKED_KINDS
from smm_academy.lessons.passages import Lesson
from smm_academy.lessons.spans import Span, cut_spans
from smm_academy.revisions.fields import read_document
from smm_academy.revisions.sources import Findings, Line, Place, cut_lines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of a text that belong together; ``is_table`` marks rows of a table."""

    lines: tuple[Line, ...]
    is_table: bool = False

    @property
    def text(self) -> str:
        """Return the paragraph's text, a line break between its lines."""
        return "\n".join(line.plain for line in self.lines)

    def place(self, offset: int) -> Place:
        """Return where a character of the text stands in its file."""
        before = self.text[:offset]
        row = before.count("\n")
        return self.lines[row].place(offset - (before.rfind("\n") + 1) + 1)


def spans_of(entry: Entry[Lesson]) -> list[Span]:
    """Return the stretches of a lesson's file; what is wrong with them was named before."""
    aside = Findings("")
    document = read_document(cut_lines(entry.text, aside), entry.text, aside)
    return cut_spans(document.body, aside)


def told(spans: Sequence[Span]) -> Iterator[tuple[Span, Paragraph]]:
    """Yield the paragraphs in which a lesson itself speaks.

    Headings, quotations and code are left out, questions and exercises too.
    """
    for span in spans:
        if span.kind in LINKED_KINDS:
            for paragraph in paragraphs_of(span.lines):
                yield span, paragraph


def paragraphs_of(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Yield the paragraphs among lines; each point of a list and row of a table is one."""
    held: list[Line] = []
    for line in lines:
        words = line.plain.strip()
        if held and (not words or words.startswith(("- ", "* ", "+ ", "|", "#", ">"))):
            yield Paragraph(tuple(held))
            held = []
        if not words or line.in_code or words.startswith(("#", ">")):
            continue
        if words.startswith("|"):
            yield Paragraph((line,), is_table=True)
        else:
            held.append(line)
    if held:
        yield Paragraph(tuple(held))
