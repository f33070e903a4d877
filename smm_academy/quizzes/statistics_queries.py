"""The first answers to an organisation's questions, nobody named: what statistics are made of.

Whether somebody may see them is for the caller to know.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.database.session import rows_of
from smm_academy.measurement.item_statistics import rest_abilities
from smm_academy.measurement.models import Evidence
from smm_academy.quizzes.evidence import source_of
from smm_academy.quizzes.item_statistics import Exposure, ItemStatistics, Reply, Use, describe
from smm_academy.quizzes.models import QuizAnswer
from smm_academy.quizzes.queries import load_banks
from smm_academy.quizzes.skill_check import CHECK
from smm_academy.revisions.models import Chain, ChainKind, Revision
from smm_academy.revisions.queries import same_but_for_wording
from smm_academy.sittings.models import Feedback, Purpose, Sitting

MOST_SITTINGS = 4000
"""How many sittings are read for a page, the newest: more would change the figures little."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class QuizStatistics:
    """A quiz's title and its questions with their statistics; ``people`` met any of them."""

    title: str
    people: int
    items: tuple[ItemStatistics, ...]


def statistics_of(session: Session, chain: Chain) -> QuizStatistics:
    """Return the statistics of a quiz that serves, in the chain's language."""
    bank = load_banks(session, [chain.published_id or 0])[0]
    place, locale = chain.organisation_id, chain.locale
    other = {
        one.key: one.published_id
        for one in session.scalars(
            select(Chain).where(
                Chain.organisation_id == place,
                Chain.kind == ChainKind.ITEM,
                Chain.key.startswith(f"{chain.key}/", autoescape=True),
                Chain.locale != locale,
                Chain.published_id.is_not(None),
            )
        )
    }
    keys = {f"{chain.key}/{question.id}": question for question in bank.quiz.questions}
    served = [bank.revisions[question.id] for question in bank.quiz.questions]
    alike = same_but_for_wording(session, [*served, *(one for one in other.values() if one)])
    replies = _replies(session, list(alike))
    by_item: dict[tuple[str, str], list[Reply]] = {}
    for key, reply in replies:
        by_item.setdefault((key, reply.locale), []).append(reply)
    people = {
        one.person_id
        for (_, language), found in by_item.items()
        if language == locale
        for one in found
    }
    others = "pl" if locale == "en" else "en"
    exposures = _exposures(session, chain, list(keys))
    items = tuple(
        describe(
            number,
            question,
            by_item.get((key, locale), []),
            by_item.get((key, others), []),
            exposures[key],
        )
        for number, (key, question) in enumerate(keys.items(), start=1)
    )
    return QuizStatistics(bank.quiz.settings.title, len(people), items)


def _exposures(session: Session, chain: Chain, keys: Sequence[str]) -> dict[str, Exposure]:
    """Return who met each item of a quiz in its language, over all its revisions and all uses.

    A question that was asked is known, whatever became of its wording since.
    """
    items = (
        select(Revision.id)
        .join(Chain, Chain.id == Revision.chain_id)
        .where(
            Chain.organisation_id == chain.organisation_id,
            Chain.kind == ChainKind.ITEM,
            Chain.locale == chain.locale,
        )
    )
    answered = (
        select(Sitting.purpose, Sitting.person_id)
        .join(QuizAnswer, QuizAnswer.sitting_id == Sitting.id)
        .where(QuizAnswer.revision_id.in_(items), Sitting.finished_at.is_not(None))
        .distinct()
    )
    everybody: dict[str, set[int]] = {}
    for row in rows_of(session, answered):
        everybody.setdefault(row.purpose, set()).add(row.person_id)
    met: dict[str, dict[str, set[int]]] = {key: {} for key in keys}
    these = answered.add_columns(QuizAnswer.item_key).where(QuizAnswer.item_key.in_(keys))
    for row in rows_of(session, these):
        met[row.item_key].setdefault(row.purpose, set()).add(row.person_id)
    of = len(set().union(*everybody.values()))
    return {
        key: Exposure(
            len(set().union(*found.values())),
            of,
            tuple(
                Use(purpose, len(found[purpose]), len(everybody[purpose]))
                for purpose in Purpose
                if purpose in found
            ),
        )
        for key, found in met.items()
    }


