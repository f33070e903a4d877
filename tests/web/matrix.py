"""Who may do what: a row for each endpoint and method, gathered from the slices' worlds."""

from __future__ import annotations

from tests.web.rows import Rows
from tests.web.worlds import (
    admin,
    assessments,
    check,
    classes,
    credentials,
    learner,
    organisations,
    review,
    writing,
)

WORLDS = (learner, admin, assessments, check, classes, credentials, organisations, review, writing)
"""Each has ``ROWS``, and ``furnish``, which fills a fresh site with what the rows speak of."""

MATRIX: Rows = {route: row for world in WORLDS for route, row in world.ROWS.items()}
