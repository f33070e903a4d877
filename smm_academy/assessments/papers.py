"""Which questions a paper asks: by skill, spread over difficulties, the same in both languages."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from smm_academy.errors import Invalid
from smm_academy.quizzes.drawing import shuffled
from smm_academy.quizzes.queries import Pooled

Rows = list[dict[str, Any]]


def draw_papers(
    pools: Mapping[str, Sequence[Pooled]],
    skills: Mapping[str, int],
    seed: int,
    seen: Collection[str] = (),
) -> dict[str, Rows]:
    """Return the rows of a paper in each locale: the same questions in the same order.

    ``pools`` are the questions at hand by locale, ``skills`` how many of each skill are asked,
    ``seen`` the keys of questions that are not asked again. Raises `Invalid` where a skill has
    too few questions that exist in every locale.
    """
    by_key = {
        locale: {str(one.row["item"]): one for one in pool} for locale, pool in pools.items()
    }
    first = next(iter(by_key.values()))
    shared = [
        key for key in first if key not in seen and all(key in pool for pool in by_key.values())
    ]
    chosen: list[str] = []
    for skill, count in skills.items():
        difficulties = {
            key: first[key].question.difficulty
            for key in shared
            if first[key].question.skill == skill
        }
        if len(difficulties) < count:
            raise Invalid(
                "skills",
                "%(skill)s has only %(count)d questions left. Ask fewer.",
                skill=skill,
                count=len(difficulties),
            )
        chosen += spread(difficulties, count, seed)
    order = shuffled(chosen, seed, "paper")
    return {locale: [dict(pool[key].row) for key in order] for locale, pool in by_key.items()}


def spread(difficulties: Mapping[str, int], count: int, seed: int) -> list[str]:
    """Return so many of the keys, their difficulties spread as evenly as can be.

    Each next one is of a difficulty drawn least so far; the seed decides among equals.
    """
    left = shuffled(difficulties, seed, "spread")
    drawn: list[str] = []
    while left and len(drawn) < count:
        used = Counter(difficulties[key] for key in drawn)
        best = min(left, key=lambda key: used[difficulties[key]])
        left.remove(best)
        drawn.append(best)
    return drawn
