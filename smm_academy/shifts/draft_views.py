"""Mend the machine's draft: a message, what is true, and a fluent reply with faults in it."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from simulator import CHANNELS, Locale, MoveRefused
from smm_academy.accounts.cookies import whoever_acts
from smm_academy.clock import now
from smm_academy.errors import Invalid
from smm_academy.shifts import desk_page, draft_operations, draft_queries
from smm_academy.shifts.draft_queries import DraftDrill
from smm_academy.shifts.forms import ReplyForm, seal, unseal
from smm_academy.web.application import academy, reading, session
from smm_academy.web.forms import status_of
from smm_academy.web.locale import interface_locale
from smm_academy.web.paths import local_path
from smm_academy.web.viewer import viewer

blueprint = Blueprint("drafts", __name__, template_folder="templates")


@blueprint.get("/practice/mend")
def draft() -> Response:
    """Show a draft to mend, of a brand or of any; nothing is written."""
    wanted = {name: request.args.get(name, "") for name in ("brand", "kind")}
    opened = _at_hand() or draft_queries.draw_draft(reading(), viewer(), _locale(), **wanted)
    return _page(opened, ReplyForm(formdata=None), request.args.get("from"))


@blueprint.post("/practice/mend")
def send_draft() -> Response:
    """Mark what somebody made of a draft, and say which faults they found."""
    at, form = now(), ReplyForm()
    sealed = unseal(academy().settings.secret_key, request.form.get("drill", ""))
    opened = draft_queries.draft_drill(reading(), viewer(), sealed)
    back = local_path(request.form.get("return_to"), "")
    if not form.validate():
        return _page(opened, form, back)
    text = form.text.data.replace("\r\n", "\n")
    try:
        prepared = draft_operations.prepare_mending(reading(), viewer(), opened, text, back)
    except MoveRefused as refusal:
        form.text.errors = [refusal.sentence(_locale())]
        return _page(opened, form, back)
    sitting = draft_operations.write_mending(session(), whoever_acts(at), prepared, at)
    return redirect(f"/shifts/{sitting.id}/debrief")


def _at_hand() -> DraftDrill | None:
    """Return the draft that an address names, in the reader's language: a reload keeps it."""
    try:
        held = unseal(academy().settings.secret_key, request.args.get("drill", ""))
    except Invalid:
        return None
    if held.locale != _locale():
        return None
    return draft_queries.draft_drill(reading(), viewer(), held)


def _page(opened: DraftDrill, form: ReplyForm, back: str | None) -> Response:
    state = opened.play.desk()
    shown = state.messages[0]
    sealed = seal(academy().settings.secret_key, opened.drill)
    page = render_template(
        "shifts/draft.html",
        form=form,
        drill=sealed,
        name=f"mended {sealed.rpartition('.')[2]}",
        message=shown,
        post=desk_page.first_post(shown, _locale()),
        brand=opened.setting.brand,
        facts=desk_page.facts_for(opened.setting),
        told=[answer.text for answer in state.briefing],
        # Whoever emptied the box gets the draft back: there is nothing else to begin from.
        text=form.text.data if (form.text.data or "").strip() else opened.draft.text,
        limit=CHANNELS[shown.channel].reply_limit,
        locale=opened.drill.locale,
        return_to=local_path(back, ""),
        active="practice",
    )
    return make_response(page, status_of(form))


def _locale() -> Locale:
    return "pl" if interface_locale() == "pl" else "en"
