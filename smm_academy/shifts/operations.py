"""What somebody can do in the simulator: begin, move, finish, try again, disagree."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from simulator import (
    CHANNELS,
    ENGINE_VERSION,
    POLICIES,
    RUBRIC_VERSION,
    Event,
    Move,
    start,
    try_again,
)
from smm_academy.errors import Closed, Conflict, Invalid, NotFound
from smm_academy.measurement.operations import record_evidence
from smm_academy.measurement.queries import curriculum
from smm_academy.revisions.models import Revision
from smm_academy.shifts.equating import standing_of
from smm_academy.shifts.evidence import evidence_of_record
from smm_academy.shifts.models import (
    Disagreement,
    Opinion,
    Retry,
    Shift,
    ShiftMove,
    ShiftSnapshot,
)
from smm_academy.shifts.opinion_queries import export_opinions
from smm_academy.shifts.queries import (
    drill_setting,
    find_move,
    own_shift,
    play_of,
    record_of,
    recorded_message,
    setting_of,
)
from smm_academy.shifts.rating_operations import erase_ratings, export_ratings
from smm_academy.shifts.standing_queries import finished_record
from smm_academy.shifts.weighting import HOUSE, Weighting, weighed, weighting_of
from smm_academy.sittings import operations as sittings
from smm_academy.sittings.models import Activity, Purpose, Sitting
from smm_academy.sittings.operations import Opening, Terms
from smm_academy.sittings.queries import held_sitting, own_sitting
from smm_academy.web.viewer import Viewer

ENDS_A_DRILL = frozenset({"reply", "no_action"})
MOST_MOVES = 600


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a shift or drill is begun with; a drill has a kind and no scenario."""

    brand: Revision
    scenario: Revision | None
    kind: str
    locale: str
    seed: int
    opening: Opening = field(default_factory=Opening)
    weighting: Weighting = HOUSE
    intensity: str = "usual"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A move that was worked out and not yet written: the state after it and what happened.

    ``record`` is there when the move ends the shift. ``repeated`` says that the very same move
    was made already.
    """

    sitting_id: str
    number: int
    move: Move | None
    state: bytes
    events: tuple[Event, ...]
    record: Mapping[str, Any] | None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Drilled:
    """A drill that was worked out and not yet written."""

    moves: tuple[Move, ...]
    record: Mapping[str, Any]


def first_state(session: Session, beginning: Beginning) -> bytes:
    """Return the state that a shift or drill begins in, worked out before any lock is taken."""
    shift = _row(beginning)
    setting = setting_of(session, shift)
    return start(setting.scenario, setting.brand, beginning.seed).snapshot()


def begin(
    session: Session, viewer: Viewer, beginning: Beginning, state: bytes, at: datetime
) -> Sitting:
    """Begin a shift or a drill; ``state`` is its first one, kept as a snapshot if it is given."""
    shift = _row(beginning)
    terms = Terms(
        Activity.SHIFT if beginning.scenario else Activity.DRILL,
        shift.scenario_key,
        beginning.locale,
        beginning.opening,
        {"brand": shift.brand_revision_id, "scenario": shift.scenario_revision_id},
        beginning.weighting.as_json(),
    )
    sitting = sittings.begin(session, viewer.id, terms, at)
    shift.sitting_id, shift.person_id = sitting.id, viewer.id
    session.add(shift)
    session.flush()
    if state:
        _keep_state(session, shift, state)
    session.flush()
    return sitting


def prepare_move(
    session: Session, viewer: Viewer, sitting_id: str, move: Move, seen: int, at: datetime
) -> Prepared:
    """Work a move out, before any lock is taken; nothing is written.

    ``seen`` is how many moves had been made when the page was shown. Raises `MoveRefused` with
    the reason, `Conflict` when the desk has moved on, `Closed`, `NotFound`.
    """
    shift = own_shift(session, viewer, sitting_id)
    sittings.require_open(own_sitting(session, viewer, sitting_id), at)
    if seen < shift.moves_made and find_move(session, sitting_id, seen + 1) == move:
        return Prepared(sitting_id, seen + 1, move, b"", (), None, repeated=True)
    if seen != shift.moves_made:
        raise Conflict("The desk has changed since this page was shown. Look, then decide again.")
    if seen >= MOST_MOVES:
        raise Conflict("This shift has as many moves as one can have. Finish it.")
    play = play_of(session, shift)
    events = play.apply(move)
    is_drill = shift.scenario_revision_id is None
    over = play.is_over or (is_drill and move.kind in ENDS_A_DRILL)
    record = finished_record(session, shift, play) if over else None
    return Prepared(sitting_id, seen + 1, move, play.snapshot(), tuple(events), record)


def prepare_end(session: Session, viewer: Viewer, sitting_id: str) -> Prepared:
    """Work out the end of a shift whose person wants to stop; nothing is written.

    That is possible when the wall time is over too: the moves made in time count. Raises
    `Closed` when the shift is finished already, `NotFound`.
    """
    shift = own_shift(session, viewer, sitting_id)
    sittings.require_unfinished(own_sitting(session, viewer, sitting_id))
    record = finished_record(session, shift, play_of(session, shift))
    return Prepared(sitting_id, shift.moves_made, None, b"", (), record)


def write_move(session: Session, viewer: Viewer, prepared: Prepared, at: datetime) -> None:
    """Write a prepared move, its snapshot, and the end of the shift where it brought that.

    Raises `Conflict` when another move was written in the meantime.
    """
    if prepared.repeated:
        return
    sitting = held_sitting(session, viewer, prepared.sitting_id)
    shift = own_shift(session, viewer, prepared.sitting_id)
    if prepared.move is not None:
        sittings.require_open(sitting, at)
    if shift.moves_made != prepared.number - (prepared.move is not None):
        raise Conflict("The desk has changed since this page was shown. Look, then decide again.")
    if prepared.move is not None:
        _write(session, shift, prepared, prepared.move, at)
    if prepared.record is not None:
        _close(session, viewer, shift, sitting, prepared.record, at)


def expire(session: Session, sitting_id: str, at: datetime) -> None:
    """End a shift whose wall time is over; the moves that were made in time count.

    Nothing happens where it has ended in the meantime, or where an older engine played it.
    """
    sitting = session.get_one(Sitting, sitting_id, with_for_update=True)
    shift = session.get_one(Shift, sitting_id)
    if sitting.finished_at is None and shift.engine_version == ENGINE_VERSION:
        record = finished_record(session, shift, play_of(session, shift))
        _close(session, Viewer(sitting.person_id), shift, sitting, record, at)


def let_work(session: Session, viewer: Viewer, sitting_id: str, policy: str, at: datetime) -> None:
    """Let a policy of the simulator work an open shift to its end, as a demonstration."""
    shift = own_shift(session, viewer, sitting_id)
    play = play_of(session, shift)
    while not play.is_over and (move := POLICIES[policy](play)) is not None:
        play.apply(move)
        shift.moves_made += 1
        row = ShiftMove(sitting_id=sitting_id, number=shift.moves_made, move=asdict(move), at=at)
        session.add(row)
    sitting = held_sitting(session, viewer, sitting_id)
    _close(session, viewer, shift, sitting, finished_record(session, shift, play), at)


def prepare_drill(session: Session, beginning: Beginning, text: str) -> Drilled:
    """Work out a drill that is nothing but one reply; nothing is written.

    Raises `MoveRefused` when the reply cannot be sent.
    """
    setting = drill_setting(
        session, beginning.brand.id, beginning.kind, beginning.locale, beginning.seed
    )
    play = start(setting.scenario, setting.brand, beginning.seed)
    moves = drill_moves(play.desk().messages[0].id, text)
    for move in moves:
        play.apply(move)
    return Drilled(moves, play.finish())


def write_drill(
    session: Session, viewer: Viewer, beginning: Beginning, drilled: Drilled, at: datetime
) -> Sitting:
    """Write a drill that was worked out: its sitting, its moves, its end."""
    sitting = begin(session, viewer, beginning, b"", at)
    shift = own_shift(session, viewer, sitting.id)
    for number, move in enumerate(drilled.moves, start=1):
        session.add(ShiftMove(sitting_id=sitting.id, number=number, move=asdict(move), at=at))
        shift.moves_made = number
    _close(session, viewer, shift, sitting, drilled.record, at)
    return sitting


def drill_moves(message: str, text: str) -> tuple[Move, ...]:
    """Return the moves of a drill that is nothing but one reply."""
    return Move("open", message), Move("reply", message, text=text)


def shift_to_practise(session: Session, viewer: Viewer, sitting_id: str) -> Shift:
    """Return a shift of the viewer's whose messages may be tried again.

    Raises `NotFound`, and `Conflict` for one of a test.
    """
    if own_sitting(session, viewer, sitting_id).purpose == Purpose.ASSESSMENT:
        raise Conflict("Messages of a test are not practised again.")
    return own_shift(session, viewer, sitting_id)


def retry(
    session: Session,
    viewer: Viewer,
    sitting_id: str,
    message_id: str,
    text: str,
    at: datetime,
) -> Retry:
    """Score another reply to a message of a finished shift; it counts for nothing but learning.

    Raises `Invalid` for an empty text or one that the channel would not take, `NotFound`, and
    `Conflict` in an assessment, whose messages are not for practice.
    """
    shift = shift_to_practise(session, viewer, sitting_id)
    record = record_of(shift)
    if not text.strip():
        raise Invalid("text", "There is no text. Write something first.")
    limit = CHANNELS[recorded_message(record, message_id)["channel"]].reply_limit
    if len(text) > limit:
        raise Invalid("text", "Use %(most)s characters at most.", most=limit)
    rubric = weighting_of(own_sitting(session, viewer, sitting_id).rubric).rubric
    try:
        again = try_again(record, message_id, text, setting_of(session, shift).brand, rubric)
    except ValueError as error:
        raise NotFound("This shift has no such message.") from error
    kept = Retry(
        sitting_id=sitting_id,
        message_id=message_id,
        text=text,
        scorecard=again.as_json(),
        at=at,
    )
    session.add(kept)
    session.flush()
    return kept


def export_shifts(session: Session, person_id: int) -> dict[str, Any]:
    """Return what this slice knows of a person: what they played, and what was rated."""
    return {
        "played": _export_played(session, person_id),
        "second_opinions": export_opinions(session, person_id),
        "ratings": export_ratings(session, person_id),
    }


def _export_played(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Return every message that was shown to a person, with reply and score."""
    found = session.scalars(select(Shift).where(Shift.person_id == person_id)).all()
    moves = session.scalars(
        select(ShiftMove)
        .where(ShiftMove.sitting_id.in_([shift.sitting_id for shift in found]))
        .order_by(ShiftMove.number)
    )
    made: dict[str, list[dict[str, Any]]] = {}
    for row in moves:
        made.setdefault(row.sitting_id, []).append(row.move)
    return [
        {
            "scenario": shift.scenario_key,
            "language": shift.locale,
            "intensity": shift.intensity,
            "score": shift.score,
            "moves": made.get(shift.sitting_id, []),
            "record": _without_seed(shift.record),
        }
        for shift in found
    ]


