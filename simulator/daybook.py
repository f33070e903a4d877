"""A scenario's block ``day`` read into the plans of its duties, in one language."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from simulator.brands import Locale
from simulator.workday import (
    SERVES,
    Alarm,
    Asked,
    Brief,
    Campaign,
    Choice,
    Conclusion,
    Condition,
    Label,
    News,
    NextStep,
    Payload,
    Queued,
    ReportPlan,
    Request,
    Segment,
    Variant,
    Workday,
)

Row: TypeAlias = Mapping[str, Any]
Words: TypeAlias = Callable[[Row, str], str]


def workday(pack: Mapping[str, Any], locale: Locale) -> Workday:
    """Return the duties of a scenario's block ``day`` in one language.

    Raises ``KeyError`` where a text is missing in that language; packs are checked before.
    """

    def text(row: Mapping[str, Any], name: str) -> str:
        found: Mapping[str, str] = row.get(name) or {}
        return found[locale] if found else ""

    return Workday(
        news=tuple(_news(row, text) for row in pack.get("news", ())),
        queue=tuple(
            Queued(row["id"], row["minute"], text(row, "title"), text(row, "text"), row["format"])
            for row in pack.get("queue", ())
        ),
        alarm=_alarm(pack["alarm"], text) if "alarm" in pack else None,
        briefs=tuple(_brief(row, text) for row in pack.get("posts", ())),
        campaign=_campaign(pack["campaign"], text) if "campaign" in pack else None,
        requests=tuple(_request(row, text) for row in pack.get("requests", ())),
        report=_report(pack["report"], text) if "report" in pack else None,
    )


def _news(row: Row, text: Words) -> News:
    return News(
        id=row["id"],
        minute=row["minute"],
        until=row["until"],
        title=text(row, "title"),
        source=text(row, "source"),
        text=text(row, "text"),
        right=row["right"],
        post=row.get("post", ""),
        to=tuple(row.get("to", ())),
        members_from=row.get("members_from"),
        why=text(row, "why"),
    )


def _alarm(row: Row, text: Words) -> Alarm:
    return Alarm(
        minute=row["minute"],
        until=row["until"],
        title=text(row, "title"),
        message=row.get("message", ""),
        escalate_to=tuple(row.get("escalate_to", ())),
        pause_within=row["pause_within"],
        escalate_within=row.get("escalate_within", 0),
        statement_within=row.get("statement_within", 0),
    )


def _choices(row: Row, name: str, text: Words) -> tuple[Choice, ...]:
    return tuple(
        Choice(part["id"], text(part, "title"), _worth(part), text(part, "why"))
        for part in row.get(name, ())
    )


def _worth(row: Row) -> float:
    """Return how far a choice fits: ``fit`` for audiences, ``right`` for what is right or not."""
    return SERVES[row["fit"]] if "fit" in row else float(row.get("right", False))


def _brief(row: Row, text: Words) -> Brief:
    return Brief(
        id=row["id"],
        title=text(row, "title"),
        goal=text(row, "goal"),
        relation=row.get("relation", "own"),
        variants=tuple(
            Variant(
                part["id"],
                text(part, "text"),
                SERVES[part["serves"]],
                bool(part.get("invites", False)),
                text(part, "why"),
            )
            for part in row["variants"]
        ),
        formats={name: SERVES[fit] for name, fit in row["formats"].items()},
        audiences=_choices(row, "audiences", text),
        pictures=_choices(row, "pictures", text),
        alts=_choices(row, "alts", text),
        labels=tuple(
            Label(part["id"], text(part, "text"), part["at"]) for part in row.get("labels", ())
        ),
        slots=tuple(row.get("slots", ())),
        drop=bool(row.get("drop", False)),
        gate=row.get("gate", ""),
        why=text(row, "why"),
    )


def _campaign(row: Row, text: Words) -> Campaign:
    return Campaign(
        title=text(row, "title"),
        target=text(row, "target"),
        action=row["action"],
        budget=float(row["budget"]),
        currency=row["currency"],
        segments=tuple(
            Segment(
                part["id"],
                text(part, "title"),
                text(part, "description"),
                part["size"],
                float(part["match"]),
                float(part["conversion"]),
                float(part.get("follows", 0.0)),
                text(part, "why"),
            )
            for part in row["segments"]
        ),
    )


def _request(row: Row, text: Words) -> Request:
    return Request(
        id=row["id"],
        minute=row["minute"],
        within=row["within"],
        colleague=text(row, "colleague"),
        text=text(row, "text"),
        topic=row["topic"],
        right=row["right"],
        to=tuple(row.get("to", ())),
        gate=row.get("gate", ""),
        why=text(row, "why"),
    )


def _report(row: Row, text: Words) -> ReportPlan:
    return ReportPlan(
        title=text(row, "title"),
        kpis=tuple(Asked(part["kpi"], part["period"]) for part in row.get("kpis", ())),
        earlier={name: float(value) for name, value in row.get("earlier", {}).items()},
        conclusions=tuple(
            Conclusion(
                part["id"],
                text(part, "text"),
                tuple(
                    Condition(one["left"], one["sign"], one["right"])
                    for one in part.get("holds", ())
                ),
                bool(part.get("otherwise", False)),
                text(part, "flaw"),
            )
            for part in row.get("conclusions", ())
        ),
        next_steps=tuple(
            NextStep(
                part["id"], text(part, "text"), tuple(part.get("follows", ())), text(part, "why")
            )
            for part in row.get("next_steps", ())
        ),
        payloads=tuple(
            Payload(
                part["id"],
                text(part, "title"),
                part["payload"],
                text(part, "question"),
                _choices(part, "options", text),
            )
            for part in row.get("payloads", ())
        ),
    )
