"""Calibration: the simulator's constants fitted to the facts, and the forms of shifts equated."""
