"""How vulgar and how heated the surface of messages is, as whoever practises can bear.

Only words and punctuation differ. What is true of a message, its arousal in the world, its rubric
and every chance stay as planned, so a mild day is as hard as a strong one.
"""

import re
from dataclasses import replace

from simulator.scenarios import Intensity, Plan
from simulator.voices.personas import Persona

# Swear words of the lists are written with stars inside.
_SWEARING = re.compile(r"\b\w+(?:\*+\w+)+|\b\w\*{2,}")
_CALM = 0.5
_HEATED = 0.3
_STRONG_FROM = 0.4


def toned(plan: Plan, who: Persona, intensity: Intensity) -> tuple[Plan, Persona]:
    """Return a plan and its author as their words are to be written at an intensity."""
    if intensity == "mild":
        calm = replace(plan, arousal=min(plan.arousal, _CALM))
        return calm, replace(
            who,
            casing="usual" if who.casing == "upper" else who.casing,
            ending="usual" if who.ending == "shout" else who.ending,
        )
    if intensity == "strong" and plan.arousal >= _STRONG_FROM:
        return replace(plan, arousal=min(1.0, plan.arousal + _HEATED)), replace(
            who, ending="shout"
        )
    return plan, who


def spoken(text: str, intensity: Intensity) -> str:
    """Return a text as it is shown at an intensity: a mild one leaves swear words out."""
    return _SWEARING.sub("***", text) if intensity == "mild" else text
