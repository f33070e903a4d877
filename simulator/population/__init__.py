"""The many: a synthetic community of 100 to 1,000,000 members, as arrays."""

from simulator.population.care import Cases, Industry
from simulator.population.community import Community, HourReport, community
from simulator.population.contributions import Contributions, Intent
from simulator.population.effects import Effect
from simulator.population.facts import Fact, run_protocol
from simulator.population.parameters import Parameters, parameters, sectors
from simulator.population.record import Run, live
from simulator.population.report import Gauge, SimulationReport, simulate

__all__ = [
    "Cases",
    "Community",
    "Contributions",
    "Effect",
    "Fact",
    "Gauge",
    "HourReport",
    "Industry",
    "Intent",
    "Parameters",
    "Run",
    "SimulationReport",
    "community",
    "live",
    "parameters",
    "run_protocol",
    "sectors",
    "simulate",
]
