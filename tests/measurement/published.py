"""Published data and estimates that the tests of measurement compare with."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from smm_academy.measurement.curves import IntArray

LSAT: dict[str, Any] = json.loads(
    Path(__file__).with_name("lsat.json").read_text(encoding="utf-8")
)


def expand_section(section: str) -> IntArray:
    """Return the 1,000 people's answers to a section's five items."""
    patterns = np.array([[int(mark) for mark in format(place, "05b")] for place in range(32)])
    found: IntArray = np.repeat(patterns, LSAT[section]["counts"], axis=0)
    return found
