"""Reviews are J-shaped because the contented buy more and the moderate stay silent."""

import numpy as np
import pytest

from simulator.population import Run, community, live


@pytest.fixture(scope="module")
def silent() -> Run:
    return live(community(20_000, 6), 24 * 14)


@pytest.fixture(scope="module")
def replying() -> Run:
    world = community(20_000, 6)
    world.presence = 1.0
    return live(world, 24 * 14)


def _shares(run: Run, only_written: bool) -> np.ndarray:
    stars = run.bought.stars[run.bought.written] if only_written else run.bought.stars
    counts = np.bincount(stars, minlength=6)[1:]
    return counts / counts.sum()


def test_given_stars_are_j_shaped(silent: Run) -> None:
    one, two, three, four, five = _shares(silent, only_written=True)
    assert five > four > three > two
    assert one > two


def test_stars_have_one_peak_when_everybody_must_review(silent: Run) -> None:
    rises = np.diff(_shares(silent, only_written=False)) > 0
    assert rises.tolist() == sorted(rises.tolist(), reverse=True)


def test_buyers_like_the_brand_more_than_visitors_do(silent: Run) -> None:
    liking = silent.community.traits.disposition
    rates = np.repeat(
        np.array(silent.community.traits.class_rate),
        np.diff(silent.community.traits.class_start),
    )
    assert liking[silent.bought.member].mean() > np.average(liking, weights=rates)


def test_replies_to_reviews_bring_more_and_better_ones(silent: Run, replying: Run) -> None:
    before = silent.bought.stars[silent.bought.written]
    after = replying.bought.stars[replying.bought.written]
    assert after.size > before.size
    assert after.mean() > before.mean() + 0.05


def test_replies_make_bad_reviews_rarer_and_longer(silent: Run, replying: Run) -> None:
    def bad(run: Run) -> np.ndarray:
        return run.bought.words[run.bought.written & (run.bought.stars <= 2)]

    assert bad(replying).size < bad(silent).size
    assert np.median(bad(replying)) > np.median(bad(silent))
