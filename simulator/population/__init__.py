"""The many: a synthetic community of 100 to 1,000,000 members, as arrays."""

from simulator.population.community import Community, HourReport, community
from simulator.population.contributions import Contributions, Intent
from simulator.population.effects import Effect
from simulator.population.parameters import Parameters, parameters, sectors

__all__ = [
    "Community",
    "Contributions",
    "Effect",
    "HourReport",
    "Intent",
    "Parameters",
    "community",
    "parameters",
    "sectors",
]
