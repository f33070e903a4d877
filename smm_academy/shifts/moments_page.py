"""The moments of a day that mattered most, each with a way to its marks."""

from collections.abc import Mapping
from typing import Any

from simulator import Locale, moment_text
from smm_academy.shifts import words
from smm_academy.shifts.duties_debrief_page import card_id, kind_title
from smm_academy.web.locale import gettext as _

Json = Mapping[str, Any]

MOMENTS = 3


def weightiest(record: Json) -> list[Any]:
    """Return the three moments that mattered, in the order of the day."""
    chosen = sorted(record["moments"], key=lambda one: -abs(one["weight"]))[:MOMENTS]
    return sorted(chosen, key=lambda one: int(one["minute"]))


def moments(record: Json, locale: Locale, url: str) -> list[dict[str, Any]]:
    """Return the moments as cards: of the inbox, or of another duty."""
    messages = {row["id"]: row for row in record["messages"]}
    sheets = {card_id(row): row for row in record.get("duties", ())}
    cards = []
    for one in weightiest(record):
        if one["message"] in messages:
            card = _of_message(messages[one["message"]], locale)
        elif one.get("item") and card_id(one) in sheets:
            card = _of_sheet(sheets[card_id(one)])
        else:
            continue
        anchor = one["message"] or card_id(one)
        cards.append(
            {
                "when": one["clock"],
                "text": moment_text(one, locale),
                "url": f"{url}#{anchor}",
            }
            | card
        )
    return cards


def _of_message(message: Json, locale: Locale) -> dict[str, str]:
    return {
        "channel": words.channel_title(message["channel"], locale),
        "title": message["author"]["name"],
        "effect": _effect(message),
        "action": str(_("See the reply and its marks")),
    }


def _of_sheet(sheet: Json) -> dict[str, str]:
    return {
        "channel": kind_title(sheet["kind"]),
        "title": sheet["title"],
        "effect": "",
        "action": str(_("See the decision and its marks")),
    }


def _effect(message: Json) -> str:
    before = message["feeling"]["satisfaction_before"]
    after = message["feeling"]["satisfaction"]
    name = message["author"]["name"]
    if after > before + 0.05:
        return str(_("%(name)s ended more content than before.", name=name))
    if after < before - 0.05:
        return str(_("%(name)s ended less content than before.", name=name))
    return str(_("%(name)s felt the same afterwards.", name=name))
