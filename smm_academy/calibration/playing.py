"""One day of a form as a whole crowd of simulated candidates plays it."""

from dataclasses import dataclass
from statistics import fmean

import simulator
from smm_academy.shifts.evidence import graded_steps

FIRST_SEED = 1


@dataclass(frozen=True, slots=True)
class Sitting:
    """One evaluation: a shipped scenario in a language, on one of several occasions."""

    scenario: str
    locale: simulator.Locale
    occasion: int
    occasions: int
    persons: int

    @property
    def seed(self) -> int:
        """The seed of the day; each occasion has its own."""
        return FIRST_SEED + self.occasion


@dataclass(frozen=True, slots=True)
class Played:
    """What each person got, in order of ability: points, 0 to 100, and mean steps, 0 to 2."""

    scores: tuple[float, ...]
    steps: tuple[float, ...]


def play_sitting(sitting: Sitting) -> Played:
    """Let everybody of a crowd play the day of one occasion."""
    pack = simulator.scenario_pack(sitting.scenario)
    records = simulator.play_candidates(
        simulator.scenario(pack, sitting.locale),
        simulator.brand(simulator.brand_pack(pack["brand"]), sitting.locale),
        sitting.seed,
        simulator.crowd(sitting.persons, sitting.occasions)[sitting.occasion],
    )
    return Played(
        tuple(record["score"] for record in records),
        tuple(fmean(graded_steps(record)) for record in records),
    )
