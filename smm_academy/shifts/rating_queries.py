"""What a rater may read, what people said of replies, and how far they agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from simulator import RUBRIC_VERSION, Rated, compare_ratings
from smm_academy.accounts.models import HOUSE, Person, PersonKind, Role
from smm_academy.errors import NotFound
from smm_academy.revisions.models import Chain, Revision
from smm_academy.shifts.models import Disagreement, Rating, ReadingObjection, Shift, ShiftMove
from smm_academy.shifts.queries import record_of, recorded_message, shifts_by_id
from smm_academy.shifts.rating import Key, machine_of, numbers_of, order_for, sample
from smm_academy.sittings.models import Purpose, Sitting
from smm_academy.web.viewer import Viewer

ANSWERS = ("reply", "direct_message")
RECENT = 3000
"""The newest replies of a language that the sample is drawn from."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The replies of a language in a rater's own order, and those that they rated."""

    replies: list[Key]
    rated: frozenset[Key]

    @property
    def done(self) -> int:
        """How many of them the rater rated."""
        return sum(reply in self.rated for reply in self.replies)

    def after(self, reply: Key | None) -> Key | None:
        """Return the next one that is not rated, beginning behind a reply; round to the start."""
        start = self.replies.index(reply) + 1 if reply in self.replies else 0
        turned = [*self.replies[start:], *self.replies[:start]]
        return next((one for one in turned if one not in self.rated), None)


@dataclass(frozen=True, slots=True)
class RatedReply:
    """A reply with the ratings that it has, oldest first."""

    shift: Shift
    message: Mapping[str, Any]
    ratings: tuple[Rating, ...]
    disagreed: frozenset[str]


def may_rate(viewer: Viewer) -> bool:
    """Tell whether somebody rates for the house: its reviewers and whoever runs the site."""
    return viewer.is_admin or HOUSE in viewer.places(Role.REVIEWER)


def require_rater(viewer: Viewer) -> None:
    """Raise `NotFound` for whoever does not rate for the house."""
    if not may_rate(viewer):
        raise NotFound("There is no page here.")


def queue_of(session: Session, viewer: Viewer, locale: str) -> Queue:
    """Return what a rater reads in a language. Raises `NotFound` for others.

    Nobody rates what they wrote. What somebody disagreed with is read because they asked; other
    replies only where their author has an account and has not objected. What one person rated
    stays, so that a second one meets it.
    """
    require_rater(viewer)
    asked = _keys(session, _disagreed(viewer, locale))
    drawn = sample(_keys(session, _practised(viewer, locale)))
    begun = _keys(session, _begun(viewer, locale))
    rated = select(Rating.sitting_id, Rating.message_id).where(Rating.rater_id == viewer.id)
    replies = order_for(viewer.id, asked | drawn | begun)
    return Queue(replies, frozenset(_keys(session, rated)))


def reply_to_rate(
    session: Session, viewer: Viewer, sitting_id: str, message_id: str
) -> tuple[Shift, Mapping[str, Any]]:
    """Return a shift and its message that a rater may read. Raises `NotFound`."""
    require_rater(viewer)
    shift = session.get(Shift, sitting_id)
    if (
        shift is None
        or (sitting_id, message_id) not in queue_of(session, viewer, shift.locale).replies
    ):
        raise NotFound("There is no such reply to rate, or its author took it back.")
    return shift, recorded_message(record_of(shift), message_id)


def own_rating(
    session: Session, viewer: Viewer, sitting_id: str, message_id: str
) -> Rating | None:
    """Return what the viewer said of a reply."""
    return session.scalar(
        select(Rating).where(
            Rating.sitting_id == sitting_id,
            Rating.message_id == message_id,
            Rating.rater_id == viewer.id,
        )
    )


def marks_in(session: Session, sitting_id: str) -> dict[Key, list[Mapping[str, Any]]]:
    """Return what people said of a shift's replies, by (message, criterion), oldest first."""
    found: dict[Key, list[Mapping[str, Any]]] = {}
    rows = session.scalars(
        select(Rating).where(Rating.sitting_id == sitting_id).order_by(Rating.id)
    )
    for row in rows:
        for criterion, mark in row.marks.items():
            found.setdefault((row.message_id, criterion), []).append(mark)
    return found


def objects_to_reading(session: Session, viewer: Viewer) -> bool:
    """Tell whether the viewer does not want samples of their replies to be read."""
    return session.get(ReadingObjection, viewer.id) is not None


