"""The Gymnasium environment: it passes the checker, is reproducible, and tells skill from luck."""

from collections.abc import Callable
from statistics import mean

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

from simulator.gym import ACTS, DAY, FEATURES, ID, SLOTS, ShiftEnv
from simulator.shift.baselines import by_urgency

Agent = Callable[[ShiftEnv], np.ndarray]
WAIT = np.array([0, ACTS.index("wait"), 0])


def scripted(env: ShiftEnv) -> np.ndarray:
    """Send the model answer to whoever has waited longest among the gravest, then wait."""
    slots = list(env.shift.state.cases)
    for case in by_urgency(env.shift):
        if not case.answered and "reply" in env.shift.available(case.id):
            return np.array([slots.index(case.id), ACTS.index("reply"), 0])
    return WAIT


def lived(agent: Agent, seed: int, reward: str = "sentiment") -> float:
    env = ShiftEnv(reward=reward)  # type: ignore[arg-type]
    env.reset(seed=seed)
    env.action_space.seed(seed)
    total, over = 0.0, False
    while not over:
        _, earned, ended, cut, _ = env.step(agent(env))
        total, over = total + earned, ended or cut
    return total


def by_chance(env: ShiftEnv) -> np.ndarray:
    return np.asarray(env.action_space.sample())


def test_the_environment_passes_its_checker() -> None:
    check_env(gymnasium.make(ID, render_mode="ansi").unwrapped)


def test_a_random_agent_earns_less_than_a_scripted_expert() -> None:
    seeds = range(3)

    assert mean(lived(scripted, seed) for seed in seeds) > mean(
        lived(by_chance, seed) for seed in seeds
    )
    assert lived(scripted, 1, "score") > lived(by_chance, 1, "score")


def test_equal_seeds_and_actions_give_equal_days() -> None:
    def walk(seed: int) -> list[float]:
        env = ShiftEnv("zakwas-saturday", "pl")
        first, _ = env.reset(seed=seed)
        env.action_space.seed(5)
        seen = [first]
        for _ in range(40):
            observation, *_ = env.step(by_chance(env))
            seen.append(observation)
        return [float(value) for value in np.concatenate(seen)]

    assert walk(3) == walk(3)
    assert walk(3) != walk(4)


def test_the_rewards_of_a_day_sum_to_what_it_did_to_the_mood() -> None:
    env = ShiftEnv()
    env.reset(seed=2)
    total, over = 0.0, False
    while not over:
        _, earned, over, _, _ = env.step(scripted(env))
        total += earned

    line = env.shift.state.timeline
    assert total == pytest.approx(100 * (line[-1].sentiment - line[0].sentiment))


def test_a_refused_move_is_named_and_costs_five_minutes() -> None:
    env = ShiftEnv(render_mode="ansi")
    first, _ = env.reset(seed=1)

    _, _, over, _, info = env.step(np.array([SLOTS - 1, ACTS.index("reply"), 0]))

    assert info["refused"] == "unknown_message"
    assert 0 < info["minute"] <= 5
    assert not over
    assert first.shape == (DAY + SLOTS * len(FEATURES),)
    assert "Monday" in str(env.render())


def test_what_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="sentiment"):
        ShiftEnv(reward="money")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="nowhere"):
        ShiftEnv("nowhere")
