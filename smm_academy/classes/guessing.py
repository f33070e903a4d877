"""How tries at codes and keys are counted, and how many are too many."""

from smm_academy.accounts.tokens import limited

WINDOW_MINUTES = 15
MISSES_PER_ASKER = 100
MISSES_PER_CLASS = 60
"""Wrong codes and keys in a window: by one network address, and keys of one class by anybody.

A whole class types behind one address, so an address has room for a slip of everybody.
"""


def asker_of(secret: str, address: str) -> str:
    """Return by what the tries of a network address are counted; the address is not in it."""
    return limited("class", f"{secret}:{address}")


def key_tries(class_id: int) -> str:
    """Return by what wrong keys for a class are counted."""
    return limited("class key", str(class_id))
