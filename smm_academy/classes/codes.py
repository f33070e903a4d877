"""Join codes: how they are made, written and read."""

import secrets

ALPHABET = "CDFHJKMNPRTVWXY34679"
"""No vowels, so that no code is a word; no letter or digit that is taken for another one."""

LENGTH = 8
GROUP = 4


def new_code() -> str:
    """Return a code that is not guessed: one of 25 thousand million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """Return a code as it is shown and read aloud: two groups of four."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """Return what was typed as a code, whatever its case, dashes and spaces; empty for none."""
    found = "".join(character for character in typed.upper() if character.isalnum())
    is_code = len(found) == LENGTH and set(found) <= set(ALPHABET)
    return found if is_code else ""
