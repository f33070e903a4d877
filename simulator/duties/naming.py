"""What the ids of a day's choices are called: a debrief reads nothing but its record."""

from collections.abc import Iterator, Mapping, Sequence

from simulator.brands import Locale
from simulator.duties.constants import table, title
from simulator.duties.kpis import NO_FIGURE, PERIODS
from simulator.duties.posts import NO_LABEL
from simulator.workday import Brief, Campaign, ReportPlan, Workday

Named = tuple[str, str]


def titles(
    day: Workday, kind: str, item: str, contacts: Mapping[str, str], locale: Locale
) -> dict[str, str]:
    """Return ``<field>:<id>`` -> words for everything that can be chosen about one item.

    ``kind`` is the sheet's; ``contacts`` are the brand's roles with their titles.
    """
    if kind == "post":
        return dict(_of_brief(next(row for row in day.briefs if row.id == item), locale))
    if kind == "campaign" and day.campaign is not None:
        return dict(_of_campaign(day.campaign, locale))
    if kind in {"news", "request"}:
        return {f"to:{role}": words for role, words in contacts.items()}
    if kind in {"kpi", "conclusion", "payload"} and day.report is not None:
        return dict(_of_report(day.report, day.campaign, kind, item, locale))
    return {}


def _rows(field: str, rows: Sequence[tuple[str, str]]) -> Iterator[Named]:
    yield from ((f"{field}:{id_}", words) for id_, words in rows)


def _of_brief(brief: Brief, locale: Locale) -> Iterator[Named]:
    yield from _rows("variant", [(row.id, row.text) for row in brief.variants])
    yield from _rows("format", [(name, title("formats", name, locale)) for name in brief.formats])
    yield from _rows("audience", [(row.id, row.title) for row in brief.audiences])
    yield from _rows("picture", [(row.id, row.title) for row in brief.pictures])
    yield from _rows("alt", [(row.id, row.title) for row in brief.alts])
    yield from _rows("label", [(row.id, row.text) for row in brief.labels])
    if brief.labels:
        yield f"label:{NO_LABEL}", ""


def _of_campaign(campaign: Campaign, locale: Locale) -> Iterator[Named]:
    yield from _rows("segment", [(row.id, row.title) for row in campaign.segments])
    yield from _rows("bid", [(name, title("bids", name, locale)) for name in table("bids")])


def _of_report(
    plan: ReportPlan, campaign: Campaign | None, kind: str, item: str, locale: Locale
) -> Iterator[Named]:
    if kind == "kpi":
        yield from _rows("measure", [(name, words) for name, words in _measures(campaign, locale)])
        yield from _rows("period", [(name, title("periods", name, locale)) for name in PERIODS])
        yield f"value:{NO_FIGURE}", "–"
    elif kind == "conclusion":
        yield from _rows("conclusion", [(row.id, row.text) for row in plan.conclusions])
        yield from _rows("next_step", [(row.id, row.text) for row in plan.next_steps])
    else:
        payload = next(row for row in plan.payloads if row.id == item)
        yield from _rows("payload", [(row.id, row.title) for row in payload.options])


def _measures(campaign: Campaign | None, locale: Locale) -> Iterator[Named]:
    segments = campaign.segments if campaign is not None else ()
    for name in table("measures"):
        words = title("measures", name, locale)
        yield name, words
        if name.startswith("ad_"):
            yield from ((f"{name}@{row.id}", f"{words}: {row.title}") for row in segments)
