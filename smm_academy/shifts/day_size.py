"""How much a shift holds beside its messages, as its pack says."""

from collections.abc import Mapping
from typing import Any

from simulator import day_sheets


def duties_of(book: Mapping[str, Any]) -> dict[str, int]:
    """Return how many decisions each duty beside the inbox asks for, of those that there are."""
    days = [sheet.get("day") or {} for sheet in day_sheets(book)]
    counts = {
        name: sum(len(day.get(name, ())) for day in days)
        for name in ("news", "posts", "queue", "requests")
    }
    found = {
        "news": counts["news"],
        "calendar": counts["posts"] + counts["queue"],
        "audience": int(any("campaign" in day for day in days)),
        "requests": counts["requests"],
        "report": int(any("report" in day for day in days)),
    }
    return {name: count for name, count in found.items() if count}
