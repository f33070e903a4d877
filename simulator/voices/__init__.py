"""The words of the community: who writes, what they write first, and what they write next."""

from simulator.voices.follow_ups import FollowUp, follow_up
from simulator.voices.generate import generate
from simulator.voices.intensity import spoken, toned
from simulator.voices.lists import Aspect, aspects, sectors
from simulator.voices.personas import Persona, persona
from simulator.voices.writing import ROLES, write

SECTORS: tuple[str, ...] = tuple(sectors())
"""Ids of the sectors that have words."""

__all__ = [
    "ROLES",
    "SECTORS",
    "Aspect",
    "FollowUp",
    "Persona",
    "aspects",
    "follow_up",
    "generate",
    "persona",
    "spoken",
    "toned",
    "write",
]
