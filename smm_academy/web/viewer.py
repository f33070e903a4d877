"""Who is looking: a few plain facts, read once for a request."""

from dataclasses import dataclass
from typing import cast

from flask_login import current_user


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a request; `NOBODY` when there is none.

    Only an account counts as signed in. A guest has an id, so that what they do is theirs.
    """

    id: int
    kind: str = "nobody"
    name: str = ""
    email: str = ""
    locale: str = ""
    timezone: str = "Europe/Warsaw"
    is_admin: bool = False
    confirmed: bool = False
    memberships: frozenset[tuple[int, str]] = frozenset()

    @property
    def is_authenticated(self) -> bool:
        """Whether this is an account that signed in."""
        return self.kind == "account"

    @property
    def is_active(self) -> bool:
        """Whether the person may act: everyone may, until they are deleted."""
        return True

    @property
    def is_anonymous(self) -> bool:
        """Whether there is no account behind the request."""
        return not self.is_authenticated

    def get_id(self) -> str:
        """Return the id as the sign-in extension wants it."""
        return str(self.id)

    def holds(self, *roles: str) -> bool:
        """Tell whether the person has one of these roles in any organisation."""
        return any(role in roles for _, role in self.memberships)

    def places(self, *roles: str) -> frozenset[int]:
        """Return the organisations in which the person has one of these roles."""
        return frozenset(place for place, role in self.memberships if role in roles)


NOBODY = Viewer(0)


def viewer() -> Viewer:
    """Return who is looking at this page."""
    return cast("Viewer", current_user._get_current_object())  # noqa: SLF001 - Werkzeug's documented way to the object behind the proxy
