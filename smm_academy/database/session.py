"""The unit of work: a request, a job or a command; it commits once, or not at all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Engine, Executable, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from smm_academy.database.engine import open_engine, writing

Result = TypeVar("Result")
SERIALIZATION_FAILURES = frozenset({"40001", "40P01"})
UNIQUE_VIOLATION = "23505"


class Database:
    """One database and the units of work on it.

    ``committed`` is called with the session after each commit; whoever opens the database may
    put a function there (the job queue does, to announce what was enqueued).
    """

    def __init__(self, url: str) -> None:
        self.engine: Engine = open_engine(url)
        self._writing = writing(self.engine)
        self._sessions = sessionmaker(expire_on_commit=False)
        self.committed: Callable[[Session], None] = lambda _session: None
        event.listen(self._sessions, "after_commit", self._after_commit)

    def reading(self) -> Session:
        """Return a session that takes no lock until it is closed."""
        return self._sessions(bind=self.engine)

    def writing(self) -> Session:
        """Return a session whose first statement takes SQLite's write lock."""
        return self._sessions(bind=self._writing)

    @contextmanager
    def unit(self) -> Iterator[Session]:
        """Run a block as one unit of work: committed at its end, rolled back by an exception."""
        with self.writing() as session:
            yield session
            session.commit()

    def run(self, work: Callable[[Session], Result]) -> Result:
        """Run a function as one unit of work, once more when another writer got in its way."""
        try:
            with self.unit() as session:
                return work(session)
        except DBAPIError as error:
            if not is_passing(error):
                raise
        with self.unit() as session:
            return work(session)

    def _after_commit(self, session: Session) -> None:
        self.committed(session)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def rows_of(
    session: Session, statement: Executable, parameters: Mapping[str, Any] | None = None
) -> CursorResult[Any]:
    """Return what a query of plain columns finds.

    It goes past the ORM, which has no objects to make here and would take as long again. What
    the session holds is written first, as for any other query of it.
    """
    session.flush()
    return session.connection().execute(statement, parameters)


def is_passing(error: DBAPIError) -> bool:
    """Tell whether the same unit may well succeed when it is run again.

    Where two units add the same row at once, the second fails on its unique key; run again, it
    finds the row and decides anew.
    """
    if getattr(error.orig, "sqlstate", None) in {*SERIALIZATION_FAILURES, UNIQUE_VIOLATION}:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)
