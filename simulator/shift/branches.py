"""What if: a day taken up again at one decision and lived on under the same draws.

The lived moves are a plan: each is begun at its lived minute, or as soon as the desk is free. A
move that has become impossible is left out, and so is an answer to words that nobody wrote. A
branch in which nothing differs is therefore the lived day, bit by bit.

Other luck means other draws from the branching on, for the people and for the community, with the
same persons, words and moves. Both days under the same luck are a pair (common random numbers).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise

from simulator import keyed
from simulator.moves import Move
from simulator.shift.play import Shift
from simulator.shift.refusals import MoveRefused
from simulator.shift.scene import Scene
from simulator.shift.state import Made

_WRITTEN = frozenset({"reply", "direct_message"})
_LOOKS = frozenset({"open", "look_up"})
_PASSES = frozenset({"wait", "end_day"})
_MOST_LUCK = 2**31


@dataclass(frozen=True, slots=True)
class Change:
    """What is done instead of a lived move: ``move``, or nothing where it is ``None``.

    ``minute`` is when it is begun, in minutes of the shift (``None``: when the lived move was).
    With ``only`` whatever else was done later about the same message is left out too.
    """

    move: Move | None = None
    minute: int | None = None
    only: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A move of the plan: when it is begun; for a wait, ``ends`` is the minute it lasts to.

    ``answers`` says that somebody waited for it when it was made; ``chosen`` that it is the
    changed one, which must be possible.
    """

    move: Move
    begins: int
    ends: int
    answers: bool = False
    chosen: bool = False


@dataclass(slots=True)
class OtherScene(Scene):
    """A scene whose chances are drawn by another seed than its people and words."""

    luck: int = 0

    @property
    def seed(self) -> int:
        """The seed of every chance from here on."""
        return self.luck


def branch(shift: Shift, at_move: int | None, change: Change, luck: int = 0) -> Shift:
    """Return the day that a change at a move leads to, at its end; the shift is left as it is.

    ``at_move`` counts the shift's moves from 0; ``None`` adds the changed move to them, at its
    minute. ``luck`` 0 is the lived one. Raises `MoveRefused` when the changed move is not
    possible, ``ValueError`` for a place outside the moves or a new move without a minute.
    """
    lived, changed = plans_of(shift, at_move, change)
    common = shared(lived, changed)
    day = walked(shift, changed[:common])
    if luck:
        day = with_luck(day, luck)
    follow(day, changed[common:], strictly=not luck)
    return day


def plans_of(
    shift: Shift, at_move: int | None, change: Change
) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Return the lived plan and the changed one.

    Raises ``ValueError`` for a place outside the moves or a new move without a minute.
    """
    lived = lived_plan(shift)
    if at_move is None:
        if change.move is None or change.minute is None:
            raise ValueError("a change at no move needs a move and its minute: give both")
        return lived, _inserted(lived, change.move, change.minute)
    if not 0 <= at_move < len(lived):
        raise ValueError(f"there is no move {at_move}: this shift has {len(lived)}, from 0")
    old, later = lived[at_move], lived[at_move + 1 :]
    if change.only:
        later = tuple(step for step in later if not _acts_on(step.move, old.move.message))
    rest = (*lived[:at_move], *later)
    if change.move is None:
        return lived, rest
    if change.minute is None or change.minute == old.begins:
        new = replace(old, move=change.move, ends=old.begins, chosen=True)
        if old.move.kind in _PASSES and change.move == old.move:
            new = replace(new, ends=old.ends)
        return lived, (*rest[:at_move], new, *rest[at_move:])
    return lived, _inserted(rest, change.move, change.minute)


def lived_plan(shift: Shift) -> tuple[Step, ...]:
    """Return the moves of a shift as a plan for another day."""
    awaited = {
        (name, turn.minute, turn.text)
        for name, case in shift.state.cases.items()
        for before, turn in pairwise(case.turns)
        if turn.who == "brand" and before.who != "brand"
    }
    return tuple(
        Step(
            Move(**{field.name: getattr(made, field.name) for field in fields(Move)}),
            made.minute - made.spent,
            made.minute,
            answers=made.kind in _WRITTEN and (made.message, made.minute, made.text) in awaited,
        )
        for made in shift.state.made
    )


def shared(lived: Sequence[Step], changed: Sequence[Step]) -> int:
    """Return how many steps two plans have in common at their beginning."""
    for place, (one, other) in enumerate(zip(lived, changed, strict=False)):
        if one != other:
            return place
    return min(len(lived), len(changed))


def walked(shift: Shift, plan: Iterable[Step]) -> Shift:
    """Return the shift's day after the first moves of its plan."""
    day = Shift(shift.scenario, shift.brand, shift.seed)
    # The same people: what they wrote, and what was read in replies, need not be worked out anew.
    day.scene = replace(day.scene, cast=shift.scene.cast)
    day.begin()
    for step in plan:
        day.apply(step.move)
    return day


def with_luck(day: Shift, luck: int) -> Shift:
    """Return a copy of a day that has other luck from now on; 0 keeps the lived one."""
    twin = day.fork()
    if luck:
        seed = int(keyed.draw(day.seed, "luck", luck) * _MOST_LUCK)
        twin.scene = OtherScene(twin.scene.cast, twin.scene.state, seed)
        twin.community.seed = seed
    return twin


def follow(day: Shift, plan: Iterable[Step], *, strictly: bool) -> tuple[Move, ...]:
    """Live a day to its end by a plan; return the moves that were left out.

    ``strictly``: the changed move must be possible, else `MoveRefused` is raised.
    """
    left_out = []
    for step in plan:
        if step.begins > day.state.minute:
            day.pass_until(step.begins)
        if day.is_over:
            break
        if step.move.kind in _PASSES:
            _wait(day, step)
        elif step.answers and not _is_awaited(day, step.move.message):
            left_out.append(step.move)
        else:
            try:
                day.apply(step.move)
            except MoveRefused:
                if step.chosen and strictly:
                    raise
                left_out.append(step.move)
    day.run_out()
    return tuple(left_out)


def _wait(day: Shift, step: Step) -> None:
    begun = day.state.minute
    if step.ends < begun or (step.ends == begun and step.begins < begun):
        return
    day.pass_until(step.ends)
    now = day.state.minute
    day.state.made.append(Made(step.move.kind, now, now - begun, minutes=step.move.minutes))


def _inserted(plan: Sequence[Step], move: Move, minute: int) -> tuple[Step, ...]:
    new = Step(move, minute, minute, chosen=True)
    place = next((i for i, step in enumerate(plan) if step.begins >= minute), len(plan))
    return (*plan[:place], new, *plan[place:])


def _acts_on(move: Move, message: str) -> bool:
    return move.message == message and move.kind not in _LOOKS


def _is_awaited(day: Shift, message: str) -> bool:
    case = day.state.cases.get(message)
    return case is not None and case.waiting
