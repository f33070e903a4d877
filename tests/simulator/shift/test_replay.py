"""A shift is its moves: replay is bit-equal, a snapshot is a cache, a branch stays a branch."""

import zlib

import pytest
from hypothesis import given, settings, strategies as st

import simulator
from simulator import Move, MoveRefused, Shift

# Messages of the shipped Monday at Lumo.
BULB = "m01"
PARCEL = "m02"
THANKS = "m03"
BROKEN_SHADE = "m12"

PACK = simulator.scenario_pack("lumo-monday")
BRAND = {locale: simulator.brand(simulator.brand_pack("lumo"), locale) for locale in ("en", "pl")}
MONDAY = {locale: simulator.scenario(PACK, locale) for locale in ("en", "pl")}

MORNING = (
    Move("open", BULB),
    Move("look_up", BULB, to="bulbs"),
    Move("reply", BULB, "It takes an E27 bulb, LED up to 15 W; it is sold separately."),
    Move("ask", PARCEL, "Where is this parcel?", "hania"),
    Move("reply", PARCEL, "I am looking into it now. Please send me the order number "
         "in a private message; I will write to you by 10 a.m."),
    Move("like", THANKS),
    Move("wait"),
    Move("wait"),
    Move("direct_message", PARCEL, "It arrives tomorrow by 4 p.m. Sorry for the delay."),
    Move("resolve", BULB),
    Move("wait"),
)  # fmt: skip


def morning() -> Shift:
    return simulator.replay(MONDAY["en"], BRAND["en"], 11, MORNING)


def remembered(shift: Shift) -> tuple[object, ...]:
    """Return what a person could tell two shifts apart by; rounded as far as machines agree."""
    return (
        shift.state.minute,
        [(case.id, len(case.turns), case.likes) for case in shift.state.cases.values()],
        [(round(point.sentiment, 4), point.followers) for point in shift.state.timeline],
    )


def test_the_same_moves_give_the_same_shift_bit_by_bit() -> None:
    assert morning().checksum() == morning().checksum()


def test_another_seed_gives_another_community_and_other_words() -> None:
    other = simulator.replay(MONDAY["en"], BRAND["en"], 12, MORNING)

    assert other.desk().messages[0].text != morning().desk().messages[0].text
    assert other.checksum() != morning().checksum()


def test_a_snapshot_taken_after_any_move_leads_to_the_same_end() -> None:
    whole = morning()
    for cut in range(len(MORNING)):
        shift = simulator.replay(MONDAY["en"], BRAND["en"], 11, MORNING[:cut])
        resumed = simulator.resume(MONDAY["en"], BRAND["en"], 11, shift.snapshot())
        for move in MORNING[cut:]:
            resumed.apply(move)
        assert resumed.checksum() == whole.checksum()


@pytest.mark.parametrize("spoil", [b"", b"nonsense", b"\x00\x00\x00\x04abcd"])
def test_bytes_that_are_no_snapshot_are_refused(spoil: bytes) -> None:
    with pytest.raises(ValueError, match="no snapshot of a shift"):
        simulator.resume(MONDAY["en"], BRAND["en"], 11, spoil)


def test_a_snapshot_of_another_shift_or_engine_is_refused() -> None:
    snapshot = morning().snapshot()
    size = int.from_bytes(snapshot[:4], "big")
    head = zlib.decompress(snapshot[4 : 4 + size]).replace(b'"engine": "5"', b'"engine": "0"')
    packed = zlib.compress(head)
    older = len(packed).to_bytes(4, "big") + packed + snapshot[4 + size :]

    with pytest.raises(ValueError, match="its seed is 11, here it is 12"):
        simulator.resume(MONDAY["en"], BRAND["en"], 12, snapshot)
    with pytest.raises(ValueError, match="its engine is '0'"):
        simulator.resume(MONDAY["en"], BRAND["en"], 11, older)


def test_a_branch_leaves_the_lived_day_alone() -> None:
    shift = morning()
    before = shift.checksum()

    branch = shift.fork()
    branch.apply(Move("reply", THANKS, "Thank you! The glassworks will be glad."))
    branch.run_out()

    assert shift.checksum() == before
    assert branch.state.minute > shift.state.minute


def test_finishing_leaves_the_shift_alone() -> None:
    shift = morning()
    before = shift.checksum()

    shift.finish()

    assert shift.checksum() == before


def test_a_decision_changes_only_what_follows_from_it() -> None:
    lived, other = morning(), morning()
    other.apply(Move("hide", THANKS))
    lived.run_out()
    other.run_out()

    texts = {case.id: case.turns[0].text for case in lived.state.cases.values()}
    assert {name: other.state.cases[name].turns[0].text for name in texts if name in
            other.state.cases} == {name: texts[name] for name in texts if name in
                                   other.state.cases}  # fmt: skip
    same = lived.state.cases[BROKEN_SHADE], other.state.cases[BROKEN_SHADE]
    assert same[0].feeling == same[1].feeling


WORDS = st.sampled_from(
    (
        "I am sorry that the parcel is late. It arrives tomorrow by 4 p.m.",
        "Przepraszamy, to nasz błąd. Nowa lampa wyjdzie jutro.",
        "Thanks!",
        "Read the description, you idiot.",
        "",
        "\u0000\u202e",
        "😀" * 40,
        "x" * 3000,
    )
)
MOVES = st.builds(
    Move,
    kind=st.sampled_from((*simulator.MOVES, "dance")),
    message=st.sampled_from((*(row["id"] for row in PACK["messages"]), "m07-review", "")),
    text=WORDS,
    to=st.sampled_from(("hania", "marta", "care", "legal", "question", "bulbs", "nobody", "")),
    minutes=st.integers(-10, 600),
)


@settings(max_examples=25, deadline=None)
@given(moves=st.lists(MOVES, min_size=5, max_size=40), locale=st.sampled_from(("en", "pl")))
def test_any_moves_keep_the_shift_sound(moves: list[Move], locale: str) -> None:
    shift = simulator.start(MONDAY[locale], BRAND[locale], 5)
    taken = []
    for move in moves:
        before = shift.state.minute
        try:
            shift.apply(move)
        except MoveRefused:
            assert shift.state.minute == before
            continue
        taken.append(move)
        assert shift.state.minute >= before

    assert simulator.replay(MONDAY[locale], BRAND[locale], 5, taken).checksum() == shift.checksum()
    assert [event.minute for event in shift.state.pending] == sorted(
        event.minute for event in shift.state.pending
    )
    for case in shift.state.cases.values():
        assert -1 <= case.feeling.satisfaction <= 1
        assert 0 <= case.feeling.trust <= 1
        assert 0 <= case.feeling.anger <= 1
        assert case.turns == sorted(case.turns, key=lambda turn: turn.minute)
        assert all(turn.text for turn in case.turns)
