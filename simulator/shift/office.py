"""The duties inside a shift: where they stand, what they do to the community, what is noticed."""

from dataclasses import asdict, replace
from typing import Any, TypedDict

from simulator import duties
from simulator.duties.posts import Page
from simulator.duties.work import outing_of, outings
from simulator.judgement import read
from simulator.kinds import KINDS
from simulator.shift import reactions
from simulator.shift.constants import community_sector
from simulator.shift.scene import Scene, last_words
from simulator.shift.state import Made, Pending, Push, Turn

NOTICED = {"news": "news", "request": "request", "goes_out": "goes_out", "bad_news": "alarm"}
"""What can be pending besides the events of a case, and what the desk calls it.

Events of one minute happen in the order of their names: a case arrives before its bad news.
"""

_SPREADS = frozenset({"rumour", "heated_complaint", "crisis_victim", "crisis_accidental",
                      "crisis_preventable", "safety_report"})  # fmt: skip


def standing(scene: Scene, minute: int | None = None) -> duties.Standing:
    """Return where the duties of a scene stand at a minute, by default now."""
    scenario = scene.cast.scenario
    page = Page(
        scene.cast.brand.followers, scene.seed, community_sector(scene.cast.brand.sector),
        scenario.begins, scenario.locale, scenario.day.alarm, scenario.week,
    )  # fmt: skip
    now = scene.state.minute if minute is None else minute
    return duties.Standing(
        scenario.day, page, scene.state.made, now, scenario.week.length,
        scenario.week.day(now).begins,
    )  # fmt: skip


def inbox(scene: Scene, minute: int) -> duties.Inbox:
    """Return the inbox of the day in figures as it stood at a minute, and the week's so far."""
    morning = scene.cast.scenario.week.day(minute).begins
    today = _inbox(scene, morning, minute)
    return replace(today, week=_inbox(scene, 0, minute)) if morning else today


def _inbox(scene: Scene, since: int, minute: int) -> duties.Inbox:
    """Return what came between two minutes, in figures; consequences do not count.

    What came in the night belongs to the morning.
    """
    night = since
    if since:
        week = scene.cast.scenario.week
        night = week.day(since - 1).ends
    cases = [
        case
        for case in scene.state.cases.values()
        if not case.origin and night <= case.arrived <= minute
    ]
    due = [case for case in cases if KINDS[scene.plan(case).kind].reply == "due"]
    first = [
        min(
            (turn.minute for turn in case.turns if turn.who == "brand" and turn.minute <= minute),
            default=None,
        )
        for case in due
    ]
    waits = tuple(
        scene.waited(case.arrived, at)
        for case, at in zip(due, first, strict=True)
        if at is not None
    )
    lived = [point for point in scene.state.timeline if point.minute <= minute]
    followers = lived[-1].followers if lived else scene.cast.brand.followers
    start = [point.followers for point in lived if point.minute <= since]
    return duties.Inbox(len(cases), len(due), len(waits), waits, followers, start[-1])


def sheets(scene: Scene) -> tuple[duties.Sheet, ...]:
    """Return every sheet of the day as it stands."""
    found = standing(scene)
    return duties.sheets(found, inbox(scene, duties.report_minute(found)))


def view(scene: Scene, *, is_over: bool) -> duties.DeskDuties | None:
    """Return the duties as the desk may see them."""
    found = standing(scene)
    return duties.view(found, inbox(scene, duties.report_minute(found)), is_over=is_over)


def first_events(scene: Scene) -> None:
    """Put the day's news, requests, queue and alarm among the events to come."""
    day = scene.cast.scenario.day
    for news in day.news:
        scene.schedule(Pending(news.minute, "news", news.id))
    for request in day.requests:
        scene.schedule(Pending(request.minute, "request", request.id))
    for post in day.queue:
        scene.schedule(Pending(post.minute, "goes_out", post.id))
    if day.alarm is not None:
        scene.schedule(Pending(day.alarm.minute, "bad_news", "alarm"))


