"""Who contributes how much: rows 1 to 3, 30 and 31 of the fact table."""

import numpy as np
from numpy.typing import NDArray

from simulator.population.contributions import Intent
from simulator.population.facts.fact import Fact, judge
from simulator.population.facts.statistics import gini
from simulator.population.members import characters
from simulator.population.record import Run


def contents_by_rank(run: Run) -> tuple[Fact, ...]:
    """Row 1: how much the most active 1 % and the least active 90 % of members contribute."""
    ranked = np.sort(_contents(run))[::-1]
    total = max(1, int(ranked.sum()))
    top, ninety = round(run.members * 0.01), round(run.members * 0.10)
    return (
        judge("participation.top_1_percent", ranked[:top].sum() / total),
        judge("participation.rest_90_percent", ranked[ninety:].sum() / total),
    )


def ever_posting(run: Run) -> tuple[Fact, ...]:
    """Row 2: how many members contribute at all."""
    return (judge("participation.ever_post", np.count_nonzero(_contents(run)) / run.members),)


def inequality(run: Run) -> tuple[Fact, ...]:
    """Row 3: Gini coefficients of contents over those who post, and over all members."""
    contents = _contents(run)
    return (
        judge("participation.gini_posters", gini(contents[contents > 0])),
        judge("participation.gini_all", gini(contents)),
    )


def toxic_minority(run: Run) -> tuple[Fact, ...]:
    """Row 30: toxic accounts among those who post, and their share of all contents."""
    toxic, _ = _characters(run)
    contents = _contents(run)
    posters = contents > 0
    return (
        judge("participation.toxic_accounts", np.count_nonzero(toxic & posters) / posters.sum()),
        judge("participation.toxic_content", contents[toxic].sum() / contents.sum()),
    )


def fakes_and_spam(run: Run) -> tuple[Fact, ...]:
    """Row 31: fake accounts among those who post, and spam among contents."""
    _, fake = _characters(run)
    posters = _contents(run) > 0
    return (
        judge("participation.fake_accounts", np.count_nonzero(fake & posters) / posters.sum()),
        judge("participation.spam", float((run.said.intent == Intent.SPAM).mean())),
    )


def _contents(run: Run) -> NDArray[np.int64]:
    return np.bincount(run.said.member, minlength=run.members)


def _characters(run: Run) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    world = run.community
    return characters(np.arange(run.members), world.constants.activity, world.seed)
