"""Where the duties stand at a minute: what is on the page, what it brought, how it is judged.

Everything here is a function of the plans, the moves so far and the minute.
"""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from simulator import keyed
from simulator.duties import posts, report, requests, targeting, watch
from simulator.duties.constants import number
from simulator.duties.posts import Figures, Fit, Page
from simulator.duties.sheets import Sheet
from simulator.duties.work import Deed, Outing, orders, outing_of, outings, report_of
from simulator.workday import Brief, Queued, Workday

_COUNTS = ("reach", "impressions", "reactions", "comments", "shares", "engagements", "clicks")


@dataclass(frozen=True, slots=True)
class Inbox:
    """The inbox of today in figures: all messages, those that call for an answer and got one.

    ``first_replies`` are minutes from arrival; ``followers`` is the brand's number at the minute
    and ``followers_start`` in the morning. ``week`` is the same since the shift began, where that
    was on an earlier day.
    """

    messages: int
    due: int
    answered: int
    first_replies: tuple[int, ...]
    followers: int
    followers_start: int | None = None
    week: "Inbox | None" = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The duties of a shift at a minute of its ``length``; today began at ``morning``."""

    day: Workday
    page: Page
    made: Sequence[Deed]
    now: int
    length: int
    morning: int = 0

    def at(self, minute: int) -> "Standing":
        """Return the same day as it stood, or will stand, at another minute."""
        return replace(self, now=minute)


@dataclass(frozen=True, slots=True)
class Shown:
    """A post on the page: how far it fits, what it has brought, whether it does harm."""

    outing: Outing
    fit: Fit
    figures: Figures
    change: float


def on_page(standing: Standing) -> Iterator[Shown]:
    """Yield the posts that are on the page, in the order in which they went out."""
    briefs = {brief.id: brief for brief in standing.day.briefs}
    queued = {post.id: post for post in standing.day.queue}
    for outing in outings(standing.day, standing.made, standing.now):
        if outing.fate != "out":
            continue
        if outing.item in briefs:
            yield _shown_brief(standing, briefs[outing.item], outing)
        elif outing.item in queued:
            yield _shown_queued(standing, queued[outing.item], outing)


def _shown_brief(standing: Standing, brief: Brief, outing: Outing) -> Shown:
    page = standing.page
    fit = posts.fit_of(page, brief, outing)
    invites = posts.variant_of(brief, outing.choices).invites
    found = posts.figures(page, fit, outing, standing.now, invites=invites)
    if brief.drop or posts.breaches(brief, outing, page.locale):
        change = number("posts.hurt")
    elif _in_alarm(standing, outing):
        change = number("posts.tactless")
    else:
        change = number("posts.pleased") * fit.goal * fit.setting
    return Shown(outing, fit, found, change)


def _shown_queued(standing: Standing, post: Queued, outing: Outing) -> Shown:
    fit = posts.queued_fit(standing.page, post)
    found = posts.figures(standing.page, fit, outing, standing.now, invites=False)
    name = "posts.tactless" if _in_alarm(standing, outing) else "posts.pleased"
    change = number(name) * (1.0 if name == "posts.tactless" else fit.goal * fit.setting)
    return Shown(outing, fit, found, change)


def _in_alarm(standing: Standing, outing: Outing) -> bool:
    alarm = standing.day.alarm
    return alarm is not None and alarm.minute <= outing.minute < alarm.until


def creatives(standing: Standing) -> dict[str, float]:
    """Return how far each post on the page fits its goal: what boosting it is worth."""
    return {shown.outing.item: shown.fit.goal for shown in on_page(standing)}


def deliveries(standing: Standing) -> dict[str, targeting.Delivery]:
    """Return what every segment of the campaign has brought so far."""
    campaign = standing.day.campaign
    if campaign is None:
        return {}
    return targeting.delivered(
        campaign, orders(standing.made), standing.now, standing.page.seed, creatives(standing)
    )


def gained(standing: Standing) -> float:
    """Return how many followers posts and advertising have brought so far."""
    organic = sum(shown.figures.follows for shown in on_page(standing) if shown.change > 0)
    return organic + targeting.total(deliveries(standing)).follows


def stirred(standing: Standing, since: int) -> tuple[tuple[str, float, float], ...]:
    """Return (post, change of mood, share of members) of what was seen since a minute."""
    before = {shown.outing.item: shown.figures.reach for shown in on_page(standing.at(since))}
    rows = []
    for shown in on_page(standing):
        fresh = shown.figures.reach - before.get(shown.outing.item, 0)
        share = min(number("posts.widest"), fresh / max(1, standing.page.followers))
        if share > 0 and shown.change:
            rows.append((shown.outing.item, shown.change, share))
    return tuple(rows)


def member_of(standing: Standing, item: str, members: int) -> int:
    """Return the member who stands for those that first see a post."""
    return int(keyed.draw(standing.page.seed, "post member", item) * members)


def measures(standing: Standing, inbox: Inbox) -> dict[str, float]:
    """Return today's figures by the ids of the table ``measures``; ``@segment`` for each one."""
    found = _brought(standing)
    if standing.morning:
        before = _brought(standing.at(standing.morning))
        found = {name: round(value - before.get(name, 0.0), 2) for name, value in found.items()}
    return found | _of_inbox(standing, inbox)


