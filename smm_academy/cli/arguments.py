"""What an option's value may be; a wrong one is refused in a sentence."""

from argparse import ArgumentTypeError
from collections.abc import Callable

HIGHEST_PORT = 65_535
HIGHEST_SEED = 2**63 - 1


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from ``low`` to ``high``."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise ArgumentTypeError(
                f"{_shown(text)} is not a whole number from {low:,} to {high:,}"
            )
        return number

    return read


def _shown(text: str) -> str:
    longest = 40
    return repr(text if len(text) <= longest else f"{text[:longest]}…")


port = whole(1, HIGHEST_PORT)
seed = whole(0, HIGHEST_SEED)
