"""Where to go next, without ever leaving the site."""

from urllib.parse import urlsplit


def local_path(wanted: str | None, otherwise: str = "/") -> str:
    r"""Return a path of this site that a link or form asked for, else the other one.

    Anything with a host, a scheme or a backslash is refused: browsers read ``//host`` and
    ``/\host`` as another site.
    """
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return otherwise
    if any(character in wanted for character in "\\\r\n\t") or urlsplit(wanted).netloc:
        return otherwise
    return wanted