def told(scene: Scene, event: Pending) -> tuple[str, str] | None:
    """Return (who, text) of an event that the desk can notice, ``None`` where it cannot."""
    day = scene.cast.scenario.day
    if event.what == "news":
        return next((row.source, row.title) for row in day.news if row.id == event.case)
    if event.what == "request":
        return next((row.colleague, row.text) for row in day.requests if row.id == event.case)
    if event.what == "bad_news":
        return ("", day.alarm.title) if day.alarm is not None else None
    outing = outing_of(outings(day, scene.state.made, event.minute), event.case)
    if outing is None or outing.fate != "out" or outing.minute != event.minute:
        return None
    titles = {post.id: post.title for post in day.queue}
    titles |= {brief.id: brief.title for brief in day.briefs}
    return scene.cast.brand.name, titles[event.case]


def stir(scene: Scene, minute: int) -> None:
    """Let the community feel what it saw of the page since the hour before."""
    if not (scene.cast.scenario.day.briefs or scene.cast.scenario.day.queue):
        return
    found = standing(scene, minute)
    members = scene.cast.scenario.members
    for item, change, share in duties.stirred(found, scene.state.timeline[-1].minute):
        member = duties.member_of(found, item, members)
        scene.state.pushes.append(Push(member, change, share))


def joined(scene: Scene, minute: int) -> float:
    """Return how many followers posts and advertising brought since the hour before."""
    if scene.cast.scenario.day.is_empty:
        return 0.0
    before = standing(scene, scene.state.timeline[-1].minute)
    return duties.gained(before.at(minute)) - duties.gained(before)


def take_effect(scene: Scene, made: Made) -> None:
    """Let a move of a duty do what the fold of the moves does not say already."""
    if made.kind == "schedule":
        scene.schedule(Pending(made.minutes, "goes_out", made.item))
    elif made.kind == "statement":
        _state(scene, made)


def _state(scene: Scene, made: Made) -> None:
    """Let a statement be heard: by the author of the case, and by everybody on the page.

    What it says is read like a reply; a sound one gives mood back and slows what spreads.
    """
    case = scene.state.cases[made.message]
    case.opened = True
    case.turns.append(Turn(made.minute, "brand", made.text, public=True))
    sound = _soundness(scene, made)
    reactions.hear(scene, case, public=True)
    change = duties.number("statement.settles") * (2.0 * sound - 1.0)
    if change:
        reach = duties.number("statement.reach")
        scene.state.pushes.append(Push(case.member, change, reach))
    calm = 1.0 - (1.0 - duties.number("statement.calm")) * sound
    for other in scene.state.cases.values():
        if scene.plan(other).kind in _SPREADS:
            other.damping *= calm


def _soundness(scene: Scene, made: Made) -> float:
    """Return how far a statement says what is due, in [0, 1]; 0 where it crosses a red line."""
    case = scene.state.cases[made.message]
    reading = read(scene.cast.item(case), last_words(scene, case, public=True))
    if reading.gates:
        return 0.0
    values = [reading.facets[name].value or 0.0 for name in ("U2", "U3", "U4", "U5")]
    return sum(values) / len(values)


def titles(scene: Scene, sheet: duties.Sheet) -> dict[str, str]:
    """Return what the ids that a sheet speaks of are called, in the language of the shift."""
    contacts = {contact.id: contact.title for contact in scene.cast.brand.contacts}
    scenario = scene.cast.scenario
    return duties.titles(scenario.day, sheet.kind, sheet.item, contacts, scenario.locale)


class Brought(TypedDict):
    """What the page and the campaign brought: the calendar with its figures, the measures."""

    calendar: list[dict[str, Any]]
    campaign: dict[str, Any] | None
    measures: dict[str, dict[str, float]]


def brought(scene: Scene) -> Brought:
    """Return what the day's page and campaign brought, as plain data."""
    seen = view(scene, is_over=True)
    if seen is None:
        return Brought(calendar=[], campaign=None, measures={})
    found = standing(scene)
    report = duties.report_minute(found)
    return Brought(
        calendar=[asdict(row) for row in seen.calendar],
        campaign=None if seen.campaign is None else asdict(seen.campaign),
        measures=duties.report_figures(found.at(report), inbox(scene, report)),
    )
