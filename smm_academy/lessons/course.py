"""The course as a reader sees it: modules with how far one is, and which lesson opens which."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from smm_academy.lessons.passages import MODULES, Lesson

State: TypeAlias = Literal["finished", "started", "ready", "later"]


@dataclass(frozen=True, slots=True)
class LessonCard:
    """What a list shows of a lesson, and how far the viewer is."""

    lesson: Lesson
    begun: bool
    finished: bool


@dataclass(frozen=True, slots=True)
class Module:
    """A module's lessons in the order of teaching, with what they ask of a reader."""

    id: str
    cards: tuple[LessonCard, ...]

    @property
    def minutes(self) -> int:
        """Return how long all the work takes, by the authors' estimates."""
        return sum(card.lesson.minutes for card in self.cards)

    @property
    def reading_minutes(self) -> int:
        """Return how long reading alone takes."""
        return sum(card.lesson.reading_minutes for card in self.cards)

    @property
    def finished(self) -> int:
        """Return how many of the lessons are finished."""
        return sum(card.finished for card in self.cards)


@dataclass(frozen=True, slots=True)
class Branch:
    """A lesson on the map and the lessons that branch off from it.

    ``also`` are further lessons that it requires besides the one it branches off from.
    """

    card: LessonCard
    state: State
    also: tuple[Lesson, ...]
    branches: tuple["Branch", ...]


def modules_of(cards: Sequence[LessonCard]) -> tuple[Module, ...]:
    """Return the modules that have lessons, in the order of teaching."""
    found = (
        Module(module, tuple(card for card in cards if card.lesson.module == module))
        for module in MODULES
    )
    return tuple(module for module in found if module.cards)


def course_map(cards: Sequence[LessonCard]) -> tuple[Branch, ...]:
    """Return the lessons as trees: each below the lesson that it builds on most closely.

    That is the requirement which itself comes after the most others. A lesson that requires
    nothing begins a tree, and so does one that requires itself through others.
    """
    by_id = {card.lesson.id: card for card in cards}
    depths = _depths(by_id)
    parents = {
        name: max(_known(by_id[name], depths), key=depths.__getitem__, default="")
        for name in by_id
    }
    for name in by_id.keys() - depths.keys():
        parents[name] = ""

    def grow(parent: str) -> tuple[Branch, ...]:
        return tuple(
            Branch(
                card,
                _state(card, by_id),
                tuple(by_id[one].lesson for one in _known(card, by_id) if one != parent),
                grow(name),
            )
            for name, card in by_id.items()
            if parents[name] == parent
        )

    return grow("")


def _known(card: LessonCard, names: dict[str, LessonCard] | dict[str, int]) -> list[str]:
    return [name for name in card.lesson.requires if name in names]


def _depths(by_id: dict[str, LessonCard]) -> dict[str, int]:
    """Return how many lessons lie before each; those in a circle have no depth."""
    depths: dict[str, int] = {}
    while True:
        ready = {
            name: 1 + max((depths[one] for one in _known(card, by_id)), default=-1)
            for name, card in by_id.items()
            if name not in depths and all(one in depths for one in _known(card, by_id))
        }
        if not ready:
            return depths
        depths.update(ready)


def _state(card: LessonCard, by_id: dict[str, LessonCard]) -> State:
    if card.finished:
        return "finished"
    if card.begun:
        return "started"
    prepared = all(by_id[name].finished for name in _known(card, by_id))
    return "ready" if prepared else "later"
