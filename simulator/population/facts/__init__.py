"""What is known of real communities, measured on the synthetic one."""

from simulator.population.facts.fact import Fact
from simulator.population.facts.protocol import facts_of_run, facts_of_seed, run_protocol

__all__ = ["Fact", "facts_of_run", "facts_of_seed", "run_protocol"]
