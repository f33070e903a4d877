"""An answer held to its key: points from 0 to 1, part by part, with the right answer to show.

| type | points |
| --- | --- |
| single, numeric, short | 1 if right, else 0 |
| multiple | share of the right options ticked minus share of the wrong ones ticked, not below 0 |
| matching, categorise, cloze | share of the rows or gaps that are right |
| order | pairs of steps in the right order minus those in the wrong, as a share, not below 0 |

So ticking everything, or putting steps in a random order, earns nothing on average. An answer
that is malformed earns 0 and a note that says why; grading never fails.
"""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import combinations
from typing import Literal, TypeAlias

from smm_academy.quizzes.numbers import fits_unit, read_amount
from smm_academy.quizzes.patterns import LONGEST_TEXT, read_pattern
from smm_academy.quizzes.questions import (
    AcceptedNumber,
    AcceptedText,
    ChoiceKey,
    ClozeKey,
    Gap,
    NumericKey,
    OrderKey,
    PairKey,
    Question,
    TextKey,
)
from smm_academy.revisions.sources import Locale, straight

Answer: TypeAlias = str | Sequence[str] | Mapping[str, str] | None
"""An option's id or words; ids ticked or in order; row or gap id -> label id or words."""

Note: TypeAlias = Literal[
    "", "blank", "malformed", "too_long", "not_a_number", "wrong_unit", "incomplete"
]
"""Why an answer earned nothing, or not all, apart from being wrong."""

# Sums of decimal fractions miss their value by less than this share of it.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Part:
    """One option, row, step or gap of a graded answer.

    ``label`` is HTML (empty where the question has one part); ``given`` and ``expected`` are
    HTML too, for an option ``x`` or nothing as in the source; ``feedback`` is HTML.
    """

    id: str
    label: str
    given: str
    expected: str
    is_right: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer earned: ``points`` from 0 to 1, ``is_correct`` only for all of them."""

    points: float
    is_correct: bool
    note: Note
    parts: tuple[Part, ...]

    @property
    def is_answered(self) -> bool:
        """Tell whether anything was answered at all."""
        return self.note != "blank"


def grade(question: Question, answer: object) -> Grade:
    """Return the grade of an answer, as it came from a form, an API or a file."""
    key = question.key
    if isinstance(key, ChoiceKey):
        return _grade_choice(key, answer)
    if isinstance(key, NumericKey):
        return _grade_number(key, answer, question.locale)
    if isinstance(key, TextKey):
        return _grade_text(key, answer)
    if isinstance(key, PairKey):
        return _grade_pairs(key, answer)
    if isinstance(key, OrderKey):
        return _grade_order(key, answer)
    return _grade_cloze(key, answer)


def fold(text: str) -> str:
    """Return a text without what a short answer is not judged by: case, spaces, final stops."""
    composed = unicodedata.normalize("NFC", straight(text)).casefold()
    bare = "".join(composed.split())
    return bare.rstrip(".!,;") or bare


def accepts(accepted: AcceptedText, given: str) -> bool:
    """Tell whether a short answer fits what the author accepts."""
    if accepted.is_pattern:
        composed = unicodedata.normalize("NFC", straight(given))
        return read_pattern(accepted.text).matches(" ".join(composed.split()))
    return fold(accepted.text) == fold(given)


def _nothing(note: Note, parts: Sequence[Part]) -> Grade:
    return Grade(0.0, is_correct=False, note=note, parts=tuple(parts))


def _graded(points: float, parts: Sequence[Part], *, is_complete: bool = True) -> Grade:
    is_correct = all(part.is_right for part in parts) and points >= 1 - _ROUNDING
    return Grade(points, is_correct, "" if is_complete else "incomplete", tuple(parts))


def _words(answer: object) -> str | None:
    """Return an answer's words; a list of one, as a form sends it, is one word."""
    if isinstance(answer, list | tuple) and len(answer) == 1:
        answer = answer[0]
    return answer if isinstance(answer, str) else None


def _list(answer: object) -> list[str] | None:
    if isinstance(answer, str):
        return [answer] if answer else []
    if isinstance(answer, list | tuple) and all(isinstance(part, str) for part in answer):
        return list(answer)
    return None


def _mapping(answer: object) -> dict[str, str] | None:
    if not isinstance(answer, Mapping):
        return None
    return {str(name): value for name, value in answer.items() if isinstance(value, str) and value}


def _is_blank(answer: object) -> bool:
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, list | tuple):
        return all(_is_blank(part) for part in answer)
    if isinstance(answer, Mapping):
        return all(_is_blank(part) for part in answer.values())
    return answer is None


def _grade_choice(key: ChoiceKey, answer: object) -> Grade:
    ticked = _list(answer)
    known = {option.id for option in key.options}
    chosen = set(ticked or ()) & known
    parts = [
        Part(
            option.id,
            option.html,
            "x" if option.id in chosen else "",
            "x" if option.correct else "",
            (option.id in chosen) == option.correct,
            option.feedback,
        )
        for option in key.options
    ]
    if _is_blank(answer):
        return _nothing("blank", parts)
    is_double = key.type == "single" and len(chosen) > 1
    if ticked is None or set(ticked) - known or is_double:
        return _nothing("malformed", parts)
    right = sum(option.correct for option in key.options)
    wrong = len(key.options) - right
    hits = sum(option.correct for option in key.options if option.id in chosen)
    misses = len(chosen) - hits
    points = max(0.0, hits / right - (misses / wrong if wrong else 0.0))
    return _graded(points, parts)


