"""What members write in an hour: where it goes, its tone and its intent."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.members import characters
from simulator.population.parameters import Parameters
from simulator.population.threads import Threads, choose_threads, grow


class Intent(IntEnum):
    """What a contribution is after; questions and complaints call for a reply."""

    CHATTER = 0
    PRAISE = 1
    QUESTION = 2
    COMPLAINT = 3
    TOXIC = 4
    SPAM = 5


@dataclass(frozen=True, slots=True)
class Contributions:
    """What members wrote in an hour, in order of time; one entry each.

    ``second`` counts from hour 0, ``thread`` is the thread's number, ``opens`` says whether the
    contribution is the post that opens it, ``tone`` is in [-1, 1], ``intent`` an `Intent`.
    """

    member: NDArray[np.int64]
    second: NDArray[np.int64]
    thread: NDArray[np.int64]
    opens: NDArray[np.bool_]
    tone: NDArray[np.float64]
    intent: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in an hour and when; ``thread`` is set (not -1) for those drawn into a storm."""

    member: NDArray[np.int64]
    second: NDArray[np.int64]
    thread: NDArray[np.int64]
    opens: NDArray[np.bool_]


def write(
    voices: Voices,
    moods: NDArray[np.float32],
    live: Threads,
    hour: int,
    constants: Parameters,
    seed: int,
) -> tuple[Contributions, Threads]:
    """Return what the voices say and the live threads with the hour's comments counted."""
    shape = constants.threads
    member, second = voices.member, voices.second
    stormy = voices.thread >= 0
    own = moods[member].astype(np.float64)
    around = own.copy()
    thread = voices.thread.copy()
    word = keyed.pair32(member, second, keyed.key(seed, "opens"))
    opens = (word < keyed.threshold(shape.post_share)) | (live.born.size == 0)
    opens = np.where(stormy, voices.opens, opens)
    comments = np.flatnonzero(~opens & ~stormy)
    if comments.size:
        words = keyed.pair32(member[comments], second[comments], keyed.key(seed, "thread"))
        places = choose_threads(live, hour, words, shape)
        around[comments] = live.tone[places]
        thread[comments] = live.first + places
    live = grow(live, thread[~opens & (thread >= live.first)] - live.first)
    noise = 2.0 * keyed.pair_uniform(member, second, keyed.key(seed, "noise")) - 1.0
    tone = shape.own_weight * own + shape.tone_weight * around + shape.noise_weight * noise
    tone /= shape.own_weight + shape.tone_weight
    tone = np.clip(np.where(stormy, constants.storm.tone + 0.1 * noise, tone), -1.0, 1.0)
    fresh = np.flatnonzero(opens & ~stormy)
    sparks = int(np.count_nonzero(opens & stormy))
    thread[fresh] = live.next + sparks + np.arange(fresh.size)
    intent = _intents(member, second, tone, constants, seed)
    return Contributions(member, second, thread, opens, tone, intent), live


def _intents(
    member: NDArray[np.int64],
    second: NDArray[np.int64],
    tone: NDArray[np.float64],
    constants: Parameters,
    seed: int,
) -> NDArray[np.uint8]:
    shape, edge = constants.kinds, constants.mood.tone_edge
    chance = keyed.pair_uniform(member, second, keyed.key(seed, "intent"))
    toxic, fake = characters(member, constants.activity, seed)
    intent = np.full(member.size, Intent.CHATTER, dtype=np.uint8)
    intent[(tone > edge) & (chance < shape.praise)] = Intent.PRAISE
    intent[(np.abs(tone) <= edge) & (chance < shape.question * constants.mix.questions)] = (
        Intent.QUESTION
    )
    intent[(tone < -edge) & (chance < shape.complaint * constants.mix.complaints)] = (
        Intent.COMPLAINT
    )
    intent[toxic & (chance > 1.0 - shape.toxic)] = Intent.TOXIC
    intent[fake & (chance < shape.spam)] = Intent.SPAM
    return intent
