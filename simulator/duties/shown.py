"""What the desk may show of the duties: no worth, no match, no conversion, no "why"."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: its id, and what it is called in the language of the shift."""

    id: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeskNews:
    """An item of the morning watch; ``text`` is empty until it is opened.

    ``decided`` is the move that was made about it (``pass_news``, ``leave_news``), else empty;
    ``used`` is the clock of the post that uses it, out or on its way, else empty.
    """

    id: str
    minute: int
    clock: str
    title: str
    source: str
    text: str
    decided: str
    to: str
    used: str
    available: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskSlot:
    """A free place in the calendar; ``activity`` is 1 at the members' best hour of the day."""

    minute: int
    clock: str
    activity: float
    is_free: bool


@dataclass(frozen=True, slots=True)
class DeskBrief:
    """An idea for a post with everything that has to be chosen for it.

    ``options`` maps ``variant``, ``format``, ``audience``, ``picture``, ``alt``, ``label`` to
    what is on offer; only those that this post has. ``fate`` is empty, or as in `DeskPost`.
    """

    id: str
    title: str
    goal: str
    relation: str
    options: Mapping[str, tuple[Option, ...]]
    slots: tuple[DeskSlot, ...]
    fate: str
    available: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskPost:
    """A line of the calendar: ``fate`` is ``waiting``, ``out``, ``stopped`` or ``cancelled``.

    ``figures`` are what the page's statistics show, empty until it is out.
    """

    item: str
    minute: int
    clock: str
    title: str
    text: str
    format: str
    is_queued: bool
    fate: str
    figures: Mapping[str, int]
    available: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskSegment:
    """Those whom the campaign can be shown to, and what they have brought so far."""

    id: str
    title: str
    description: str
    size: int
    cost: float
    impressions: int
    reach: int
    clicks: int
    actions: int
    followers: int


@dataclass(frozen=True, slots=True)
class DeskRound:
    """What the campaign had brought when its targeting was set or a post boosted."""

    minute: int
    clock: str
    cost: float
    impressions: int
    clicks: int
    actions: int


@dataclass(frozen=True, slots=True)
class DeskCampaign:
    """The campaign: ``remaining`` is what is not promised yet, in ``currency``.

    ``spending`` maps a segment to the (amount, bid) of the targeting that runs now; ``rounds``
    hold what had been brought at each change of it.
    """

    title: str
    target: str
    action: str
    action_title: str
    budget: float
    remaining: float
    currency: str
    segments: tuple[DeskSegment, ...]
    bids: tuple[Option, ...]
    spending: Mapping[str, tuple[float, str]]
    rounds: tuple[DeskRound, ...]
    available: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskRequest:
    """What a colleague asks for; ``decided`` is the move that was made about it, else empty."""

    id: str
    minute: int
    clock: str
    colleague: str
    text: str
    decided: str
    to: str
    reply: str
    available: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskMeasure:
    """One figure of the day and of the last seven days; ``id`` may end in ``@segment``."""

    id: str
    title: str
    today: float
    week: float


@dataclass(frozen=True, slots=True)
class DeskKpi:
    """An indicator that the report asks for; its fields are named by ``name``."""

    name: str
    kpi: str
    title: str
    unit: str
    period_title: str


@dataclass(frozen=True, slots=True)
class DeskPayload:
    """Something technical to read, with a question and its answers."""

    id: str
    title: str
    payload: str
    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class DeskReport:
    """The report: its data as of now, or as of its writing; ``choices`` are what was handed in."""

    title: str
    opens: str
    handed_in: bool
    measures: tuple[DeskMeasure, ...]
    periods: tuple[Option, ...]
    kpis: tuple[DeskKpi, ...]
    conclusions: tuple[Option, ...]
    next_steps: tuple[Option, ...]
    payloads: tuple[DeskPayload, ...]
    choices: Mapping[str, str]
    available: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskAlarm:
    """The clock of something bad: how many minutes are left for each duty, below 0 when late.

    ``done`` maps ``pause``, ``escalate``, ``statement`` to the clock at which it was done.
    """

    minute: int
    clock: str
    title: str
    message: str
    left: Mapping[str, int]
    done: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DeskDuties:
    """Everything beside the inbox. ``hours`` is how active members are, hour by hour, 0 to 1."""

    hours: tuple[float, ...]
    news: tuple[DeskNews, ...]
    is_paused: bool
    alarm: DeskAlarm | None
    calendar: tuple[DeskPost, ...]
    briefs: tuple[DeskBrief, ...]
    campaign: DeskCampaign | None
    requests: tuple[DeskRequest, ...]
    report: DeskReport | None
    available: tuple[str, ...]
