"""What sort of answer a question asks for, told from the shape of its answers."""

from collections.abc import Sequence

from smm_academy.quizzes.blocks import ACCEPTED, GAP, ITEM, OPTION, PAIR, STEP, Block
from smm_academy.quizzes.numbers import read_tolerance
from smm_academy.quizzes.questions import QuestionType
from smm_academy.revisions.sources import Findings, Line, choose_from

TYPES: tuple[QuestionType, ...] = (
    "single",
    "multiple",
    "numeric",
    "short",
    "matching",
    "order",
    "cloze",
    "categorise",
)
NOT_YET = ("essay", "file")
"""Types of the format that this release cannot ask in a quiz."""


def type_of(block: Block, findings: Findings) -> QuestionType | None:
    """Return the type of a question, or `None` and an error where it cannot be told."""
    stated = block.attributes.get("type")
    place = block.attributes.place("type", block.place)
    if stated in NOT_YET:
        findings.error(
            place,
            "Q205",
            f"{stated} questions are not available in quizzes of this release",
            "ask it with options, words to fill in or steps to order",
        )
        return None
    if stated and stated not in TYPES:
        findings.error(
            place, "Q206", f"type cannot be {stated!r}", choose_from([*TYPES, *NOT_YET], stated)
        )
        return None
    return next((kind for kind in TYPES if kind == stated), None) or _inferred(block, findings)


def _inferred(block: Block, findings: Findings) -> QuestionType | None:
    lines = [line for line in block.lines if not line.in_code]
    marks = [(line, found["mark"][0]) for line in lines if (found := OPTION.match(line.plain))]
    accepted = [line for line in lines if ACCEPTED.match(line.plain)]
    has_gaps = any(
        found["inside"] is not None for line in lines for found in GAP.finditer(line.text)
    )
    shapes = [
        name
        for name, is_there in (
            ("( ) or [ ] options", bool(marks)),
            ("= answers", bool(accepted)),
            ("{{gaps}}", has_gaps),
        )
        if is_there
    ]
    if len(shapes) > 1:
        findings.error(
            block.place,
            "Q204",
            f"the question mixes {' and '.join(shapes)}",
            "keep one way of answering, and make a second question of the other",
        )
        return None
    if marks:
        return _choice_type(marks, findings)
    if accepted:
        return "numeric" if _are_numbers(accepted) else "short"
    if has_gaps:
        return "cloze"
    if any(PAIR.match(line.plain) for line in lines):
        return "matching"
    _name_missing(block, lines, findings)
    return None


def _choice_type(marks: list[tuple[Line, str]], findings: Findings) -> QuestionType | None:
    first = marks[0][1]
    for line, mark in marks:
        if mark != first:
            findings.error(
                line.place(line.plain.index(mark) + 1),
                "Q204",
                "the question mixes ( ) and [ ]",
                "use ( ) for one right answer, [ ] for several",
            )
            return None
    return "single" if first == "(" else "multiple"


def _are_numbers(lines: Sequence[Line]) -> bool:
    texts = [found["text"] for line in lines if (found := ACCEPTED.match(line.plain))]
    # Whether a comma is a decimal mark does not matter yet: it is a number in either language.
    return all(read_tolerance(text, "pl") or read_tolerance(text, "en") for text in texts)


def _name_missing(block: Block, lines: Sequence[Line], findings: Findings) -> None:
    if any(STEP.match(line.plain) for line in lines):
        fix = "if the steps are to be put in order, add type=order to the braces of the heading"
    elif any(ITEM.match(line.plain) for line in lines):
        fix = "begin each option with - ( ) and the right one with - (x)"
    else:
        fix = "add options (- ( ) …), an answer (= …), pairs (- a -> b) or gaps ({{…}})"
    findings.error(block.place, "Q207", "the question has no answers", fix)
