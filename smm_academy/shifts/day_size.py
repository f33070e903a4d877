"""How much a full day holds beside its messages, as its pack says."""

from collections.abc import Mapping
from typing import Any


def duties_of(book: Mapping[str, Any]) -> dict[str, int]:
    """Return how many decisions each duty beside the inbox asks for, of those that there are."""
    day = book.get("day") or {}
    found = {
        "news": len(day.get("news", ())),
        "calendar": len(day.get("posts", ())) + len(day.get("queue", ())),
        "audience": int("campaign" in day),
        "requests": len(day.get("requests", ())),
        "report": int("report" in day),
    }
    return {name: count for name, count in found.items() if count}
