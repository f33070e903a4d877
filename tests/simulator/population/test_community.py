"""A community replays bit-equal, reacts to effects and refuses what makes no sense."""

import pytest

from simulator.population import Community, Effect, community


def _lived(seed: int, hours: int, effects: dict[int, list[Effect]] | None = None) -> Community:
    world = community(2_000, seed)
    for hour in range(hours):
        world.step(hour, (effects or {}).get(hour, ()))
    return world


def test_equal_seeds_live_equal_days() -> None:
    assert _lived(3, 24).checksum() == _lived(3, 24).checksum()


def test_another_seed_lives_another_day() -> None:
    assert _lived(3, 24).checksum() != _lived(4, 24).checksum()


def test_a_restored_snapshot_lives_on_as_a_replay_does() -> None:
    straight = _lived(5, 40)
    halfway = _lived(5, 20)
    branch = community(2_000, 5)
    branch.restore(halfway.snapshot())
    for hour in range(20, 40):
        branch.step(hour)
    assert branch.checksum() == straight.checksum()


def test_a_widely_seen_insult_lowers_the_mood_and_costs_followers() -> None:
    insult = {8: [Effect(member, -1.0, 0.3) for member in range(10)]}
    hurt, calm = _lived(7, 48, insult), _lived(7, 48)
    assert hurt.sentiment() < calm.sentiment() - 0.05
    assert hurt.followers < calm.followers


def test_a_widely_seen_kindness_raises_the_mood_but_less_than_an_insult_lowers_it() -> None:
    kind = _lived(7, 24, {8: [Effect(member, 0.5, 0.3) for member in range(10)]})
    rude = _lived(7, 24, {8: [Effect(member, -0.5, 0.3) for member in range(10)]})
    calm = _lived(7, 24)
    assert kind.sentiment() > calm.sentiment()
    assert calm.sentiment() - rude.sentiment() > kind.sentiment() - calm.sentiment()


@pytest.mark.parametrize("members", [0, -5, 99, 1_000_001])
def test_an_impossible_size_is_refused_with_the_range(members: int) -> None:
    with pytest.raises(ValueError, match="100 to 1,000,000"):
        community(members, 1)


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (Effect(2_000, 0.1), "member 2000"),
        (Effect(1, 1.5), "change"),
        (Effect(1, 0.5, 2.0), "reach"),
    ],
)
def test_an_effect_out_of_range_is_refused(effect: Effect, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        community(2_000, 1).step(0, [effect])


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_presence_is_a_share(share: float) -> None:
    with pytest.raises(ValueError, match="presence"):
        community(2_000, 1).presence = share


def test_a_refused_effect_leaves_the_community_as_it_was() -> None:
    world = _lived(1, 3)
    before = world.checksum()
    with pytest.raises(ValueError, match="reach"):
        world.step(3, [Effect(1, 0.5), Effect(1, 0.5, 2.0)])
    assert world.checksum() == before


def test_time_does_not_run_backwards() -> None:
    world = _lived(1, 3)
    with pytest.raises(ValueError, match="past"):
        world.step(1)


def test_a_snapshot_of_another_community_is_refused() -> None:
    with pytest.raises(ValueError, match="seed"):
        community(2_000, 2).restore(community(2_000, 1).snapshot())


def test_bytes_that_are_no_snapshot_are_refused() -> None:
    with pytest.raises(ValueError, match="no snapshot"):
        community(2_000, 2).restore(b"nonsense")
