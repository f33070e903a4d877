"""What a password must be, and how it is kept: as an Argon2id hash.

Hashing takes some 50 ms on purpose. It is done here, before a unit of work takes the write lock;
the operation that follows is handed what came of it and looks whether it still holds.
"""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of comparing a typed password with a kept hash.

    ``kept`` is the hash that it was compared with, None where there was none; ``renewed`` is a
    new hash of the same password where the kept one is of an older, cheaper kind.
    """

    kept: str | None
    matches: bool
    renewed: str | None = None

    def holds_for(self, kept: str | None) -> bool:
        """Tell whether the password was right, and is still the one that is kept."""
        return self.matches and self.kept == kept


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


def new_hash(found: PasswordHasher, password: str, *, email: str, name: str) -> str:
    """Return what is kept of a new password. Raises `Invalid` for one that will not do."""
    check_password(password, email=email, name=name)
    return found.hash(password)


def prove(found: PasswordHasher, kept: str | None, password: str) -> Proof:
    """Compare a password with a kept hash; it takes as long when there is none."""
    if kept is None:
        # The same work as for a real account, so that time does not tell which addresses exist.
        found.hash(password[:LONGEST])
        return Proof(None, matches=False)
    try:
        found.verify(kept, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return Proof(kept, matches=False)
    renewed = found.hash(password) if found.check_needs_rehash(kept) else None
    return Proof(kept, matches=True, renewed=renewed)
