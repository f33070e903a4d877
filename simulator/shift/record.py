"""The record of a finished shift: everything that debriefs and reports need, for ever.

A record is plain JSON. Times are minutes from the beginning of the shift; spans are characters of
``read_text``, the text that was scored.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import NotRequired, TypedDict, cast

from simulator.days import Week
from simulator.duties import Sheet
from simulator.judgement import RUBRIC_VERSION
from simulator.judgement.rubric import band_of
from simulator.shift import office, scoring
from simulator.shift.case_file import Json, RecordedMessage, case_file, plain
from simulator.shift.chapters import RecordedDay, RecordedPromise, chapters, promises_of
from simulator.shift.moments import find_moments
from simulator.shift.scene import Scene
from simulator.shift.scoring import Marked, mark
from simulator.shift.state import Point

RECORD_VERSION = 2


class Outcome(TypedDict):
    """The community at the beginning and the end, beside nobody's day and the expert's."""

    sentiment_start: float
    sentiment_end: float
    sentiment_nothing: float
    sentiment_expert: float
    followers_change: int


class Parts(TypedDict):
    """The parts of a shift's score, 0 to 100, ``None`` where the shift has no such part."""

    inbox: float | None
    triage: float | None
    coverage: float | None
    content: float | None
    targeting: float | None
    requests: float | None
    report: float | None
    outcome: float | None


class RecordedPoint(TypedDict):
    """The community at a minute on the lived day, nobody's day and the expert's."""

    minute: int
    clock: str
    sentiment: float
    followers: int
    sentiment_nothing: float
    followers_nothing: int
    sentiment_expert: float
    followers_expert: int


class RecordedMoment(TypedDict):
    """One of the moments that mattered; ``code`` is a key of `moment_text`.

    ``message`` is empty where another duty's sheet was meant: then ``kind`` and ``item`` name it.
    """

    minute: int
    clock: str
    message: str
    kind: NotRequired[str]
    item: NotRequired[str]
    code: str
    values: dict[str, str]
    weight: float


class RecordedSheet(TypedDict):
    """One thing that another duty asked for, and what it earned, as `duties.Sheet`.

    ``ideal`` is what the expert does: ``move`` (empty for nothing), ``text``, ``to``,
    ``choices``, ``by`` (a minute). ``moves`` are those that were made about it; ``titles`` says
    what the ids in both are called: ``<field>:<id>`` -> words.
    """

    part: str
    kind: str
    item: str
    title: str
    weight: float
    score: float
    context: str
    minute: int | None
    clock: str
    criteria: list[Json]
    gates: list[Json]
    moves: list[Json]
    ideal: Json | None
    titles: dict[str, str]
    why: str


class RedLine(TypedDict):
    """A red line that was crossed: the gate, the cap it put on its message or sheet, and why.

    ``message`` is empty where ``item`` names what another duty was about.
    """

    message: str
    item: str
    gate: str
    cap: int
    reason: Json


class Record(TypedDict):
    """A finished shift; ``days`` is empty for one of a single day."""

    version: int
    engine: str
    rubric: str
    scenario: Json
    brand: Json
    locale: str
    seed: int
    members: int
    begins: int
    ends: int
    timezone: str
    score: float
    band: str
    parts: Parts
    outcome: Outcome
    timeline: list[RecordedPoint]
    messages: list[RecordedMessage]
    moments: list[RecordedMoment]
    red_lines: list[RedLine]
    moves: list[Json]
    answers: list[Json]
    looked_up: list[Json]
    minutes_idle: int
    duties: list[RecordedSheet]
    calendar: list[Json]
    campaign: Json | None
    measures: Json
    weighting: NotRequired[Json]
    days: NotRequired[list[RecordedDay]]
    promises: NotRequired[list[RecordedPromise]]


