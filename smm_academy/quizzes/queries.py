"""Which quizzes there are, and what somebody answered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from smm_academy.database.session import rows_of
from smm_academy.errors import NotFound
from smm_academy.quizzes.evidence import FULL
from smm_academy.quizzes.models import QuizAnswer, QuizAttempt
from smm_academy.quizzes.questions import Pool, Question, Quiz, Settings
from smm_academy.quizzes.skill_check import CHECK, free_again
from smm_academy.revisions.models import ChainKind, Revision
from smm_academy.revisions.queries import published_id, published_keys, revisions_by_id
from smm_academy.revisions.records import from_plain
from smm_academy.sittings.models import Activity, Sitting
from smm_academy.sittings.queries import own_sitting, sittings_by_id
from smm_academy.web.viewer import Viewer

MINUTES_PER_QUESTION = 0.75

EXPLAINED = frozenset({"after question", "after submit"})
"""Quizzes that show by themselves which answers were right, and why."""

_quizzes: dict[int, "Bank"] = {}
_questions: dict[int, tuple[Question, ...]] = {}
"""Revisions never change, so what was parsed from one is kept for the life of the process."""


@dataclass(frozen=True, slots=True)
class Bank:
    """A quiz as one of its revisions states it, with the revision of each of its questions."""

    revision_id: int
    quiz: Quiz
    revisions: Mapping[str, int]
    skills: tuple[str, ...]
    pools: frozenset[Pool]

    def asks(self, question: Question) -> dict[str, Any]:
        """Return the row by which an attempt keeps one of this quiz's questions."""
        return {
            "item": f"{self.quiz.id}/{question.id}",
            "revision": self.revisions[question.id],
            "variant": question.variant,
        }


@dataclass(frozen=True, slots=True)
class Pooled:
    """A question of a pool, and the row by which an attempt would keep it."""

    question: Question
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QuizCard:
    """What a list shows of a quiz, and of the viewer's attempts at it."""

    id: str
    title: str
    locale: str
    skills: tuple[str, ...]
    questions: int
    minutes: int
    attempts: int
    best: int | None
    passed: bool


@dataclass(frozen=True, slots=True)
class CheckStanding:
    """The skill check that somebody has open, the last one, and when the next may be."""

    running: Sitting | None = None
    last: Sitting | None = None
    free_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CheckOutlook:
    """How somebody stands with the skill check before it is begun.

    ``running`` is the open one, ``last`` the newest that ended with an answer in it, ``free_at``
    when the next may begin (``None``: now), ``unmet`` how many questions are new to them.
    """

    running: Sitting | None
    last: Sitting | None
    free_at: datetime | None
    unmet: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of an attempt: the version that is shown and the revision it came from."""

    number: int
    item_key: str
    revision_id: int
    question: Question


def load_banks(session: Session, ids: list[int]) -> list[Bank]:
    """Return the quizzes of revisions, in the order of their ids."""
    missing = [number for number in ids if number not in _quizzes]
    for revision in revisions_by_id(session, missing).values() if missing else ():
        items: dict[str, int] = revision.parsed["items"]
        found = revisions_by_id(session, list(items.values()))
        versions = [_versions(found[number]) for number in items.values()]
        quiz = Quiz(
            from_plain(Settings, revision.parsed["settings"]),
            tuple(version[0] for version in versions),
            tuple(variant for version in versions for variant in version[1:]),
            (),
            revision.parsed["intro_html"],
        )
        _quizzes[revision.id] = Bank(
            revision.id,
            quiz,
            items,
            tuple(dict.fromkeys(question.skill for question in quiz.questions)),
            frozenset(question.pool for question in quiz.questions),
        )
    return [_quizzes[number] for number in ids]


def published_bank(session: Session, viewer: Viewer, key: str, locale: str) -> Bank:
    """Return the quiz for practice that serves a key, in the wanted locale if it has it.

    Raises `NotFound`, also for a quiz that is published but kept for assessments: its questions
    are never shown with feedback.
    """
    found = published_id(session, viewer, ChainKind.QUIZ, key, locale)
    bank = load_banks(session, [found])[0]
    if "practice" not in bank.pools or bank.quiz.settings.status != "published":
        raise NotFound("This is not published here, or is no longer.")
    return bank


def settings_of(session: Session, sitting: Sitting) -> Settings:
    """Return how a sitting's questions are called, passed and shuffled.

    They are those of the quiz that it began with, whatever was published since, or, where the
    questions come from many quizzes, those that were put together with them.
    """
    if "settings" in sitting.frozen:
        return from_plain(Settings, sitting.frozen["settings"])
    return load_banks(session, [sitting.frozen["quiz"]])[0].quiz.settings


def pool_of(session: Session, viewer: Viewer, pool: Pool, locale: str) -> list[Pooled]:
    """Return every question of a pool that serves this viewer in a locale, by item key."""
    ids = [
        revision_id
        for _, language, revision_id in published_keys(session, viewer, ChainKind.QUIZ)
        if language == locale
    ]
    return [
        Pooled(question, bank.asks(question))
        for bank in load_banks(session, ids)
        if bank.quiz.settings.status == "published"
        for question in bank.quiz.questions
        if question.pool == pool
    ]


def quiz_cards(
    session: Session, viewer: Viewer, locale: str, pool: Pool = "practice"
) -> list[QuizCard]:
    """Return the quizzes of a pool in a locale, with how the viewer did."""
    results = _results(session, viewer)
    return [
        _card(bank, results.get(bank.quiz.id, []))
        for bank in _serving_banks(session, viewer, locale)
        if pool in bank.pools
    ]


def missed_items(session: Session, viewer: Viewer) -> dict[str, datetime]:
    """Return when the viewer last answered an item wrongly, of attempts that are handed in."""
    rows = rows_of(session, _MISSED, {"person": viewer.id})
    return {row.item_key: row.answered_at for row in rows if row.value["response"]}


def practice_items(
    session: Session, viewer: Viewer, keys: Iterable[str], locale: str
) -> dict[str, tuple[Bank, Question]]:
    """Return the questions for practice that serve item keys now, each with its quiz.

    An item of an assessment is never among them, nor one of a quiz that keeps its answers to
    itself.
    """
    wanted = {key.rpartition("/")[0] for key in keys}
    if not wanted:
        return {}
    found = {
        f"{bank.quiz.id}/{question.id}": (bank, question)
        for bank in _serving_banks(session, viewer, locale)
        if bank.quiz.id in wanted and bank.quiz.settings.feedback in EXPLAINED
        for question in bank.quiz.questions
        if question.pool == "practice"
    }
    return {key: found[key] for key in keys if key in found}


def attempts_at(session: Session, viewer: Viewer, key: str) -> list[QuizAttempt]:
    """Return the viewer's attempts at a quiz, oldest first."""
    return list(
        session.scalars(
            select(QuizAttempt)
            .where(QuizAttempt.person_id == viewer.id, QuizAttempt.quiz_key == key)
            .order_by(QuizAttempt.number)
        )
    )


