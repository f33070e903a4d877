"""Saves what somebody types while they type it."""

from flask import Blueprint, Response, jsonify, request

from smm_academy.clock import now
from smm_academy.sittings.forms import read_draft
from smm_academy.sittings.operations import save_draft
from smm_academy.web.application import session
from smm_academy.web.viewer import viewer

blueprint = Blueprint("sittings", __name__)


@blueprint.post("/sittings/<sitting_id>/drafts")
def autosave(sitting_id: str) -> Response:
    """Keep one field of a sitting; answer when it was kept."""
    typed = read_draft(request.get_json(silent=True))
    draft = save_draft(session(), viewer(), sitting_id, typed, now())
    return jsonify(saved=draft.saved_at.isoformat(), version=draft.version)
