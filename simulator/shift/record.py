"""The record of a finished shift: everything that debriefs and reports need, for ever.

A record is plain JSON. Times are minutes from the beginning of the shift; spans are characters of
``read_text``, the text that was scored.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import Any, NotRequired, TypeAlias, TypedDict, cast

from simulator.duties import Sheet
from simulator.judgement import RUBRIC_VERSION, model_answer
from simulator.judgement.rubric import band_of
from simulator.moves import MOVES
from simulator.shift import office, scoring
from simulator.shift.cast import known_facts
from simulator.shift.desk import clock
from simulator.shift.moments import find_moments
from simulator.shift.scene import LOOKING, Scene
from simulator.shift.scoring import Marked, mark
from simulator.shift.state import Case, Point

RECORD_VERSION = 2
Json: TypeAlias = dict[str, Any]


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
    """One of the moments that mattered; ``code`` is a key of `moment_text`."""

    minute: int
    clock: str
    message: str
    code: str
    values: dict[str, str]
    weight: float


class RecordedMessage(TypedDict):
    """One message as shown, what was done about it, and what it earned.

    ``counts`` is false for consequences (a repost, a bad review), which are scored for learning
    alone. ``truth`` is what the desk could not see: kind, fault, wants, duties, facts.
    ``seen`` lists what was looked up or asked, and when; ``first_action`` is minutes from arrival.
    """

    id: str
    kind: str
    severity: int
    counts: bool
    consequence_of: str
    channel: str
    minute: int
    clock: str
    author: Json
    text: str
    stars: int | None
    likes: int
    thread: list[Json]
    moves: list[Json]
    seen: list[Json]
    minutes_spent: int
    first_action: int | None
    read_text: str
    direct_text: str
    reply: Json
    truth: Json
    reading: Json
    score: Json
    feeling: Json
    impact: float
    model_answer: str


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
    """A finished shift."""

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
        timeline=_timeline(scenario.begins, lived, nothing, expert),
        messages=[_message(scene, row) for row in marked],
        moments=_moments(scene, marked),
        red_lines=_red_lines(marked, sheets),
        moves=[asdict(made) for made in scene.state.made],
        answers=[asdict(answer) for answer in scene.state.answers],
        looked_up=[asdict(sighting) for sighting in scene.state.sightings],
        minutes_idle=sum(made.spent for made in scene.state.made if made.kind == "wait"),
        duties=[_sheet(scene, sheet) for sheet in sheets],
        calendar=plain(brought["calendar"]),
        campaign=plain(brought["campaign"]),
        measures=brought["measures"],
    )  # fmt: skip


def plain(value: Any) -> Any:  # noqa: ANN401 - any tree of dataclasses becomes a tree of JSON
    """Return a tree of dataclasses, tuples and mappings as JSON holds it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    return value


def _moments(scene: Scene, marked: list[Marked]) -> list[RecordedMoment]:
    begins = scene.cast.scenario.begins
    return [
        RecordedMoment(
            minute=moment.minute,
            clock=clock(begins, moment.minute),
            message=moment.message,
            code=moment.code,
            values=dict(moment.values),
            weight=moment.weight,
        )
        for moment in find_moments(scene, marked)
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
    begins = scene.cast.scenario.begins
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
        clock="" if sheet.minute is None else clock(begins, sheet.minute),
        criteria=[plain(line) for line in sheet.lines],
        gates=[plain(gate) for gate in sheet.gates],
        moves=[{**asdict(move), "clock": clock(begins, move.minute)} for move in made],
        ideal=None if sheet.ideal is None else plain(sheet.ideal),
        titles=office.titles(scene, sheet),
        why=sheet.why,
    )


def _timeline(
    begins: int, lived: list[Point], nothing: list[Point], expert: list[Point]
) -> list[RecordedPoint]:
    return [
        RecordedPoint(
            minute=own.minute, clock=clock(begins, own.minute),
            sentiment=own.sentiment, followers=own.followers,
            sentiment_nothing=none.sentiment, followers_nothing=none.followers,
            sentiment_expert=best.sentiment, followers_expert=best.followers,
        )
        for own, none, best in zip(lived, nothing, expert, strict=True)
    ]  # fmt: skip


def _message(scene: Scene, row: Marked) -> RecordedMessage:
    case, item = row.case, row.item
    begins = scene.cast.scenario.begins
    made = scene.state.moves_on(case.id)
    return RecordedMessage(
        id=case.id,
        kind=item.kind,
        severity=item.severity,
        counts=row.counts,
        consequence_of=case.origin,
        channel=item.channel,
        minute=case.arrived,
        clock=clock(begins, case.arrived),
        author=plain(item.author),
        text=item.text,
        stars=scene.plan(case).stars,
        likes=case.likes,
        thread=[{**asdict(turn), "clock": clock(begins, turn.minute)} for turn in case.turns],
        moves=[{**asdict(move), "clock": clock(begins, move.minute)} for move in made],
        seen=_seen(scene, case),
        minutes_spent=sum(MOVES[move.kind].minutes for move in made if move.kind not in LOOKING),
        first_action=None if row.first is None else row.first - case.arrived,
        read_text=row.reply.text or row.reply.direct_text,
        direct_text=row.reply.direct_text,
        reply=plain(row.reply),
        truth=_truth(scene, row),
        reading=plain(row.reading),
        score=plain(row.score),
        feeling=_feeling(case),
        impact=round(case.impact, 3),
        model_answer=model_answer(item),
    )


def _truth(scene: Scene, row: Marked) -> Json:
    item = row.item
    return {
        "fault": item.fault,
        "arousal": item.arousal,
        "wants": list(item.wants),
        "must": list(item.must),
        "must_not": list(item.must_not),
        "about": list(item.about),
        "facts": plain(item.facts or ()),
        "due_facts": list(item.due_facts),
        "escalate_to": list(scene.plan(row.case).escalate_to),
        "ask": list(scene.plan(row.case).ask),
        "leave": row.leave,
    }


def _feeling(case: Case) -> Json:
    feeling = case.feeling
    return {
        "satisfaction": round(feeling.satisfaction, 3),
        "satisfaction_before": round(feeling.before, 3),
        "trust": round(feeling.trust, 3),
        "anger": round(feeling.anger, 3),
        "satcom": None if case.satcom is None else round(case.satcom, 3),
    }


def _seen(scene: Scene, case: Case) -> list[Json]:
    """Return which facts the desk had met over a message, and when: looked up or told."""
    facts = known_facts(scene.cast.brand)
    begins = scene.cast.scenario.begins
    first = min(
        (turn.minute for turn in case.turns if turn.who == "brand"), default=scene.state.minute
    )
    rows = [
        (sighting.minute, sighting.fact, "book")
        for sighting in scene.state.sightings
        if sighting.case in {"", case.id}
    ] + [
        (answer.minute, answer.fact, answer.colleague)
        for answer in scene.state.answers
        if answer.case in {"", case.id} and answer.fact
    ]
    return [
        {
            "minute": minute,
            "clock": clock(begins, minute),
            "fact": fact,
            "text": facts[fact].text if fact in facts else "",
            "from": source,
            "before_reply": minute <= first,
        }
        for minute, fact, source in sorted(rows)
    ]
