"""Linking finds the differences between forms that were put into the numbers."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from smm_academy.calibration.linking import (
    Crowd,
    difficulty_of,
    even_messages,
    expected_steps,
    link,
)
from smm_academy.measurement.blueprint import thresholds_at
from smm_academy.shifts.equating import bring

ABILITIES = np.array([NormalDist().inv_cdf((number + 0.5) / 24) for number in range(24)])


def crowd(easier: float = 0.0, spread: float = 1.0, difficulty: float = 0.0) -> Crowd:
    """Return a crowd on a form that gives so many logits more, without any luck."""
    scores = 100.0 / (1.0 + np.exp(-easier - spread * (ABILITIES + 0.5)))
    steps = expected_steps(ABILITIES, thresholds_at(difficulty))
    return Crowd(ABILITIES, np.column_stack([scores] * 2), np.column_stack([steps] * 2))


def test_a_form_linked_to_its_like_stays_as_it_is() -> None:
    found = link(crowd(), crowd(), 0.25)

    assert (found.intercept, found.slope) == pytest.approx((0.0, 1.0))
    assert found.difficulty == pytest.approx(0.25)


def test_an_easier_steeper_form_is_brought_to_the_reference() -> None:
    form, reference = crowd(easier=0.7, spread=1.3), crowd()
    found = link(form, reference, 0.0)

    brought = [bring(float(score), found.intercept, found.slope) for score in form.scores[:, 0]]

    assert brought == pytest.approx(reference.scores[:, 0], abs=0.05)
    assert found.error < 1.0


@pytest.mark.parametrize("harder", [-0.4, 0.0, 0.6])
def test_a_harder_form_gets_its_difficulty(harder: float) -> None:
    assert difficulty_of(crowd(difficulty=harder)) == pytest.approx(harder, abs=1e-6)
    assert link(crowd(difficulty=harder), crowd(), 0.0).difficulty == pytest.approx(harder)


def test_the_error_of_a_day_is_that_of_its_even_messages() -> None:
    draws = np.random.default_rng(1)
    true = np.linspace(0.2, 0.9, 200)
    scores = 100.0 * draws.binomial(16, true[:, None], (200, 60)) / 16

    assert even_messages(scores) == pytest.approx(16, rel=0.05)
