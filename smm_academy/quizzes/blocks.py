"""The text of a quiz cut at its headings, and the text of a question cut into its parts.

A question's parts are its heading with attributes, its body, its answers with their feedback,
its hint and its reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from smm_academy.revisions.attributes import Attributes, read_attributes
from smm_academy.revisions.sources import Findings, Line, Place

_HEADING = re.compile(r"^##(?!#)\s*(?P<title>.*?)\s*$")
_BRACES = re.compile(r"\{(?P<inside>[^{}]*)\}$")
_LABELLED = re.compile(r"^(?P<label>hint|why)\s*:\s*(?P<text>.*)$", re.IGNORECASE)
_QUOTE = re.compile(r"^(?P<indent>\s*)>\s?(?P<text>.*)$")

OPTION = re.compile(r"^ {0,3}[-*+]\s+(?P<mark>\(\s*[xX]?\s*\)|\[\s*[xX]?\s*\])(?P<text>.*)$")
ACCEPTED = re.compile(r"^ {0,3}=\s*(?P<text>.*)$")
PAIR = re.compile(r"^ {0,3}[-*+]\s+(?P<text>.*?)\s*(?:->|→)\s*(?P<label>.*)$")
STEP = re.compile(r"^ {0,3}\d{1,3}[.)]\s+(?P<text>.*)$")
ITEM = re.compile(r"^ {0,3}[-*+]\s+(?P<text>.*)$")
CATEGORY = re.compile(r"^ {0,3}\*\*(?P<text>.+?)\*\*:?\s*$")
GAP = re.compile(r"`[^`\n]*`|\{\{(?P<inside>[^{}\n]*)\}\}")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one question, from its heading to the next, and what its braces say.

    ``written`` is the author's text to the letter.
    """

    title: str
    attributes: Attributes
    heading: Line
    lines: tuple[Line, ...]
    written: str = ""

    @property
    def place(self) -> Place:
        """Return where the question begins."""
        return self.heading.place()


@dataclass(slots=True)
class Entry:
    """One answer as written: the line and column of its text, its words, its feedback."""

    match: re.Match[str]
    line: Line
    text: list[str]
    feedback: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Return where the answer begins."""
        return self.line.place(len(self.line.text) - len(self.line.text.lstrip()) + 1)

    def group_place(self, name: str) -> Place:
        """Return where a part of the answer begins."""
        return self.line.place(self.match.start(name) + 1)

    @property
    def words(self) -> str:
        """Return the answer's text, further lines included."""
        return "\n".join(self.text).strip()

    @property
    def remark(self) -> str:
        """Return the feedback's text."""
        return "\n".join(self.feedback).strip()


@dataclass(frozen=True, slots=True)
class Parts:
    """A question's lines by what they are: body, answers, hint, why."""

    body: tuple[Line, ...]
    answers: tuple[Line, ...]
    hint: tuple[Line, ...]
    why: tuple[Line, ...]


def cut_blocks(
    lines: Sequence[Line], findings: Findings, written: Sequence[str]
) -> tuple[tuple[Line, ...], list[Block]]:
    """Return the lines before the first ``##`` heading, and the block of each heading.

    `written` is the whole file, line by line, from which each block keeps its own text.
    """
    starts = [
        at for at, line in enumerate(lines) if not line.in_code and _HEADING.match(line.plain)
    ]
    for line in lines:
        if not line.in_code and re.match(r"^#(?!#)", line.plain):
            findings.error(
                line.place(),
                "Q111",
                "a heading with one # stands here",
                "begin a question with ##; the quiz's title goes into the front matter",
            )
    blocks = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        heading = lines[start]
        title, attributes = read_heading(heading, findings)
        own = written[heading.number - 1 : heading.number + end - start - 1]
        text = "\n".join(own).rstrip() + "\n"
        blocks.append(Block(title, attributes, heading, tuple(lines[start + 1 : end]), text))
    return tuple(lines[: starts[0]] if starts else lines), blocks


def read_heading(line: Line, findings: Findings) -> tuple[str, Attributes]:
    """Return the words of a ``##`` heading and the attributes in braces at its end."""
    found = _HEADING.match(line.plain)
    text = found["title"] if found else line.plain.strip()
    offset = found.start("title") if found else 0
    braces = _BRACES.search(text)
    if braces is None:
        opened = text.rfind("{#")
        if opened >= 0:
            findings.error(
                line.place(offset + opened + 1),
                "S124",
                "these braces are not closed, or do not end the heading",
                "write {#id …} as the last thing in the heading",
            )
            text = text[:opened].rstrip()
        return text, Attributes(None, (), {})
    start, end = offset + braces.start("inside"), offset + braces.end("inside")
    return text[: braces.start()].rstrip(), read_attributes(line, start, end, findings)


def split_parts(lines: Sequence[Line], answer: re.Pattern[str] | None) -> Parts:
    """Return the parts of a question whose answers begin with lines that match `answer`.

    ``hint:`` and ``why:`` run to the next of them or to the end of the question.
    """
    parts: dict[str, list[Line]] = {"body": [], "answers": [], "hint": [], "why": []}
    current = "body"
    for line in lines:
        labelled = None if line.in_code else _LABELLED.match(line.plain)
        if labelled:
            current = labelled["label"].lower()
            at = labelled.start("text")
            parts[current].append(Line(line.number, " " * at + line.text[at:], " " * at))
            continue
        if current == "body" and answer and not line.in_code and answer.match(line.plain):
            current = "answers"
        parts[current].append(line)
    return Parts(*(tuple(parts[name]) for name in ("body", "answers", "hint", "why")))


def text_of(lines: Sequence[Line]) -> str:
    """Return the lines as one text, with the space before a label's words taken off."""
    if not lines:
        return ""
    return "\n".join([lines[0].text.strip(), *(line.text for line in lines[1:])]).strip("\n ")


def read_entries(
    lines: Sequence[Line], patterns: Sequence[re.Pattern[str]], findings: Findings
) -> list[Entry]:
    """Return the answers in a question's lines, each with its further lines and its feedback.

    Feedback is a ``>`` indented below its answer; anything else that stands at the margin after
    the first answer is named as an error.
    """
    entries: list[Entry] = []
    for line in lines:
        if line.is_blank:
            continue
        found = next((match for each in patterns if (match := each.match(line.plain))), None)
        if found is not None and not line.in_code:
            text = line.text[found.start("text") : found.end("text")].strip()
            entries.append(Entry(found, line, [text]))
            continue
        if entries:
            _continue(entries[-1], line, findings)
    return entries


def _continue(entry: Entry, line: Line, findings: Findings) -> None:
    quote = None if line.in_code else _QUOTE.match(line.text)
    if quote and quote["indent"]:
        entry.feedback.append(quote["text"])
    elif quote:
        findings.error(
            line.place(),
            "Q209",
            "this feedback does not belong to an answer",
            "indent the > by two spaces",
        )
    elif line.text.startswith(" "):
        (entry.feedback or entry.text).append(line.text.strip())
    else:
        findings.error(
            line.place(),
            "Q210",
            "this line stands among the answers and is none",
            "move it above the answers, or begin it with why:",
        )
