"""The marker pen: where in a reply each line of the scorecard earned and lost."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

Mark: TypeAlias = Literal["", "earned", "lost", "missing"]
Piece: TypeAlias = tuple[str, Mark, int | str]
"""A stretch of the reply, how it is marked, and the number of the line that marked it."""


def mark_pieces(
    text: str,
    lines: Sequence[tuple[int, Mapping[str, Any]]],
    missing: Sequence[tuple[str, int]] = (),
) -> list[Piece]:
    """Cut a reply into marked stretches; what is missing stands at its end.

    ``lines`` are (number, criterion of a scorecard). Where marks overlap, a lost stretch goes
    before an earned one, and an earlier line before a later one.
    """
    owner: list[tuple[Mark, int | str]] = [("", "")] * len(text)
    for mark, spans in (("earned", "earned_spans"), ("lost", "lost_spans")):
        for number, criterion in reversed(lines):
            for start, end in criterion[spans]:
                for place in range(max(0, start), min(end, len(text))):
                    owner[place] = (mark, number)  # type: ignore[assignment]
    pieces = _joined(text, owner)
    return [*pieces, *((words, "missing", number) for words, number in missing)]


def _joined(text: str, owner: Sequence[tuple[Mark, int | str]]) -> list[Piece]:
    pieces: list[Piece] = []
    for character, (mark, number) in zip(text, owner, strict=True):
        if pieces and pieces[-1][1:] == (mark, number):
            pieces[-1] = (pieces[-1][0] + character, mark, number)
        else:
            pieces.append((character, mark, number))
    return pieces


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
