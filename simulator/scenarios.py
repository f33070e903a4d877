"""A scenario: which messages reach the desk in a day or a week, as plans; voices write them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from simulator import keyed
from simulator.brands import Locale
from simulator.daybook import workday
from simulator.days import DAY, WEEKDAYS, DayPlan, Week, week_of
from simulator.items import Fault
from simulator.kinds import KINDS
from simulator.workday import Workday, joined, later

Intensity: TypeAlias = Literal["mild", "usual", "strong"]
"""How vulgar and how heated messages are put; what is true of them stays."""

# A drill: wall minutes to plan for, simulated minutes that it lasts, members behind it.
DRILL_MINUTES = 3
DRILL_LENGTH = 180
DRILL_MEMBERS = 2000


@dataclass(frozen=True, slots=True)
class Plan:
    """One message before it has words: what is true about it and what it is about.

    ``about`` are aspect ids of `simulator.voices` (what the message talks of), ``product`` a
    product id of the brand, ``minute`` minutes after the shift begins, ``days`` how long the
    author has had the problem, ``reach`` how far the author is heard (followers). ``after``
    names the message that this one follows, when it only comes as a consequence. ``confirms`` are
    facts that a colleague can tell from the day after the message on.
    """

    id: str
    kind: str
    minute: int
    channel: str
    severity: int
    arousal: float
    fault: Fault
    about: tuple[str, ...]
    product: str
    days: int
    stars: int | None
    reach: int
    form: Literal["ty", "pan", "panstwo", ""]
    facts: tuple[str, ...]
    due_facts: tuple[str, ...]
    wants: tuple[str, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    escalate_to: tuple[str, ...]
    ask: tuple[str, ...]
    details: Mapping[str, str]
    confirms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A day at a brand's desk in one language.

    ``minutes`` is the wall time a person should plan for, ``begins`` and ``ends`` are minutes
    after midnight in the brand's zone, ``members`` the size of the community behind the desk.
    ``briefing`` are ids of facts that colleagues tell before the first message. ``intensity`` is
    chosen by whoever practises; ``day`` holds the duties besides the inbox.

    A campaign has several ``days``; ``ends`` then counts on through the nights.
    """

    id: str
    title: str
    summary: str
    goal: str
    brand: str
    level: int
    minutes: int
    locale: Locale
    begins: int
    ends: int
    members: int
    messages: tuple[Plan, ...]
    briefing: tuple[str, ...] = ()
    intensity: Intensity = "usual"
    day: Workday = field(default_factory=Workday)
    days: tuple[DayPlan, ...] = ()

    @property
    def week(self) -> Week:
        """The days of the shift and its one clock."""
        return week_of(self.begins, self.ends, self.locale, self.days)


def scenario(pack: Mapping[str, Any], locale: Locale) -> Scenario:
    """Return the scenario of a pack in one language.

    Raises ``KeyError`` where the pack lacks a text in that language; packs are checked before
    they get here.
    """
    sheets = day_sheets(pack)
    begins = _clock(sheets[0]["begins"])
    starts = _starts(sheets)
    days = tuple(_day(sheet, start, locale) for sheet, start in zip(sheets, starts, strict=True))
    works = [workday(sheet.get("day", {}), locale) for sheet in sheets]
    return Scenario(
        id=pack["id"],
        title=pack["title"][locale],
        summary=pack["summary"][locale],
        goal=pack["goal"][locale],
        brand=pack["brand"],
        level=pack["level"],
        minutes=pack["minutes"],
        locale=locale,
        begins=begins,
        ends=begins + days[-1].ends,
        members=pack["members"],
        messages=tuple(
            _plan({**row, "minute": row["minute"] + start}, locale)
            for sheet, start in zip(sheets, starts, strict=True)
            for row in sheet["messages"]
        ),
        briefing=days[0].briefing,
        day=joined([later(day, start) for day, start in zip(works, starts, strict=True)]),
        days=days if len(days) > 1 else (),
    )