def rated_replies(session: Session, viewer: Viewer) -> list[RatedReply]:
    """Return every reply that somebody rated. Raises `NotFound` for who does not rate."""
    require_rater(viewer)
    rows = list(
        session.scalars(select(Rating).order_by(Rating.sitting_id, Rating.message_id, Rating.id))
    )
    shifts = shifts_by_id(session, sorted({row.sitting_id for row in rows}))
    lines: dict[Key, set[str]] = {}
    for row in session.scalars(
        select(Disagreement).where(Disagreement.sitting_id.in_(list(shifts)))
    ):
        lines.setdefault((row.sitting_id, row.message_id), set()).add(row.criterion)
    found = []
    for reply, ratings in groupby(rows, key=lambda row: (row.sitting_id, row.message_id)):
        shift = shifts[reply[0]]
        message = recorded_message(record_of(shift), reply[1])
        disagreed = frozenset(lines.get(reply, ()))
        found.append(RatedReply(shift, message, tuple(ratings), disagreed))
    return found


def agreement_of(rated: list[RatedReply]) -> dict[str, Any]:
    """Return agreement per language and criterion, as `simulator.compare_ratings` does.

    Only replies that were scored by the rubric in force: an older one asked for other things.
    """
    return compare_ratings(
        Rated(
            one.shift.locale,
            machine_of(one.message),
            [numbers_of(rating.marks) for rating in one.ratings],
        )
        for one in rated
        if one.shift.rubric_version == RUBRIC_VERSION
    )


def rating_rows(rated: list[RatedReply]) -> list[list[str]]:
    """Return every mark as a row without names: head first.

    A reply is called by a hash, its raters by the order in which they rated it.
    """
    head = [
        "reply", "language", "kind", "rubric", "criterion", "rater", "mark", "machine",
        "disagreed",
    ]  # fmt: skip
    rows = [head]
    for one in rated:
        machine = machine_of(one.message)
        named = f"{one.shift.sitting_id}/{one.message['id']}".encode()
        name = blake2b(named, digest_size=6).hexdigest()
        for number, rating in enumerate(one.ratings, start=1):
            for criterion, row in rating.marks.items():
                mark, found = row["mark"], machine.get(criterion)
                rows.append(
                    [
                        name,
                        one.shift.locale,
                        one.message["kind"],
                        rating.rubric_version,
                        criterion,
                        str(number),
                        "" if mark is None else f"{mark:g}",
                        "" if found is None else f"{found:g}",
                        "yes" if criterion in one.disagreed else "no",
                    ]
                )
    return rows


def _keys(session: Session, query: Select[str, str]) -> set[Key]:
    return {(row[0], row[1]) for row in session.execute(query)}


def _of_the_house(viewer: Viewer, locale: str) -> tuple[ColumnElement[bool], ...]:
    """Return what every reply fulfils that the house may read: its own brands, no tests."""
    own = (
        select(Revision.id)
        .join(Chain, Chain.id == Revision.chain_id)
        .where(Chain.organisation_id == HOUSE)
    )
    return (
        Shift.score.is_not(None),
        Shift.locale == locale,
        Shift.person_id != viewer.id,
        Shift.brand_revision_id.in_(own),
        or_(Shift.scenario_revision_id.is_(None), Shift.scenario_revision_id.in_(own)),
        Shift.sitting_id.in_(select(Sitting.id).where(Sitting.purpose != Purpose.ASSESSMENT)),
    )


def _by_the_willing() -> tuple[ColumnElement[bool], ...]:
    """Return what holds of authors whose practice is sampled: an account, and no objection."""
    accounts = select(Person.id).where(Person.kind == PersonKind.ACCOUNT)
    return (
        Shift.person_id.in_(accounts),
        Shift.person_id.not_in(select(ReadingObjection.person_id)),
    )


def _practised(viewer: Viewer, locale: str) -> Select[str, str]:
    message = ShiftMove.move["message"].as_string()
    return (
        select(ShiftMove.sitting_id, message)
        .join(Shift, Shift.sitting_id == ShiftMove.sitting_id)
        .where(
            ShiftMove.move["kind"].as_string().in_(ANSWERS),
            *_of_the_house(viewer, locale),
            *_by_the_willing(),
        )
        .order_by(ShiftMove.id.desc())
        .limit(RECENT)
    )


def _disagreed(viewer: Viewer, locale: str) -> Select[str, str]:
    return (
        select(Disagreement.sitting_id, Disagreement.message_id)
        .join(Shift, Shift.sitting_id == Disagreement.sitting_id)
        .where(*_of_the_house(viewer, locale))
    )


def _begun(viewer: Viewer, locale: str) -> Select[str, str]:
    return (
        select(Rating.sitting_id, Rating.message_id)
        .join(Shift, Shift.sitting_id == Rating.sitting_id)
        .where(*_of_the_house(viewer, locale), *_by_the_willing())
    )
