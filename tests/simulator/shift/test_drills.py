"""Drills: one message of any kind, from any brand, in both languages, told apart by the seed."""

import pytest

import simulator
from simulator import KINDS, Move

BRANDS = simulator.brand_ids()
LOCALES: tuple[simulator.Locale, ...] = ("en", "pl")


@pytest.mark.parametrize("brand_id", BRANDS)
def test_every_kind_can_be_drilled_with_every_brand(brand_id: str) -> None:
    assert simulator.drill_kinds(simulator.brand_pack(brand_id)) == tuple(KINDS)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("brand_id", BRANDS)
def test_a_drill_has_one_message_on_the_desk_at_once_and_no_unfilled_slot(
    brand_id: str, locale: simulator.Locale
) -> None:
    pack = simulator.brand_pack(brand_id)
    brand = simulator.brand(pack, locale)
    for kind in KINDS:
        shift = simulator.start(simulator.drill(pack, kind, locale, 1), brand, 1)
        (message,) = shift.desk().messages
        assert message.text.strip()
        assert not set("{}<>[]|") & set(message.text)


def test_what_only_colleagues_know_has_been_told_before_a_drill() -> None:
    pack = simulator.brand_pack("lumo")
    scenario = simulator.drill(pack, "crisis_accidental", "en", 1)

    (told,) = simulator.start(scenario, simulator.brand(pack, "en"), 1).desk().briefing

    assert (told.fact, told.name) == ("case_lab", "Marta")
    assert "60 lamps" in told.text


@pytest.mark.parametrize("brand_id", BRANDS)
def test_what_a_drill_needs_can_be_read_at_the_desk(brand_id: str) -> None:
    pack = simulator.brand_pack(brand_id)
    brand = simulator.brand(pack, "en")
    book = {fact.id for fact in (*brand.facts, *brand.policy)}
    for kind in KINDS:
        for seed in range(6):
            scenario = simulator.drill(pack, kind, "en", seed)
            assert set(scenario.messages[0].due_facts) <= book | set(scenario.briefing)


def test_the_seed_chooses_among_the_drills_of_a_kind() -> None:
    pack = simulator.brand_pack("lumo")

    channels = {
        simulator.drill(pack, "question", "en", seed).messages[0].channel for seed in range(20)
    }

    assert channels == {"page_post", "ad_comment", "private_message"}


def test_equal_seeds_give_equal_drills() -> None:
    pack = simulator.brand_pack("lumo")

    assert simulator.drill(pack, "complaint", "pl", 4) == simulator.drill(
        pack, "complaint", "pl", 4
    )


def test_a_kind_without_a_drill_is_refused_with_those_there_are() -> None:
    pack = {**simulator.brand_pack("lumo"), "drills": [{"kind": "praise"}]}

    with pytest.raises(ValueError, match="no drill of the kind 'troll': choose one of praise"):
        simulator.drill(pack, "troll", "en", 1)


def test_a_drill_is_finished_after_one_reply() -> None:
    pack = simulator.brand_pack("zakwas")
    brand = simulator.brand(pack, "pl")
    shift = simulator.start(simulator.drill(pack, "question", "pl", 2), brand, 2)

    shift.apply(Move("reply", "m1", "Dzień dobry, w niedziele jesteśmy czynni w godz. 8–16."))
    record = shift.finish()

    assert [row["id"] for row in record["messages"]] == ["m1"]
    assert record["messages"][0]["first_action"] == 4
    assert record["parts"]["inbox"] == pytest.approx(record["messages"][0]["score"]["score"])
