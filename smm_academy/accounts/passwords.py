"""What a password must be, and how it is kept: as an Argon2id hash."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from smm_academy.errors import Invalid

SHORTEST = 10
LONGEST = 200
DISTINCT = 5
KEYBOARD = "01234567890123456789 qwertyuiopasdfghjklzxcvbnm"
COMMON = frozenset(
    {"password", "passwd", "passw0rd", "qwerty", "qwertyuiop", "letmein", "welcome", "iloveyou"}
    | {"monkey", "dragon", "football", "administrator", "admin", "login", "academy", "samsung"}
    | {"haslo", "hasło", "zaqwsx", "polska", "witaj", "kochamcie", "misiek"}
)
"""Words that lists of leaked passwords begin with; digits and signs round them change nothing."""


def hasher(*, cheap: bool = False) -> PasswordHasher:
    """Return the hasher: 19 MiB, two passes, one lane (OWASP's second recommendation, 2024).

    ``cheap`` is for tests and generated demonstration passwords, where the cost buys nothing.
    """
    if cheap:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def check_password(password: str, *, email: str, name: str) -> None:
    """Refuse a password that is too short, too long, too regular or plainly guessable.

    Raises `Invalid` with the reason.
    """
    if len(password) < SHORTEST:
        raise Invalid("password", "Use %(least)s characters or more.", least=SHORTEST)
    if len(password) > LONGEST:
        raise Invalid("password", "Use %(most)s characters at most.", most=LONGEST)
    folded = password.casefold()
    bare = "".join(filter(str.isalpha, folded)), folded.strip("0123456789!@#$%^&*()_-+=.?")
    is_regular = len(set(folded)) < DISTINCT or folded in KEYBOARD
    if is_regular or not COMMON.isdisjoint(bare):
        raise Invalid("password", "This is easy to guess. A short sentence is a good password.")
    if folded in {email.casefold(), email.split("@", maxsplit=1)[0].casefold(), name.casefold()}:
        raise Invalid("password", "Do not use your name or address as the password.")


def matches(found: PasswordHasher, kept: str | None, password: str) -> bool:
    """Tell whether a password belongs to a kept hash; takes as long when there is none."""
    if kept is None:
        # The same work as for a real account, so that time does not tell which addresses exist.
        found.hash(password[:LONGEST])
        return False
    try:
        return found.verify(kept, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