def attempt_of(session: Session, sitting: Sitting) -> QuizAttempt:
    """Return the attempt of a sitting. Raises `NotFound` when it is no sitting at a quiz."""
    found = session.get(QuizAttempt, sitting.id)
    if found is None:
        raise NotFound("There is no such quiz.")
    return found


def questions_of(session: Session, attempt: QuizAttempt) -> list[Asked]:
    """Return the questions of an attempt, in the order they are asked."""
    rows: list[dict[str, Any]] = attempt.questions
    missing = [row["revision"] for row in rows if row["revision"] not in _questions]
    for revision in revisions_by_id(session, missing).values():
        _versions(revision)
    return [
        Asked(
            number,
            row["item"],
            row["revision"],
            _questions[row["revision"]][row["variant"]],
        )
        for number, row in enumerate(rows, start=1)
    ]


def quiz_sitting(session: Session, viewer: Viewer, sitting_id: str) -> Sitting:
    """Return a sitting of the viewer's at a quiz. Raises `NotFound`, also for a skill check.

    In a check the way is forward only, and no page of a quiz may lead round that.
    """
    sitting = own_sitting(session, viewer, sitting_id)
    if is_check(sitting):
        raise NotFound("There is no such quiz.")
    return sitting


def check_sitting(session: Session, viewer: Viewer, sitting_id: str) -> Sitting:
    """Return a sitting of the viewer's at a skill check. Raises `NotFound`."""
    sitting = own_sitting(session, viewer, sitting_id)
    if not is_check(sitting):
        raise NotFound("There is no such check.")
    return sitting


def is_check(sitting: Sitting) -> bool:
    """Tell whether a sitting is at a skill check."""
    return sitting.activity == Activity.QUIZ and sitting.subject == CHECK


_CHECKS = (
    select(QuizAttempt.sitting_id, QuizAttempt.maximum)
    .where(QuizAttempt.person_id == bindparam("person"), QuizAttempt.quiz_key == CHECK)
    .order_by(QuizAttempt.number)
)


def check_standing(session: Session, viewer: Viewer, at: datetime) -> CheckStanding:
    """Return which skill check the viewer has open, had last, and when the next may be."""
    rows = rows_of(session, _CHECKS, {"person": viewer.id}).all()
    if not rows:
        return CheckStanding()
    found = sittings_by_id(session, [row.sitting_id for row in rows])
    ended = [row for row in rows if row.maximum]
    last = found[ended[-1].sitting_id] if ended else None
    free_at = None
    if last is not None and last.finished_at is not None:
        free_at = free_again(last.finished_at, ended[-1].maximum or 0)
    running = [one for one in found.values() if one.finished_at is None]
    newest = max(running, key=lambda one: one.started_at, default=None)
    return CheckStanding(newest, last, free_at if free_at and free_at > at else None)


