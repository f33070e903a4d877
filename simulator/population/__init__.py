"""The many: a synthetic community of 100 to 1,000,000 members, as arrays."""

from simulator.population.community import (
    Community,
    Contributions,
    Effect,
    HourReport,
    community,
)

__all__ = ["Community", "Contributions", "Effect", "HourReport", "community"]
