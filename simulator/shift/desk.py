"""The desk as the browser may see it: no kind, no severity, no fault, no wish, no duty."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.channels import CHANNELS
from simulator.duties import DeskDuties
from simulator.shift import office
from simulator.shift.scene import Scene
from simulator.shift.state import Case

Available = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DeskTurn:
    """Something written in a thread, by its ``author``, the ``brand`` or another ``member``."""

    minute: int
    clock: str
    who: str
    name: str
    text: str
    public: bool


@dataclass(frozen=True, slots=True)
class DeskAnswer:
    """What a colleague said, or that they have been asked and have not answered yet.

    ``text`` is empty while the answer is on its way; ``message`` is empty for the briefing.
    """

    minute: int
    clock: str
    colleague: str
    name: str
    role: str
    message: str
    question: str
    fact: str
    text: str


@dataclass(frozen=True, slots=True)
class DeskMove:
    """A move already made on a message."""

    kind: str
    minute: int
    clock: str
    minutes: int
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class DeskMessage:
    """A row of the list with its thread. ``status`` is a key of the phrases ``statuses``.

    ``waited`` is how long the last words of the author have waited, in minutes, ``None`` when the
    brand wrote last. ``consequence_of`` names the message whose consequence this one visibly is.
    """

    id: str
    channel: str
    minute: int
    clock: str
    name: str
    handle: str
    followers: int
    text: str
    stars: int | None
    likes: int
    status: str
    waited: int | None
    is_public: bool
    assigned: str
    labels: tuple[str, ...]
    snoozed_until: int | None
    consequence_of: str
    thread: tuple[DeskTurn, ...]
    moves: tuple[DeskMove, ...]
    answers: tuple[DeskAnswer, ...]
    available: tuple[str, ...]
    reply_limit: int


@dataclass(frozen=True, slots=True)
class DeskPoint:
    """The community at a minute: mean mood in [-1, 1] and followers."""

    minute: int
    sentiment: float
    followers: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the desk at one moment; minutes count from the beginning of the shift.

    ``duties`` holds what is beside the inbox, ``None`` in a shift of inbox alone.
    """

    minute: int
    clock: str
    ends: str
    minutes_left: int
    is_over: bool
    moves_made: int
    messages: tuple[DeskMessage, ...]
    briefing: tuple[DeskAnswer, ...]
    looked_up: tuple[str, ...]
    timeline: tuple[DeskPoint, ...]
    to_come: bool
    duties: DeskDuties | None = None


def clock(begins: int, minute: int) -> str:
    """Return a minute of the shift as a time of day, ``10:42``."""
    total = begins + minute
    return f"{total // 60 % 24:02d}:{total % 60:02d}"


def view(scene: Scene, available: Available, *, is_over: bool) -> Desk:
    """Return the desk of a scene."""
    state, scenario = scene.state, scene.cast.scenario
    length = scenario.ends - scenario.begins
    return Desk(
        minute=state.minute,
        clock=clock(scenario.begins, state.minute),
        ends=clock(scenario.begins, length),
        minutes_left=max(0, length - state.minute),
        is_over=is_over,
        moves_made=len(state.made),
        messages=tuple(_message(scene, case, available) for case in state.cases.values()),
        briefing=tuple(row for row in _answers(scene, "")),
        looked_up=tuple(dict.fromkeys(row.fact for row in state.sightings)),
        timeline=tuple(
            DeskPoint(point.minute, point.sentiment, point.followers) for point in state.timeline
        ),
        to_come=not is_over,
        duties=office.view(scene, is_over=is_over),
    )


def status(scene: Scene, case: Case) -> str:
    """Return the one word that says how a message stands."""
    done = scene.done(case)
    checks = (
        (case.deleted, "deleted"),
        (case.resolved and "no_action" in done and not case.answered, "left"),
        (case.resolved, "resolved"),
        (case.snoozed_until is not None, "snoozed"),
        (case.answered and case.waiting, "returned"),
        (case.answered, "answered"),
        (case.hidden, "hidden"),
        (bool({"escalate", "assign"} & done), "passed_on"),
        (case.opened, "open"),
    )
    return next((word for holds, word in checks if holds), "new")


def _message(scene: Scene, case: Case, available: Available) -> DeskMessage:
    plan, who = scene.plan(case), scene.cast.author_of(case)
    begins, now = scene.cast.scenario.begins, scene.state.minute
    return DeskMessage(
        id=case.id,
        channel=plan.channel,
        minute=case.arrived,
        clock=clock(begins, case.arrived),
        name=who.name,
        handle=who.handle,
        followers=who.followers,
        text=case.turns[0].text,
        stars=plan.stars,
        likes=case.likes,
        status=status(scene, case),
        waited=now - _waiting_since(case) if case.waiting else None,
        is_public=CHANNELS[plan.channel].public,
        assigned=case.assigned,
        labels=tuple(case.labels),
        snoozed_until=case.snoozed_until,
        consequence_of=case.origin,
        thread=tuple(
            DeskTurn(
                turn.minute,
                clock(begins, turn.minute),
                turn.who,
                _name(scene, turn.who, turn.name or who.name),
                turn.text,
                turn.public,
            )
            for turn in case.turns
        ),
        moves=tuple(
            DeskMove(
                made.kind, made.minute, clock(begins, made.minute), made.spent, made.to, made.text
            )
            for made in scene.state.moves_on(case.id)
        ),
        answers=tuple(_answers(scene, case.id)),
        available=available(case.id),
        reply_limit=CHANNELS[plan.channel].reply_limit,
    )


def _waiting_since(case: Case) -> int:
    """Return when the first of the author's words was written that nobody has answered."""
    since = case.arrived
    answered = False
    for turn in case.turns:
        if turn.who == "brand":
            answered = True
        elif answered:
            since, answered = turn.minute, False
    return since


def _name(scene: Scene, who: str, name: str) -> str:
    return scene.cast.brand.name if who == "brand" else name


def _answers(scene: Scene, case_id: str) -> list[DeskAnswer]:
    """Return what colleagues said about a message, and the questions still open, by time."""
    begins = scene.cast.scenario.begins
    people = {person.id: person for person in scene.cast.brand.colleagues}
    asked = (
        [made for made in scene.state.moves_on(case_id) if made.kind == "ask"] if case_id else []
    )
    questions = {made.to: made.text for made in asked}
    told = [row for row in scene.state.answers if row.case == case_id]
    rows = [
        DeskAnswer(
            row.minute, clock(begins, row.minute), row.colleague, people[row.colleague].name,
            people[row.colleague].role, case_id, questions.get(row.colleague, ""),
            row.fact, row.text,
        )
        for row in told
    ]  # fmt: skip
    answered = {row.colleague for row in told}
    rows += [
        DeskAnswer(
            made.minute, clock(begins, made.minute), made.to, people[made.to].name,
            people[made.to].role, case_id, made.text, "", "",
        )
        for made in asked
        if made.to not in answered
    ]  # fmt: skip
    return rows