def check_outlook(session: Session, viewer: Viewer, locale: str, at: datetime) -> CheckOutlook:
    """Return how the viewer stands with the skill check in a language."""
    met = items_met(session, viewer)
    pool = pool_of(session, viewer, "practice", locale)
    standing = check_standing(session, viewer, at)
    unseen = sum(one.row["item"] not in met for one in pool)
    return CheckOutlook(standing.running, standing.last, standing.free_at, unseen)


def items_met(session: Session, viewer: Viewer, besides: str = "") -> set[str]:
    """Return the keys of the items that the viewer came upon in any sitting but one."""
    lists = session.scalars(
        select(QuizAttempt.questions).where(
            QuizAttempt.person_id == viewer.id, QuizAttempt.sitting_id != besides
        )
    )
    return {row["item"] for rows in lists for row in rows}


def answers_of(session: Session, sitting_id: str) -> dict[str, QuizAnswer]:
    """Return the graded answers of an attempt, by item key."""
    found = session.scalars(select(QuizAnswer).where(QuizAnswer.sitting_id == sitting_id))
    return {answer.item_key: answer for answer in found}


def time_limit(settings: Settings) -> timedelta | None:
    """Return how long an attempt may take."""
    return timedelta(seconds=settings.seconds) if settings.seconds else None


def _versions(revision: Revision) -> tuple[Question, ...]:
    if revision.id not in _questions:
        _questions[revision.id] = tuple(
            from_plain(Question, plain) for plain in revision.parsed["versions"]
        )
    return _questions[revision.id]


_MISSED = (
    select(QuizAnswer.item_key, QuizAnswer.value, QuizAnswer.answered_at)
    .join(QuizAttempt, QuizAttempt.sitting_id == QuizAnswer.sitting_id)
    .where(
        QuizAttempt.person_id == bindparam("person"),
        QuizAttempt.points.is_not(None),
        QuizAnswer.points < FULL,
    )
    .order_by(QuizAnswer.answered_at)
)
_RESULTS = select(
    QuizAttempt.quiz_key,
    (QuizAttempt.points / func.nullif(QuizAttempt.maximum, 0)).label("share"),
    QuizAttempt.passed,
).where(QuizAttempt.person_id == bindparam("person"), QuizAttempt.points.is_not(None))


def _serving_banks(session: Session, viewer: Viewer, locale: str) -> list[Bank]:
    """Return the published quizzes that serve a viewer, each in the wanted locale if it has it."""
    serving: dict[str, tuple[str, int]] = {}
    for key, language, revision_id in published_keys(session, viewer, ChainKind.QUIZ):
        if language == locale or key not in serving:
            serving[key] = (language, revision_id)
    banks = load_banks(session, [number for _, number in serving.values()])
    return [bank for bank in banks if bank.quiz.settings.status == "published"]


def _results(session: Session, viewer: Viewer) -> dict[str, list[tuple[float, bool]]]:
    results: dict[str, list[tuple[float, bool]]] = {}
    for row in rows_of(session, _RESULTS, {"person": viewer.id}) if viewer.id else ():
        results.setdefault(row.quiz_key, []).append((row.share or 0.0, bool(row.passed)))
    return results


def _card(bank: Bank, results: list[tuple[float, bool]]) -> QuizCard:
    settings = bank.quiz.settings
    drawn = sum(clause.count for clause in settings.draw) or len(bank.quiz.questions)
    allowed = settings.seconds // 60 if settings.seconds else None
    return QuizCard(
        settings.id,
        settings.title,
        settings.locale,
        bank.skills,
        drawn,
        allowed or max(1, round(drawn * MINUTES_PER_QUESTION)),
        len(results),
        round(100 * max(share for share, _ in results)) if results else None,
        any(passed for _, passed in results),
    )


_SCORES = select(
    QuizAttempt.sitting_id,
    (QuizAttempt.points / func.nullif(QuizAttempt.maximum, 0)).label("share"),
    QuizAttempt.passed,
).where(
    QuizAttempt.person_id.in_(bindparam("people", expanding=True)),
    QuizAttempt.points.is_not(None),
)


def quiz_scores_of(session: Session, people: Collection[int]) -> dict[str, tuple[int, bool]]:
    """Return (percent, passed) of the quizzes that people handed in, by sitting.

    Whose results somebody may see is for the caller to know.
    """
    rows = rows_of(session, _SCORES, {"people": list(people)})
    return {row.sitting_id: (round(100 * (row.share or 0.0)), bool(row.passed)) for row in rows}
