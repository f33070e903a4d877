"""How people sound: rows 22 (second part), 32 and 33 of the fact table."""

import math

import numpy as np

from simulator import keyed
from simulator.population.activity import DAY
from simulator.population.community import community
from simulator.population.effects import Effect
from simulator.population.facts.fact import Fact, judge
from simulator.population.facts.service import share_needing_reply
from simulator.population.members import characters
from simulator.population.parameters import parameters, sectors
from simulator.population.record import live

_SECTOR_HOURS = 7 * DAY
_GROUPS = 3
_CHANGE = 0.6
_TOLD_HOURS = DAY


def sector_mix(members: int, seed: int) -> tuple[Fact, ...]:
    """Rows 22 and 32: positive and negative contents in every sector over a week."""
    facts: list[Fact] = []
    for sector in sectors():
        run = live(community(members, seed, sector), _SECTOR_HOURS)
        if sector == "entertainment":
            facts.append(judge("care.needs_reply_entertainment", share_needing_reply(run)))
            continue
        edge = run.community.constants.mood.tone_edge
        facts.append(judge(f"tones.{sector}_positive", float((run.said.tone > edge).mean())))
        facts.append(judge(f"tones.{sector}_negative", float((run.said.tone < -edge).mean())))
    return tuple(facts)


def word_of_mouth(members: int, seed: int) -> tuple[Fact, ...]:
    """Row 33: how much more the dissatisfied tell than the satisfied.

    The same community with a third of the members made glad, and with the same third made sad,
    over the day after; each third in turn. Toxic and fake accounts, who always tell, are no part.
    """
    everybody = np.arange(members)
    odd = np.logical_or(*characters(everybody, parameters().activity, seed))
    drawn = keyed.below(
        keyed.hash32(everybody, keyed.key(seed, "told")), np.full(members, _GROUPS)
    )
    world = community(members, seed)
    live(world, DAY)
    start = world.snapshot()
    told = [0, 0]
    for number in range(_GROUPS):
        group = np.flatnonzero((drawn == number) & ~odd)
        for arm, change in enumerate((_CHANGE, -_CHANGE)):
            world.restore(start)
            world.step(DAY, [Effect(int(member), change) for member in group])
            run = live(world, _TOLD_HOURS)
            told[arm] += int(np.isin(run.said.member, group).sum())
    return (judge("tones.word_of_mouth", told[1] / told[0] if told[0] else math.nan),)
