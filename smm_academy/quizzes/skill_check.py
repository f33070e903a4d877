"""The skill check: what may be asked, what comes next, why it ends, when it can be taken again.

Choosing and stopping are rules of `measurement.selection`; here questions become its items. An
item has the parameters that evidence of it has, so the figure that stops a check is the figure
that the skill map shows.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from smm_academy.errors import Invalid
from smm_academy.measurement.blueprint import AREA_OF
from smm_academy.measurement.parameter_queries import Strength
from smm_academy.measurement.selection import (
    LEARNER_CHECK,
    Bank,
    BankItem,
    Decision,
    StopReason,
    build_bank,
    decide_next,
    estimate_overall,
    expect_more,
)
from smm_academy.quizzes.evidence import shown_by
from smm_academy.quizzes.grading import Note
from smm_academy.quizzes.questions import Question

CheckEnd: TypeAlias = StopReason | Literal["left", "expired"]
"""Why a check ended: by its rules, by its person, or because it was open for too long."""

CHECK = "skill_check"
"""What a check's sitting and attempts go by; no quiz can, since an author's id has no ``_``."""

RULES = LEARNER_CHECK
OPEN_FOR = timedelta(days=7)
"""How long a break may be. Somebody who answers one half months later is another person."""

REST = timedelta(days=14)
"""Between two checks: sooner, they would differ by chance more than by what was learnt."""

FEWEST_NEW = RULES.shortest
"""With fewer questions that are new to somebody, a check could not reach its shortest length."""

PLENTY_NEW = RULES.longest
UNKNOWN = "unknown"
"""The form field by which somebody says that they do not know."""


def bank_of(
    questions: Mapping[str, Question], strengths: Mapping[str, Strength] | None = None
) -> Bank:
    """Return a bank of questions by item key, without those that measure no skill of the map."""
    known = strengths or {}
    return build_bank(
        [
            _item(key, question, known.get(key))
            for key, question in sorted(questions.items())
            if question.skill in AREA_OF
        ]
    )


def choose(
    questions: Mapping[str, Question],
    answered: Mapping[str, float],
    *,
    seed: str,
    met: Collection[str],
    strengths: Mapping[str, Strength] | None = None,
) -> Decision:
    """Return what a check does next: ask an item, or stop.

    ``answered`` holds points by item key. What is in ``met``, the items that this person came
    upon elsewhere, is neither asked nor, where it was answered since, counted. ``strengths`` are
    what a calibration knows of items.
    """
    steps = [
        (key, _step(questions[key], points)) for key, points in answered.items() if key not in met
    ]
    return decide_next(bank_of(questions, strengths), steps, rules=RULES, seed=seed, excluded=met)


def more_to_come(
    answered: Sequence[tuple[str, Question, float]],
    strengths: Mapping[str, Strength] | None = None,
) -> int:
    """Return about how many more questions a check will ask, from (key, question, points)."""
    if not answered:
        return expect_more(1.0, 0, RULES)
    bank = bank_of({key: question for key, question, _ in answered}, strengths)
    steps = [(key, _step(question, points)) for key, question, points in answered]
    return expect_more(estimate_overall(bank, steps)[1], len(steps), RULES)


def free_again(ended: datetime, answers: float) -> datetime | None:
    """Return when the next check may begin; at once after one that was broken off early."""
    return ended + REST if answers >= RULES.shortest else None


def refuse_unfinished(note: Note) -> None:
    """Refuse an answer that is none, or only half of one: it was sent by mistake.

    It says nothing of what is right. Raises `Invalid`.
    """
    if note == "blank":
        raise Invalid("answer", "Nothing is answered yet. Answer, or say that you do not know.")
    if note == "incomplete":
        raise Invalid(
            "answer", "A part of the answer is missing. Fill it in, or say that you do not know."
        )
    if note in {"not_a_number", "too_long", "malformed"}:
        raise Invalid(
            "answer", "This answer could not be read. Write it shorter and plainer, like 4.5."
        )


def _item(key: str, question: Question, strength: Strength | None) -> BankItem:
    shown = shown_by(question, key, 0, repeated=False, strength=strength)
    return BankItem(key, shown.skill, shown.a, shown.thresholds)


def _step(question: Question, points: float) -> int:
    return shown_by(question, "", points, repeated=False).score
