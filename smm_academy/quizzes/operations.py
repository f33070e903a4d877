"""What somebody can do with a quiz: start it, answer, hand it in."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from smm_academy.accounts.queries import hold_person
from smm_academy.errors import Conflict, NotFound
from smm_academy.measurement.operations import Shown, record_evidence
from smm_academy.measurement.parameter_queries import strengths_of
from smm_academy.measurement.queries import items_answered_before
from smm_academy.quizzes.drawing import draw_questions
from smm_academy.quizzes.evidence import shown_by, source_of
from smm_academy.quizzes.grading import Grade, grade
from smm_academy.quizzes.models import QuizAnswer, QuizAttempt
from smm_academy.quizzes.queries import (
    Asked,
    Bank,
    answers_of,
    attempt_of,
    attempts_at,
    check_outlook,
    check_sitting,
    is_check,
    items_met,
    pool_of,
    questions_of,
    quiz_sitting,
    settings_of,
    time_limit,
)
from smm_academy.quizzes.questions import Settings
from smm_academy.quizzes.responses import Response, read_response
from smm_academy.quizzes.skill_check import (
    CHECK,
    FEWEST_NEW,
    OPEN_FOR,
    UNKNOWN,
    CheckEnd,
    choose,
    refuse_unfinished,
)
from smm_academy.revisions.records import to_plain
from smm_academy.sittings import operations as sittings
from smm_academy.sittings.models import Activity, Feedback, Purpose, Sitting
from smm_academy.sittings.operations import Opening, Terms, Typed, forget_draft, require_open
from smm_academy.sittings.queries import drafts_of, find_open, held_sitting
from smm_academy.sittings.timing import is_over
from smm_academy.web.viewer import Viewer

Told: TypeAlias = Literal["kept", "kept before", "over"]
"""What became of an answer in a check: it counts, an earlier one does, or the check had ended."""


def start_attempt(
    session: Session, viewer: Viewer, bank: Bank, return_to: str, at: datetime
) -> Sitting:
    """Begin an attempt at a quiz, or go on with the one that is open.

    Raises `Conflict` when no attempt is left.
    """
    key = bank.quiz.id
    # Two windows that start at once are one attempt: the second sees what the first began.
    hold_person(session, viewer.id)
    running = find_open(session, viewer, Activity.QUIZ, key)
    if running is not None:
        return running
    number = 1 + (
        session.scalar(
            select(func.max(QuizAttempt.number)).where(
                QuizAttempt.person_id == viewer.id, QuizAttempt.quiz_key == key
            )
        )
        or 0
    )
    settings = bank.quiz.settings
    if settings.attempts is not None and number > settings.attempts:
        raise Conflict("You have used all attempts at this quiz.")
    opening = Opening(
        feedback=Feedback(settings.feedback), limit=time_limit(settings), return_to=return_to
    )
    terms = Terms(Activity.QUIZ, key, settings.locale, opening, {"quiz": bank.revision_id})
    sitting = sittings.begin(session, viewer.id, terms, at)
    drawn = draw_questions(bank.quiz, seed_of(sitting.id), "practice")
    _add_attempt(session, sitting, number, [bank.asks(question) for question in drawn])
    return sitting


def start_paper(
    session: Session,
    viewer: Viewer,
    settings: Settings,
    questions: Sequence[Mapping[str, Any]],
    opening: Opening,
    at: datetime,
) -> Sitting:
    """Begin an attempt at questions that somebody has put together, perhaps from many quizzes.

    ``settings`` say how the paper is called, passed and shuffled; ``questions`` are rows as
    `QuizAttempt` keeps them. A paper that is open is gone on with. Raises `Conflict` when it was
    handed in already.
    """
    hold_person(session, viewer.id)
    taken = attempts_at(session, viewer, settings.id)
    if taken:
        sitting = session.get_one(Sitting, taken[-1].sitting_id)
        if sitting.finished_at is not None:
            raise Conflict("This is handed in already.")
        return sitting
    frozen = {"settings": to_plain(settings)}
    terms = Terms(Activity.QUIZ, settings.id, settings.locale, opening, frozen)
    sitting = sittings.begin(session, viewer.id, terms, at)
    _add_attempt(session, sitting, 1, questions)
    return sitting


def keep_answer(
    session: Session,
    viewer: Viewer,
    sitting_id: str,
    number: int,
    fields: Mapping[str, list[str]],
    at: datetime,
) -> None:
    """Keep what a question's form holds, as the autosave does, for those without scripts."""
    held_sitting(session, viewer, sitting_id)
    draft = drafts_of(session, sitting_id).get(str(number))
    version = (draft.version if draft else 0) + 1
    sittings.save_draft(session, viewer, sitting_id, Typed(str(number), version, fields), at)


