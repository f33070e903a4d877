"""Where somebody stands among others, in words and on a bar from 0 to 100."""

import math
from dataclasses import dataclass
from datetime import date, datetime

from smm_academy.measurement.norm_queries import FINISHED_FROM, Known
from smm_academy.measurement.norms import FEWEST, rank_ability
from smm_academy.measurement.skill_map import SkillEstimate
from smm_academy.web.locale import gettext as _

WIDE = 30
"""From this width on, in 100, the page says why it is so wide."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A comparison as a page shows it; below 100 people only ``headline`` says something.

    ``low`` to ``high``, and ``rank`` where it is told, are places in 100.
    """

    headline: str
    why: str = ""
    people: int = 0
    first: date | None = None
    last: date | None = None
    as_of: datetime | None = None
    low: int = 0
    high: int = 0
    rank: int | None = None

    @property
    def holds(self) -> bool:
        """Whether there are people enough to compare with."""
        return bool(self.people)


def standing(known: Known | None, overall: SkillEstimate, locale: str) -> Standing | None:
    """Return how the result of a check in a language compares with its norm group.

    ``None`` before a group was ever worked out, and for a check that was left so early that it
    would not count in one.
    """
    if known is None or overall.answers < FINISHED_FROM:
        return None
    found = rank_ability(overall.mean, overall.se, known.group)
    if found is None:
        return Standing(
            _(
                "No comparison with other learners yet. It takes %(fewest)d who finished the "
                "check in this language; so far there are %(people)d.",
                fewest=FEWEST,
                people=known.group.people,
            )
        )
    low, high, rank = math.floor(found.low), math.ceil(found.high), round(found.rank)
    exact = found.precision == "exact"
    return Standing(
        _headline(language_words(locale), low, high, rank if exact else None),
        _("The span is wide because one check has an error of its own, and it is counted in.")
        if high - low >= WIDE
        else "",
        known.group.people,
        known.group.first,
        known.group.last,
        known.taken_at,
        low,
        high,
        rank if exact else None,
    )


def language_words(locale: str) -> str:
    """Return the words for a language of checks."""
    return _("in Polish") if locale == "pl" else _("in English")


def group_title(locale: str) -> str:
    """Return what a table calls the learners who finished a check in a language."""
    return _("Skill check in Polish") if locale == "pl" else _("Skill check in English")


def _headline(language: str, low: int, high: int, rank: int | None) -> str:
    if rank is None:
        return _(
            "Of 100 learners who finished this check %(language)s, between %(low)d and %(high)d "
            "stand below you.",
            language=language,
            low=low,
            high=high,
        )
    return _(
        "Of 100 learners who finished this check %(language)s, about %(rank)d stand below you; "
        "in 19 of 20 cases between %(low)d and %(high)d.",
        language=language,
        rank=rank,
        low=low,
        high=high,
    )
