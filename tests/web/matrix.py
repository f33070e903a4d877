"""Who may do what: a row for each endpoint and method, gathered from the slices' worlds."""

from __future__ import annotations

from tests.web.rows import Rows
from tests.web.worlds import assessments, credentials, learner, review

WORLDS = (learner, assessments, credentials, review)
"""Each has ``ROWS``, and ``furnish``, which fills a fresh site with what the rows speak of."""

MATRIX: Rows = {route: row for world in WORLDS for route, row in world.ROWS.items()}
