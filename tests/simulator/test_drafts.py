"""A machine's draft has the faults that were planted, each costs points, and no other is in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count, islice

import pytest

from simulator import (
    CHANNELS,
    DRAFT_KINDS,
    RUBRIC,
    Draft,
    Locale,
    PlantedFault,
    Reply,
    Rubric,
    Shift,
    brand,
    brand_ids,
    brand_pack,
    drafted,
    drill,
    drill_kinds,
    fault_words,
    mended,
    read,
    score,
    start,
)
from simulator.items import Item
from simulator.lexicon import table

SEEDS = 3
"""Seeds for each kind of message at each brand, none of them used twice."""
LOCALES: tuple[Locale, Locale] = ("en", "pl")
WORDS = Rubric(weights=RUBRIC.weights, off=frozenset({"U1", "U7"}))


def shift_of(brand_id: str, kind: str, locale: Locale, seed: int) -> Shift:
    pack = brand_pack(brand_id)
    return start(drill(pack, kind, locale, seed), brand(pack, locale), seed)


def item_of(shift: Shift) -> Item:
    return shift.scene.cast.item(shift.state.cases["m1"])


def points(item: Item, text: str) -> float:
    reading = read(item, Reply(text, moves=("reply",), minutes=0))
    return score(item, reading, WORDS).score


@cache
def drafts(locale: Locale) -> tuple[tuple[Shift, Draft], ...]:
    return tuple(_drafts(locale))


def _drafts(locale: Locale) -> Iterator[tuple[Shift, Draft]]:
    seeds = count()
    for brand_id in brand_ids():
        for kind in sorted(set(DRAFT_KINDS) & set(drill_kinds(brand_pack(brand_id)))):
            for seed in islice(seeds, SEEDS):
                shift = shift_of(brand_id, kind, locale, seed)
                draft = drafted(shift)
                if draft is not None:
                    yield shift, draft


def without(draft: Draft, *spared: PlantedFault) -> str:
    """Return a draft with its faults put right, but for those that are spared."""
    text = draft.text
    for fault in sorted(draft.faults, key=lambda one: -one.start):
        if fault not in spared:
            space = "" if fault.words else " "
            text = text[: fault.start] + space + fault.clean + text[fault.end :]
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


@pytest.mark.parametrize("locale", LOCALES)
def test_most_messages_have_a_draft_with_one_to_three_faults(locale: Locale) -> None:
    found = drafts(locale)
    assert len(found) >= 0.6 * len(brand_ids()) * len(DRAFT_KINDS) * SEEDS
    assert {len(draft.faults) for _, draft in found} == {1, 2, 3}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_brand_and_kind_has_a_draft(locale: Locale) -> None:
    found = {(shift.brand.id, shift.scenario.messages[0].kind) for shift, _ in drafts(locale)}
    assert {brand_id for brand_id, _ in found} == set(brand_ids())
    assert {kind for _, kind in found} == set(DRAFT_KINDS)


def test_every_kind_of_fault_is_planted_somewhere() -> None:
    # "Soon" costs points only where the author must be told a time, as in lumo's complaints.
    more = [drafted(shift_of("lumo", "complaint", "en", seed)) for seed in range(100, 112)]
    every = [draft for locale in LOCALES for _, draft in drafts(locale)]
    every += [draft for draft in more if draft is not None]
    assert {fault.id for draft in every for fault in draft.faults} == set(
        table("drafts")["faults"]
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_a_fault_stands_where_it_says(locale: Locale) -> None:
    for _, draft in drafts(locale):
        for fault in draft.faults:
            assert draft.text[fault.start : fault.end] == fault.words
            assert fault.clean in draft.clean


@pytest.mark.parametrize("locale", LOCALES)
def test_put_right_a_draft_is_the_clean_reply(locale: Locale) -> None:
    for _, draft in drafts(locale):
        assert " ".join(without(draft).split()) == " ".join(draft.clean.split())


@pytest.mark.parametrize("locale", LOCALES)
def test_every_fault_costs_points_by_itself(locale: Locale) -> None:
    for shift, draft in drafts(locale):
        item = item_of(shift)
        best = points(item, draft.clean)
        for fault in draft.faults:
            assert points(item, without(draft, fault)) < best - 0.5, (fault, draft.text)


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_else_is_wrong(locale: Locale) -> None:
    for shift, draft in drafts(locale):
        item = item_of(shift)
        reading = read(item, Reply(draft.clean, moves=("reply",), minutes=0))
        assert not reading.gates
        for name in ("U5", "U11", "U12", "U14"):
            assert reading.facets[name].value in (None, 1.0), (name, draft.clean)
        assert points(item, draft.clean) >= 70, draft.clean
        assert len(draft.text) <= CHANNELS[item.channel].reply_limit


@pytest.mark.parametrize("locale", LOCALES)
def test_what_became_of_a_fault_is_told(locale: Locale) -> None:
    for shift, draft in drafts(locale):
        assert set(mended(shift, draft, draft.text).values()) == {"left"}
        assert set(mended(shift, draft, draft.clean).values()) == {"mended"}
        first = draft.faults[0]
        told = mended(shift, draft, without(draft, first))
        assert told == {fault.id: "left" if fault is first else "mended" for fault in draft.faults}


def test_a_fault_in_other_words_is_no_mending() -> None:
    shift, draft, fault = next(
        (shift, draft, fault)
        for shift, draft in drafts("en")
        for fault in draft.faults
        if fault.id == "data_in_public"
    )
    asked = "Please post your phone number, full name and address below."
    text = draft.clean.replace(fault.clean, "") + " " + asked
    assert mended(shift, draft, text)["data_in_public"] == "reworded"


def test_a_draft_is_the_same_for_the_same_seed() -> None:
    for shift, draft in drafts("en")[:5]:
        assert drafted(shift) == draft


def test_a_message_that_is_answered_otherwise_has_no_draft() -> None:
    assert drafted(shift_of("lumo", "abuse", "en", 1)) is None


@pytest.mark.parametrize("fault", sorted(table("drafts")["faults"]))
def test_every_fault_has_words_in_both_languages(fault: str) -> None:
    for locale in LOCALES:
        title, why = fault_words(fault, locale)
        assert title
        assert why.endswith((".", "!"))
