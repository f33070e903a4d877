"""The simulator: a synthetic community, its words, and a judge of what is said to it.

Pure: no web, no database, no clock, no environment, no global randomness; it reads nothing but
its own package data.
"""

from simulator.brands import Brand, brand
from simulator.channels import CHANNELS
from simulator.kinds import KINDS
from simulator.moves import MOVES, Move
from simulator.obligations import MUST, MUST_NOT, WANTS
from simulator.scenarios import Scenario, drill, drill_kinds, scenario

__all__ = [
    "CHANNELS",
    "KINDS",
    "MOVES",
    "MUST",
    "MUST_NOT",
    "WANTS",
    "Brand",
    "Move",
    "Scenario",
    "brand",
    "drill",
    "drill_kinds",
    "scenario",
]
