"""The Flask application: each request is one unit of work that commits before it is answered."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request
from flask.templating import Environment as FlaskEnvironment
from jinja2 import Environment
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from smm_academy.config import Settings
from smm_academy.database.session import Database, is_passing
from smm_academy.errors import NotFound
from smm_academy.web.incoming import NUL, Incoming

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Templates(FlaskEnvironment):
    """Templates that share their globals as one plain dictionary.

    Jinja's chain of dictionaries would show later changes, of which there are none here; each
    import of a template walks it, which took one part in twenty of a page's time.
    """

    def make_globals(self, d: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return the globals of a template, those of the environment included."""
        return {**self.globals, **(d or {})}


class Academy(Flask):
    """A Flask application that owns its settings and its database."""

    request_class = Incoming
    jinja_environment = Templates
    settings: Settings
    database: Database
    environment_of: Callable[[], Environment] | None = None

    @property
    def jinja_env(self) -> Environment:  # type: ignore[override]
        """The templates: of the reader's language within a request, else those they share."""
        if has_request_context() and self.environment_of is not None:
            return self.environment_of()
        if "shared_environment" not in self.__dict__:
            self.__dict__["shared_environment"] = self.create_jinja_environment()
        found: Environment = self.__dict__["shared_environment"]
        return found

    def dispatch_request(self) -> Response:
        """Run the view as one unit of work, once more when another writer got in its way.

        The response is made here, not by the caller, so that the unit ends before it leaves.
        """
        if NUL in request.path:
            raise NotFound("The address names nothing that could be kept here.")
        try:
            return self._unit()
        except DBAPIError as error:
            forget()
            if not is_passing(error):
                raise
        return self._unit()

    def _unit(self) -> Response:
        try:
            response = self.make_response(super().dispatch_request())
        except Exception:
            forget()
            raise
        if "session" in g:
            g.session.commit()
        elif "reading" in g and g.reading.new:
            # The audit entry of a view of candidate data is all that reading ever writes.
            g.reading.commit()
        return response


def session() -> Session:
    """Return this request's unit of work; on a method that may write it takes the lock at once."""
    if request.method in SAFE_METHODS:
        return reading()
    if "session" not in g:
        g.session = academy().database.writing()
    found: Session = g.session
    return found


def reading() -> Session:
    """Return a session for what is worked out before the write lock is taken."""
    if "reading" not in g:
        g.reading = academy().database.reading()
    found: Session = g.reading
    return found


def forget() -> None:
    """Roll back and drop what this request has done so far, and whom it took the viewer for."""
    for name in ("session", "reading"):
        dropped: Session | None = g.pop(name, None)
        if dropped is not None:
            dropped.close()
    g.pop("_login_user", None)
    g.pop("candidate", None)


def academy() -> Academy:
    """Return the application that serves this request."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Werkzeug's documented way to the object behind the proxy
    if not isinstance(app, Academy):
        raise TypeError(app)
    return app
