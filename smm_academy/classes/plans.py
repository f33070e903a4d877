"""What a class may be: its name, its zone, and how long it is kept."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import available_timezones

from smm_academy.classes.days import LONGEST, day_of
from smm_academy.errors import Invalid

NAME_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Plan:
    """What an instructor decides of a class."""

    name: str
    organisation_id: int
    timezone: str
    retention_on: date


def checked_plan(plan: Plan, at: datetime) -> Plan:
    """Return a plan as it is kept. Raises `Invalid` with the field that is wrong."""
    name = " ".join(plan.name.split())
    if not name:
        raise Invalid("name", "Give the class a name that its members recognise.")
    if len(name) > NAME_CHARACTERS:
        raise Invalid("name", "Use %(most)s characters at most.", most=NAME_CHARACTERS)
    if plan.timezone not in available_timezones():
        raise Invalid("timezone", "Choose a time zone from the list.")
    today = day_of(at, plan.timezone)
    if not today <= plan.retention_on <= today + LONGEST:
        raise Invalid(
            "retention_on",
            "Choose a day from today to %(last)s: a class is kept for 400 days at most.",
            last=today + LONGEST,
        )
    return replace(plan, name=name)
