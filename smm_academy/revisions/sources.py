"""Authored text: its lines, its front matter, and problems that say where, what and how to mend.

Every text is taken as people paste it: with a byte order mark, any line ending, typographic
quotes, non-breaking spaces. A column counts characters from 1, a tab as four.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import Literal, TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

Locale: TypeAlias = Literal["en", "pl"]
Severity: TypeAlias = Literal["error", "warning"]

LOCALES: tuple[Locale, ...] = ("en", "pl")
MARK_DOWN_NAME = re.compile(r"^(?P<slug>.+)\.(?P<locale>en|pl)\.md$")
IDENTIFIER = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
LONGEST_IDENTIFIER = 60
# A word further away than this is more likely another word than a slip of the fingers.
FARTHEST_SUGGESTION = 3

# Spaces that editors and phones put in place of a plain one.
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u200a\u2002\u2003"), " ")
_QUOTES = {
    **dict.fromkeys(map(ord, "“”„‟«»"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛"), "'"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u2028\u2029]")
_FENCE = re.compile(r"^\s*(?P<fence>`{3,}|~{3,})")
_CODE_OR_COMMENT = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|`[^`\n]+`|(?P<comment><!--.*?(?P<end>-->|\Z))",
    re.MULTILINE | re.DOTALL,
)
_SLUG_LETTERS = str.maketrans("ąćęłńóśźż", "acelnoszz")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column in a file, both counted from 1."""

    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in a file: where, what, and how; ``subject`` is the question's id."""

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    fix: str
    subject: str = ""

    def __str__(self) -> str:
        subject = f" [{self.subject}]" if self.subject else ""
        where = f"{self.path}:{self.line}:{self.column}"
        message = self.message if self.message.endswith((".", "?", "!")) else f"{self.message}."
        return f"{where}: {self.severity} {self.code}{subject} {message} Fix: {self.fix}"

    def as_json(self) -> dict[str, str | int]:
        """Return the problem as a mapping that JSON can hold, for an editor's gutter."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Findings:
    """Collects the problems of one file; `about` narrows it to one question of it."""

    path: str
    subject: str = ""
    problems: list[Problem] = field(default_factory=list)

    def about(self, subject: str) -> "Findings":
        """Return a view that adds to the same list and names a question."""
        return Findings(self.path, subject, self.problems)

    def error(self, place: Place, code: str, message: str, fix: str) -> None:
        """Add something that stops what it stands in from being published."""
        self._add(place, "error", code, message, fix)

    def warn(self, place: Place, code: str, message: str, fix: str) -> None:
        """Add something that should be mended but stops nothing."""
        self._add(place, "warning", code, message, fix)

    def _add(self, place: Place, severity: Severity, code: str, message: str, fix: str) -> None:
        found = Problem(
            self.path, place.line, place.column, severity, code, message, fix, self.subject
        )
        if found not in self.problems:
            self.problems.append(found)

    def count(self) -> int:
        """Return how many errors there are, warnings left out."""
        return sum(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: ``text`` without comments, ``plain`` with plain spaces too.

    The two are of equal length, so a column in one is a column in the other.
    """

    number: int
    text: str
    plain: str
    in_code: bool = False

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing but space stands in the line."""
        return not self.plain.strip()

    def place(self, column: int = 1) -> Place:
        """Return a place in this line."""
        return Place(self.number, column)


def decode(raw: bytes, findings: Findings) -> str:
    """Return the text of a file's bytes; bytes that are not UTF-8 are named and replaced."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        findings.error(
            Place(line, column),
            "S101",
            "the file is not in UTF-8",
            "save it again with the encoding UTF-8",
        )
        return raw.decode("utf-8-sig", errors="replace")


