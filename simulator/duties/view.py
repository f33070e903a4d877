"""The duties as the desk sees them at a minute.

Options come in an order drawn by key, so that an author's habit of writing the right one first
tells nothing.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from simulator import keyed
from simulator.duties import possible, targeting, watch
from simulator.duties.constants import table, title
from simulator.duties.kpis import PERIODS, name_of
from simulator.duties.posts import NO_LABEL, activity
from simulator.duties.shown import (
    DeskAlarm,
    DeskBrief,
    DeskCampaign,
    DeskDuties,
    DeskKpi,
    DeskMeasure,
    DeskNews,
    DeskPayload,
    DeskPost,
    DeskReport,
    DeskRequest,
    DeskRound,
    DeskSegment,
    DeskSlot,
    Option,
)
from simulator.duties.standing import (
    Inbox,
    Shown,
    Standing,
    deliveries,
    on_page,
    report_figures,
    report_minute,
)
from simulator.duties.work import (
    NEWS_ENDS,
    REQUEST_ENDS,
    Outing,
    decision,
    orders,
    outing_of,
    outings,
    pauses,
    report_of,
)
from simulator.moves import MOVES, Move
from simulator.workday import Brief, News, Workday

Row = TypeVar("Row")


def view(standing: Standing, inbox: Inbox, *, is_over: bool) -> DeskDuties | None:
    """Return the duties of a day as seen now, ``None`` where the day is its inbox alone."""
    if standing.day == Workday():
        return None
    desk = _Desk(standing, is_over=is_over)
    start = standing.page.begins
    return DeskDuties(
        hours=tuple(round(activity(standing.page, hour * 60 - start), 3) for hour in range(24)),
        news=desk.news(),
        is_paused=desk.is_paused,
        alarm=desk.alarm(),
        calendar=desk.calendar(),
        briefs=tuple(
            desk.brief(brief) for brief in standing.day.briefs if brief.minute <= standing.now
        ),
        campaign=desk.campaign(),
        requests=desk.requests(),
        report=desk.report(inbox),
        available=desk.possible("pause_queue", "resume_queue", "statement"),
    )


class _Desk:
    """One look at the duties: what was decided is read once."""

    def __init__(self, standing: Standing, *, is_over: bool) -> None:
        self.standing = standing
        self.day = standing.day
        self.locale = standing.page.locale
        self.is_over = is_over
        self.rows = outings(self.day, standing.made, standing.now)
        stretches = pauses(standing.made)
        self.is_paused = bool(stretches) and stretches[-1][1] is None

    def clock(self, minute: int) -> str:
        week = self.standing.page.week
        if week is not None:
            return week.clock(minute)
        total = self.standing.page.begins + minute
        return f"{total // 60 % 24:02d}:{total % 60:02d}"

    def possible(self, *kinds: str, item: str = "") -> tuple[str, ...]:
        if self.is_over:
            return ()
        return tuple(
            kind for kind in kinds if possible.at_all(Move(kind, item=item), self.standing) is None
        )

    def shuffled(self, rows: Sequence[Row], *key: str) -> tuple[Row, ...]:
        seed = self.standing.page.seed
        order = sorted(range(len(rows)), key=lambda at: keyed.draw(seed, "option order", *key, at))
        return tuple(rows[at] for at in order)

    def news(self) -> tuple[DeskNews, ...]:
        opened = {deed.item for deed in self.standing.made if deed.kind == "open_news"}
        found = []
        for row in self.day.news:
            if row.minute > self.standing.now:
                continue
            done = decision(self.standing.made, row.id, NEWS_ENDS)
            found.append(
                DeskNews(
                    row.id, row.minute, self.clock(row.minute), row.title, row.source,
                    row.text if row.id in opened else "", done.kind if done else "",
                    done.to if done else "", self._used(row),
                    self.possible("open_news", "pass_news", "leave_news", item=row.id),
                )
            )  # fmt: skip
        return tuple(found)

    def _used(self, news: News) -> str:
        """Return when the post that uses an item goes or went out, once its text has been read."""
        outing = outing_of(self.rows, news.post)
        is_used = outing is not None and outing.fate in {"waiting", "out"}
        return self.clock(outing.minute) if outing is not None and is_used else ""

    def alarm(self) -> DeskAlarm | None:
        alarm, now = self.day.alarm, self.standing.now
        if alarm is None or alarm.minute > now:
            return None
        times = watch.alarm_times(alarm, self.standing.made)
        done = {name: times[name] for name in alarm.limits}
        return DeskAlarm(
            alarm.minute, self.clock(alarm.minute), alarm.title, alarm.message,
            {name: alarm.minute + limit - now for name, limit in alarm.limits.items()},
            {name: self.clock(at) for name, at in done.items() if at is not None},
        )  # fmt: skip

    def calendar(self) -> tuple[DeskPost, ...]:
        shown = {row.outing.item: row for row in on_page(self.standing)}
        return tuple(self._post(row, shown) for row in self.rows)

    def _post(self, row: Outing, shown: Mapping[str, Shown]) -> DeskPost:
        queued = next((post for post in self.day.queue if post.id == row.item), None)
        if queued is not None:
            name, text = queued.title, queued.text
        else:
            brief = next(one for one in self.day.briefs if one.id == row.item)
            name = brief.title
            text = next(one.text for one in brief.variants if one.id == row.choices["variant"])
        is_out = row.fate == "out" and row.item in shown
        return DeskPost(
            row.item, row.minute, self.clock(row.minute), name, text,
            row.choices.get("format", ""), row.is_queued, row.fate,
            _figures(shown[row.item]) if is_out else {},
            self._post_moves(row),
        )  # fmt: skip

    def _post_moves(self, row: Outing) -> tuple[str, ...]:
        if row.fate == "waiting":
            return self.possible("cancel_post", item=row.item)
        if row.fate == "out" and self.day.campaign is not None:
            return self.possible("boost", item=row.item)
        return ()

    def brief(self, brief: Brief) -> DeskBrief:
        formats = table("formats")
        titles: dict[str, list[Option]] = {
            "variant": [Option(row.id, row.text) for row in brief.variants],
            "format": [Option(name, formats[name][self.locale]) for name in brief.formats],
            "audience": [Option(row.id, row.title) for row in brief.audiences],
            "picture": [Option(row.id, row.title) for row in brief.pictures],
            "alt": [Option(row.id, row.title) for row in brief.alts],
            "label": [Option(row.id, row.text, row.at) for row in brief.labels],
        }
        options = {
            name: self.shuffled(found, brief.id, name) for name, found in titles.items() if found
        }
        if "label" in options:
            options["label"] = (Option(NO_LABEL, ""), *options["label"])
        outing = outing_of(self.rows, brief.id)
        soonest = self.standing.now + MOVES["schedule"].minutes
        return DeskBrief(
            brief.id, brief.title, brief.goal, brief.relation, options,
            tuple(
                DeskSlot(
                    minute, self.clock(minute),
                    round(activity(self.standing.page, minute), 3), minute > soonest,
                )
                for minute in brief.slots
            ),
            outing.fate if outing else "",
            self.possible("publish", "schedule", item=brief.id),
        )  # fmt: skip

    def campaign(self) -> DeskCampaign | None:
        campaign = self.day.campaign
        if campaign is None:
            return None
        brought = deliveries(self.standing)
        placed = orders(self.standing.made)
        running = {
            order.segment: (order.amount, order.bid)
            for order in placed
            if not order.creative and order.until is None
        }
        return DeskCampaign(
            campaign.title, campaign.target, campaign.action,
            title("actions", campaign.action, self.locale), campaign.budget,
            round(targeting.remaining(campaign, placed, self.standing.now), 2),
            campaign.currency,
            tuple(
                DeskSegment(
                    row.id, row.title, row.description, row.size, round(brought[row.id].cost, 2),
                    round(brought[row.id].impressions), round(brought[row.id].reach),
                    round(brought[row.id].clicks), round(brought[row.id].actions),
                    round(brought[row.id].follows),
                )
                for row in self.shuffled(campaign.segments, "segments")
            ),
            tuple(Option(name, title("bids", name, self.locale)) for name in table("bids")),
            running,
            self._rounds(),
            self.possible("set_targeting"),
        )  # fmt: skip

    def _rounds(self) -> tuple[DeskRound, ...]:
        found = []
        for deed in self.standing.made:
            if deed.kind in {"set_targeting", "boost"}:
                so_far = targeting.total(deliveries(self.standing.at(deed.minute)))
                found.append(
                    DeskRound(
                        deed.minute, self.clock(deed.minute), round(so_far.cost, 2),
                        round(so_far.impressions), round(so_far.clicks), round(so_far.actions),
                    )
                )  # fmt: skip
        return tuple(found)

    def requests(self) -> tuple[DeskRequest, ...]:
        found = []
        for row in self.day.requests:
            if row.minute > self.standing.now:
                continue
            done = decision(self.standing.made, row.id, REQUEST_ENDS)
            found.append(
                DeskRequest(
                    row.id, row.minute, self.clock(row.minute), row.colleague, row.text,
                    done.kind if done else "", done.to if done else "", done.text if done else "",
                    self.possible("take_request", "hand_over", "refuse_request", item=row.id),
                )
            )  # fmt: skip
        return tuple(found)

    def report(self, inbox: Inbox) -> DeskReport | None:
        plan = self.day.report
        if plan is None:
            return None
        figures = report_figures(self.standing.at(report_minute(self.standing)), inbox)
        handed_in = report_of(self.standing.made)
        return DeskReport(
            plan.title,
            self.clock(max(0, self.standing.length - possible.REPORT_OPENS)),
            handed_in is not None,
            tuple(
                DeskMeasure(name, self._measure_title(name), value, figures["week"][name])
                for name, value in figures["today"].items()
            ),
            tuple(Option(name, title("periods", name, self.locale)) for name in PERIODS),
            tuple(
                DeskKpi(
                    name_of(asked), asked.kpi, title("kpis", asked.kpi, self.locale),
                    table("kpis")[asked.kpi]["unit"], title("periods", asked.period, self.locale),
                )
                for asked in plan.kpis
            ),
            self.shuffled([Option(row.id, row.text) for row in plan.conclusions], "conclusions"),
            self.shuffled([Option(row.id, row.text) for row in plan.next_steps], "steps"),
            tuple(
                DeskPayload(
                    row.id, row.title, row.payload, row.question,
                    self.shuffled([Option(one.id, one.title) for one in row.options], row.id),
                )
                for row in plan.payloads
            ),
            dict(handed_in.choices) if handed_in is not None else {},
            self.possible("hand_in_report"),
        )  # fmt: skip

    def _measure_title(self, name: str) -> str:
        bare, _, segment = name.partition("@")
        words = title("measures", bare, self.locale)
        if not segment or self.day.campaign is None:
            return words
        return f"{words}: {self.day.campaign.segment(segment).title}"


def _figures(shown: Shown) -> dict[str, int]:
    figures = shown.figures
    return {
        "reach": figures.reach,
        "impressions": figures.impressions,
        "reactions": figures.reactions,
        "comments": figures.comments,
        "shares": figures.shares,
        "clicks": figures.clicks,
        "actions": figures.actions,
    }
