"""Failures of a database in one line, whatever driver they come from."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from smm_academy.errors import Misconfigured


@contextmanager
def database_in_words() -> Iterator[None]:
    """Turn what a database refuses into a sentence. Raises `Misconfigured`."""
    try:
        yield
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        raise Misconfigured("The database refuses: %(reason)s.", reason=reason) from error
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise Misconfigured(
            "PostgreSQL needs a driver that is not installed. "
            "Run: pip install 'smm-academy[postgres]'"
        ) from error
