"""What a lesson consists of after parsing: its front matter and its passages, ready to show."""

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

from smm_academy.quizzes.questions import Question
from smm_academy.revisions.markup import Heading
from smm_academy.revisions.sources import Locale

PassageKind: TypeAlias = Literal[
    "prose", "check", "simulator", "key", "note", "warning", "figure", "sources"
]
Level: TypeAlias = Literal["beginner", "intermediate", "advanced"]
Status: TypeAlias = Literal["draft", "review", "published"]
Strength: TypeAlias = Literal["strong", "mixed", "practitioners differ"]

LEVELS: tuple[Level, ...] = ("beginner", "intermediate", "advanced")
STATUSES: tuple[Status, ...] = ("draft", "review", "published")
STRENGTHS: tuple[Strength, ...] = ("strong", "mixed", "practitioners differ")
LAST_PLACE = 99
MODULES = ("what-smm-is", "a-day-at-work", "the-person", "under-fire", "career")
"""The folders of lessons, in the order in which they are taught."""

WORDS_PER_MINUTE: dict[Locale, int] = {"en": 228, "pl": 166}
"""Silent reading of adults: Trauzettel-Klosinski and Dietz 2012, the IReST texts."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A door into the simulator: a kind of message, or a scenario, at a brand.

    ``task`` is ``mend`` where a machine's draft is to be mended, else ``""``.
    """

    kind: str
    brand: str
    scenario: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from (HTML) and how strong it is."""

    html: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a lesson, of one kind; ``html`` is safe to show as it is.

    ``question`` belongs to a check, ``exercise`` to a door into the simulator, ``sources`` to a
    list of sources; ``line`` is where the passage begins in the file.
    """

    id: str
    kind: PassageKind
    html: str
    line: int
    question: Question | None = None
    exercise: Exercise | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson in one language.

    ``minutes`` is the author's estimate of all the work, ``words`` counts what is to be read.
    ``place`` is where it stands among the lessons of its module, counted from 1.
    ``contents`` lists the headings with their anchors, ``key_points`` (HTML) what enters spaced
    review where ``review`` says so.
    """

    id: str
    locale: Literal["en", "pl"]
    title: str
    module: str
    skills: tuple[str, ...]
    minutes: int
    level: Level
    requires: tuple[str, ...]
    objectives: tuple[str, ...]
    quiz: str
    review: bool
    status: Status
    passages: tuple[Passage, ...]
    contents: tuple[Heading, ...]
    key_points: tuple[str, ...]
    words: int
    place: int = LAST_PLACE

    @property
    def reading_minutes(self) -> int:
        """Return how long reading alone takes, at least a minute."""
        return max(1, math.ceil(self.words / WORDS_PER_MINUTE[self.locale]))

    def passage(self, identifier: str) -> Passage | None:
        """Return the passage with an id, or ``None`` when the lesson no longer has it."""
        return next((one for one in self.passages if one.id == identifier), None)
