"""What a shift remembers: cases, what was said and done, what is still to come.

Everything here is plain data, so that a snapshot is its JSON. Minutes count from the beginning of
the shift.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Turn:
    """Something written in a thread: by its ``author``, the ``brand`` or another ``member``.

    ``follow_up`` is the kind of follow-up (`simulator.voices.FollowUp`), which the desk never
    sees.
    """

    minute: int
    who: str
    text: str
    public: bool
    name: str = ""
    follow_up: str = ""


@dataclass(slots=True)
class Made:
    """A move as it was made: ``minute`` is when it was done, ``spent`` what it took."""

    kind: str
    minute: int
    spent: int
    message: str = ""
    text: str = ""
    to: str = ""
    minutes: int = 0
    item: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Feeling:
    """How an author feels: satisfaction and anger, trust in the brand; ``at`` is the minute.

    ``satisfaction`` is in [-1, 1], ``trust`` and ``anger`` in [0, 1]; ``before`` is the
    satisfaction before anything went wrong.
    """

    satisfaction: float
    trust: float
    anger: float
    before: float
    at: int
    failures: int = 0


@dataclass(slots=True)
class Case:
    """A message on the desk with its thread.

    ``origin`` is the message whose consequence this one is and ``became`` what it became, both
    empty for those of the scenario; ``went_further`` says that a case has such a consequence.
    ``heat`` multiplies how many see it; ``impact`` sums what it did to the community's mood.
    """

    id: str
    member: int
    arrived: int
    feeling: Feeling
    origin: str = ""
    became: str = ""
    went_further: bool = False
    turns: list[Turn] = field(default_factory=list)
    opened: bool = False
    hidden: bool = False
    deleted: bool = False
    resolved: bool = False
    snoozed_until: int | None = None
    assigned: str = ""
    labels: list[str] = field(default_factory=list)
    heat: float = 1.0
    damping: float = 1.0
    likes: int = 0
    lapses: int = 0
    joined: int = 0
    heard: dict[str, float] = field(default_factory=dict)
    satcom: float | None = None
    impact: float = 0.0

    @property
    def answered(self) -> bool:
        """Whether the brand has written to the author."""
        return any(turn.who == "brand" for turn in self.turns)

    @property
    def waiting(self) -> bool:
        """Whether the author or another member wrote last."""
        return bool(self.turns) and self.turns[-1].who != "brand"

    def replies(self, *, public: bool) -> tuple[str, ...]:
        """Return what the brand wrote in public, or in private."""
        return tuple(
            turn.text for turn in self.turns if turn.who == "brand" and turn.public == public
        )


@dataclass(slots=True, order=True)
class Pending:
    """Something that will happen; the order of fields is the order in which events happen.

    ``what`` is ``arrival``, ``told``, ``follow_up``, ``patience``, ``promise`` or ``awake``;
    ``detail`` is the colleague, the kind of follow-up, how often the brand had written, or which
    of the promises it is. What
    is ``news``, a ``request``, ``goes_out`` or ``bad_news`` names its item in ``case``.
    """

    minute: int
    what: str
    case: str
    detail: str = ""


@dataclass(slots=True)
class Answer:
    """What a colleague said; ``fact`` is empty where they did not know."""

    minute: int
    colleague: str
    case: str
    fact: str
    text: str


@dataclass(slots=True)
class Sighting:
    """A fact that was looked up, and over which message."""

    minute: int
    fact: str
    case: str


@dataclass(slots=True)
class Promise:
    """What the desk promised an author: a word, or with ``of_deed`` that something is done.

    ``given`` and ``due`` are minutes, ``words`` the sentence. ``settled`` is when it was kept or
    its author came back to it, ``None`` until then; ``kept`` says which.
    """

    case: str
    given: int
    due: int
    words: str
    of_deed: bool = False
    kept: bool = False
    settled: int | None = None


@dataclass(slots=True)
class Point:
    """The community at a minute."""

    minute: int
    sentiment: float
    followers: int


@dataclass(slots=True)
class Push:
    """A change of mood that waits for the end of the hour, as `population.Effect`."""

    member: int
    change: float
    reach: float


@dataclass(slots=True)
class State:
    """The whole memory of a shift besides its community."""

    minute: int = 0
    cases: dict[str, Case] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    timeline: list[Point] = field(default_factory=list)
    pushes: list[Push] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    _by_case: dict[str, list[Made]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _sorted: int = field(default=0, init=False, repr=False, compare=False)

    def moves_on(self, case: str) -> tuple[Made, ...]:
        """Return the moves made on one message, in order; moves are only ever added."""
        for made in self.made[self._sorted :]:
            self._by_case.setdefault(made.message, []).append(made)
        self._sorted = len(self.made)
        return tuple(self._by_case.get(case, ()))


def to_plain(state: State) -> dict[str, Any]:
    """Return a state as a mapping that JSON can hold; what it holds is shared, not copied."""
    return {
        "minute": state.minute,
        "cases": {name: _plain_case(case) for name, case in state.cases.items()},
        **{name: [_row(one) for one in getattr(state, name)] for name in _LISTS},
    }


_LISTS = ("made", "pending", "answers", "sightings", "timeline", "pushes", "promises")


def _row(one: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the rows above
    return {name: getattr(one, name) for name in one.__slots__}


def _plain_case(case: Case) -> dict[str, Any]:
    return {
        **_row(case),
        "feeling": _row(case.feeling),
        "turns": [_row(turn) for turn in case.turns],
    }


def from_plain(plain: Mapping[str, Any]) -> State:
    """Return the state of a mapping made by `to_plain`.

    Raises ``KeyError`` or ``TypeError`` where the mapping is of another shape.
    """
    return State(
        minute=plain["minute"],
        cases={name: _case(row) for name, row in plain["cases"].items()},
        made=[Made(**row) for row in plain["made"]],
        pending=[Pending(**row) for row in plain["pending"]],
        answers=[Answer(**row) for row in plain["answers"]],
        sightings=[Sighting(**row) for row in plain["sightings"]],
        timeline=[Point(**row) for row in plain["timeline"]],
        pushes=[Push(**row) for row in plain["pushes"]],
        promises=[Promise(**row) for row in plain["promises"]],
    )


def _case(row: Mapping[str, Any]) -> Case:
    return Case(
        **{
            **row,
            "feeling": Feeling(**row["feeling"]),
            "turns": [Turn(**turn) for turn in row["turns"]],
        }
    )
