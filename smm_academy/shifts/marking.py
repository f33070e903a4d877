"""The marker pen: where in a reply each line of the scorecard earned and lost."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Literal, TypeAlias

Mark: TypeAlias = Literal["", "earned", "lost", "missing"]
Piece: TypeAlias = tuple[str, Mark, int | str]
"""A stretch of the reply, how it is marked, and the number of the line that marked it."""

JOINT = re.compile(r"[\s,'’-]*(?:[^\W\d_]{1,3}[\s,'’-]+)?")
"""What may stand between two marks of a line that are drawn as one: a space, a short word."""
UNMARKED: tuple[Mark, int | str] = ("", "")


def mark_pieces(
    text: str,
    lines: Sequence[tuple[int, Mapping[str, Any]]],
    missing: Sequence[tuple[str, int]] = (),
    gates: Iterable[Mapping[str, Any]] = (),
) -> list[Piece]:
    """Cut a reply into marked stretches; what is missing stands at its end.

    ``lines`` are (number, criterion of a scorecard). Where marks overlap, what crossed a red line
    goes before a lost stretch, that before an earned one, and an earlier line before a later one.
    """
    owner: list[tuple[Mark, int | str]] = [UNMARKED] * len(text)
    for mark, spans in (("earned", "earned_spans"), ("lost", "lost_spans")):
        for number, criterion in reversed(lines):
            _claim(owner, text, criterion[spans], (mark, number))  # type: ignore[arg-type]
    for gate in gates:
        _claim(owner, text, gate["spans"], ("lost", ""))
    pieces = _joined(_stretches(text, owner))
    return [*pieces, *((words, "missing", number) for words, number in missing)]


def outcome_of(criterion: Mapping[str, Any]) -> Literal["earned", "partly", "lost", "missing"]:
    """Return the sign of a scorecard's line: what share of its points was earned."""
    earned, possible = float(criterion["earned"]), float(criterion["possible"])
    if possible <= 0:
        return "lost" if earned < 0 else "earned"
    share = earned / possible
    if share >= 0.95:  # noqa: PLR2004 - rounding aside, all of it
        return "earned"
    if share > 0.05:  # noqa: PLR2004 - rounding aside, some of it
        return "partly"
    return "lost" if criterion["lost_spans"] else "missing"


def _claim(
    owner: list[tuple[Mark, int | str]],
    text: str,
    spans: Iterable[tuple[int, int]],
    mark: tuple[Mark, int | str],
) -> None:
    """Give stretches of a text to a mark, without the spaces round them."""
    for start, end in spans:
        words = text[max(0, start) : end]
        first = max(0, start) + len(words) - len(words.lstrip())
        for place in range(first, first + len(words.strip())):
            owner[place] = mark


def _stretches(text: str, owner: Sequence[tuple[Mark, int | str]]) -> list[Piece]:
    runs = groupby(zip(text, owner, strict=True), key=lambda one: one[1])
    return [("".join(character for character, _ in run), *mark) for mark, run in runs]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Draw neighbouring marks of one line as one: a pen does not stop between two words."""
    joined: list[Piece] = []
    for piece in pieces:
        if len(joined) > 1 and piece[1] and joined[-2][1:] == piece[1:] and _is_joint(joined[-1]):
            words = joined.pop()[0]
            joined[-1] = (joined[-1][0] + words + piece[0], *piece[1:])
        else:
            joined.append(piece)
    return joined


def _is_joint(piece: Piece) -> bool:
    return piece[1:] == UNMARKED and JOINT.fullmatch(piece[0]) is not None
