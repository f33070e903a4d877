"""Pictures of lessons, under addresses that never change."""

from flask import Blueprint, Response

from smm_academy.revisions.queries import medium
from smm_academy.web.application import session

blueprint = Blueprint("media", __name__)


@blueprint.get("/media/<sha256>")
def picture(sha256: str) -> Response:
    """Serve a picture by its hash, for ever."""
    found = medium(session(), sha256)
    response = Response(found.content, mimetype=found.media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