def check_answer(
    session: Session, viewer: Viewer, sitting_id: str, number: int, at: datetime
) -> Grade:
    """Grade one question for good, where feedback comes after each question.

    Raises `NotFound`, `Closed`, or `Conflict` where feedback comes later.
    """
    sitting = held_sitting(session, viewer, sitting_id)
    require_open(sitting, at)
    if sitting.feedback != Feedback.AFTER_QUESTION:
        raise Conflict("This quiz says how you did when you hand it in.")
    asked = question_at(questions_of(session, attempt_of(session, sitting)), number)
    kept = answers_of(session, sitting_id).get(asked.item_key)
    if kept is not None:
        return grade(asked.question, kept.value["response"])
    response = read_response(asked.question, _typed(session, sitting_id, number))
    return _grade_for_good(session, sitting, asked, response, at)


def start_check(session: Session, viewer: Viewer, locale: str, at: datetime) -> Sitting:
    """Begin a skill check with its first question, or go on with the one that is open.

    Raises `Conflict` when the last one is too recent or too few questions are new.
    """
    hold_person(session, viewer.id)
    outlook = check_outlook(session, viewer, locale, at)
    if outlook.running is not None:
        return outlook.running
    if outlook.free_at is not None:
        raise Conflict("Your last check is too recent: another would measure chance, not change.")
    if outlook.unmet < FEWEST_NEW:
        raise Conflict("Too few questions are left that you have not met.")
    opening = Opening(Purpose.CHECK, Feedback.AFTER_SUBMIT, OPEN_FOR)
    sitting = sittings.begin(session, viewer.id, Terms(Activity.QUIZ, CHECK, locale, opening), at)
    number = 1 + len(attempts_at(session, viewer, CHECK))
    _add_attempt(session, sitting, number, [])
    _ask_next(session, viewer, sitting, at)
    return sitting


def answer_check(
    session: Session,
    viewer: Viewer,
    sitting_id: str,
    number: int,
    fields: Mapping[str, list[str]],
    at: datetime,
) -> Told:
    """Keep an answer in a skill check for good, and choose what comes next or end the check.

    The first answer to a question stands. Raises `NotFound`, and `Invalid` for an answer that is
    none.
    """
    # Two windows answer one after the other: the second finds what the first has chosen.
    sitting = held_sitting(session, viewer, check_sitting(session, viewer, sitting_id).id)
    attempt = attempt_of(session, sitting)
    session.refresh(attempt)
    one = question_at(questions_of(session, attempt), number)
    unknown = UNKNOWN in fields
    response = "" if unknown else read_response(one.question, fields)
    kept = answers_of(session, sitting_id).get(one.item_key)
    if kept is not None:
        return "kept" if kept.value["response"] == response else "kept before"
    if sitting.finished_at is not None or is_over(sitting.deadline, at):
        return "over"
    if not unknown:
        refuse_unfinished(grade(one.question, response).note)
    _grade_for_good(session, sitting, one, response, at)
    _ask_next(session, viewer, sitting, at)
    return "kept"


def end_check(session: Session, viewer: Viewer, sitting_id: str, at: datetime) -> Sitting:
    """End a skill check before its time; what was answered counts."""
    sitting = check_sitting(session, viewer, sitting_id)
    close_attempt(session, sitting, at, "expired" if is_over(sitting.deadline, at) else "left")
    return sitting


def submit_attempt(session: Session, viewer: Viewer, sitting_id: str, at: datetime) -> Sitting:
    """Hand an attempt in: grade what is saved, write the evidence, end the sitting.

    Handing in twice, or after the time is over, changes nothing that was saved in time.
    """
    sitting = quiz_sitting(session, viewer, sitting_id)
    close_attempt(session, sitting, at)
    return sitting


def close_attempt(
    session: Session, sitting: Sitting, at: datetime, ended: CheckEnd = "expired"
) -> None:
    """Grade and end an attempt, whoever asks: its person, or the worker when its time is over.

    A check counts what was answered; the question that was still open is none of it.
    """
    if not sittings.finish(session, sitting.id, at):
        return
    attempt = attempt_of(session, sitting)
    asked = questions_of(session, attempt)
    done = answers_of(session, sitting.id)
    if is_check(sitting):
        asked = [one for one in asked if one.item_key in done]
        attempt.stopped = ended
    for one in asked:
        if one.item_key not in done:
            typed = _typed(session, sitting.id, one.number)
            _grade_for_good(session, sitting, one, read_response(one.question, typed), at)
    graded = answers_of(session, sitting.id)
    attempt.points = sum(answer.points for answer in graded.values())
    attempt.maximum = float(len(asked))
    if not is_check(sitting):
        needed = len(asked) * settings_of(session, sitting).pass_share
        attempt.passed = bool(asked) and attempt.points >= needed
    record_evidence(session, sitting, _evidence(session, sitting, asked, graded), at)


