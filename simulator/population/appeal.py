"""What makes people click and share: negativity, moral and out-group words.

Each factor multiplies the chance per word or per text, as the field experiments report it.
"""

import numpy as np
from numpy.typing import NDArray

from simulator import keyed
from simulator.population.parameters import AppealParameters

_MORE_WORDS = 0.3  # each further word of a kind is this likely after the one before


def click_chance(
    base: float, negative_words: NDArray[np.integer], shape: AppealParameters
) -> NDArray[np.float64]:
    """Return the chance of a click on headlines with so many negative words (Robertson 2023)."""
    chance: NDArray[np.float64] = base * np.power(1.0 + shape.click_negative, negative_words)
    return np.minimum(chance, 1.0)


def share_factor(
    tone: NDArray[np.float64],
    moral_words: NDArray[np.integer],
    outgroup_words: NDArray[np.integer],
    shape: AppealParameters,
) -> NDArray[np.float64]:
    """Return the factor on the chance that a text is shared.

    A negative tone counts once (Watson 2024), moral-emotional words (Brady 2017) and words about
    an out-group (Rathje 2021) count each.
    """
    factor: NDArray[np.float64] = np.where(tone < 0.0, shape.share_negative, 1.0)
    factor *= (1.0 + shape.share_moral) ** moral_words
    return factor * (1.0 + shape.share_outgroup) ** outgroup_words


def charged_words(texts: NDArray[np.integer], share: float, keys: keyed.Key) -> NDArray[np.int64]:
    """Return how many words of one charged kind each text has: 0 mostly, rarely up to 4."""
    word = keyed.uniform(texts, keys)
    count = np.zeros(texts.size, dtype=np.int64)
    limit = share
    for _ in range(4):
        count += word < limit
        limit *= _MORE_WORDS
    return count
