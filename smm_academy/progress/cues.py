"""How a key point is asked for: as much of it as brings the rest to mind."""

LONGEST_HEAD = 0.6
"""A head before a colon is a cue where it is at most this share of the point."""

FEWEST_WORDS = 2
MOST_WORDS = 5
SHARE = 0.35
SHORT = 3
"""A cue does not end in a word of so few letters: "only what the …" hangs in the air."""


def cue_of(point: str) -> str:
    """Return the beginning of a point (plain text): its head before a colon, or its first words.

    Never the whole of it: at least one word is left to recall.
    """
    text = " ".join(point.split())
    head, colon, _rest = text.partition(":")
    if colon and len(head) <= LONGEST_HEAD * len(text):
        return f"{head}: …"
    words = text.split(" ")
    count = min(MOST_WORDS, max(FEWEST_WORDS, round(SHARE * len(words))), len(words) - 1)
    fewer = range(count, FEWEST_WORDS - 1, -1)
    fitting = (number for number in (*fewer, count + 1) if _ends_well(words[:number]))
    count = min(next(fitting, count), len(words) - 1)
    return f"{' '.join(words[:count]).rstrip(',;.–')} …".strip()


def _ends_well(words: list[str]) -> bool:
    return bool(words) and len(words[-1]) > SHORT