def write_record(scene: Scene, engine: str, nothing: list[Point], expert: list[Point]) -> Record:
    """Return the record of a scene at its end; the others are the timelines of the baselines."""
    scenario, brand = scene.cast.scenario, scene.cast.brand
    marked = [mark(scene, case) for case in scene.state.cases.values()]
    lived = scene.state.timeline
    sheets, brought = office.sheets(scene), office.brought(scene)
    ends = nothing[-1].sentiment, expert[-1].sentiment
    parts = cast("Parts", scoring.parts(marked, sheets, lived[-1].sentiment, ends))
    total = scoring.total(cast("Mapping[str, float | None]", parts))
    return Record(
        version=RECORD_VERSION,
        engine=engine,
        rubric=RUBRIC_VERSION,
        scenario={
            "id": scenario.id, "title": scenario.title, "summary": scenario.summary,
            "goal": scenario.goal, "level": scenario.level, "minutes": scenario.minutes,
        },
        brand={"id": brand.id, "name": brand.name},
        locale=scenario.locale,
        seed=scene.seed,
        members=scenario.members,
        begins=scenario.begins,
        ends=scenario.ends,
        timezone=brand.timezone,
        score=total,
        band=band_of(total),
        parts=parts,
        outcome=Outcome(
            sentiment_start=lived[0].sentiment,
            sentiment_end=lived[-1].sentiment,
            sentiment_nothing=nothing[-1].sentiment,
            sentiment_expert=expert[-1].sentiment,
            followers_change=lived[-1].followers - lived[0].followers,
        ),
        timeline=_timeline(scenario.week, lived, nothing, expert),
        messages=[case_file(scene, row) for row in marked],
        moments=_moments(scene, marked, sheets),
        red_lines=_red_lines(marked, sheets),
        moves=[asdict(made) for made in scene.state.made],
        answers=[asdict(answer) for answer in scene.state.answers],
        looked_up=[asdict(sighting) for sighting in scene.state.sightings],
        minutes_idle=sum(made.spent for made in scene.state.made if made.kind == "wait"),
        duties=[_sheet(scene, sheet) for sheet in sheets],
        calendar=plain(brought["calendar"]),
        campaign=plain(brought["campaign"]),
        measures=brought["measures"],
        days=chapters(scene, marked, sheets, nothing, expert),
        promises=promises_of(scene),
    )  # fmt: skip


def _moments(
    scene: Scene, marked: list[Marked], sheets: tuple[Sheet, ...]
) -> list[RecordedMoment]:
    clock = scene.cast.scenario.week.clock
    return [
        RecordedMoment(
            minute=moment.minute,
            clock=clock(moment.minute),
            message=moment.message,
            kind=moment.sheet[0],
            item=moment.sheet[1],
            code=moment.code,
            values=dict(moment.values),
            weight=moment.weight,
        )
        for moment in find_moments(scene, marked, sheets)
    ]


def _red_lines(marked: list[Marked], sheets: tuple[Sheet, ...]) -> list[RedLine]:
    found = [
        RedLine(
            message=row.case.id, item="", gate=gate.id, cap=gate.cap, reason=plain(gate.reason)
        )
        for row in marked
        for gate in row.score.gates
    ]
    return found + [
        RedLine(message="", item=sheet.item, gate=gate.id, cap=gate.cap, reason=plain(gate.reason))
        for sheet in sheets
        for gate in sheet.gates
    ]


def _sheet(scene: Scene, sheet: Sheet) -> RecordedSheet:
    clock = scene.cast.scenario.week.clock
    made = [move for move in scene.state.made if move.item == sheet.item]
    return RecordedSheet(
        part=sheet.part,
        kind=sheet.kind,
        item=sheet.item,
        title=sheet.title,
        weight=sheet.weight,
        score=sheet.score,
        context=sheet.context,
        minute=sheet.minute,
        clock="" if sheet.minute is None else clock(sheet.minute),
        criteria=[plain(line) for line in sheet.lines],
        gates=[plain(gate) for gate in sheet.gates],
        moves=[{**asdict(move), "clock": clock(move.minute)} for move in made],
        ideal=None if sheet.ideal is None else plain(sheet.ideal),
        titles=office.titles(scene, sheet),
        why=sheet.why,
    )


def _timeline(
    week: Week, lived: list[Point], nothing: list[Point], expert: list[Point]
) -> list[RecordedPoint]:
    return [
        RecordedPoint(
            minute=own.minute, clock=week.clock(own.minute),
            sentiment=own.sentiment, followers=own.followers,
            sentiment_nothing=none.sentiment, followers_nothing=none.followers,
            sentiment_expert=best.sentiment, followers_expert=best.followers,
        )
        for own, none, best in zip(lived, nothing, expert, strict=True)
    ]  # fmt: skip
