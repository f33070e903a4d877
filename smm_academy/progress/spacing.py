"""When a review comes back: FSRS-6 with the parameters it is published with.

The parameters were fitted to 350 million reviews of flashcards; for points of judgement that is an
assumption. FSRS decides when something is asked again, never how good somebody is.

Everything is reckoned in days of the learner's own calendar, and an answer always ends a card for
the day. What was forgotten comes back tomorrow: that is the one step of relearning, in place of
the ten minutes that flashcards wait.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from fsrs import Card as FsrsCard, Rating as FsrsRating, Scheduler, State

RETENTION = 0.9
LONGEST_DAYS = 365
TOMORROW = timedelta(days=1)

_scheduler = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


class Rating(IntEnum):
    """How well something came back to mind, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """How well something is remembered.

    ``stability`` is in days: after so many, nine of ten still know it. ``difficulty`` runs from 1
    to 10.
    """

    stability: float
    difficulty: float
    reviewed_on: date
    due_on: date


def remembered(before: Memory | None, rating: Rating, today: date) -> Memory:
    """Return what is remembered after an answer; ``None`` before the first."""
    # An id and a due time are given, or the package would ask the clock and wait a millisecond.
    card = FsrsCard(card_id=0, due=_noon(today))
    if before is not None:
        card = FsrsCard(
            card_id=0,
            state=State.Review,
            stability=before.stability,
            difficulty=before.difficulty,
            due=_noon(before.due_on),
            last_review=_noon(before.reviewed_on),
        )
    after, _log = _scheduler.review_card(card, FsrsRating(rating.value), _noon(today))
    if after.stability is None or after.difficulty is None:
        raise ValueError(after)
    due_on = today + TOMORROW if rating is Rating.AGAIN else after.due.date()
    return Memory(after.stability, after.difficulty, today, due_on)


def _noon(day: date) -> datetime:
    """Return a moment that stands for a day: whole days lie between any two."""
    return datetime.combine(day, time(12), UTC)
