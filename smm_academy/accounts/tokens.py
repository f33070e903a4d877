"""Opaque tokens: the holder has the token, the database only its hash."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def limited(what: str, who: str) -> str:
    """Return the subject by which tries are counted; it does not tell whose they were."""
    return hashlib.sha256(f"{what}:{who.casefold()}".encode()).hexdigest()