def day_sheets(pack: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the days of a scenario's pack; one without ``days`` is its own only day."""
    found: Sequence[Mapping[str, Any]] = pack.get("days") or (pack,)
    return found


def planned_messages(pack: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the messages of a scenario's pack, those of all its days."""
    return [row for sheet in day_sheets(pack) for row in sheet["messages"]]


def _starts(sheets: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return when each day begins, in minutes of the shift."""
    first = sheets[0]
    return [
        (_weekday(sheet) - _weekday(first)) * DAY
        + _clock(sheet["begins"])
        - _clock(first["begins"])
        for sheet in sheets
    ]


def _weekday(sheet: Mapping[str, Any]) -> int:
    return WEEKDAYS.index(sheet.get("weekday", WEEKDAYS[0]))


def _day(sheet: Mapping[str, Any], start: int, locale: Locale) -> DayPlan:
    ends = start + _clock(sheet["ends"]) - _clock(sheet["begins"])
    title, goal = sheet["title"][locale], sheet["goal"][locale]
    briefing = tuple(sheet.get("briefing", ()))
    return DayPlan(_weekday(sheet), start, ends, title, goal, briefing)


def drill_kinds(pack: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the kinds of message that a brand pack can drill, in the order of the rubric."""
    kinds = {row["kind"] for row in pack.get("drills", ())}
    return tuple(kind for kind in KINDS if kind in kinds)


def drill(pack: Mapping[str, Any], kind: str, locale: Locale, seed: int) -> Scenario:
    """Return a scenario of one message of a kind, from a brand pack; the seed chooses which.

    What only colleagues know has been told before it begins. Raises ``ValueError`` for a kind
    that the brand has no drill of.
    """
    rows = [row for row in pack.get("drills", ()) if row["kind"] == kind]
    if not rows:
        raise ValueError(
            f"the brand {pack['id']} has no drill of the kind {kind!r}: choose one of "
            f"{', '.join(drill_kinds(pack)) or 'another brand'}"
        )
    row = keyed.choose(rows, seed, "drill", kind)
    plan = _plan({"id": "m1", "minute": 0, **row}, locale)
    known = {
        fact["id"]
        for name in ("facts", "policy", "may_promise", "must_not_promise")
        for fact in pack[name]
    }
    opens, closes = _clock(pack["hours"]["opens"]), _clock(pack["hours"]["closes"])
    latest = max(opens, closes - DRILL_LENGTH)
    begins = opens + int(keyed.draw(seed, "drill begins", kind) * (latest - opens))
    title = KINDS[kind].title[locale]
    return Scenario(
        id=f"drill-{pack['id']}-{kind}",
        title=title,
        summary=title,
        goal=pack["goal"][locale],
        brand=pack["id"],
        level=1,
        minutes=DRILL_MINUTES,
        locale=locale,
        begins=begins - begins % 5,
        ends=begins - begins % 5 + DRILL_LENGTH,
        members=DRILL_MEMBERS,
        messages=(plan,),
        briefing=tuple(fact for fact in plan.facts if fact not in known),
    )


def _plan(row: Mapping[str, Any], locale: Locale) -> Plan:
    kind = KINDS[row["kind"]]
    return Plan(
        id=row["id"],
        kind=kind.id,
        minute=row["minute"],
        channel=row["channel"],
        severity=row.get("severity", kind.severity),
        arousal=row.get("arousal", kind.arousal),
        fault=row.get("fault", "unknown"),
        about=tuple(row.get("about", ())),
        product=row.get("product", ""),
        days=row.get("days", 0),
        stars=row.get("stars"),
        reach=row.get("reach", 0),
        form=row.get("form", {}).get(locale, ""),
        facts=tuple(row.get("facts", ())),
        due_facts=tuple(row.get("due_facts", ())),
        wants=tuple(row.get("wants", ())),
        must=tuple(row.get("must", ())),
        must_not=tuple(row.get("must_not", ())),
        escalate_to=tuple(row.get("escalate_to", ())),
        ask=tuple(row.get("ask", ())),
        details={name: text[locale] for name, text in row.get("details", {}).items()},
        confirms=tuple(row.get("confirms", ())),
    )


def _clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