def written_lines(text: str) -> list[str]:
    """Return a text's lines to the letter, whatever the line ending and byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def cut_lines(text: str, findings: Findings) -> tuple[Line, ...]:
    """Return the lines of a text: comments blanked, code marked, strange characters named."""
    text = "\n".join(written_lines(text)).replace("\t", "    ")
    shown = _without_comments(text, findings)
    lines: list[Line] = []
    fence, opened = "", Place(1)
    for number, whole in enumerate(shown.split("\n"), start=1):
        line = _cleaned(number, whole, findings)
        mark = _FENCE.match(line)
        if not fence:
            fence = mark["fence"] if mark else ""
            opened = Place(number)
            in_code = bool(fence)
        else:
            in_code = True
            closes = mark and mark["fence"].startswith(fence) and line.strip() == mark["fence"]
            fence = "" if closes else fence
        plain = line if in_code else line.translate(_SPACES)
        lines.append(Line(number, line, plain, in_code))
    if fence:
        findings.error(
            opened, "S104", "this code block never ends", f"add a line {fence} where it ends"
        )
    return tuple(lines)


def _without_comments(text: str, findings: Findings) -> str:
    def blank(match: re.Match[str]) -> str:
        if match["comment"] is None:
            return match[0]
        if not match["end"]:
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - text.rfind("\n", 0, match.start())
            findings.error(
                Place(line, column), "S103", "this comment never ends", "add --> where it ends"
            )
        return re.sub(r"[^\n]", " ", match[0])

    shown = _CODE_OR_COMMENT.sub(blank, text)
    if shown == text:
        return text
    pairs = zip(shown.split("\n"), text.split("\n"), strict=True)
    return "\n".join(new if new == old else new.rstrip() for new, old in pairs)


def _cleaned(number: int, line: str, findings: Findings) -> str:
    strange = _CONTROL.search(line)
    if strange is None:
        return line
    findings.warn(
        Place(number, strange.start() + 1),
        "S102",
        f"an invisible character (U+{ord(strange[0]):04X}) stands here",
        "delete it; it often comes from pasting",
    )
    return _CONTROL.sub(" ", line)


def straight(text: str) -> str:
    """Return the text with plain spaces and straight quotes, of the same length."""
    return text.translate(_SPACES).translate(_QUOTES)


def locale_of(path: str) -> Locale | None:
    """Return the language that a file's name ends in (``.en.md``, ``.pl.md``), if it does."""
    named = MARK_DOWN_NAME.match(PurePath(path).name)
    if named is None:
        return None
    return "pl" if named["locale"] == "pl" else "en"


def slug_of(path: str) -> str:
    """Return a file's name without language and ending: what its id is when it states none."""
    name = PurePath(path).name
    named = MARK_DOWN_NAME.match(name)
    return named["slug"] if named else name.partition(".")[0]


def slug(text: str) -> str:
    """Return a text as an id: lower case, plain letters, hyphens; empty when none are left."""
    plain = text.casefold().translate(_SLUG_LETTERS)
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:LONGEST_IDENTIFIER].strip("-")


def is_identifier(text: str) -> bool:
    """Tell whether a text may be an id: lower-case letters and digits with single hyphens."""
    return len(text) <= LONGEST_IDENTIFIER and IDENTIFIER.match(text) is not None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that ``word`` is most likely a slip for, or ``None``.

    The distance is optimal string alignment: insertions, deletions, substitutions and
    transpositions of neighbours count one each, up to a third of the word.
    """
    limit = min(FARTHEST_SUGGESTION, max(1, len(word) // 3))
    found = process.extractOne(
        word.casefold(), sorted(known), scorer=OSA.distance, score_cutoff=limit
    )
    return found[0] if found else None


def choose_from(known: Iterable[str], word: str = "") -> str:
    """Return a fix for a word that is not known: the nearest one, else the list."""
    listed = list(known)
    suggestion = nearest(word, listed) if word else None
    if suggestion:
        return f"write {suggestion}"
    return f"write one of: {', '.join(listed)}" if listed else "leave it out"
