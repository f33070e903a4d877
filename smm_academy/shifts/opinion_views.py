"""Asking for a second opinion on one's own reply."""

from flask import Blueprint, flash, redirect
from flask_login import login_required
from werkzeug.wrappers import Response

from smm_academy.clock import now
from smm_academy.errors import Conflict
from smm_academy.shifts.opinion_operations import ask_opinion
from smm_academy.web.application import academy, forget, session
from smm_academy.web.errors import say
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.viewer import viewer

blueprint = Blueprint("opinions", __name__)


@blueprint.post("/shifts/<sitting_id>/messages/<message_id>/opinion")
@login_required
def ask(sitting_id: str, message_id: str) -> Response:
    """Ask a language model what it thinks of a reply; the score does not move."""
    settings = academy().settings.opinion
    reply = (sitting_id, message_id)
    try:
        ask_opinion(session(), viewer(), reply, settings, interface_locale(), now())
        flash(_("Asked. Reload this page in half a minute."), "done")
    except Conflict as refusal:
        forget()
        flash(say(refusal), "warning")
    return redirect(f"/shifts/{sitting_id}/debrief#{message_id}")
