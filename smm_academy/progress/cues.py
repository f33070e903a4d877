"""How a key point is asked for: as much of it as brings the rest to mind."""

import re

LONGEST_HEAD = 0.6
"""A head before a colon is a cue as long as it leaves this much of the point to be recalled."""

WORDS = (2, 5)
SHARE = 0.3


def cue_of(point: str) -> str:
    """Return the beginning of a point (plain text): its head before a colon, or its first words.

    Never the whole of it: at least one word is left to recall.
    """
    text = " ".join(point.split())
    head, colon, _rest = text.partition(":")
    if colon and len(head) <= LONGEST_HEAD * len(text):
        return f"{head}: …"
    words = text.split(" ")
    fewest, most = WORDS
    shown = min(most, max(fewest, round(SHARE * len(words))), len(words) - 1)
    begun = " ".join(words[:shown])
    return f"{re.sub(r'[,;.:–]+$', '', begun)} …".strip()