def whole_measures(standing: Standing, inbox: Inbox) -> dict[str, float]:
    """Return the figures since the shift began."""
    return _brought(standing) | _of_inbox(standing, inbox.week or inbox)


def _of_inbox(standing: Standing, inbox: Inbox) -> dict[str, float]:
    start = inbox.followers_start
    start = standing.page.followers if start is None else start
    found = {
        "messages": float(inbox.messages),
        "messages_due": float(inbox.due),
        "messages_answered": float(inbox.answered),
        "followers": float(inbox.followers),
        "followers_start": float(start),
        "followers_gained": float(inbox.followers - start),
    }
    if inbox.first_replies:
        found["median_first_reply"] = float(statistics.median(inbox.first_replies))
    return found


def _brought(standing: Standing) -> dict[str, float]:
    """Return what posts and advertising have brought since the shift began."""
    seen = [row.figures for row in on_page(standing) if row.outing.minute <= standing.now]
    found: dict[str, float] = {
        name: float(sum(getattr(figures, name) for figures in seen)) for name in _COUNTS
    }
    found |= {
        "posts": float(len(seen)),
        "post_actions": float(sum(figures.actions for figures in seen)),
    }
    parts = deliveries(standing)
    if parts:
        found |= _ad_measures(targeting.total(parts), "")
        for name, part in parts.items():
            found |= _ad_measures(part, f"@{name}")
    return found


def _ad_measures(part: targeting.Delivery, suffix: str) -> dict[str, float]:
    return {
        f"ad_cost{suffix}": round(part.cost, 2),
        f"ad_impressions{suffix}": float(round(part.impressions)),
        f"ad_reach{suffix}": float(round(part.reach)),
        f"ad_clicks{suffix}": float(round(part.clicks)),
        f"ad_actions{suffix}": float(round(part.actions)),
        f"ad_followers{suffix}": float(round(part.follows)),
    }


def report_minute(standing: Standing) -> int:
    """Return the minute whose figures the report speaks of: when its writing began."""
    handed_in = report_of(standing.made)
    return standing.now if handed_in is None else handed_in.minute - handed_in.spent


def sheets(standing: Standing, inbox: Inbox) -> tuple[Sheet, ...]:
    """Return every sheet of a day at its end, in the order of the duties.

    ``inbox`` is as it stood at `report_minute`.
    """
    day, made = standing.day, standing.made
    rows = outings(day, made, standing.now)
    found: list[Sheet | None] = [watch.judge_news(news, made, rows) for news in day.news]
    found += [posts.judge(standing.page, brief, outing_of(rows, brief.id)) for brief in day.briefs]
    found += [watch.judge_queued(post, day, made, rows) for post in day.queue]
    if day.alarm is not None:
        found.append(watch.judge_alarm(day.alarm, made))
    if day.campaign is not None:
        found.append(
            targeting.judge(
                day.campaign, orders(made), standing.length, standing.page.seed,
                creatives(standing),
            )
        )  # fmt: skip
    found += [requests.judge(request, made, standing.page.locale) for request in day.requests]
    if day.report is not None:
        found += _report_sheets(standing, inbox)
    return tuple(sheet for sheet in found if sheet is not None)


def _report_sheets(standing: Standing, inbox: Inbox) -> tuple[Sheet, ...]:
    plan = standing.day.report
    if plan is None:
        return ()
    handed_in = report_of(standing.made)
    figures = report_figures(standing.at(report_minute(standing)), inbox)
    choices: Mapping[str, str] | None = None if handed_in is None else handed_in.choices
    minute = None if handed_in is None else handed_in.minute
    return report.judge(plan, choices, figures, standing.page.locale, minute)


def report_figures(standing: Standing, inbox: Inbox) -> dict[str, dict[str, float]]:
    """Return the measures of each period of the report."""
    plan = standing.day.report
    if plan is None:
        return {}
    return report.periods(measures(standing, inbox), plan, whole_measures(standing, inbox))
