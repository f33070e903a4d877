"""Adverse impact in a pool: the selection rates of two groups side by side.

The four-fifths rule (29 CFR 1607.4 D) is a rule of thumb that small groups break by chance more
often than not, so below 100 a group it gives no verdict; numbers, interval and an exact test
always stand beside the ratio.
"""

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

from scipy.stats import fisher_exact, norm

Verdict: TypeAlias = Literal["insufficient", "none_seen", "review"]

FEWEST_IN_GROUP = 100
FOUR_FIFTHS = 0.8


@dataclass(frozen=True, slots=True)
class Impact:
    """Two groups compared: ``rates`` and ``people`` in the order given.

    ``ratio`` is the lower rate over the higher, ``None`` when nobody was selected;
    ``interval`` its 95 % interval; ``p_value`` Fisher's exact test.
    """

    rates: tuple[float, float]
    people: tuple[int, int]
    ratio: float | None
    interval: tuple[float, float] | None
    p_value: float
    verdict: Verdict


def compare_selection(selected: tuple[int, int], people: tuple[int, int]) -> Impact:
    """Return the comparison of how many of each group were selected.

    Raises ``ValueError`` for an empty group or more selected than there are.
    """
    if min(people) < 1 or any(not 0 <= s <= n for s, n in zip(selected, people, strict=True)):
        raise ValueError(f"{selected} selected of {people} is impossible.")
    rates = (selected[0] / people[0], selected[1] / people[1])
    table = [[s, n - s] for s, n in zip(selected, people, strict=True)]
    p_value = float(fisher_exact(table).pvalue)
    low, high = sorted(range(2), key=lambda group: rates[group])
    ratio = rates[low] / rates[high] if selected[high] else None
    interval = None
    if min(selected) > 0 and ratio is not None:
        spread = math.sqrt(sum(1 / s - 1 / n for s, n in zip(selected, people, strict=True)))
        reach = float(norm.ppf(0.975)) * spread
        interval = (ratio * math.exp(-reach), ratio * math.exp(reach))
    verdict: Verdict = "none_seen"
    if min(people) < FEWEST_IN_GROUP:
        verdict = "insufficient"
    elif ratio is not None and ratio < FOUR_FIFTHS:
        verdict = "review"
    return Impact(rates, people, ratio, interval, p_value, verdict)
