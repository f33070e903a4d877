"""A campaign of two days, small enough to work by hand."""

from typing import Any

import simulator
from simulator import Locale, Shift

DAY = 24 * 60


def message(name: str, minute: int, kind: str = "complaint", **more: Any) -> dict[str, Any]:
    """Return a planned message as a pack holds it."""
    return {
        "id": name,
        "kind": kind,
        "minute": minute,
        "channel": "page_post",
        "about": ["waiting_time"],
        "product": "flat_white",
        "fault": "brand",
        "facts": ["case_queue"],
        "wants": ["explanation"],
        "must": ["acknowledge", "when"],
        "ask": ["case_queue"],
        **more,
    }


def pack(**more: Any) -> dict[str, Any]:
    """Return the pack of a Monday and a Tuesday, 9 to 15 and 8 to 14, two messages each."""
    words = {"en": "Two days", "pl": "Dwa dni"}
    text = {"title": words, "goal": words}
    monday = [message("a1", 10), message("a2", 300, "question", must=["answer"])]
    tuesday = [message("b1", 30, confirms=["case_receipt"]), message("b2", 60, "praise")]
    return {
        "id": "two-days",
        "title": words,
        "summary": words,
        "goal": words,
        "brand": "zakwas",
        "level": 5,
        "minutes": 24,
        "members": 600,
        "days": [
            {"weekday": "monday", "begins": "09:00", "ends": "15:00", "messages": monday, **text},
            {
                "weekday": "tuesday",
                "begins": "08:00",
                "ends": "14:00",
                "messages": tuesday,
                **text,
            },
        ],
        **more,
    }


def scenario(locale: Locale = "en", **more: Any) -> simulator.Scenario:
    """Return the scenario of two days."""
    return simulator.scenario(pack(**more), locale)


def book(locale: Locale = "en") -> simulator.Brand:
    """Return the brand whose two days they are."""
    return simulator.brand(simulator.brand_pack("zakwas"), locale)


def shift(seed: int = 3, locale: Locale = "en", **more: Any) -> Shift:
    """Return the two days at their beginning."""
    return simulator.start(scenario(locale, **more), book(locale), seed)
