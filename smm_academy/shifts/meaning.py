"""What the score of a shift means, in sentences: its error, and the scale that it stands on."""

from collections.abc import Mapping
from typing import Any

from smm_academy.shifts.equating import equated_part
from smm_academy.web.locale import gettext as _


def score_meaning(record: Mapping[str, Any]) -> list[str]:
    """Return the sentences below the numbers of a shift, from its record alone."""
    equated = equated_part(record)
    if record.get("weighting"):
        return [
            _(
                "Your class weighs the rubric in its own way. So this score is not on the scale "
                "that all shifts share."
            )
        ]
    if not equated:
        return [
            _(
                "This shift is not calibrated as it stands: the score is as the rubric gave it, "
                "and how sure it is cannot be said."
            )
        ]
    return [
        _(
            "Another day of the same kind would give between %(low)d and %(high)d, two times out "
            "of three. The standard error is %(se)d.",
            low=round(equated["low"]),
            high=round(equated["high"]),
            se=round(equated["se"]),
        ),
        _(
            "By its parts this day comes to %(raw)d. On the scale that all shifts share, that is "
            "%(score)d.",
            raw=round(record["score"]),
            score=round(equated["score"]),
        ),
    ]
