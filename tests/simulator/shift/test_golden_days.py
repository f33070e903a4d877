"""Golden checksums: the same engine version lives the same day for ever, on any machine.

The days are worked without a written word, so that they rest on clock, keyed draws, feelings and
community alone. Whoever changes these figures changes `ENGINE_VERSION` too.
"""

import zlib
from dataclasses import replace

import pytest

import simulator
from simulator import Move, Shift

WORKED = (
    (0, Move("open", "m01")),
    (1, Move("look_up", "m01", to="bulbs")),
    (20, Move("hide", "m02")),
    (40, Move("like", "m03")),
    (60, Move("block", "m04")),
    (100, Move("unhide", "m02")),
    (130, Move("no_action", "m06")),
    (140, Move("escalate", "m07", to="safety")),
    (260, Move("hide", "m10")),
)
GOLDEN: dict[tuple[simulator.Locale, int], int] = {
    ("en", 5): 3207978712,
    ("en", 6): 3686690634,
    ("pl", 77): 863736036,
}


def worked(locale: simulator.Locale, seed: int) -> Shift:
    pack = simulator.scenario_pack("lumo-monday")
    scenario = simulator.scenario(pack, locale)
    plain = tuple(
        replace(plan, details={"text": f"Message {plan.id}."}) for plan in scenario.messages
    )
    brand = simulator.brand(simulator.brand_pack("lumo"), locale)
    shift = simulator.start(replace(scenario, messages=plain), brand, seed)
    for minute, move in WORKED:
        while shift.state.minute < minute:
            shift.apply(Move("wait", minutes=minute - shift.state.minute))
        shift.apply(move)
    shift.run_out()
    return shift


def print_of(shift: Shift) -> int:
    """Return a checksum of what happened, real numbers rounded."""
    happened = [
        [
            (case.id, case.arrived, case.likes, case.lapses, round(case.feeling.trust, 6)),
            [(turn.minute, turn.who, turn.follow_up) for turn in case.turns],
        ]
        for case in shift.state.cases.values()
    ]
    community = [
        (point.minute, round(point.sentiment, 5), point.followers)
        for point in shift.state.timeline
    ]
    return zlib.crc32(repr((happened, community)).encode())


@pytest.mark.parametrize(("locale", "seed"), GOLDEN)
def test_a_day_is_lived_as_it_always_was(locale: simulator.Locale, seed: int) -> None:
    assert print_of(worked(locale, seed)) == GOLDEN[locale, seed]


def test_the_language_of_a_day_changes_its_words_and_nothing_else() -> None:
    assert print_of(worked("en", 5)) == print_of(worked("pl", 5))


FULL_DAY = (
    (0, Move("open_news", item="fire")),
    (2, Move("set_targeting", choices={"spend.near": "120", "spend.bought": "90"})),
    (
        10,
        Move(
            "schedule",
            item="sign_up",
            minutes=150,
            choices={
                "variant": "question",
                "format": "event",
                "audience": "south",
                "picture": "irena",
                "alt": "describes",
            },
        ),
    ),
    (200, Move("boost", item="sign_up", to="guests", choices={"amount": "60", "bid": "high"})),
    (300, Move("pause_queue")),
)
FULL_DAY_GOLDEN: dict[int, int] = {5: 2085930921, 6: 986013183}


def figures_of(shift: Shift) -> int:
    """Return a checksum of what page and campaign brought, and of the followers."""
    duties = shift.desk().duties
    assert duties is not None
    assert duties.campaign is not None
    posts = [(row.item, row.minute, row.fate, sorted(row.figures.items()))
             for row in duties.calendar]  # fmt: skip
    segments = sorted(
        (row.id, round(row.cost, 2), row.impressions, row.clicks, row.actions, row.followers)
        for row in duties.campaign.segments
    )
    followers = [(point.minute, point.followers) for point in shift.state.timeline]
    return zlib.crc32(repr((posts, segments, followers)).encode())


@pytest.mark.parametrize("seed", FULL_DAY_GOLDEN)
def test_a_full_day_brings_what_it_always_did(seed: int) -> None:
    pack = simulator.scenario_pack("zakwas-evening")
    brand = simulator.brand(simulator.brand_pack("zakwas"), "en")
    shift = simulator.start(simulator.scenario(pack, "en"), brand, seed)
    for minute, move in FULL_DAY:
        while shift.state.minute < minute:
            shift.apply(Move("wait", minutes=minute - shift.state.minute))
        shift.apply(move)
    shift.run_out()

    assert figures_of(shift) == FULL_DAY_GOLDEN[seed]
