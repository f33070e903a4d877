"""Attributes in braces or behind a block's name: ``#id .tag key=value key="several words"``."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from smm_academy.revisions.sources import Findings, Line, Place, choose_from, is_identifier, slug

_ATTRIBUTE = re.compile(
    r"""\s*(?:
        \#(?P<id>[^\s=\#{}"“”„]+)
      | \.(?P<tag>[^\s=\#{}"“”„]+)
      | (?P<key>[^\W\d][\w-]*)\s*=\s*(?P<value>
            "[^"]*" | “[^“”"]*[”"] | „[^„”"]*[”"] | «[^»]*» | '[^']*'(?=\s|$) | [^\s"“”„{}]+
        )
    )(?=\s|$)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value as written and where it begins."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of one block: its id, its tags, its values by key."""

    id: Attribute | None
    tags: tuple[str, ...]
    values: dict[str, Attribute]

    def get(self, name: str) -> str:
        """Return a value, empty where it is missing."""
        return self.values[name].value if name in self.values else ""

    def place(self, name: str, default: Place) -> Place:
        """Return where a value stands."""
        return self.values[name].place if name in self.values else default


def read_attributes(line: Line, start: int, end: int, findings: Findings) -> Attributes:
    """Return the attributes that stand in a line between two columns, counted from 0."""
    text = line.plain[:end].rstrip()
    identifier: Attribute | None = None
    tags: list[str] = []
    values: dict[str, Attribute] = {}
    at = start
    while at < len(text):
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            at = _skip(line, text, at, findings)
            continue
        at = found.end()
        if found["id"]:
            identifier = _identifier(line, found, identifier, findings)
        elif found["tag"]:
            tags.append(found["tag"])
        else:
            _keep(line, found, values, findings)
    return Attributes(identifier, tuple(tags), values)


def check_names(attributes: Attributes, known: Collection[str], findings: Findings) -> None:
    """Name every attribute that is not among those known."""
    for name, attribute in attributes.values.items():
        if name not in known:
            findings.error(
                attribute.place,
                "S122",
                f"the attribute {name} is not known here",
                choose_from(sorted(known), name),
            )


def _skip(line: Line, text: str, at: int, findings: Findings) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    gap = text.find(" ", at)
    end = len(text) if gap < 0 else gap
    if at < len(text):
        findings.error(
            line.place(at + 1),
            "S121",
            f"{text[at:end]!r} is not an attribute",
            'write #id, .tag, key=value or key="several words"',
        )
    return end


def _identifier(
    line: Line, found: re.Match[str], earlier: Attribute | None, findings: Findings
) -> Attribute:
    place = line.place(found.start("id"))
    if earlier is not None:
        findings.error(place, "S123", "a second id stands here", "keep one of the two")
        return earlier
    written = found["id"]
    if not is_identifier(written):
        better = slug(written) or "first-question"
        findings.error(
            place,
            "S119",
            f"{written!r} cannot be an id",
            f"use lower-case letters, digits and hyphens: #{better}",
        )
        written = better
    return Attribute(written, place)


def _keep(
    line: Line, found: re.Match[str], values: dict[str, Attribute], findings: Findings
) -> None:
    place = line.place(found.start("key") + 1)
    if found["key"] in values:
        findings.error(
            place, "S123", f"the attribute {found['key']} stands twice", "keep one of the two"
        )
        return
    value = found["value"]
    quoted = len(value) > 1 and value[0] in "\"“„«'" and value[-1] in "\"”»'"
    values[found["key"]] = Attribute(value[1:-1].strip() if quoted else value, place)
