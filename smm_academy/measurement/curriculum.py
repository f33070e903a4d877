"""The 13 skills as the content states them: their words, and which criterion feeds which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Words = Mapping[str, str]
"""A text by locale."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill: its words in both languages and the area that it belongs to."""

    id: str
    area: str
    title: Words
    meaning: Words
    statement: Words


@dataclass(frozen=True, slots=True)
class Feeding:
    """Which skills a criterion feeds, with weights.

    Some kinds of message, topics of request and conditions (``before_members``) feed others.
    """

    default: Mapping[str, float]
    by_kind: Mapping[str, Mapping[str, float]]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Curriculum:
    """The skills in their order, the areas that group them, and what feeds them."""

    skills: tuple[Skill, ...]
    areas: Mapping[str, Words]
    steps: tuple[Words, ...]
    criteria: Mapping[str, Feeding]

    def skill(self, id: str) -> Skill:  # noqa: A002 - the curriculum's word
        """Return a skill. Raises ``KeyError`` for an id that is none."""
        return next(skill for skill in self.skills if skill.id == id)

    def fed_by(self, criterion: str, kind: str) -> Mapping[str, float]:
        """Return skill -> weight that a criterion feeds; empty for gates.

        ``kind`` is the kind of a message, the topic of a request or a condition that holds.
        """
        feeding = self.criteria.get(criterion)
        if feeding is None:
            return {}
        shares = feeding.by_kind.get(kind, feeding.default)
        return {skill: share * feeding.weight for skill, share in shares.items()}


def curriculum_of(plain: Mapping[str, Any]) -> Curriculum:
    """Return the curriculum of a checked ``skills.yaml``."""
    return Curriculum(
        tuple(
            Skill(row["id"], row["area"], row["title"], row["meaning"], row["statement"])
            for row in plain["skills"]
        ),
        {name: area["title"] for name, area in plain["areas"].items()},
        tuple(plain["steps"]),
        {name: _feeding(row) for name, row in plain["criteria"].items() if "skills" in row},
    )


def _feeding(row: Mapping[str, Any]) -> Feeding:
    by_kind = {
        kind: _shares(exception["skills"])
        for exception in row.get("exceptions", ())
        for kind in _cases(exception)
    }
    weight = row.get("deduction", {}).get("weight", 1.0)
    return Feeding(_shares(row["skills"]), by_kind, float(weight))


def _cases(exception: Mapping[str, Any]) -> list[str]:
    """Return what an exception is for: kinds of message, topics of request, a condition."""
    condition = [exception["when"]] if "when" in exception else []
    return [*exception.get("kinds", ()), *exception.get("requests", ()), *condition]


def _shares(plain: Mapping[str, Any]) -> dict[str, float]:
    return {skill: float(share) for skill, share in plain.items()}
