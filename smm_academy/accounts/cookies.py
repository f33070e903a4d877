"""The cookie that holds a sign-in token, and who it belongs to."""

from datetime import datetime, timedelta

from flask import Request, after_this_request, g, request
from flask_login import LoginManager
from werkzeug.wrappers import Response

from smm_academy.accounts.models import PersonKind
from smm_academy.accounts.operations import GUEST_FOR, SIGNED_IN_FOR, welcome_guest
from smm_academy.accounts.queries import find_viewer
from smm_academy.clock import now
from smm_academy.web.application import Academy, academy, reading, session
from smm_academy.web.locale import select_locale
from smm_academy.web.viewer import NOBODY, Viewer, viewer

NAME = "smm_account"
CANDIDATE = "smm_candidate"
"""A cookie of its own, so that a candidate never mixes with an account in the same browser."""


def set_up_sign_in(app: Academy) -> None:
    """Let an application know its viewers by their cookie."""
    manager = LoginManager(app)
    manager.anonymous_user = lambda: NOBODY
    manager.login_view = "accounts.sign_in"
    manager.login_message = None
    manager.request_loader(_load)


def cookie_name(name: str = NAME) -> str:
    """Return the cookie's name; over https the browser itself guards a ``__Host-`` one."""
    return f"__Host-{name}" if academy().settings.secure else name


def keep_token(
    response: Response, token: str, length: timedelta = SIGNED_IN_FOR, name: str = NAME
) -> Response:
    """Hand a sign-in token to the browser."""
    response.set_cookie(
        cookie_name(name),
        token,
        max_age=length,
        path="/",
        secure=academy().settings.secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def drop_token(response: Response, name: str = NAME) -> Response:
    """Take the sign-in token back."""
    response.delete_cookie(
        cookie_name(name),
        path="/",
        secure=academy().settings.secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def held_token() -> str:
    """Return the token that the browser sent, empty when there is none."""
    return request.cookies.get(cookie_name(), "")


def candidate() -> Viewer:
    """Return the candidate that this browser sits for, `NOBODY` when there is none."""
    token = request.cookies.get(cookie_name(CANDIDATE), "")
    if "candidate" not in g:
        found = find_viewer(reading(), token, now()) if token else NOBODY
        # The cookie is good for a candidate's own sittings and for nothing else.
        g.candidate = found if found.kind == PersonKind.CANDIDATE else NOBODY
    known: Viewer = g.candidate
    return known


def has_lost_test() -> bool:
    """Tell whether this browser sat for a candidate and does so no longer."""
    return bool(request.cookies.get(cookie_name(CANDIDATE))) and not candidate().id


def whoever_acts(at: datetime, length: timedelta = GUEST_FOR) -> Viewer:
    """Return the viewer; somebody new becomes a guest, with a row and a cookie of their own.

    ``length`` is how long the cookie lasts.
    """
    found = viewer()
    if found.id:
        return found
    person_id, token = welcome_guest(session(), select_locale(), at, length)
    after_this_request(lambda response: keep_token(response, token, length))
    return Viewer(person_id, "guest", locale=select_locale())


def _load(incoming: Request) -> Viewer | None:
    token = incoming.cookies.get(cookie_name())
    if not token:
        return None
    # Read apart from the unit of work: knowing who asks must not take the write lock.
    found = find_viewer(reading(), token, now())
    # A candidate's token is no sign-in: under this cookie it stands for nobody.
    return found if found.id and found.kind != PersonKind.CANDIDATE else None