def _without_seed(record: Mapping[str, Any] | None) -> dict[str, Any] | None:
    # A test is the same for everybody, so what draws its messages is nobody's own.
    return {name: told for name, told in record.items() if name != "seed"} if record else None


def erase_shifts(session: Session, person_id: int) -> None:
    """Delete a person's shifts and everything in them; ratings that they gave lose their name."""
    erase_ratings(session, person_id)
    own = select(Shift.sitting_id).where(Shift.person_id == person_id)
    for table in (Disagreement, Opinion, Retry, ShiftSnapshot, ShiftMove):
        session.execute(delete(table).where(table.sitting_id.in_(own)))
    session.execute(delete(Shift).where(Shift.person_id == person_id))


def _row(beginning: Beginning) -> Shift:
    scenario = beginning.scenario
    brand_key: str = beginning.brand.parsed["id"]
    return Shift(
        scenario_key=scenario.parsed["id"] if scenario else f"{brand_key}/{beginning.kind}",
        scenario_revision_id=scenario.id if scenario else None,
        drill_kind=beginning.kind,
        brand_revision_id=beginning.brand.id,
        seed=beginning.seed,
        intensity=beginning.intensity,
        locale=beginning.locale,
        engine_version=ENGINE_VERSION,
        rubric_version=RUBRIC_VERSION,
        moves_made=0,
    )


