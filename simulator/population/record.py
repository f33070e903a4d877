"""A run written down: what happened in every hour, in columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.population.cascades import Adoptions
from simulator.population.community import Community, HourReport
from simulator.population.contributions import Contributions
from simulator.population.effects import Effect
from simulator.population.reviews import Experiences


@dataclass(frozen=True, slots=True)
class Run:
    """The hours ``first`` to ``first + hours`` of a community.

    ``sentiment`` has the mean mood after each hour, ``visitors`` and ``followers`` the counts.
    """

    community: Community
    first: int
    hours: int
    said: Contributions
    shared: Adoptions
    bought: Experiences
    visitors: NDArray[np.int64]
    sentiment: NDArray[np.float64]
    followers: NDArray[np.int64]

    @property
    def members(self) -> int:
        return self.community.members


Desk = Callable[[int, HourReport | None], Sequence[Effect]]
"""What a brand does at the start of an hour, knowing the report of the hour before."""


def live(
    community: Community,
    hours: int,
    desk: Desk | None = None,
    tick: Callable[[], None] | None = None,
) -> Run:
    """Let a community live on for some hours and write it down; ``tick`` follows each hour.

    Raises ``ValueError`` for a number of hours outside 1 to 8,784 (a leap year).
    """
    check_hours(hours)
    first = community.hour
    reports: list[HourReport] = []
    sentiment, followers = np.empty(hours), np.empty(hours, dtype=np.int64)
    last: HourReport | None = None
    for number in range(hours):
        hour = first + number
        last = community.step(hour, desk(hour, last) if desk else ())
        reports.append(last)
        sentiment[number], followers[number] = community.sentiment(), community.followers
        if tick:
            tick()
    return Run(
        community=community,
        first=first,
        hours=hours,
        said=Contributions(*_columns([report.contributions for report in reports])),
        shared=Adoptions(*_columns([report.adoptions for report in reports])),
        bought=Experiences(*_columns([report.experiences for report in reports])),
        visitors=np.array([report.visitors for report in reports]),
        sentiment=sentiment,
        followers=followers,
    )


def check_hours(hours: int) -> None:
    """Raise ``ValueError`` unless a run of so many hours can be asked for."""
    if not 1 <= hours <= 366 * 24:
        raise ValueError(f"a run lasts 1 to {366 * 24:,} hours, not {hours:,}")


def _columns(
    parts: Sequence[Contributions] | Sequence[Adoptions] | Sequence[Experiences],
) -> list[NDArray[Any]]:
    names = type(parts[0]).__dataclass_fields__
    return [np.concatenate([getattr(part, name) for part in parts]) for name in names]
