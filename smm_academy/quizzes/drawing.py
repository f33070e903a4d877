"""Which questions somebody gets, and in what order they and their options stand.

Every draw is a pure function of a seed, a purpose and an id: the same sitting always shows the
same page, and a question that is added to a quiz leaves the order of the others as it was.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from smm_academy.quizzes.questions import (
    ChoiceKey,
    ClozeKey,
    OrderKey,
    PairKey,
    Pool,
    Question,
    Quiz,
)

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Layout:
    """The order in which a question's parts are shown, by their ids.

    ``options`` holds options or the steps to be put in order, ``rows`` what is to be matched,
    ``labels`` what is chosen from; ``gaps`` holds a gap's words to choose from, gap by gap.
    """

    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    gaps: tuple[tuple[str, ...], ...] = ()


def draw_questions(quiz: Quiz, seed: int, pool: Pool | None = None) -> tuple[Question, ...]:
    """Return the questions of one sitting of a quiz, in the order in which they are asked.

    With `pool` only that pool's questions are considered. Each clause of ``draw`` takes from the
    questions that no clause before it took; a clause that finds too few takes what there is. A
    question with variants is asked in one of them.
    """
    at_hand = [one for one in quiz.questions if pool is None or one.pool == pool]
    drawn = _drawn(quiz, at_hand, seed)
    if quiz.settings.shuffle_questions:
        ordered = shuffled(drawn, seed, "questions", _id)
    else:
        ordered = [one for one in at_hand if one in drawn]
    return tuple(_variant(quiz, one, seed) for one in ordered)


def lay_out(question: Question, seed: int, *, shuffle: bool = True) -> Layout:
    """Return the order in which a question's parts are shown.

    Without `shuffle` options and rows keep the author's order; steps, labels and the words of a
    gap are shuffled all the same, since their order in the file would give the answer away. Steps
    are never shown in their right order.
    """
    key = question.key
    purpose = f"options:{question.id}"
    if isinstance(key, ChoiceKey):
        ids = [option.id for option in key.options]
        return Layout(options=tuple(shuffled(ids, seed, purpose) if shuffle else ids))
    if isinstance(key, OrderKey):
        return Layout(options=_disordered([step.id for step in key.steps], seed, purpose))
    if isinstance(key, PairKey):
        rows, labels = [row.id for row in key.rows], [label.id for label in key.labels]
        # In the file items stand below their category, so it is the items that must be mixed.
        is_sorting = key.type == "categorise"
        return Layout(
            rows=tuple(shuffled(rows, seed, purpose) if shuffle or is_sorting else rows),
            labels=tuple(
                labels if is_sorting else shuffled(labels, seed, f"labels:{question.id}")
            ),
        )
    if isinstance(key, ClozeKey):
        gaps = (
            shuffled([choice.id for choice in gap.choices], seed, f"{purpose}:{gap.id}")
            for gap in key.gaps
        )
        return Layout(gaps=tuple(tuple(gap) for gap in gaps))
    return Layout()


def shuffled(
    things: Iterable[Thing],
    seed: int,
    purpose: str,
    name: Callable[[Thing], str] = str,
) -> list[Thing]:
    """Return the things in an order that depends on seed, purpose and their names alone."""
    return sorted(things, key=lambda thing: (_rank(seed, purpose, name(thing)), name(thing)))


def matches(question: Question, source: str) -> bool:
    """Tell whether a question is of a skill, or carries a tag."""
    return not source or question.skill == source or source in question.tags


def _id(question: Question) -> str:
    return question.id


def _rank(seed: int, purpose: str, name: str) -> int:
    text = "\x1f".join((str(seed), purpose, name))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def _drawn(quiz: Quiz, at_hand: Sequence[Question], seed: int) -> list[Question]:
    if not quiz.settings.draw:
        return list(at_hand)
    taken: list[Question] = []
    for clause in quiz.settings.draw:
        fitting = [one for one in at_hand if one not in taken and matches(one, clause.source)]
        taken += shuffled(fitting, seed, "draw", _id)[: clause.count]
    return taken


def _variant(quiz: Quiz, question: Question, seed: int) -> Question:
    versions = [question, *(one for one in quiz.variants if one.id == question.id)]
    return versions[_rank(seed, "variant", question.id) % len(versions)]


def _disordered(steps: Sequence[str], seed: int, purpose: str) -> tuple[str, ...]:
    mixed = shuffled(steps, seed, purpose)
    return tuple(mixed if mixed != list(steps) else [*mixed[1:], mixed[0]])
