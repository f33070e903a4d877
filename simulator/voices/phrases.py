"""The phrase language: one phrase a line, with choices, references, slots and agreement.

``[a|b|]`` chooses, ``<name>`` and ``<name:case>`` refer to another list, ``{slot}`` is filled from
the plan, ``~f/m~`` follows the author's gender (``ł%`` stands for ``łam`` or ``łem``, ``ł%bym``
likewise), ``^a/b^`` follows the form of address (familiar or polite), ``<!lemma:case>`` agrees
with the noun before it, ``//`` ends a sentence. A phrase may begin with ``(tags)`` that its
message must have, ``-tag`` that it must not have, and a number as its weight.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

_TOKEN = re.compile(r"\[|\]|\||<[^<>]+>|\{[a-z_]+\}|~[^~]*~|\^[^^]*\^|ł%bym|ł%")
_PAST = {"ł%": ("łam", "łem"), "ł%bym": ("łabym", "łbym")}
_TAGS = re.compile(r"^\(([a-z0-9 -]+)\) ")
_SLOT_WAYS = 10
_HEADER = re.compile(r"^# ([a-z0-9_.]+)(?: \(([a-z ]+)\))?(?:: (.+))?$")


class PhraseError(ValueError):
    """A phrase that cannot be read; says which file and line, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they stand."""

    words: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that the plan gives."""

    name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Another list of phrases; ``case`` inflects a noun, ``adjectives`` names a list before it."""

    name: str
    case: str
    adjectives: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A verb, adjective or pronoun that takes the gender and number of the noun before it."""

    lemma: str
    case: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two wordings: by the author's gender (``~``) or by the form of address (``^``)."""

    by: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    options: tuple["Sequence", ...]


Node: TypeAlias = Text | Slot | Reference | Agreement | Pair | Choice
Sequence: TypeAlias = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line: the tags it needs, the tags it shuns, its weight and its parsed body."""

    number: int
    needs: frozenset[str]
    shuns: frozenset[str]
    weight: float
    source: str
    body: Sequence


def ways(body: Sequence) -> float:
    """Return about how many ways a phrase can be said; slots and lists count as ten each."""
    count = 1.0
    for node in body:
        if isinstance(node, Choice):
            count *= sum(ways(option) for option in node.options)
        elif isinstance(node, Slot | Reference):
            count *= _SLOT_WAYS
    return count


@dataclass(frozen=True, slots=True)
class Listing:
    """A named list of phrases as a file holds it.

    ``flags``: ``noun`` and ``adj`` are inflected, ``sticky`` keeps its first choice through a
    message, ``zipf`` prefers the phrases that stand
    first, ``told`` those that can be said in many ways.
    """

    name: str
    flags: frozenset[str]
    title: str
    lines: tuple[tuple[str, str], ...]


def read_listings(text: str, origin: str) -> list[Listing]:
    """Return the lists of a file's text; ``.role`` lines open a list of the aspect above them.

    Raises `PhraseError` where a phrase stands before the first header or a header is malformed.
    """
    found: list[tuple[str, frozenset[str], str, list[tuple[str, str]]]] = []
    aspect = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        where = f"{origin}:{number}"
        if not line or line.startswith(";"):
            continue
        if line.startswith("# "):
            header = _HEADER.match(line)
            if header is None:
                raise PhraseError(f"{where}: write the header as '# name', '# name (flags)'.")
            aspect = header[1]
            found.append((aspect, frozenset((header[2] or "").split()), header[3] or "", []))
        elif re.fullmatch(r"\.[a-z_]+", line):
            found.append((aspect + line, frozenset(), "", []))
        elif not found:
            raise PhraseError(f"{where}: put a '# name' header before the first phrase.")
        else:
            found[-1][3].append((line, where))
    return [Listing(name, flags, title, tuple(lines)) for name, flags, title, lines in found]


def parse_phrase(line: str, number: int, origin: str) -> Phrase:
    """Return one phrase.

    Raises `PhraseError` with the place when brackets do not match.
    """
    needs: set[str] = set()
    shuns: set[str] = set()
    weight = 1.0
    head = _TAGS.match(line)
    if head:
        for tag in head[1].split():
            if tag.isdigit():
                weight = float(tag)
            elif tag.startswith("-"):
                shuns.add(tag[1:])
            else:
                needs.add(tag)
    source = line[head.end() :] if head else line
    body, rest = _sequence(_split(source), origin, nested=False)
    if rest:
        raise PhraseError(f"{origin}: unmatched ']' or '|' in {source!r}; close what you open.")
    return Phrase(number, frozenset(needs), frozenset(shuns), weight, source, body)


def _split(source: str) -> list[str]:
    parts: list[str] = []
    end = 0
    for token in _TOKEN.finditer(source):
        if token.start() > end:
            parts.append(source[end : token.start()])
        parts.append(token[0])
        end = token.end()
    if end < len(source):
        parts.append(source[end:])
    return parts


def _sequence(parts: list[str], origin: str, *, nested: bool) -> tuple[Sequence, list[str]]:
    nodes: list[Node] = []
    while parts and parts[0] not in ("|", "]"):
        head, parts = parts[0], parts[1:]
        if head == "[":
            choice, parts = _choice(parts, origin)
            nodes.append(choice)
        else:
            nodes.append(_atom(head))
    if nested and not parts:
        raise PhraseError(f"{origin}: a '[' is never closed; add the ']'.")
    return tuple(nodes), parts


def _choice(parts: list[str], origin: str) -> tuple[Choice, list[str]]:
    options: list[Sequence] = []
    while True:
        option, parts = _sequence(parts, origin, nested=True)
        options.append(option)
        closer, parts = parts[0], parts[1:]
        if closer == "]":
            return Choice(tuple(options)), parts


def _atom(token: str) -> Node:
    if token in _PAST:
        return Pair("~", *_PAST[token])
    if len(token) > 1 and token[0] == token[-1] and token[0] in "~^" and "/" in token:
        first, second = token[1:-1].split("/", 1)
        return Pair(token[0], first, second)
    if token.startswith("{") and token.endswith("}"):
        return Slot(token[1:-1])
    if token.startswith("<") and token.endswith(">"):
        return _link(token[1:-1])
    return Text(token)


def _link(content: str) -> Reference | Agreement:
    name, _, case = content.partition(":")
    if name.startswith("!"):
        return Agreement(name[1:], case or "nom")
    adjectives, plus, noun = name.partition("+")
    return Reference(noun if plus else name, case, adjectives if plus else "")
