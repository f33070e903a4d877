"""What changed between two states of a text, line by line."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from smm_academy.revisions.sources import written_lines

CONTEXT = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a comparison with its number before and after; 0 where it did not stand."""

    kind: Literal["same", "added", "removed"]
    text: str
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The stretches of two texts in which something changed, with a few lines around them."""

    stretches: tuple[tuple[Change, ...], ...]
    added: int
    removed: int


def compare(before: str, after: str) -> Comparison:
    """Return what changed from one text to another; line endings and a mark at the top do not."""
    old, new = written_lines(before), written_lines(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    stretches = []
    for group in matcher.get_grouped_opcodes(CONTEXT):
        changes: list[Change] = []
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                changes += [
                    Change("same", old[at], at + 1, at - old_from + new_from + 1)
                    for at in range(old_from, old_to)
                ]
                continue
            changes += [
                Change("removed", old[at], before=at + 1) for at in range(old_from, old_to)
            ]
            changes += [Change("added", new[at], after=at + 1) for at in range(new_from, new_to)]
        stretches.append(tuple(changes))
    every = [change.kind for stretch in stretches for change in stretch]
    return Comparison(tuple(stretches), every.count("added"), every.count("removed"))


def as_written(typed: str, before: str) -> str:
    """Return what a browser sent as the text that it stands for.

    A browser sends every line ending as CR LF and no byte order mark; a text that came from a
    file keeps the file's own.
    """
    lines = "\n".join(written_lines(typed))
    if lines == "\n".join(written_lines(before)):
        return before
    mark = "\ufeff" if before.startswith("\ufeff") else ""
    return mark + (lines.replace("\n", "\r\n") if "\r\n" in before else lines)
