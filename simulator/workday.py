"""What a day at work holds besides its inbox, in one language: the plans of the other duties.

Minutes count from the beginning of the shift. Every ``why`` is shown after the shift, never on
the desk; so are the fields that say what is right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

NewsUse: TypeAlias = Literal["post", "pass_on", "leave"]
RequestEnd: TypeAlias = Literal["take", "hand_over", "refuse"]
Relation: TypeAlias = Literal["own", "paid", "gifted", "staff"]

SERVES: Mapping[str, float] = {"fully": 1.0, "partly": 0.5, "not": 0.0}
"""How far something fits, as packs say it, and as a share."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers on offer; ``worth`` in [0, 1] is hidden until the debrief."""

    id: str
    title: str
    worth: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened outside; ``until`` ends the window in which it is worth using.

    ``right`` says what to do: ``post`` (publish the post ``post``), ``pass_on`` (to one of the
    roles ``to``), or ``leave``. Members talk of it from ``members_from`` on.
    """

    id: str
    minute: int
    until: int
    title: str
    source: str
    text: str
    right: NewsUse
    post: str
    to: tuple[str, ...]
    members_from: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a post: how far it serves the goal, and whether members can join in."""

    id: str
    text: str
    serves: float
    invites: bool
    why: str


@dataclass(frozen=True, slots=True)
class Label:
    """A way to mark a post as advertising; ``at`` says where the words stand."""

    id: str
    text: str
    at: Literal["start", "end", "platform"]


@dataclass(frozen=True, slots=True)
class Brief:
    """An idea for a post. ``slots`` are the minutes that the calendar has free.

    ``relation`` is what ties its maker to the brand: ``own``, ``paid``, ``gifted``, ``staff``.
    An idea with ``drop`` should never be published; ``gate`` is the red line it crosses, if any.
    It is on the desk from ``minute`` on.
    """

    id: str
    title: str
    goal: str
    relation: Relation
    variants: tuple[Variant, ...]
    formats: Mapping[str, float]
    audiences: tuple[Choice, ...]
    pictures: tuple[Choice, ...]
    alts: tuple[Choice, ...]
    labels: tuple[Label, ...]
    slots: tuple[int, ...]
    drop: bool
    gate: str
    why: str
    minute: int = 0


@dataclass(frozen=True, slots=True)
class Queued:
    """A post that somebody scheduled before the shift began."""

    id: str
    minute: int
    title: str
    text: str
    format: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """The moment when something bad is known, and the clock that then runs.

    Posts that are due from ``minute`` to ``until`` may not go out. ``message`` is the case that
    the escalation and the statement belong to, empty where nothing but a pause is called for.
    Limits are minutes after the alarm.
    """

    minute: int
    until: int
    title: str
    message: str
    escalate_to: tuple[str, ...]
    pause_within: int
    escalate_within: int
    statement_within: int

    @property
    def limits(self) -> dict[str, int]:
        """What the alarm calls for: minutes by ``pause``, ``escalate``, ``statement``."""
        found = {
            "pause": self.pause_within,
            "escalate": self.escalate_within if self.message else 0,
            "statement": self.statement_within if self.message else 0,
        }
        return {name: minutes for name, minutes in found.items() if minutes}


@dataclass(frozen=True, slots=True)
class Segment:
    """People whom the campaign can be shown to.

    ``match`` in [0, 1] is how well they fit the target, ``conversion`` the true share of clicks
    that become the action, ``follows`` the share of clicks that become followers.
    """

    id: str
    title: str
    description: str
    size: int
    match: float
    conversion: float
    follows: float
    why: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """What may be spent today, on whom, and which action counts."""

    title: str
    target: str
    action: str
    budget: float
    currency: str
    segments: tuple[Segment, ...]

    def segment(self, name: str) -> Segment:
        """Return a segment. Raises ``KeyError`` for an id that the campaign lacks."""
        for segment in self.segments:
            if segment.id == name:
                return segment
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Request:
    """What a colleague asks for: ``colleague`` says who asks, ``topic`` what field it is of.

    ``right`` is to take it, to hand it over to one of the roles ``to``, or to refuse it with a
    reason; ``gate`` is the red line that taking it crosses, if any.
    """

    id: str
    minute: int
    within: int
    colleague: str
    text: str
    topic: str
    right: RequestEnd
    to: tuple[str, ...]
    gate: str
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator that the report asks for: an id of `duties.kpis`, and its period."""

    kpi: str
    period: Literal["today", "week"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of two figures of the report, or of a figure with a number."""

    left: str
    sign: Literal["above", "below", "at_least", "at_most"]
    right: str | float


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A sentence that the figures support where every condition holds.

    One with a ``flaw`` is never supported; the one ``otherwise`` is where no other is.
    """

    id: str
    text: str
    holds: tuple[Condition, ...]
    otherwise: bool
    flaw: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """A recommendation, and the conclusions from which it follows."""

    id: str
    text: str
    follows: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Payload:
    """A link, an export or an answer of an interface to be read: one question, several answers."""

    id: str
    title: str
    payload: str
    question: str
    options: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """The end-of-day report: indicators, conclusion, next step, something technical to read.

    ``earlier`` holds the figures of the six days before, by the measures of `duties.measures`.
    """

    title: str
    kpis: tuple[Asked, ...]
    earlier: Mapping[str, float]
    conclusions: tuple[Conclusion, ...]
    next_steps: tuple[NextStep, ...]
    payloads: tuple[Payload, ...]


@dataclass(frozen=True, slots=True)
class Workday:
    """The duties of a day besides its inbox; a duty that the day lacks is empty or ``None``."""

    news: tuple[News, ...] = ()
    queue: tuple[Queued, ...] = ()
    alarm: Alarm | None = None
    briefs: tuple[Brief, ...] = ()
    campaign: Campaign | None = None
    requests: tuple[Request, ...] = ()
    report: ReportPlan | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the day is its inbox alone."""
        return self == Workday()


def later(day: Workday, minutes: int) -> Workday:
    """Return the duties of a day that begins so many minutes after the shift."""
    if not minutes:
        return day
    return replace(
        day,
        news=tuple(
            replace(
                row,
                minute=row.minute + minutes,
                until=row.until + minutes,
                members_from=None if row.members_from is None else row.members_from + minutes,
            )
            for row in day.news
        ),
        queue=tuple(replace(row, minute=row.minute + minutes) for row in day.queue),
        alarm=None
        if day.alarm is None
        else replace(
            day.alarm, minute=day.alarm.minute + minutes, until=day.alarm.until + minutes
        ),
        briefs=tuple(
            replace(
                row,
                minute=row.minute + minutes,
                slots=tuple(slot + minutes for slot in row.slots),
            )
            for row in day.briefs
        ),
        requests=tuple(replace(row, minute=row.minute + minutes) for row in day.requests),
    )


def joined(days: Sequence[Workday]) -> Workday:
    """Return the duties of several days as one; an alarm, a budget, a report is of one of them."""
    return Workday(
        news=tuple(row for day in days for row in day.news),
        queue=tuple(row for day in days for row in day.queue),
        alarm=next((day.alarm for day in days if day.alarm is not None), None),
        briefs=tuple(row for day in days for row in day.briefs),
        campaign=next((day.campaign for day in days if day.campaign is not None), None),
        requests=tuple(row for day in days for row in day.requests),
        report=next((day.report for day in days if day.report is not None), None),
    )
