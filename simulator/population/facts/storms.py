"""Firestorms: rows 18 to 20 of the fact table."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.activity import DAY
from simulator.population.community import Community, HourReport, community
from simulator.population.effects import Effect
from simulator.population.facts.fact import Fact, judge
from simulator.population.record import Run, live

_STORMS = 12
_MEMBERS = 5_000
_BEFORE = 2 * DAY + 10
_AFTER = 28 * DAY
_WEEK = 7 * DAY
# A fall of the mean mood that two weekly surveys of 1,000 members show: 1.96 sqrt(2 / 1000) of
# a standard deviation of .27.
_LOSS = 0.024


@dataclass(frozen=True, slots=True)
class Storm:
    """One storm: hourly contents in it, and the mood and contents with and without it."""

    volume: NDArray[np.float64]
    mood: NDArray[np.float64]
    calm_mood: NDArray[np.float64]
    contents: NDArray[np.int64]
    calm_contents: NDArray[np.int64]


def viral_negatives(run: Run) -> tuple[Fact, ...]:
    """Row 18: negative posts whose engagement (comments and shares) is out of the ordinary.

    Viral means at least ``viral_engagement`` comments and shares, a parameter with its source.
    """
    said, edge = run.said, run.community.constants.mood.tone_edge
    count = int(said.thread.max()) + 1 if said.thread.size else 0
    engagement = np.bincount(said.thread[~said.opens], minlength=count)
    engagement = engagement + np.bincount(run.shared.content, minlength=count)[:count]
    negative = said.thread[said.opens & (said.tone < -edge)]
    least = run.community.constants.storm.viral_engagement
    share = float((engagement[negative] >= least).mean()) if negative.size else math.nan
    return (judge("storms.viral_negative", share),)


def ignite(seed: int, storms: int = _STORMS, members: int = _MEMBERS) -> list[Storm]:
    """Return storms of all strengths, each beside the same four weeks without it."""
    calm = community(members, seed)
    live(calm, _BEFORE)
    start = calm.snapshot()
    quiet = live(calm, _AFTER)
    hubs = np.argsort(-np.diff(calm.graph.follower_start), kind="stable")
    return [_storm(calm, start, quiet, hubs, (number, storms)) for number in range(storms)]


def _storm(
    world: Community,
    start: bytes,
    quiet: Run,
    hubs: NDArray[np.int64],
    place: tuple[int, int],
) -> Storm:
    """Light one storm: its heat is one of equally spaced strengths, its authors are keyed."""
    number, storms = place
    world.restore(start)
    shape = world.constants.storm
    heat = (number + keyed.draw(world.seed, "storm heat", number)) / storms
    sparks = max(1, round(shape.sparks * heat))
    rank = keyed.hash32(np.arange(sparks), keyed.key(world.seed, "storm author", number))
    authors = hubs[keyed.below(rank, np.full(sparks, max(1, hubs.size // 20)))]
    effects = [Effect(int(author), -0.5, 0.0, heat=heat) for author in np.unique(authors)]

    def desk(hour: int, _: HourReport | None) -> list[Effect]:
        return effects if hour == _BEFORE else []

    opening = world.threads.next + np.arange(len(effects))
    run = live(world, _AFTER, desk)
    stormy = np.isin(run.said.thread, opening) & ~run.said.opens
    return Storm(
        _hourly(run, stormy).astype(np.float64),
        run.sentiment,
        quiet.sentiment,
        _hourly(run),
        _hourly(quiet),
    )


def _hourly(run: Run, only: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    second = run.said.second if only is None else run.said.second[only]
    return np.bincount(second // 3600 - run.first, minlength=run.hours)[: run.hours]


def perception(storms: list[Storm]) -> tuple[Fact, ...]:
    """Row 19: storms that lower the mean mood in the first week, and in the fourth still."""
    loss = [storm.calm_mood - storm.mood for storm in storms]
    short = np.mean([each[:_WEEK].mean() > _LOSS for each in loss])
    long = np.mean([each[-_WEEK:].mean() > _LOSS for each in loss])
    return judge("storms.short_loss", float(short)), judge("storms.long_loss", float(long))


def time_course(storms: list[Storm]) -> tuple[Fact, ...]:
    """Row 20: peak, half-life and length of the stronger half of the storms, and the return."""
    strong = sorted(storms, key=lambda storm: storm.volume.sum())[len(storms) // 2 :]
    smooth = [np.convolve(storm.volume, np.ones(6) / 6, mode="same") for storm in strong]
    peaks = [int(volume[:_WEEK].argmax()) for volume in smooth]
    halves = [_half_life(storm.volume, peak) for storm, peak in zip(strong, peaks, strict=True)]
    week = [storm.volume[:_WEEK].sum() / max(1.0, storm.volume.sum()) for storm in strong]
    back = [
        storm.contents[-_WEEK:].sum() / max(1, storm.calm_contents[-_WEEK:].sum())
        for storm in strong
    ]
    return (
        judge("storms.peak_hours", float(np.median(peaks))),
        judge("storms.half_life_days", float(np.nanmedian(halves)) / DAY),
        judge("storms.week_volume", float(np.median(week))),
        judge("storms.return", float(np.median(back))),
    )


def _half_life(volume: NDArray[np.float64], peak: int) -> float:
    """Return the hours from the peak until a day's volume is half that of the day at the peak."""
    daily = np.convolve(volume, np.ones(DAY), mode="same")
    below = np.flatnonzero(daily[peak:] < daily[peak] / 2.0)
    return float(below[0]) if below.size else math.nan
