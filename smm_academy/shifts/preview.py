"""What a brand or a scenario would look like at the desk, before anybody plays it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator import (
    KINDS,
    Locale,
    brand as brand_of,
    drill,
    drill_kinds,
    planned_messages,
    scenario as scenario_of,
    start,
)
from smm_academy.shifts.choosing import DISTRESSING
from smm_academy.shifts.desk_page import desk_page, first_post
from smm_academy.shifts.queries import Setting
from smm_academy.shifts.words import kind_title

KIND_IDS = tuple(KINDS)
"""The kinds of message that an exercise may name."""

SAMPLES = 3
SEED = 7


@dataclass(frozen=True, slots=True)
class Sample:
    """A message as a learner would meet it; ``kind`` is its kind in words."""

    kind: str
    post: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeskPreview:
    """The brand book as the desk shows it, and some messages."""

    name: str
    tagline: str
    book: Mapping[str, Any]
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class ScenarioPreview:
    """A scenario as a list shows it, and what stands on the desk when the day begins."""

    title: str
    summary: str
    level: int
    minutes: int
    messages: int
    desk: DeskPreview


def preview_brand(pack: Mapping[str, Any], locale: Locale) -> DeskPreview | None:
    """Return what a checked brand pack looks like; ``None`` where it has nothing to drill."""
    kinds = tuple(dict.fromkeys(kind for kind in drill_kinds(pack) if kind not in DISTRESSING))
    if not kinds:
        return None
    book = brand_of(pack, locale)
    samples = []
    shown: Mapping[str, Any] = {}
    for seed, kind in enumerate(_spread(kinds), start=SEED):
        setting = Setting(book, drill(pack, kind, locale, seed))
        desk = start(setting.scenario, setting.brand, seed).desk()
        shown = shown or desk_page(setting, desk, "", locale, "").book
        # A message is addressed to nobody's draft here.
        samples += [
            Sample(kind_title(kind, locale), first_post(message, locale))
            for message in desk.messages[:1]
        ]
    return DeskPreview(book.name, pack["tagline"][locale], shown, tuple(samples))


def preview_scenario(
    pack: Mapping[str, Any], brand: Mapping[str, Any], locale: Locale
) -> ScenarioPreview:
    """Return what a checked scenario pack at its brand looks like when its day begins."""
    setting = Setting(brand_of(brand, locale), scenario_of(pack, locale))
    desk = start(setting.scenario, setting.brand, SEED).desk()
    page = desk_page(setting, desk, "", locale, "")
    samples = tuple(Sample("", first_post(message, locale)) for message in desk.messages[:SAMPLES])
    tagline = brand["tagline"][locale]
    return ScenarioPreview(
        pack["title"][locale],
        pack["summary"][locale],
        pack["level"],
        pack["minutes"],
        len(planned_messages(pack)),
        DeskPreview(setting.brand.name, tagline, page.book, samples),
    )


def _spread(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return a few of the kinds, from all along the list."""
    if len(kinds) <= SAMPLES:
        return kinds
    return tuple(kinds[at * (len(kinds) - 1) // (SAMPLES - 1)] for at in range(SAMPLES))