def question_at(asked: Sequence[Asked], number: int) -> Asked:
    """Return a question of an attempt by its number, from 1. Raises `NotFound`."""
    if not 1 <= number <= len(asked):
        raise NotFound("This quiz has no such question.")
    return asked[number - 1]


def seed_of(sitting_id: str) -> int:
    """Return the seed by which a sitting's questions are drawn and laid out."""
    return int.from_bytes(hashlib.blake2b(sitting_id.encode(), digest_size=6).digest(), "big")


def export_answers(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return what this slice knows of a person.

    Which answers were right stays unsaid where the quiz never says it: others will be asked.
    """
    rows = session.execute(
        select(QuizAnswer, QuizAttempt.quiz_key, QuizAttempt.number, Sitting.feedback)
        .join(QuizAttempt, QuizAttempt.sitting_id == QuizAnswer.sitting_id)
        .join(Sitting, Sitting.id == QuizAttempt.sitting_id)
        .where(QuizAttempt.person_id == person_id)
    )
    return [
        {
            "quiz": quiz,
            "attempt": number,
            "question": answer.item_key,
            "answer": answer.value["response"],
            "points": None if feedback == Feedback.NEVER else answer.points,
            "at": answer.answered_at,
        }
        for answer, quiz, number, feedback in rows
    ]


def erase_answers(session: Session, person_id: int) -> None:
    """Delete a person's attempts and answers."""
    own = select(QuizAttempt.sitting_id).where(QuizAttempt.person_id == person_id)
    session.execute(delete(QuizAnswer).where(QuizAnswer.sitting_id.in_(own)))
    session.execute(delete(QuizAttempt).where(QuizAttempt.person_id == person_id))


def _add_attempt(
    session: Session, sitting: Sitting, number: int, questions: Sequence[Mapping[str, Any]]
) -> None:
    session.add(
        QuizAttempt(
            sitting_id=sitting.id,
            person_id=sitting.person_id,
            quiz_key=sitting.subject,
            number=number,
            questions=[dict(row) for row in questions],
        )
    )
    session.flush()


def _typed(session: Session, sitting_id: str, number: int) -> Mapping[str, list[str]]:
    draft = drafts_of(session, sitting_id).get(str(number))
    return draft.value if draft else {}


def _grade_for_good(
    session: Session,
    sitting: Sitting,
    asked: Asked,
    response: Response,
    at: datetime,
) -> Grade:
    graded = grade(asked.question, response)
    session.add(
        QuizAnswer(
            sitting_id=sitting.id,
            item_key=asked.item_key,
            revision_id=asked.revision_id,
            value={"response": response},
            points=graded.points,
            answered_at=at,
        )
    )
    session.flush()
    forget_draft(session, sitting.id, str(asked.number))
    return graded


def _ask_next(session: Session, viewer: Viewer, sitting: Sitting, at: datetime) -> None:
    """Add to a check the question that follows from the answers so far, or end it."""
    attempt = attempt_of(session, sitting)
    pool = {
        one.row["item"]: one
        for one in pool_of(session, viewer, "practice", sitting.content_locale)
    }
    graded = answers_of(session, sitting.id)
    questions = {key: one.question for key, one in pool.items()}
    # What was asked is held to the words that were shown, whatever was published since.
    asked = questions_of(session, attempt)
    questions |= {one.item_key: one.question for one in asked}
    revisions = {key: one.row["revision"] for key, one in pool.items()}
    revisions |= {one.item_key: one.revision_id for one in asked}
    met = items_met(session, viewer, sitting.id) - graded.keys()
    met |= items_answered_before(session, sitting)
    decision = choose(
        questions,
        {key: answer.points for key, answer in graded.items()},
        seed=sitting.id,
        met=met,
        strengths=strengths_of(session, revisions),
    )
    if decision.stop is not None:
        close_attempt(session, sitting, at, decision.stop)
    elif decision.item is not None:
        attempt.questions = [*attempt.questions, dict(pool[decision.item].row)]


def _evidence(
    session: Session,
    sitting: Sitting,
    asked: Sequence[Asked],
    graded: Mapping[str, QuizAnswer],
) -> list[Shown]:
    seen = items_answered_before(session, sitting)
    strengths = strengths_of(session, {one.item_key: one.revision_id for one in asked})
    return [
        shown_by(
            one.question,
            source_of(one.item_key, one.revision_id),
            graded[one.item_key].points,
            repeated=one.item_key in seen,
            strength=strengths.get(one.item_key),
        )
        for one in asked
        if one.item_key in graded
    ]
