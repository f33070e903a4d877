"""A fictional brand as the desk sees it: its brand book in one language.

A pack keeps every text as a mapping of locales; `brand` picks one language out of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Locale: TypeAlias = Literal["en", "pl"]
Address: TypeAlias = Literal["ty", "pan", "panstwo", "impersonal"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true about the brand that a reply may state."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class VoicePair:
    """How the brand sounds, and how it never does."""

    do: str
    dont: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone on the team who can be asked, and what they know: fact id -> words of the answer."""

    id: str
    role: str
    name: str
    minutes: int
    answers: Mapping[str, str]
    fallback: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a matter goes when it is not for the desk: ``id`` is a role such as ``legal``."""

    id: str
    title: str
    reach: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of the role card: a task, and whether it is the desk's or whose it is."""

    task: str
    owner: str


@dataclass(frozen=True, slots=True)
class Product:
    """Something the brand sells; ``forms`` holds its cases where a language has them."""

    id: str
    name: str
    forms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand book in one language. ``opens`` and ``closes`` are minutes after midnight."""

    id: str
    name: str
    sector: str
    locale: Locale
    tagline: str
    goal: str
    address: Address
    timezone: str
    opens: int
    closes: int
    voice: tuple[VoicePair, ...]
    facts: tuple[Fact, ...]
    policy: tuple[Fact, ...]
    may_promise: tuple[Fact, ...]
    must_not_promise: tuple[Fact, ...]
    saved_replies: tuple[str, ...]
    role_card: tuple[Duty, ...]
    contacts: tuple[Contact, ...]
    colleagues: tuple[Colleague, ...]
    products: tuple[Product, ...]
    published_contact: str
    followers: int


def brand(pack: Mapping[str, Any], locale: Locale) -> Brand:
    """Return the brand book of a pack in one language.

    Raises ``KeyError`` where the pack lacks a text in that language; packs are checked before
    they get here.
    """

    def facts(name: str) -> tuple[Fact, ...]:
        return tuple(Fact(row["id"], row["text"][locale]) for row in pack[name])

    return Brand(
        id=pack["id"],
        name=pack["name"],
        sector=pack["sector"],
        locale=locale,
        tagline=pack["tagline"][locale],
        goal=pack["goal"][locale],
        address=pack["address"][locale],
        timezone=pack["timezone"],
        opens=_minutes(pack["hours"]["opens"]),
        closes=_minutes(pack["hours"]["closes"]),
        voice=tuple(VoicePair(row["do"][locale], row["dont"][locale]) for row in pack["voice"]),
        facts=facts("facts"),
        policy=facts("policy"),
        may_promise=facts("may_promise"),
        must_not_promise=facts("must_not_promise"),
        saved_replies=tuple(row[locale] for row in pack["saved_replies"]),
        role_card=tuple(Duty(row["task"][locale], row["owner"]) for row in pack["role_card"]),
        contacts=tuple(
            Contact(row["id"], row["title"][locale], row["reach"]) for row in pack["contacts"]
        ),
        colleagues=tuple(
            Colleague(
                row["id"],
                row["role"][locale],
                row["name"],
                row["minutes"],
                {fact: text[locale] for fact, text in row["answers"].items()},
                row["fallback"][locale],
            )
            for row in pack["colleagues"]
        ),
        products=tuple(
            Product(row["id"], row["name"][locale], row.get("forms", {}).get(locale, {}))
            for row in pack["products"]
        ),
        published_contact=pack["published_contact"][locale],
        followers=pack["followers"],
    )


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