def _replies(session: Session, revisions: Sequence[int]) -> list[tuple[str, Reply]]:
    """Return (item key, reply) of the first answers to some revisions of items."""
    ids = list(
        dict.fromkeys(
            session.scalars(
                select(QuizAnswer.sitting_id)
                .join(Sitting, Sitting.id == QuizAnswer.sitting_id)
                .where(QuizAnswer.revision_id.in_(revisions), Sitting.finished_at.is_not(None))
                .order_by(QuizAnswer.id.desc())
                .limit(MOST_SITTINGS * 10)
            )
        )
    )[:MOST_SITTINGS]
    shown = _shown_in(session, ids)
    wanted = set(revisions)
    found: dict[tuple[int, str, str], tuple[str, Reply]] = {}
    for answer, sitting, seconds in _answers_in(session, ids):
        seen = shown.get((sitting.id, source_of(answer.item_key, answer.revision_id)))
        if seen is None or answer.revision_id not in wanted:
            continue
        reply = Reply(
            sitting.person_id,
            sitting.content_locale,
            answer.points,
            answer.value["response"],
            *seen,
            seconds,
        )
        found.setdefault(
            (sitting.person_id, answer.item_key, sitting.content_locale), (answer.item_key, reply)
        )
    return list(found.values())


def _shown_in(
    session: Session, ids: Sequence[str]
) -> Mapping[tuple[str, str], tuple[float, float]]:
    """Return ability without and with it, by (sitting, source) of each first answer."""
    rows = [
        row
        for part in _parts(ids)
        for row in rows_of(
            session,
            select(
                Evidence.sitting_id,
                Evidence.source,
                Evidence.score,
                Evidence.a,
                Evidence.thresholds,
            ).where(
                Evidence.sitting_id.in_(part),
                Evidence.source.startswith("item:"),
                Evidence.weight > 0,
            ),
            {},
        )
    ]
    places = {sitting: place for place, sitting in enumerate(dict.fromkeys(ids))}
    rest, whole = rest_abilities(
        [places[row.sitting_id] for row in rows],
        [row.score > 0 for row in rows],
        [row.a for row in rows],
        [row.thresholds[0] for row in rows],
    )
    return {
        (row.sitting_id, row.source): (float(rest[place]), float(whole[place]))
        for place, row in enumerate(rows)
    }


def _answers_in(
    session: Session, ids: Sequence[str]
) -> Iterable[tuple[QuizAnswer, Sitting, float | None]]:
    """Yield each answer of the sittings with its sitting and the seconds it took, if kept."""
    for part in _parts(ids):
        sittings = {
            one.id: one for one in session.scalars(select(Sitting).where(Sitting.id.in_(part)))
        }
        answers = session.scalars(
            select(QuizAnswer)
            .where(QuizAnswer.sitting_id.in_(part))
            .order_by(QuizAnswer.answered_at, QuizAnswer.id)
        )
        before = {one.id: one.started_at for one in sittings.values()}
        for answer in answers:
            sitting = sittings[answer.sitting_id]
            seconds = (answer.answered_at - before[sitting.id]).total_seconds()
            before[sitting.id] = answer.answered_at
            yield answer, sitting, seconds if _is_timed(answer, sitting) and seconds > 0 else None


def _is_timed(answer: QuizAnswer, sitting: Sitting) -> bool:
    """Tell whether an answer bears its own time.

    Elsewhere all answers are graded together when the sitting is handed in, as are those that
    were left open where feedback comes after each question.
    """
    if sitting.subject == CHECK:
        return True
    return (
        sitting.feedback == Feedback.AFTER_QUESTION and answer.answered_at != sitting.finished_at
    )


def _parts(ids: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for first in range(0, len(ids), _AT_ONCE):
        yield ids[first : first + _AT_ONCE]
