"""Simulated learners of known ability take the skill check through its pages."""

from __future__ import annotations

import re

import numpy as np
from scipy.stats import norm
from sqlalchemy import select

from smm_academy.measurement.queries import map_of_sitting
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.people import Visitor
from tests.quizzes.check_takers import NOON, answers_by_chance

LEARNERS = 16
FEWEST_COVERED = 9
"""The questions drawn vary from run to run. Over ten runs 138 of 160 intervals held the ability:
.86, less than the .95 promised (docs/validity.md). At that rate fewer than 9 of 16 do so once in
a thousand times."""

LEAST_CORRELATION = 0.60
"""With a standard error of .40 it is .92; below .60 once in a thousand times."""


def test_what_the_pages_measure_goes_with_ability_and_the_intervals_cover_it(
    sqlite_app: Academy,
) -> None:
    chance = np.random.default_rng(11)
    abilities = norm.ppf((np.arange(LEARNERS) + 0.5) / LEARNERS)
    found, covered, lengths = [], 0, []
    for number, ability in enumerate(abilities):
        visitor = Visitor(sqlite_app, "pl" if number % 2 else "en")
        page = answers_by_chance(visitor, float(ability), chance)
        assert page.status == 200
        with sqlite_app.database.reading() as session:
            sitting = session.scalars(
                select(Sitting).where(Sitting.id == page.path.rpartition("/")[2])
            ).one()
            person = Viewer(sitting.person_id)
            overall = map_of_sitting(session, person, sitting, sitting.finished_at or NOON).overall
        assert sitting.content_locale == ("pl" if number % 2 else "en")
        assert re.search(r"class=\"skill-interval\"", page.html)
        found.append(overall.mean)
        lengths.append(overall.answers)
        covered += overall.low <= ability <= overall.high

    assert float(np.corrcoef(abilities, found)[0, 1]) > LEAST_CORRELATION
    assert covered >= FEWEST_COVERED
    assert 18 <= np.mean(lengths) <= 28
