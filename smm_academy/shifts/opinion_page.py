"""Second opinions as a debrief shows them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simulator import Locale
from smm_academy.config import OpinionSettings
from smm_academy.shifts import words
from smm_academy.shifts.models import Opinion
from smm_academy.shifts.opinion_operations import GIVEN, is_given_up
from smm_academy.shifts.rating_forms import mark_title
from smm_academy.sittings.models import Purpose, Sitting
from smm_academy.web.viewer import Viewer


def opinion_host(settings: OpinionSettings | None, viewer: Viewer, sitting: Sitting) -> str:
    """Return the host that may be asked about the replies of a sitting; empty for none."""
    is_offered = viewer.is_authenticated and sitting.purpose != Purpose.ASSESSMENT
    return settings.host if settings is not None and is_offered else ""


def add_opinions(
    cards: list[dict[str, Any]],
    opinions: Mapping[str, Opinion],
    host: str,
    locale: Locale,
    at: datetime,
) -> None:
    """Put beside each card what a model said, or that it may be asked; ``host`` empty: neither."""
    for card in cards:
        found = opinions.get(card["id"])
        card["opinion"] = _shown(found, locale, at) if found else None
        card["opinion_host"] = host if card["pieces"] else ""


def _shown(opinion: Opinion, locale: Locale, at: datetime) -> dict[str, Any]:
    return {
        "state": "failed" if is_given_up(opinion, at) else opinion.state,
        "model": opinion.model,
        "sentence": opinion.sentence,
        "marks": [
            (words.criterion_title(name, locale), mark_title(name, mark))
            for name, mark in opinion.marks.items()
        ]
        if opinion.state == GIVEN
        else [],
    }