def _grade_number(key: NumericKey, answer: object, locale: Locale) -> Grade:
    given = _words(answer) or ""
    written = key.accepted[0].written
    amount = read_amount(given, locale)
    note: Note = "" if amount else "not_a_number"
    met: AcceptedNumber | None = None
    if amount:
        near = [one for one in key.accepted if _is_near(amount.value, one)]
        met = next((one for one in near if fits_unit(amount.unit, one.unit)), None)
        note = "wrong_unit" if near and met is None else ""
    feedback = met.feedback if met else ""
    part = Part("answer", "", _shown(given), _shown(written), met is not None, feedback)
    if _is_blank(answer):
        return _nothing("blank", [part])
    if _words(answer) is None:
        return _nothing("malformed", [part])
    return _graded(1.0, [part]) if met else _nothing(note, [part])


def _is_near(value: float, accepted: AcceptedNumber) -> bool:
    slack = _ROUNDING * max(1.0, abs(accepted.value))
    return math.isfinite(value) and abs(value - accepted.value) <= accepted.tolerance + slack


def _grade_text(key: TextKey, answer: object) -> Grade:
    given = _words(answer)
    short = (given or "")[:LONGEST_TEXT]
    is_short = given is not None and len(given) <= LONGEST_TEXT
    met = next((one for one in key.accepted if accepts(one, short)), None) if is_short else None
    plain = next((one.text for one in key.accepted if not one.is_pattern), "")
    feedback = met.feedback if met else ""
    part = Part("answer", "", _shown(short), _shown(plain), met is not None, feedback)
    if _is_blank(answer):
        return _nothing("blank", [part])
    if given is None:
        return _nothing("malformed", [part])
    if not is_short:
        return _nothing("too_long", [part])
    return _graded(1.0, [part]) if met else _nothing("", [part])


def _grade_pairs(key: PairKey, answer: object) -> Grade:
    chosen = _mapping(answer)
    given = chosen or {}
    names = {label.id: label.html for label in key.labels}
    parts = [
        Part(
            row.id,
            row.html,
            names.get(given.get(row.id, ""), ""),
            names[row.label],
            given.get(row.id) == row.label,
            row.feedback,
        )
        for row in key.rows
    ]
    if _is_blank(answer):
        return _nothing("blank", parts)
    rows = {row.id for row in key.rows}
    if chosen is None or chosen.keys() - rows or set(chosen.values()) - names.keys():
        return _nothing("malformed", parts)
    share = sum(part.is_right for part in parts) / len(parts)
    return _graded(share, parts, is_complete=len(chosen) == len(rows))


def _grade_order(key: OrderKey, answer: object) -> Grade:
    given = _list(answer) or []
    right = [step.id for step in key.steps]
    shown = {step.id: step.html for step in key.steps}
    parts = [
        Part(
            step.id,
            str(number + 1),
            shown.get(given[number], "") if number < len(given) else "",
            step.html,
            number < len(given) and given[number] == step.id,
            step.feedback,
        )
        for number, step in enumerate(key.steps)
    ]
    if _is_blank(answer):
        return _nothing("blank", parts)
    if len(set(given)) < len(given) or set(given) - set(right):
        return _nothing("malformed", parts)
    if len(given) < len(right):
        return _nothing("incomplete", parts)
    place = {step: number for number, step in enumerate(given)}
    pairs = list(combinations(right, 2))
    kept = sum(place[one] < place[other] for one, other in pairs)
    return _graded(max(0.0, 2 * kept / len(pairs) - 1), parts)


def _grade_cloze(key: ClozeKey, answer: object) -> Grade:
    filled = _mapping(answer)
    given = filled or {}
    parts = [_grade_gap(gap, given.get(gap.id, "")) for gap in key.gaps]
    if _is_blank(answer):
        return _nothing("blank", parts)
    if filled is None or filled.keys() - {gap.id for gap in key.gaps}:
        return _nothing("malformed", parts)
    share = sum(part.is_right for part in parts) / len(parts)
    return _graded(share, parts, is_complete=len(filled) == len(key.gaps))


def _grade_gap(gap: Gap, given: str) -> Part:
    expected = gap.accepted[0]
    if gap.choices:
        words = next((choice.text for choice in gap.choices if choice.id == given), "")
        is_right = bool(words) and words == expected
        return Part(gap.id, "", _shown(words), _shown(expected), is_right)
    is_right = len(given) <= LONGEST_TEXT and any(fold(one) == fold(given) for one in gap.accepted)
    is_right = is_right and bool(given.strip())
    return Part(gap.id, "", _shown(given[:LONGEST_TEXT]), _shown(expected), is_right)


def _shown(words: str) -> str:
    """Return words that somebody typed as HTML: markup in them is text and nothing else."""
    return escape(words.strip(), quote=False)
