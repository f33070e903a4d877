"""Outlines to begin an assessment from: which skills are asked, how often, how long it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from smm_academy.measurement.blueprint import SKILLS

SECONDS_A_QUESTION = 55
"""Time for one question of a choice among four with a short case, generously."""

SHIFT_SECONDS = 30 * 60
FEWEST, MOST = 5, 40
"""Fewer questions tell nothing that may be shown; more than 40 exceed an hour with the shift."""


@dataclass(frozen=True, slots=True)
class Outline:
    """How many questions of each skill an assessment begins with."""

    id: str
    skills: Mapping[str, int]

    @property
    def questions(self) -> int:
        """Return how many questions there are."""
        return sum(self.skills.values())


OUTLINES: Mapping[str, Outline] = {
    outline.id: outline
    for outline in (
        Outline("role", dict.fromkeys(SKILLS, 2)),
        Outline(
            "community",
            {
                "conversation": 5,
                "empathy": 5,
                "communication": 4,
                "voice": 3,
                "awareness": 3,
                "boundaries": 2,
            },
        ),
        Outline(
            "growth",
            {
                "content": 4,
                "growth": 4,
                "analytics": 4,
                "monitoring": 4,
                "technical": 3,
                "concepts": 3,
            },
        ),
        Outline("short", dict.fromkeys(SKILLS, 1)),
    )
}


def question_seconds(questions: int) -> int:
    """Return the time allowed for so many questions, in whole minutes."""
    return -(-questions * SECONDS_A_QUESTION // 60) * 60
