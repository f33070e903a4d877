"""Quizzes and questions after parsing: what a page shows, what an answer is held to.

Ids of options, rows and steps come from their own words, so that they give away nothing of the
order in which the author wrote them.
"""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, TypeAlias

QuestionType: TypeAlias = Literal[
    "single", "multiple", "numeric", "short", "matching", "order", "cloze", "categorise"
]
Pool: TypeAlias = Literal["practice", "assessment"]
FeedbackTime: TypeAlias = Literal["after question", "after submit", "after close", "never"]
Counting: TypeAlias = Literal["best", "last", "first", "average"]

POOLS: tuple[Pool, ...] = ("practice", "assessment")
FEEDBACK_TIMES: tuple[FeedbackTime, ...] = (
    "after question",
    "after submit",
    "after close",
    "never",
)
COUNTINGS: tuple[Counting, ...] = ("best", "last", "first", "average")


@dataclass(frozen=True, slots=True)
class Option:
    """Something to tick, with what to say about it; ``html`` and ``feedback`` are rendered."""

    id: str
    text: str
    html: str
    correct: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Something to choose from a list: a term, a category, a word for a gap."""

    id: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Row:
    """Something that belongs to one label, by the label's id."""

    id: str
    text: str
    html: str
    label: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an order."""

    id: str
    text: str
    html: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a text: words that are accepted, or words to choose from with one right."""

    id: str
    accepted: tuple[str, ...]
    choices: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptedNumber:
    """A number that is right within ``tolerance`` either way; ``written`` is the author's form."""

    value: float
    tolerance: float
    unit: str
    written: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedText:
    """Words that are right; a pattern's ``text`` is what stands between its slashes."""

    text: str
    is_pattern: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """Options of which one (single) or several (multiple) are right."""

    options: tuple[Option, ...]
    type: Literal["single", "multiple"] = "single"


@dataclass(frozen=True, slots=True)
class NumericKey:
    """Numbers of which any is right."""

    accepted: tuple[AcceptedNumber, ...]
    type: Literal["numeric"] = "numeric"


@dataclass(frozen=True, slots=True)
class TextKey:
    """Short texts of which any is right."""

    accepted: tuple[AcceptedText, ...]
    type: Literal["short"] = "short"


@dataclass(frozen=True, slots=True)
class PairKey:
    """Rows that each belong to a label; in matching a label may belong to no row."""

    rows: tuple[Row, ...]
    labels: tuple[Label, ...]
    type: Literal["matching", "categorise"] = "matching"


@dataclass(frozen=True, slots=True)
class OrderKey:
    """Steps in their right order."""

    steps: tuple[Step, ...]
    type: Literal["order"] = "order"


@dataclass(frozen=True, slots=True)
class ClozeKey:
    """A text with gaps: ``pieces`` of HTML with a gap between each two of them."""

    pieces: tuple[str, ...]
    gaps: tuple[Gap, ...]
    type: Literal["cloze"] = "cloze"


Key: TypeAlias = ChoiceKey | NumericKey | TextKey | PairKey | OrderKey | ClozeKey


@dataclass(frozen=True, slots=True)
class Question:
    """One item: its words, its key, and what it measures.

    ``title`` is the heading in plain words, ``title_html`` rendered, ``body_html`` what stands
    below it (empty for a cloze, whose text is in its key). ``difficulty`` is the author's, 1 to
    5. ``block`` is the author's text from the heading on, ``line`` the line where it begins, and
    ``variant`` the row of the quiz's ``vars`` that filled its gaps.
    """

    id: str
    locale: Literal["en", "pl"]
    key: Key
    title: str
    title_html: str
    body: str
    body_html: str
    skill: str
    difficulty: int
    pool: Pool
    source: str = ""
    tags: tuple[str, ...] = ()
    hint_html: str = ""
    why_html: str = ""
    block: str = ""
    line: int = 1
    variant: int = 0

    @property
    def type(self) -> QuestionType:
        """Return what sort of answer the question asks for."""
        return self.key.type

    @property
    def stem(self) -> str:
        """Return all the words that are asked, heading and body."""
        return f"{self.title}\n{self.body}".strip()


@dataclass(frozen=True, slots=True)
class Draw:
    """So many questions from those of a skill or tag; ``source`` is empty for any of them."""

    count: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The front matter of a quiz.

    ``pass_share`` is a share of the points, ``seconds`` the time allowed (``None``: any),
    ``attempts`` how many (``None``: any), ``counting`` which of them counts.
    """

    id: str
    title: str
    locale: Literal["en", "pl"]
    pass_share: float = 0.7
    skill: str = ""
    difficulty: int = 0
    pool: Pool | Literal[""] = ""
    seconds: int | None = None
    attempts: int | None = None
    counting: Counting = "best"
    feedback: FeedbackTime = "after submit"
    shuffle_questions: bool = False
    shuffle_options: bool = False
    draw: tuple[Draw, ...] = ()
    status: Literal["draft", "review", "published"] = "published"
    variables: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz: its settings and its questions in the author's order.

    ``variants`` holds the further versions of questions whose gaps are filled from ``vars``.
    ``broken`` names the questions that stand in the file but could not be read.
    """

    settings: Settings
    questions: tuple[Question, ...]
    variants: tuple[Question, ...] = ()
    broken: tuple[str, ...] = ()
    intro_html: str = ""

    @property
    def id(self) -> str:
        """Return the permanent id."""
        return self.settings.id


def id_of(text: str, taken: set[str]) -> str:
    """Return an id made from a text that is not among those taken, and take it."""
    words = " ".join(text.split()).casefold()
    number = 0
    while True:
        salted = f"{words}\x1f{number}" if number else words
        made = blake2b(salted.encode(), digest_size=4).hexdigest()
        if made not in taken:
            taken.add(made)
            return made
        number += 1
