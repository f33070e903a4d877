"""The server's clock over a sitting."""

from datetime import datetime, timedelta

GRACE = timedelta(seconds=10)
"""What a slow network may cost nobody: answers sent before the deadline may arrive after it."""


def deadline_of(at: datetime, limit: timedelta | None, multiplier: float) -> datetime | None:
    """Return when a sitting that begins now must end; ``None`` without a limit."""
    return at + limit * multiplier if limit else None


def is_over(deadline: datetime | None, at: datetime) -> bool:
    """Tell whether nothing more is accepted."""
    return deadline is not None and at > deadline + GRACE


def seconds_left(began: datetime, deadline: datetime | None, at: datetime) -> int | None:
    """Return whole seconds to the deadline, never negative; ``None`` without one.

    A clock that was set back to before the beginning leaves no more than the whole time.
    """
    if deadline is None:
        return None
    return max(0, int((deadline - max(began, at)).total_seconds()))
