"""YAML whose every value remembers its line and column.

Read from the parser's events rather than from a loader, so that a key written twice is seen and
anchors, which could blow a small file up, are refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.reader import ReaderError

from smm_academy.revisions.sources import Findings, Place

Scalar: TypeAlias = str | int | float | bool | None
Content: TypeAlias = "Scalar | tuple[Node, ...] | dict[str, Node]"

_DEEPEST = 40
_INTEGER = re.compile(r"^[-+]?(0|[1-9][0-9]*)$")
_NUMBER = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
_WORDS: dict[str, Scalar] = {"": None, "~": None, "null": None, "true": True, "false": False}
_STRUCTURE_SPACE = re.compile("^([\\s\u00a0]*(?:-[\\s\u00a0]+)?)([^\\s:'\"{\\[]+:)(\u00a0)")
# What the reader says -> what it means to an author, and how to mend it.
_EXPLANATIONS = (
    (
        "mapping values are not allowed",
        "a colon inside a text reads as a new key",
        'put the text after the first colon in straight quotes: "…"',
    ),
    (
        "cannot start any token",
        "a value may not begin with this character",
        'put the value in straight quotes: "…"',
    ),
    ("quoted scalar", "a quote is opened and not closed", "add the closing quote"),
    ("unexpected end of stream", "a quote is opened and not closed", "add the closing quote"),
    ("could not find expected ':'", "a key has no colon", "write key: value"),
    (
        "block",
        "the indentation does not fit the lines above",
        "align the keys; indent what belongs to a key by two spaces",
    ),
    ("flow", "a bracket is opened and not closed", "add the closing ] or }"),
    ("nested too deeply", "this is nested too deeply", "use fewer levels"),
)


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place, and the place of the key or dash that it hangs on."""

    content: Content
    place: Place
    key_place: Place
    text: str = ""

    def plain(self) -> Any:  # noqa: ANN401 - YAML holds any of several types
        """Return the value as plain Python: mappings, lists and scalars."""
        if isinstance(self.content, dict):
            return {key: node.plain() for key, node in self.content.items()}
        if isinstance(self.content, tuple):
            return [node.plain() for node in self.content]
        return self.content


def read_yaml(text: str, findings: Findings, first_line: int = 1) -> Node | None:
    """Return the tree of a YAML text, or ``None`` where it is empty or cannot be read.

    ``first_line`` is the line of the file at which the text begins.
    """
    text = "\n".join(_STRUCTURE_SPACE.sub(r"\1\2 ", line) for line in text.split("\n"))
    try:
        return _Tree(text, findings, first_line).read()
    except ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + first_line, len(before) - before.rfind("\n")
        findings.error(
            Place(line, column), "S112", "this character cannot stand in YAML", "delete it"
        )
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + first_line, mark.column + 1) if mark else Place(first_line)
        message, fix = _explained(str(error.problem or error.context or ""))
        findings.error(place, "S112", message, fix)
    except YAMLError as error:
        findings.error(Place(first_line), "S112", f"this is not YAML: {error}", "see the example")
    return None


def _explained(problem: str) -> tuple[str, str]:
    for part, message, fix in _EXPLANATIONS:
        if part in problem:
            return message, fix
    return f"this is not YAML: {problem}", "compare it with the example in content/README.md"


class _Tree:
    """Builds nodes from the events of one document."""

    def __init__(self, text: str, findings: Findings, first_line: int) -> None:
        self.findings = findings
        self.first_line = first_line
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)

    def read(self) -> Node | None:
        """Return the first document's root; a second document is named as an error."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent) and root is not None:
                self.findings.error(
                    self._place(event), "S112", "a second document begins here", "delete the ---"
                )
                return root
            if isinstance(
                event, StreamStartEvent | StreamEndEvent | DocumentStartEvent | DocumentEndEvent
            ):
                continue
            root = self._node(event, self._place(event), 0)
        return root

    def _place(self, event: Any) -> Place:  # noqa: ANN401 - ruamel's events share no typed base
        mark = event.start_mark
        return Place(mark.line + self.first_line, mark.column + 1)

    def _node(self, event: Any, key_place: Place, depth: int) -> Node:  # noqa: ANN401 - as above
        place = self._place(event)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self.findings.error(
                place,
                "S114",
                "anchors and aliases (& and *) are not used here",
                'write the value out, or put it in straight quotes: "…"',
            )
        if depth > _DEEPEST:
            raise MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)
        if isinstance(event, MappingStartEvent):
            return Node(self._mapping(depth), place, key_place)
        if isinstance(event, SequenceStartEvent):
            return Node(self._sequence(depth), place, key_place)
        if isinstance(event, ScalarEvent):
            return Node(_scalar(event), place, key_place, event.value)
        return Node(None, place, key_place)

    def _sequence(self, depth: int) -> tuple[Node, ...]:
        nodes = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            nodes.append(self._node(event, self._place(event), depth + 1))
        return tuple(nodes)

    def _mapping(self, depth: int) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            place = self._place(event)
            name = self._node(event, place, depth + 1)
            node = self._node(next(self.events), place, depth + 1)
            if not isinstance(event, ScalarEvent):
                self.findings.error(place, "S112", "a key must be a word", "write key: value")
            elif name.text in nodes:
                first = nodes[name.text].key_place.line
                self.findings.error(
                    place,
                    "S113",
                    f"the key {name.text} stands twice (first in line {first})",
                    "keep one of the two",
                )
            else:
                nodes[name.text] = node
        return nodes


def _scalar(event: ScalarEvent) -> Scalar:
    text: str = event.value
    if event.style is not None:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.match(text) and len(text) < 16:  # noqa: PLR2004 - longer ones are names, not counts
        return int(text)
    if _NUMBER.match(text):
        return float(text)
    return text
