"""The desk as the browser may see it: no kind, no severity, no fault, no wish, no duty."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.channels import CHANNELS
from simulator.days import Week
from simulator.duties import DeskDuties
from simulator.shift import office, promises
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
class DeskDay:
    """One of the days of the shift: its number from 1, weekday, goal and hours."""

    number: int
    weekday: str
    title: str
    goal: str
    begins: int
    ends: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class DeskPromise:
    """A promise that the desk gave: to whom, in which words, by when, and whether it was kept.

    ``of_deed`` says that something was to be done by then, and ``told`` that somebody who can do
    it knows. ``status`` is ``open``, ``kept`` or ``broken``.
    """

    message: str
    name: str
    words: str
    given: int
    due: int
    clock: str
    of_deed: bool
    told: bool
    status: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the desk at one moment; minutes count from the beginning of the shift.

    ``ends`` and ``minutes_left`` are of the day ``day`` of ``days``. Once its hours are over the
    desk ``is_closed`` until the day is ended. ``duties`` holds what is beside the inbox, ``None``
    in a shift of inbox alone.
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
    is_closed: bool = False
    days: tuple[DeskDay, ...] = ()
    day: int = 1
    promises: tuple[DeskPromise, ...] = ()


def view(scene: Scene, available: Available, *, is_over: bool) -> Desk:
    """Return the desk of a scene."""
    state, scenario = scene.state, scene.cast.scenario
    week = scenario.week
    today = week.day(state.minute)
    return Desk(
        minute=state.minute,
        clock=week.clock(state.minute),
        ends=week.clock(today.ends),
        minutes_left=max(0, today.ends - state.minute),
        is_over=is_over,
        moves_made=len(state.made),
        messages=tuple(_message(scene, case, available) for case in state.cases.values()),
        briefing=tuple(row for row in _answers(scene, "")),
        looked_up=tuple(dict.fromkeys(row.fact for row in state.sightings)),
        timeline=tuple(
            DeskPoint(point.minute, point.sentiment, point.followers) for point in state.timeline
        ),
        to_come=not is_over,
        duties=office.view(scene, is_over=is_over or week.is_closed(state.minute)),
        is_closed=week.is_closed(state.minute),
        days=desk_days(week),
        day=week.place(state.minute) + 1,
        promises=desk_promises(scene),
    )


def desk_days(week: Week) -> tuple[DeskDay, ...]:
    """Return the days of a shift in order."""
    return tuple(
        DeskDay(
            number, week.name(day.begins), day.title, day.goal, day.begins, day.ends,
            week.clock(day.begins), week.clock(day.ends),
        )
        for number, day in enumerate(week.days, start=1)
    )  # fmt: skip


def desk_promises(scene: Scene) -> tuple[DeskPromise, ...]:
    """Return the promises given so far, those that fall due first at the head."""
    week = scene.cast.scenario.week
    found = []
    for row in sorted(scene.state.promises, key=lambda one: (one.due, one.given)):
        case = scene.state.cases[row.case]
        status = "open" if row.settled is None else "kept" if row.kept else "broken"
        found.append(
            DeskPromise(
                row.case, scene.cast.author_of(case).name, row.words, row.given, row.due,
                week.clock(row.due), row.of_deed, promises.is_told(scene, case), status,
            )
        )  # fmt: skip
    return tuple(found)


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
    clock, now = scene.cast.scenario.week.clock, scene.state.minute
    return DeskMessage(
        id=case.id,
        channel=plan.channel,
        minute=case.arrived,
        clock=clock(case.arrived),
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
                clock(turn.minute),
                turn.who,
                _name(scene, turn.who, turn.name or who.name),
                turn.text,
                turn.public,
            )
            for turn in case.turns
        ),
        moves=tuple(
            DeskMove(made.kind, made.minute, clock(made.minute), made.spent, made.to, made.text)
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
    clock = scene.cast.scenario.week.clock
    people = {person.id: person for person in scene.cast.brand.colleagues}
    asked = (
        [made for made in scene.state.moves_on(case_id) if made.kind == "ask"] if case_id else []
    )
    questions = {made.to: made.text for made in asked}
    told = [row for row in scene.state.answers if row.case == case_id]
    rows = [
        DeskAnswer(
            row.minute, clock(row.minute), row.colleague, people[row.colleague].name,
            people[row.colleague].role, case_id, questions.get(row.colleague, ""),
            row.fact, row.text,
        )
        for row in told
    ]  # fmt: skip
    rows += [
        DeskAnswer(
            made.minute, clock(made.minute), made.to, people[made.to].name,
            people[made.to].role, case_id, made.text, "", "",
        )
        for made in asked
        if not any(row.colleague == made.to and row.minute >= made.minute for row in told)
    ]  # fmt: skip
    return rows
