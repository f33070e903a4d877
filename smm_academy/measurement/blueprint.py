"""The 13 skills, their four areas, and the values that items have until data calibrate them."""

SKILLS: tuple[str, ...] = (
    "concepts",
    "boundaries",
    "monitoring",
    "content",
    "conversation",
    "growth",
    "analytics",
    "communication",
    "alignment",
    "awareness",
    "voice",
    "empathy",
    "technical",
)
AREAS: dict[str, tuple[str, ...]] = {
    "foundations": ("concepts", "boundaries", "technical"),
    "attracting": ("monitoring", "content", "growth"),
    "community": ("conversation", "empathy", "analytics"),
    "person": ("communication", "alignment", "awareness", "voice"),
}
DUTIES: frozenset[str] = frozenset(
    {"monitoring", "content", "conversation", "growth", "analytics"}
)
AREA_OF: dict[str, str] = {skill: area for area, skills in AREAS.items() for skill in skills}

SLOPE = 1.0
_DIFFICULTIES = (-1.5, -0.75, 0.0, 0.75, 1.5)
_CRITERION_STEPS = (-0.75, 0.75)
_LEVEL_SHIFT = 0.25
_PLAIN_LEVEL = 2


def default_difficulty(difficulty: int) -> float:
    """Return b, in logits, of an item of an author's difficulty 1 to 5.

    Raises ``ValueError`` outside 1 to 5.
    """
    if not 1 <= difficulty <= len(_DIFFICULTIES):
        raise ValueError(f"Difficulty {difficulty} is not from 1 to {len(_DIFFICULTIES)}.")
    return _DIFFICULTIES[difficulty - 1]


def default_difficulty_of_level(level: int) -> float:
    """Return how much harder than plain a scenario's level makes it, in logits.

    Each level above the second makes its criteria 0.25 harder.
    """
    return _LEVEL_SHIFT * max(0, level - _PLAIN_LEVEL)


def default_thresholds(level: int) -> tuple[float, float]:
    """Return a criterion's two thresholds in a scenario of a level, in logits."""
    return thresholds_at(default_difficulty_of_level(level))


def thresholds_at(difficulty: float) -> tuple[float, float]:
    """Return a criterion's two thresholds in a shift of a difficulty, in logits."""
    low, high = _CRITERION_STEPS
    return low + difficulty, high + difficulty
