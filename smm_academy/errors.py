"""Everything that can go wrong on purpose, each with a sentence that a person can act on.

    AcademyError
    ├── NotFound          there is no such thing, or it is not for this viewer
    ├── NotAllowed        the viewer may not do this
    ├── Invalid           an input is wrong; `field` says which
    ├── Conflict          the world has moved on since the page was shown
    │   └── Closed        a sitting is over, a link is used up
    ├── TooMany           too often in too short a time
    └── Misconfigured     a setting is missing or insecure

Messages are English message ids with ``%(name)s`` gaps; `web.errors` puts them into the reader's
language. HTTP status codes live there too.
"""


class AcademyError(Exception):
    """A refusal with a reason: `message` is a message id, `values` fill its gaps."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values if values else message)
        self.message = message
        self.values = values


class NotFound(AcademyError):
    """There is no such thing, or it is not this viewer's to see."""


class NotAllowed(AcademyError):
    """The viewer may not do this."""


class Invalid(AcademyError):
    """An input is wrong; `field` names the form field that it belongs to."""

    def __init__(self, field: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.field = field


class Conflict(AcademyError):
    """The world has moved on since the page was shown."""


class Closed(Conflict):
    """A sitting is over, a link is used up."""


class TooMany(AcademyError):
    """Too often in too short a time."""


class Misconfigured(AcademyError):
    """A setting is missing or insecure; the program does not start."""
