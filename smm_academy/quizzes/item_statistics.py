"""What the answers to a question say about it: figures, curves, and warnings to put into words.

Only somebody's first answer to a question counts, and only sittings that were handed in. Below
thirty answers nothing is said but how many there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal, TypeAlias

import numpy as np

from smm_academy.measurement.curves import IntArray
from smm_academy.measurement.dif import MantelHaenszel
from smm_academy.measurement.item_statistics import (
    FEWEST_ANSWERS,
    THIRDS,
    compare_groups,
    item_rest_correlation,
    share_interval,
    shares_by_third,
    split_thirds,
)
from smm_academy.quizzes.evidence import FULL
from smm_academy.quizzes.questions import ChoiceKey, Question
from smm_academy.quizzes.responses import Response
from smm_academy.sittings.models import Purpose

EASY, HARD = 0.95, 0.10
_MORE_THAN_CHANCE = 2
"""By how many people the ablest third must prefer a wrong option before that is said."""

WarningKind: TypeAlias = Literal[
    "able avoid", "wrong draws", "easy", "hard", "unchosen", "language"
]
Outcome: TypeAlias = Literal["right", "partly", "wrong", "blank"]
OUTCOMES: tuple[Outcome, ...] = ("right", "partly", "wrong", "blank")


@dataclass(frozen=True, slots=True)
class Reply:
    """A first answer to a question, and how able its person was on the rest of the sitting.

    ``rest`` and ``ability`` (with and without this answer left out) are in logits, ``rest`` is
    ``nan`` where the sitting held nothing else. ``seconds`` is ``None`` where no time was kept.
    """

    person_id: int
    locale: str
    points: float
    response: Response
    rest: float
    ability: float
    seconds: float | None = None

    @property
    def right(self) -> bool:
        """Tell whether the answer was wholly right."""
        return self.points >= FULL


@dataclass(frozen=True, slots=True)
class Choice:
    """An option, or what became of the answer where there are none to tick.

    ``text`` is empty for an outcome. ``thirds`` are the shares of the least, the middle and the
    most able who chose it.
    """

    id: str
    text: str
    is_right: bool
    count: int
    thirds: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A warning; ``option`` is the text of the option that it speaks of."""

    kind: WarningKind
    option: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """How many met a question in one kind of sitting, of how many who met any there."""

    purpose: Purpose
    people: int
    of: int

    @property
    def share(self) -> float:
        """Return the share, 0 where nobody met any question."""
        return self.people / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Exposure:
    """How many people met a question, whatever its wording, wherever it is used.

    ``of`` is how many met any question of its organisation in its language; ``uses`` tells
    practice, checks and assessments apart, those without anybody left out.
    """

    people: int
    of: int
    uses: tuple[Use, ...] = ()

    @property
    def share(self) -> float | None:
        """Return the share, ``None`` where nobody met any question."""
        return self.people / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What is known of one question; below thirty answers only ``answers`` and ``exposure``.

    ``easiness`` is the share of answers that are wholly right, with its 95 % interval;
    ``discrimination`` the corrected item-rest correlation; ``seconds`` the median time.
    """

    number: int
    question: Question
    answers: int
    exposure: Exposure
    easiness: float | None = None
    interval: tuple[float, float] | None = None
    discrimination: float | None = None
    choices: tuple[Choice, ...] = ()
    language: MantelHaenszel | None = None
    seconds: float | None = None
    flaws: tuple[Flaw, ...] = ()

    @property
    def enough(self) -> bool:
        """Tell whether there are enough answers for figures."""
        return self.answers >= FEWEST_ANSWERS


def describe(
    number: int,
    question: Question,
    replies: Sequence[Reply],
    others: Sequence[Reply],
    exposure: Exposure,
) -> ItemStatistics:
    """Return the statistics of a question in its language.

    ``replies`` are answers to it, ``others`` those to the same question in the other language.
    """
    answers = len(replies)
    if answers < FEWEST_ANSWERS:
        return ItemStatistics(number, question, answers, exposure)
    right = np.array([one.right for one in replies])
    rest = np.array([one.rest for one in replies])
    found = ItemStatistics(
        number,
        question,
        answers,
        exposure,
        float(right.mean()),
        share_interval(int(right.sum()), answers),
        item_rest_correlation(right, rest),
        _choices(question, replies, split_thirds(rest)),
        _between_languages(replies, others),
        _usual_time(replies),
    )
    return replace(found, flaws=tuple(_flaws(found, shares_by_third(right, split_thirds(rest)))))


def _choices(question: Question, replies: Sequence[Reply], thirds: IntArray) -> tuple[Choice, ...]:
    return tuple(
        Choice(id_, text, is_right, sum(chosen), shares_by_third(chosen, thirds))
        for id_, text, is_right, chosen in _chosen(question, replies)
    )


def _chosen(
    question: Question, replies: Sequence[Reply]
) -> Iterator[tuple[str, str, bool, list[bool]]]:
    """Yield (id, text, right, who chose it) of each option, or of each outcome."""
    key = question.key
    if isinstance(key, ChoiceKey):
        for option in key.options:
            ticked = [_ticks(one.response, option.id) for one in replies]
            yield option.id, option.text, option.correct, ticked
        yield "blank", "", False, [not one.response for one in replies]
        return
    outcomes = [_outcome(one) for one in replies]
    for outcome in OUTCOMES:
        yield outcome, "", outcome == "right", [one == outcome for one in outcomes]


def _ticks(response: Response, option: str) -> bool:
    return option == response if isinstance(response, str) else option in response


def _outcome(reply: Reply) -> Outcome:
    if reply.right:
        return "right"
    if not reply.response:
        return "blank"
    return "partly" if reply.points > 0 else "wrong"


def _between_languages(replies: Sequence[Reply], others: Sequence[Reply]) -> MantelHaenszel | None:
    """Compare the language at hand (focal) with the other (reference), each person once."""
    here = {one.person_id for one in replies}
    everybody = [*replies, *(one for one in others if one.person_id not in here)]
    return compare_groups(
        [one.right for one in everybody],
        [place < len(replies) for place in range(len(everybody))],
        [one.ability for one in everybody],
    )


def _usual_time(replies: Sequence[Reply]) -> float | None:
    times = [one.seconds for one in replies if one.seconds is not None]
    return median(times) if len(times) >= FEWEST_ANSWERS else None


def _flaws(found: ItemStatistics, right: tuple[float | None, ...]) -> Iterator[Flaw]:
    """Yield what is wrong, the gravest first; ``right`` are the shares right by thirds."""
    least, most = right[0], right[-1]
    falls = found.discrimination is not None and found.discrimination < 0
    if falls and least is not None and most is not None and most < least:
        yield Flaw("able avoid")
    if found.question.type == "single":
        key = next(one for one in found.choices if one.is_right)
        for choice in found.choices:
            if choice.id != "blank" and not choice.is_right and _draws_more(choice, key, found):
                yield Flaw("wrong draws", choice.text)
    language = found.language
    if language is not None and language.enough and language.ets_class != "A":
        yield Flaw("language")
    if found.easiness is not None and found.easiness >= EASY:
        yield Flaw("easy")
    if found.easiness is not None and found.easiness <= HARD:
        yield Flaw("hard")
    for choice in found.choices:
        if choice.text and not choice.count:
            yield Flaw("unchosen", choice.text)


def _draws_more(choice: Choice, key: Choice, found: ItemStatistics) -> bool:
    drawn, kept = choice.thirds[-1], key.thirds[-1]
    if drawn is None or kept is None:
        return False
    return (drawn - kept) * found.answers / THIRDS >= _MORE_THAN_CHANCE
