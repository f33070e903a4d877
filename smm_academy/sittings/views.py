"""Saves what somebody types while they type it."""

from flask import Blueprint, Response, jsonify, make_response, request

from smm_academy.clock import now
from smm_academy.sittings.forms import read_draft
from smm_academy.sittings.operations import save_draft
from smm_academy.sittings.sitter import sitter
from smm_academy.web.application import session

blueprint = Blueprint("sittings", __name__)


@blueprint.post("/sittings/<sitting_id>/drafts/<field>")
def autosave(sitting_id: str, field: str) -> Response:
    """Keep what a form holds; answer 409 with what is kept where that is newer."""
    typed = read_draft(field, request.get_json(silent=True))
    draft = save_draft(session(), sitter(sitting_id), sitting_id, typed, now())
    if draft.version > typed.version:
        return make_response(jsonify(version=draft.version, answers=draft.value), 409)
    return jsonify(version=draft.version, saved=draft.saved_at.isoformat())
