"""Reply trees grow by popularity, novelty and root bias, and only when somebody looks."""

import numpy as np
import pytest

from simulator.population import parameters
from simulator.population.facts.talk import fit_growth
from simulator.population.threads import reply_tree

SHAPE = parameters().threads


def test_every_comment_answers_something_said_before() -> None:
    for tree in reply_tree(np.arange(200), np.full(200, 30), SHAPE, 1):
        assert tree[0] == 0
        assert np.all(tree < np.arange(1, 31))
        assert np.all(tree >= 0)


def test_a_longer_thread_keeps_the_tree_of_the_shorter_one() -> None:
    (short,) = reply_tree(np.array([7]), np.array([10]), SHAPE, 1)
    (long,) = reply_tree(np.array([7]), np.array([40]), SHAPE, 1)
    assert np.array_equal(long[:10], short)


def test_the_fit_finds_the_constants_that_made_the_trees() -> None:
    trees = reply_tree(np.arange(300), np.full(300, 20), SHAPE, 1)
    popularity, novelty, root = fit_growth(trees)
    assert popularity == pytest.approx(SHAPE.tree_popularity, rel=0.5)
    assert novelty == pytest.approx(SHAPE.tree_novelty, abs=0.12)
    assert root == pytest.approx(SHAPE.tree_root, rel=0.5)
