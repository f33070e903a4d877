"""Front matter: the keys of an authored file, each read as what it must be.

A key that nobody asked for is named with the one that was probably meant.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from smm_academy.revisions.sources import (
    Findings,
    Line,
    Place,
    choose_from,
    is_identifier,
    slug,
    written_lines,
)
from smm_academy.revisions.yaml_nodes import Node, read_yaml

_MARK = re.compile(r"^-{3,}\s*$")
_QUOTED = re.compile(r"^\s*[“”„‟«»‘’‚‛](?P<text>[^“”„‟«»]*)[“”„‟«»‘’‚‛]\s*$")


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file: the keys of its front matter and the lines of its body.

    ``is_readable`` is false where the front matter is missing or broken; ``last`` is the place
    to point to when a key is missing.
    """

    fields: "Fields"
    body: tuple[Line, ...]
    is_readable: bool


def read_document(lines: Sequence[Line], raw: str, findings: Findings) -> Document:
    """Return a file's front matter and body; `raw` is its text, from which the YAML is read.

    Front matter stands between two lines ``---`` at the top of the file.
    """
    first = next((at for at, line in enumerate(lines) if not line.is_blank), 0)
    if not lines or not _MARK.match(lines[first].plain):
        findings.error(
            Place(first + 1),
            "S110",
            "the file has no front matter",
            "begin it with a line ---, then the keys, then a line ---",
        )
        return Document(Fields({}, Place(1), findings), tuple(lines), is_readable=False)
    marks = (at for at in range(first + 1, len(lines)) if _MARK.match(lines[at].plain))
    last = next(marks, None)
    if last is None:
        findings.error(
            Place(first + 1),
            "S111",
            "the front matter never ends",
            "add a line --- after the last key",
        )
        return Document(Fields({}, Place(first + 1), findings), (), is_readable=False)
    errors = findings.count()
    written = [line.replace("\t", "    ") for line in written_lines(raw)]
    text = "\n".join(written[first + 1 : last])
    node = read_yaml(text, findings, first + 2)
    if node is not None and not isinstance(node.content, dict):
        findings.error(node.place, "S112", "the front matter is not keys", "write key: value")
    mapping = node.content if node is not None and isinstance(node.content, dict) else {}
    fields = Fields(mapping, Place(first + 1), findings)
    return Document(fields, tuple(lines[last + 1 :]), is_readable=findings.count() == errors)


class Fields:
    """The keys of a mapping, read one by one; `finish` names those that nobody read."""

    def __init__(self, nodes: dict[str, Node], start: Place, findings: Findings) -> None:
        self.nodes = nodes
        self.start = start
        self.findings = findings
        self.known: list[str] = []

    def place(self, name: str) -> Place:
        """Return where a key's value stands, or where the mapping begins if it is missing."""
        return self.nodes[name].place if name in self.nodes else self.start

    def find(self, name: str) -> Node | None:
        """Return a key's value, or ``None`` where it is missing or empty."""
        self.known.append(name)
        node = self.nodes.get(name)
        return None if node is None or node.content is None else node

    def require(self, name: str, example: str) -> Node | None:
        """Return a key's value; name the key as missing where it is."""
        node = self.find(name)
        if node is None:
            place = self.nodes[name].key_place if name in self.nodes else self.start
            self.findings.error(
                place, "S117", f"the key {name} is missing", f"add {name}: {example}"
            )
        return node

    def text(self, name: str, example: str = "", *, required: bool = False) -> str:
        """Return a text in one piece, empty where it is missing."""
        node = self.require(name, example) if required else self.find(name)
        if node is None:
            return ""
        if isinstance(node.content, dict | tuple):
            self._wrong(node, name, "a text", f"write {name}: {example or '…'}")
            return ""
        return node.text.strip()

    def word(
        self, name: str, known: Sequence[str], *, default: str = "", required: bool = False
    ) -> str:
        """Return one of the known words, else the default, naming a word that is not known."""
        written = self.text(name, default or known[0], required=required)
        if not written:
            return default
        return self._known(written, known, self.nodes[name].place, name) or default

    def words(self, name: str, known: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of words, also from one line with commas; checked where `known` is given.

        A word that stands twice is taken once.
        """
        node = self.find(name)
        if node is None:
            return ()
        if isinstance(node.content, dict):
            self._wrong(node, name, "a list", f"write {name}: [one, two]")
            return ()
        if isinstance(node.content, tuple):
            written = [(part.text.strip(), part.place) for part in node.content]
        else:
            written = [(part.strip(), node.place) for part in node.text.split(",")]
        bare = [(_without_quotes(word), place) for word, place in written if word]
        if known is not None:
            bare = [(self._known(word, known, place, name), place) for word, place in bare]
        return tuple(dict.fromkeys(word for word, _ in bare if word))

    def sentences(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, commas and all."""
        node = self.find(name)
        if node is None:
            return ()
        parts = node.content if isinstance(node.content, tuple) else (node,)
        if any(isinstance(part.content, dict | tuple) for part in parts):
            self._wrong(node, name, "a list of texts", 'put a text with a colon in quotes: "…"')
            return ()
        return tuple(part.text.strip() for part in parts if part.text.strip())

    def count(self, name: str, lowest: int, highest: int) -> int | None:
        """Return a whole number within bounds, or ``None`` where it is missing or wrong."""
        node = self.find(name)
        if node is None:
            return None
        number = node.content
        if isinstance(number, bool) or not isinstance(number, int):
            self._wrong(node, name, "a whole number", f"write {name}: {lowest}")
            return None
        if not lowest <= number <= highest:
            self._wrong(
                node, name, f"between {lowest} and {highest}", f"write {name}: {lowest}, or more"
            )
            return None
        return number

    def claim(self, name: str, *, default: bool) -> bool:
        """Return true or false; yes, no, tak and nie are understood."""
        node = self.find(name)
        if node is None:
            return default
        meant = {"true": True, "yes": True, "tak": True, "false": False, "no": False, "nie": False}
        if node.text.lower() in meant:
            return meant[node.text.lower()]
        self._wrong(node, name, "true or false", f"write {name}: true")
        return default

    def identifier(self, name: str, default: str) -> str:
        """Return an id; one in a wrong form is named and its corrected form used."""
        written = self.text(name)
        if not written:
            return default
        if is_identifier(written):
            return written
        better = slug(written) or default
        self.findings.error(
            self.nodes[name].place,
            "S119",
            f"{written!r} cannot be an id",
            f"use lower-case letters, digits and hyphens: {better}",
        )
        return better

    def finish(self) -> None:
        """Name every key that nobody read."""
        for name, node in self.nodes.items():
            if name not in self.known:
                self.findings.error(
                    node.key_place,
                    "S115",
                    f"the key {name} is not known here",
                    choose_from(sorted(set(self.known)), name),
                )

    def _known(self, word: str, known: Collection[str], place: Place, name: str) -> str:
        bare = _without_quotes(word)
        if bare in known:
            return bare
        self.findings.error(
            place, "S118", f"{name} cannot be {bare!r}", choose_from(sorted(known), bare)
        )
        return ""

    def _wrong(self, node: Node, name: str, wanted: str, fix: str) -> None:
        self.findings.error(node.place, "S116", f"{name} must be {wanted}", fix)


def _without_quotes(word: str) -> str:
    quoted = _QUOTED.match(word)
    return quoted["text"].strip() if quoted else word
