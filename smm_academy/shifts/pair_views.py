"""A message of one's own: two texts from real life, marked at once and kept nowhere."""

from typing import Any

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from simulator import Locale
from smm_academy.shifts import debrief_page, offer_queries, pair_forms, queries
from smm_academy.shifts.pair import Judged, judge
from smm_academy.web.application import reading
from smm_academy.web.forms import status_of
from smm_academy.web.locale import interface_locale
from smm_academy.web.viewer import viewer

blueprint = Blueprint("pairs", __name__, template_folder="templates")


@blueprint.route("/practice/own", methods=["GET", "POST"])
def own_pair() -> Response:
    """Mark a reply to a message that somebody pastes in; neither is written anywhere."""
    form, locale = pair_forms.PairForm(), _locale()
    brands = offer_queries.drill_cards(reading(), viewer(), locale)
    form.offer([(brand.brand, brand.brand_name) for brand in brands], locale)
    shown: dict[str, Any] = {"card": None}
    if form.validate_on_submit():
        book = None
        if form.brand.data:
            language: Locale = "pl" if form.locale.data == "pl" else "en"
            book = queries.brand_book(reading(), viewer(), form.brand.data, language)
        shown = _marked(judge(form.pair(book)), locale)
    page = render_template("shifts/own_pair.html", form=form, active="practice", **shown)
    return make_response(page, status_of(form))


def _marked(judged: Judged, locale: Locale) -> dict[str, Any]:
    card = debrief_page.message_card(judged.message, locale, {})
    return {
        "card": card,
        "verdict": debrief_page.drill_verdict(card),
        "numbers": debrief_page.message_numbers(card),
        "readings": pair_forms.readings(judged, locale),
        "language": judged.locale,
    }


def _locale() -> Locale:
    return "pl" if interface_locale() == "pl" else "en"
