"""What brand and scenario packs have in common: texts in both languages, rows, times of day."""

import re
from collections.abc import Collection, Iterator
from typing import Literal

from smm_academy.revisions.fields import Fields
from smm_academy.revisions.sources import LOCALES, nearest
from smm_academy.revisions.yaml_nodes import Node

LONGEST_TEXT = 2000
_NAME = re.compile(r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$")
_CLOCK = re.compile(r"^(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)$")


def check_text(fields: Fields, name: str, example: str = "…", *, required: bool = True) -> None:
    """Check that a key holds a text for each language, not empty and not too long."""
    node = (
        fields.require(name, f"{{en: {example}, pl: {example}}}")
        if required
        else fields.find(name)
    )
    if node is not None:
        check_both(fields, node, name)


def check_both(fields: Fields, node: Node, name: str) -> None:
    """Check a mapping of languages to texts."""
    if not isinstance(node.content, dict):
        fields.findings.error(
            node.place, "P201", f"{name} must have a text for each language",
            "write {en: …, pl: …}",
        )  # fmt: skip
        return
    for locale in LOCALES:
        text = node.content.get(locale)
        if text is None or not text.text.strip():
            fields.findings.error(
                text.place if text else node.place, "P202",
                f"{name} has no text in {'English' if locale == 'en' else 'Polish'}",
                f"add {locale}: …",
            )  # fmt: skip
        elif len(text.text) > LONGEST_TEXT:
            fields.findings.error(
                text.place, "P203", f"{name} is {len(text.text)} characters long",
                f"shorten it to {LONGEST_TEXT} or fewer",
            )  # fmt: skip
    for language, text in node.content.items():
        if language not in LOCALES:
            fields.findings.error(
                text.key_place,
                "P204",
                f"{language} is not a language of this pack",
                "use en and pl",
            )


def rows(fields: Fields, name: str, example: str, *, least: int = 0) -> Iterator[Fields]:
    """Yield each mapping of a list; a shorter list than ``least`` is warned about.

    Each row must be finished by whoever reads it, so that unknown keys are named.
    """
    node = fields.require(name, example) if least else fields.find(name)
    if node is None:
        return
    if not isinstance(node.content, tuple):
        fields.findings.error(node.place, "P205", f"{name} must be a list", f"write {example}")
        return
    if len(node.content) < least:
        fields.findings.warn(
            node.key_place, "P206", f"{name} has {len(node.content)} entries",
            f"give {least} or more, so that the desk has something to work with",
        )  # fmt: skip
    for row in node.content:
        if isinstance(row.content, dict):
            yield Fields(row.content, row.place, fields.findings)
        else:
            fields.findings.error(
                row.place, "P207", f"an entry of {name} must be keys", f"write {example}"
            )


def name_of(fields: Fields, taken: set[str], what: str) -> str:
    """Return a row's id, naming one that is missing, malformed or taken; it is then taken."""
    written = fields.text("id", "short_name", required=True)
    if not written:
        return ""
    place = fields.place("id")
    if not _NAME.match(written):
        fields.findings.error(
            place, "P208", f"{written!r} cannot be an id",
            "use lower-case letters, digits, _ and -",
        )  # fmt: skip
    if written in taken:
        fields.findings.error(
            place, "P209", f"two {what} have the id {written}", "give one of them another id"
        )
    taken.add(written)
    return written


def check_known(fields: Fields, name: str, known: Collection[str], what: str) -> tuple[str, ...]:
    """Return a list of ids, naming each that is not among the known ones."""
    node = fields.find(name)
    words = fields.words(name)
    if node is None:
        return words
    parts = node.content if isinstance(node.content, tuple) else (node,)
    for part in parts:
        if part.text and part.text not in known:
            fields.findings.error(
                part.place, "P210", f"{part.text} is not {what}", suggest(part.text, known)
            )
    return tuple(word for word in words if word in known)


def suggest(word: str, known: Collection[str]) -> str:
    """Return how to mend an id that is not known."""
    close = nearest(word, known)
    if close:
        return f"write {close}"
    return f"write one of: {', '.join(sorted(known))}" if known else "leave it out"


def minute_of(fields: Fields, name: str) -> int | None:
    """Return a time of day in minutes after midnight, ``None`` where it is missing or wrong."""
    text = fields.text(name, '"09:00"', required=True)
    if not text:
        return None
    clock = _CLOCK.match(text)
    if clock is None:
        fields.findings.error(
            fields.place(name), "P211", f"{name} is not a time of day", 'write it as "09:00"'
        )
        return None
    return int(clock["hour"]) * 60 + int(clock["minute"])


def check_order(fields: Fields, first: str, last: str) -> int | None:
    """Return how many minutes lie between two times of day; the second must be later."""
    start, end = minute_of(fields, first), minute_of(fields, last)
    if start is None or end is None:
        return None
    if end <= start:
        fields.findings.error(
            fields.place(last), "P212", f"{last} is not later than {first}",
            f"give a later time for {last}, on the same day",
        )  # fmt: skip
        return None
    return end - start


def check_number(fields: Fields, name: str, lowest: float, highest: float) -> None:
    """Check that a key, where it is given, is a number within bounds."""
    node = fields.find(name)
    if node is None:
        return
    number = node.content
    if isinstance(number, bool) or not isinstance(number, int | float):
        fields.findings.error(
            node.place, "P213", f"{name} must be a number", f"write {name}: {lowest}"
        )
    elif not lowest <= number <= highest:
        fields.findings.error(
            node.place, "P214", f"{name} must be between {lowest} and {highest}",
            f"write {name}: {lowest}, or more",
        )  # fmt: skip


def required_count(fields: Fields, name: str, lowest: int, highest: int) -> int | None:
    """Return a whole number within bounds that must be there."""
    if fields.require(name, str(lowest)) is None:
        return None
    return fields.count(name, lowest, highest)


def check_id(fields: Fields, path_stem: str, what: Literal["brand", "scenario"]) -> str:
    """Return the id of a pack, which must be the name of its file."""
    written = fields.text("id", path_stem, required=True)
    if not written:
        return ""
    found = fields.identifier("id", path_stem)
    if found != path_stem:
        fields.findings.error(
            fields.place("id"), "P215", f"the file of this {what} is named {path_stem}",
            f"write id: {path_stem}, or rename the file to {found}.yaml",
        )  # fmt: skip
    return found
