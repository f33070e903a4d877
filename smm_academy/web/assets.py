"""Static files under addresses that change with their content, compressed once at the start."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, request

from smm_academy.web.application import academy

FOLDER = Path(__file__).parent / "static"
SERVED = frozenset({".css", ".js", ".svg", ".png", ".ico", ".webmanifest"})
COMPRESSED = frozenset({".css", ".js", ".svg", ".webmanifest"})
FINGERPRINT_CHARACTERS = 10
SITE_SHEET = "css/site.css"
SITE_SHEETS = ("css/tokens.css", "css/base.css", "css/components.css")
"""The sheets that every page needs travel as one."""

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes, the same compressed, its type and the hash of its content."""

    content: bytes
    compressed: bytes | None
    media_type: str
    fingerprint: str


def read_assets(folder: Path) -> dict[str, Asset]:
    """Return every served file of a folder by its path in it.

    JavaScript modules import each other by relative path. So that a module may be cached for
    ever, all scripts share one fingerprint, of them all.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix in SERVED)
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    if all(name in contents for name in SITE_SHEETS):
        contents[SITE_SHEET] = b"\n".join(contents[name] for name in SITE_SHEETS)
    scripts = b"".join(content for name, content in contents.items() if name.endswith(".js"))
    return {
        name: _asset(name, content, scripts if name.endswith(".js") else content)
        for name, content in contents.items()
    }


def _asset(name: str, content: bytes, hashed: bytes) -> Asset:
    suffix = Path(name).suffix
    return Asset(
        content,
        gzip.compress(content, mtime=0) if suffix in COMPRESSED else None,
        mimetypes.guess_type(name)[0] or "application/octet-stream",
        hashlib.sha256(hashed).hexdigest()[:FINGERPRINT_CHARACTERS],
    )


@cache
def shipped_assets() -> dict[str, Asset]:
    """Return the files that the site ships, read once in a process."""
    return read_assets(FOLDER)


def asset_url(name: str) -> str:
    """Return the address of a static file; it changes when the file does.

    Raises ``KeyError`` for a file that is not there, so that a template cannot name one.
    """
    assets = read_assets(FOLDER) if academy().debug else shipped_assets()
    return f"/static/{assets[name].fingerprint}/{name}"


@blueprint.get("/static/<fingerprint>/<path:name>")
def asset(fingerprint: str, name: str) -> Response:  # noqa: ARG001 - it only makes the address unique
    """Serve a static file, for ever."""
    assets = read_assets(FOLDER) if academy().debug else shipped_assets()
    found = assets.get(name)
    if found is None:
        abort(404)
    response = Response(found.content, mimetype=found.media_type)
    if found.compressed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = Response(found.compressed, mimetype=found.media_type)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
