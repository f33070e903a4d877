"""The page of a what-if: a decision taken otherwise, the lived day beside the other one."""

from contextlib import suppress

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from simulator import Locale, MoveRefused
from smm_academy.errors import Invalid
from smm_academy.shifts import debrief_page, what_if_page
from smm_academy.shifts.branching import decide_again, first_wish, live_otherwise
from smm_academy.shifts.what_if_forms import WhatIfForm
from smm_academy.shifts.what_if_queries import lived_day
from smm_academy.sittings.sitter import sitter
from smm_academy.web.application import reading
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import interface_locale

blueprint = Blueprint("what_if", __name__, template_folder="templates")


@blueprint.route("/shifts/<sitting_id>/messages/<message_id>/what-if", methods=["GET", "POST"])
def what_if(sitting_id: str, message_id: str) -> Response:
    """Show what another decision would have made of the day; nothing is written."""
    locale: Locale = "pl" if interface_locale() == "pl" else "en"
    lived = lived_day(reading(), sitter(sitting_id), sitting_id, message_id)
    decision = decide_again(lived.play, lived.message)
    wish, found = first_wish(decision), None
    form = WhatIfForm(choice=wish.choice, minute=wish.minute)
    form.offer(decision)
    if request.method == "GET":
        # Where the first wish needs words, nothing is shown until somebody wishes.
        with suppress(Invalid, MoveRefused):
            found = live_otherwise(lived.play, lived.record, decision, wish)
    elif form.validate():
        try:
            with refusals(form):
                wish = form.wish(decision)
                found = live_otherwise(lived.play, lived.record, decision, wish)
        except MoveRefused as refusal:
            form.text.errors = [refusal.sentence(locale)]
    page = render_template(
        "shifts/what_if.html",
        shift=lived.shift,
        record=lived.record,
        card=debrief_page.message_card(lived.message, locale, {}),
        decision=decision,
        form=form,
        scored=lived.is_house,
        begins=lived.record["begins"],
        shown=what_if_page.page(lived.record, decision, wish, found, locale),
        active="practice",
    )
    return make_response(page, status_of(form))
