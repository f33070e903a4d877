"""What is reviewed: key points of finished lessons, and questions that were missed.

A card need not be written to exist: it follows from what somebody finished or missed, and its row
is written with the first answer. Its source names what is asked:

    point:<lesson>/<number>     a key point, counted from 1, the same in both languages
    check:<lesson>/<passage>    a question inside a lesson
    item:<quiz>/<question>      a question of a quiz
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b

from smm_academy.progress.spacing import TOMORROW, Memory
from smm_academy.quizzes.questions import Question

PORTION = 10
"""So many cards are a few minutes; after them the day's review is done, whatever is left."""

CARDS_A_MINUTE = 2
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Card:
    """Something to review: a key point (``html``) or a question, and where it comes from.

    ``due_on`` is the first day on which it is asked.
    """

    source: str
    locale: str
    title: str
    url: str
    due_on: date
    html: str = ""
    question: Question | None = None
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many cards are waiting today, and how many come when."""

    due: int
    tomorrow: int
    soon: int
    later: int


@dataclass(frozen=True, slots=True)
class Portion:
    """Where somebody is in the day's review: answered today, the next card, how many are left."""

    answered: int
    card: Card | None
    due: int

    @property
    def number(self) -> int:
        """Return which card of its portion is next, from 1."""
        return self.answered % PORTION + 1

    @property
    def size(self) -> int:
        """Return how many cards the portion has in all."""
        return min(PORTION, self.answered % PORTION + self.due)

    @property
    def is_over(self) -> bool:
        """Tell whether a portion has just come to its end, or nothing is left."""
        return not self.due or (self.answered > 0 and self.answered % PORTION == 0)

    @property
    def minutes(self) -> int:
        """Return how long the rest of the portion takes."""
        return max(1, round((self.size - self.number + 1) / CARDS_A_MINUTE))


def known(card: Card, memory: Memory | None) -> Card:
    """Return a card with what is remembered of it.

    What was missed elsewhere since its last review comes back as soon as a new miss would.
    """
    if memory is None:
        return card
    missed_since = card.due_on > memory.reviewed_on
    due_on = min(memory.due_on, card.due_on) if missed_since else memory.due_on
    return replace(card, memory=memory, due_on=due_on)


def due_cards(cards: Iterable[Card], today: date) -> list[Card]:
    """Return the cards of a day, the longest due first; those of one day are well mixed."""
    due = [card for card in cards if card.due_on <= today]
    return sorted(due, key=lambda card: (card.due_on, _mixed(card.source)))


def portion_of(cards: Sequence[Card], today: date) -> Portion:
    """Return where somebody is in the day's review."""
    due = due_cards(cards, today)
    answered = sum(card.memory is not None and card.memory.reviewed_on == today for card in cards)
    return Portion(answered, due[0] if due else None, len(due))


def outlook(cards: Iterable[Card], today: date) -> Outlook:
    """Return what comes when."""
    days = [card.due_on for card in cards]
    return Outlook(
        due=sum(day <= today for day in days),
        tomorrow=sum(day == today + TOMORROW for day in days),
        soon=sum(today + TOMORROW < day <= today + SOON for day in days),
        later=sum(day > today + SOON for day in days),
    )


def _mixed(source: str) -> bytes:
    return blake2b(source.encode(), digest_size=8).digest()
