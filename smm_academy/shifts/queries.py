"""The packs that somebody works with, and what stands on their desk."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import URL, bindparam, func, select
from sqlalchemy.orm import Session

from simulator import (
    ENGINE_VERSION,
    Brand,
    Desk,
    Intensity,
    Locale,
    Move,
    Scenario,
    Shift as Play,
    brand as brand_of,
    day_sheets,
    drill,
    drill_kinds,
    play,
    replay,
    resume,
    scenario as scenario_of,
)
from smm_academy.database.session import rows_of
from smm_academy.errors import Closed, NotFound
from smm_academy.revisions.models import ChainKind, Revision
from smm_academy.revisions.queries import published, revisions_by_id
from smm_academy.shifts.choosing import DISTRESSING
from smm_academy.shifts.equating import equated_record
from smm_academy.shifts.models import Disagreement, Retry, Shift, ShiftMove, ShiftSnapshot
from smm_academy.shifts.weighting import Stored
from smm_academy.sittings.queries import if_own
from smm_academy.web.viewer import Viewer

PRACTICE, ASSESSMENT = "practice", "assessment"
_DESKS_KEPT = 256
_desks: OrderedDict[tuple[URL, str, int, str], Desk] = OrderedDict()
_packs: dict[int, Mapping[str, Any]] = {}
_settings: dict[tuple[URL, int, int, Locale], "Setting"] = {}
"""Revisions never change, so what was read from one is kept for the process's life."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a shift happens: the brand book and the scenario, in the shift's language."""

    brand: Brand
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Reply:
    """A message that somebody answered, as the record of its drill or shift holds it."""

    sitting_id: str
    locale: str
    brand: str
    message: Mapping[str, Any]
    distressing: bool


def pack(session: Session, revision_id: int) -> Mapping[str, Any]:
    """Return the pack of a brand's or scenario's revision."""
    if revision_id not in _packs:
        _packs[revision_id] = revisions_by_id(session, [revision_id])[revision_id].parsed
    return _packs[revision_id]


def brand_revision(session: Session, viewer: Viewer, key: str) -> Revision:
    """Return the revision of a brand that serves. Raises `NotFound`."""
    return published(session, viewer, ChainKind.BRAND, key)


def brand_book(session: Session, viewer: Viewer, key: str, locale: Locale) -> Brand:
    """Return the book of a brand that serves, in a language. Raises `NotFound`."""
    return brand_of(pack(session, brand_revision(session, viewer, key).id), locale)


def scenario_revision(
    session: Session, viewer: Viewer, key: str, pool: str = PRACTICE
) -> Revision:
    """Return the revision of a scenario of a pool that serves. Raises `NotFound`."""
    found = published(session, viewer, ChainKind.SCENARIO, key)
    if not is_offered(found.parsed, pool):
        raise NotFound("This is not published here, or is no longer.")
    return found


def pool_of_scenario(book: Mapping[str, Any]) -> str:
    """Return what a scenario is for: practice, or assessments, where it is never practised."""
    found: str = book.get("pool", PRACTICE)
    return found


def is_offered(book: Mapping[str, Any], pool: str) -> bool:
    """Tell whether a scenario is offered in a pool; a campaign is too long for an assessment."""
    return pool_of_scenario(book) == pool and (pool == PRACTICE or len(day_sheets(book)) == 1)


def own_shift(session: Session, viewer: Viewer, sitting_id: str) -> Shift:
    """Return a shift of the viewer's. Raises `NotFound` for anybody else's."""
    return if_own(session.get(Shift, sitting_id), viewer)


def setting_of(session: Session, shift: Shift) -> Setting:
    """Return the brand book and the scenario that a shift began with."""
    brand_id, locale = shift.brand_revision_id, shift.locale
    if shift.scenario_revision_id is None:
        return drill_setting(session, brand_id, shift.drill_kind, locale, shift.seed)
    language: Locale = "pl" if locale == "pl" else "en"
    key = (session.get_bind().engine.url, brand_id, shift.scenario_revision_id, language)
    if key not in _settings:
        plan = scenario_of(pack(session, shift.scenario_revision_id), language)
        _settings[key] = Setting(brand_of(pack(session, brand_id), language), plan)
    kept, tone = _settings[key], cast("Intensity", shift.intensity)
    return replace(kept, scenario=replace(kept.scenario, intensity=tone))


def drill_setting(
    session: Session, brand_revision_id: int, kind: str, locale: str, seed: int
) -> Setting:
    """Return the brand book and the one message of a drill. Raises `NotFound` for no such kind."""
    book = pack(session, brand_revision_id)
    language: Locale = "pl" if locale == "pl" else "en"
    if kind not in drill_kinds(book):
        raise NotFound("There is no message of this kind to practise yet.")
    return Setting(brand_of(book, language), drill(book, kind, language, seed))


def play_of(session: Session, shift: Shift) -> Play:
    """Return the state of an open shift: from its snapshot where there is one, else by replay.

    Raises `Closed` when it was begun with another engine.
    """
    if shift.engine_version != ENGINE_VERSION:
        raise Closed(
            "This shift was begun with an earlier version of the simulator and is closed. "
            "What it earned is kept; start the same scenario anew."
        )
    setting = setting_of(session, shift)
    kept = session.get(ShiftSnapshot, shift.sitting_id)
    if kept is not None and kept.moves_made == shift.moves_made:
        try:
            return resume(setting.scenario, setting.brand, shift.seed, kept.state)
        except ValueError:
            # A snapshot is only a cache: one that does not fit is worked out anew.
            pass
    moves = session.scalars(
        select(ShiftMove)
        .where(ShiftMove.sitting_id == shift.sitting_id)
        .order_by(ShiftMove.number)
    )
    made = [Move(**row.move) for row in moves]
    return replay(setting.scenario, setting.brand, shift.seed, made)


def played_by(
    session: Session, viewer: Viewer, scenario_key: str, locale: str, policy: str, seed: int
) -> Mapping[str, Any]:
    """Return the record of a practice scenario that a policy of the simulator played."""
    scenario = scenario_revision(session, viewer, scenario_key)
    brand = brand_revision(session, viewer, scenario.parsed["brand"])
    language: Locale = "pl" if locale == "pl" else "en"
    setting = scenario_of(scenario.parsed, language), brand_of(brand.parsed, language)
    return equated_record(play(*setting, seed, policy), scenario.parsed, brand.parsed)


def desk_of(session: Session, shift: Shift) -> Desk:
    """Return the desk of an open shift; a process keeps those that it worked out last.

    It depends on nothing but the shift, its moves and the engine, so a kept one is never stale.
    """
    key = (session.get_bind().engine.url, shift.sitting_id, shift.moves_made, shift.engine_version)
    if key not in _desks:
        _desks[key] = play_of(session, shift).desk()
        if len(_desks) > _DESKS_KEPT:
            _desks.popitem(last=False)
    return _desks[key]


def find_move(session: Session, sitting_id: str, number: int) -> Move | None:
    """Return a move of a shift by its number, from 1."""
    row = session.scalar(
        select(ShiftMove).where(ShiftMove.sitting_id == sitting_id, ShiftMove.number == number)
    )
    return Move(**row.move) if row else None


def record_of(shift: Shift) -> Any:  # noqa: ANN401 - plain JSON, typed by the simulator
    """Return the record of a finished shift. Raises `NotFound` while it is open."""
    if shift.record is None:
        raise NotFound("This shift is not finished yet.")
    return shift.record


def recorded_message(record: Mapping[str, Any], message_id: str) -> Mapping[str, Any]:
    """Return a message of a record. Raises `NotFound`."""
    for message in record["messages"]:
        if message["id"] == message_id:
            found: Mapping[str, Any] = message
            return found
    raise NotFound("This shift has no such message.")


def retries_of(session: Session, sitting_id: str, message_id: str) -> list[Retry]:
    """Return the further tries at a message, oldest first."""
    return list(
        session.scalars(
            select(Retry)
            .where(Retry.sitting_id == sitting_id, Retry.message_id == message_id)
            .order_by(Retry.id)
        )
    )


def disagreements_of(session: Session, sitting_id: str) -> dict[tuple[str, str], str]:
    """Return what somebody did not agree with, by (message, criterion)."""
    rows = session.scalars(select(Disagreement).where(Disagreement.sitting_id == sitting_id))
    return {(row.message_id, row.criterion): row.sentence for row in rows}


_ANSWERS = (
    select(func.min(ShiftMove.at).label("at"))
    .join(Shift, Shift.sitting_id == ShiftMove.sitting_id)
    .where(
        Shift.person_id == bindparam("person"),
        ShiftMove.at >= bindparam("since"),
        ShiftMove.move["kind"].as_string().in_(("reply", "direct_message")),
    )
    .group_by(ShiftMove.sitting_id, ShiftMove.move["message"].as_string())
)


def answered_since(session: Session, viewer: Viewer, since: datetime) -> list[datetime]:
    """Return when the viewer first answered each message since a moment, in drills and shifts."""
    return [row.at for row in rows_of(session, _ANSWERS, {"person": viewer.id, "since": since})]


def replies_of(shift: Shift) -> list[Reply]:
    """Return the messages of a finished drill or shift that somebody answered in words."""
    record = shift.record or {"messages": []}
    return [
        Reply(
            shift.sitting_id,
            shift.locale,
            record["brand"]["name"],
            message,
            message["kind"] in DISTRESSING,
        )
        for message in record["messages"]
        if message["read_text"] and message["counts"]
    ]


def shifts_by_id(session: Session, ids: list[str]) -> dict[str, Shift]:
    """Return shifts by their sitting."""
    found = session.scalars(select(Shift).where(Shift.sitting_id.in_(ids)))
    return {shift.sitting_id: shift for shift in found}


_SCORES = select(Shift.sitting_id, Shift.score).where(
    Shift.person_id.in_(bindparam("people", expanding=True)), Shift.score.is_not(None)
)


def shift_scores_of(session: Session, people: Collection[int]) -> dict[str, float]:
    """Return the scores of the drills and shifts that people finished, by sitting.

    Whose scores somebody may see is for the caller to know.
    """
    rows = rows_of(session, _SCORES, {"people": list(people)})
    return {row.sitting_id: row.score for row in rows}


@dataclass(frozen=True, slots=True)
class SentReply:
    """A message of a finished drill or shift, what was answered to it, and its score."""

    sitting_id: str
    author: str
    message: str
    reply: str
    score: float
    locale: str


def replies_in(session: Session, sitting_ids: Sequence[str]) -> list[SentReply]:
    """Return what was answered in finished drills and shifts, in the order of the sittings.

    Who may read it is for the caller to know.
    """
    found = shifts_by_id(session, list(sitting_ids))
    return [
        SentReply(
            sitting_id,
            message["author"]["name"],
            message["text"],
            message["read_text"],
            message["score"]["score"],
            found[sitting_id].locale,
        )
        for sitting_id in sitting_ids
        if sitting_id in found
        for message in (found[sitting_id].record or {"messages": ()})["messages"]
        if message["read_text"]
    ]


def stored_replies(
    session: Session, sitting_ids: Sequence[str], shared: Collection[str]
) -> list[Stored]:
    """Return the scored messages of finished drills and shifts, as they were judged.

    ``shared`` are the sittings whose replies may be read. Whose they are, the caller knows.
    """
    found = shifts_by_id(session, list(sitting_ids))
    return [
        Stored(message, found[sitting_id].locale, sitting_id in shared)
        for sitting_id in sitting_ids
        if sitting_id in found
        for message in (found[sitting_id].record or {"messages": ()})["messages"]
        if message["counts"]
    ]
