"""When a test earns a certificate, and when it may be taken again."""

from datetime import datetime, timedelta

from smm_academy.measurement.sitting_scores import SittingReport

LIKELY = 0.80
"""The chance that the true value is at the level of the job or above: that of "at level"."""

WEAKEST_SHIFT = 40.0
"""A shift below this is weak: good answers to questions do not make up for it."""

AGAIN_AFTER = timedelta(days=7)


def is_earned(report: SittingReport, shift_score: float | None) -> bool:
    """Tell whether a finished test earns a certificate."""
    overall = report.overall
    return overall.told and overall.chance >= LIKELY and (shift_score or 0.0) >= WEAKEST_SHIFT


def next_try(begun: datetime | None) -> datetime | None:
    """Return when the test may be taken again after it was begun; ``None``: at once."""
    return begun + AGAIN_AFTER if begun is not None else None
