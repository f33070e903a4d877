"""The many: a synthetic community of 100 to 1,000,000 members, as arrays."""

from simulator.population.calibrate import (
    Fit as CommunityFit,
    Plan as FitPlan,
    fit as fit_community,
)
from simulator.population.care import Cases, Industry
from simulator.population.community import Community, HourReport, community
from simulator.population.contributions import Contributions, Intent
from simulator.population.effects import Effect
from simulator.population.facts import Fact, run_protocol
from simulator.population.parameters import Parameters, free_constants, parameters, sectors
from simulator.population.record import Run, live
from simulator.population.report import Gauge, SimulationReport, simulate

__all__ = [
    "Cases",
    "Community",
    "CommunityFit",
    "Contributions",
    "Effect",
    "Fact",
    "FitPlan",
    "Gauge",
    "HourReport",
    "Industry",
    "Intent",
    "Parameters",
    "Run",
    "SimulationReport",
    "community",
    "fit_community",
    "free_constants",
    "live",
    "parameters",
    "run_protocol",
    "sectors",
    "simulate",
]
