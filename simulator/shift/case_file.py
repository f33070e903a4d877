"""One message of a record: as shown, what was done about it, what it earned; and plain JSON."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import Any, TypeAlias, TypedDict

from simulator.judgement import model_answer
from simulator.moves import MOVES
from simulator.shift.cast import known_facts
from simulator.shift.scene import LOOKING, Scene
from simulator.shift.scoring import Marked
from simulator.shift.state import Case

Json: TypeAlias = dict[str, Any]


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


def case_file(scene: Scene, row: Marked) -> RecordedMessage:
    """Return the record of a message as it was judged."""
    case, item = row.case, row.item
    clock = scene.cast.scenario.week.clock
    made = scene.state.moves_on(case.id)
    return RecordedMessage(
        id=case.id,
        kind=item.kind,
        severity=item.severity,
        counts=row.counts,
        consequence_of=case.origin,
        channel=item.channel,
        minute=case.arrived,
        clock=clock(case.arrived),
        author=plain(item.author),
        text=item.text,
        stars=scene.plan(case).stars,
        likes=case.likes,
        thread=[{**asdict(turn), "clock": clock(turn.minute)} for turn in case.turns],
        moves=[{**asdict(move), "clock": clock(move.minute)} for move in made],
        seen=_seen(scene, case),
        minutes_spent=sum(MOVES[move.kind].minutes for move in made if move.kind not in LOOKING),
        first_action=None if row.first is None else scene.waited(case.arrived, row.first),
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
    clock = scene.cast.scenario.week.clock
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
            "clock": clock(minute),
            "fact": fact,
            "text": facts[fact].text if fact in facts else "",
            "from": source,
            "before_reply": minute <= first,
        }
        for minute, fact, source in sorted(rows)
    ]