def _keep_state(session: Session, shift: Shift, state: bytes) -> None:
    session.add(
        ShiftSnapshot(
            sitting_id=shift.sitting_id,
            moves_made=shift.moves_made,
            engine_version=ENGINE_VERSION,
            state=state,
        )
    )


def _write(session: Session, shift: Shift, prepared: Prepared, move: Move, at: datetime) -> None:
    session.add(
        ShiftMove(sitting_id=shift.sitting_id, number=prepared.number, move=asdict(move), at=at)
    )
    shift.moves_made = prepared.number
    session.execute(delete(ShiftSnapshot).where(ShiftSnapshot.sitting_id == shift.sitting_id))
    if prepared.record is None:
        _keep_state(session, shift, prepared.state)
    session.flush()


def _close(
    session: Session,
    viewer: Viewer,
    shift: Shift,
    sitting: Sitting,
    record: Mapping[str, Any],
    at: datetime,
) -> None:
    if not sittings.finish(session, sitting.id, at):
        raise Closed("This is finished already; nothing more can be changed.")
    # What is measured stays on the house's scale: a weighting changes points, not the evidence.
    shift.record = dict(weighed(record, sitting.rubric))
    shift.score = standing_of(shift.record).score
    known = curriculum(session, viewer)
    record_evidence(session, sitting, evidence_of_record(record, known), at)
    session.execute(delete(ShiftSnapshot).where(ShiftSnapshot.sitting_id == sitting.id))
