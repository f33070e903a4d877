"""Pages on which a class weighs the rubric, and the shifts that it begins under its weights."""

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_login import login_required
from werkzeug.wrappers import Response

from smm_academy.classes import queries, weighting_operations as operations
from smm_academy.classes.weighting_forms import WeightingForm, band_rows, weighting_form
from smm_academy.classes.weighting_queries import replies_to_weigh, weighting_in
from smm_academy.clock import now
from smm_academy.shifts.forms import new_seed
from smm_academy.shifts.operations import Beginning, begin, first_state
from smm_academy.shifts.queries import brand_revision, scenario_revision
from smm_academy.shifts.weighting import HOUSE, TURNED_POINTS, Effect, Weighting, effect_of
from smm_academy.sittings.operations import Opening
from smm_academy.web.application import reading, session
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.viewer import viewer

blueprint = Blueprint("weightings", __name__, template_folder="templates")


@blueprint.route("/teach/classes/<int:class_id>/weights", methods=["GET", "POST"])
@login_required
def weights(class_id: int) -> Response:
    """Weigh the rubric for a class: look at what it would do to stored replies, then save."""
    found = queries.class_taught(reading(), viewer(), class_id)
    current = weighting_in(reading(), found)
    form = weighting_form(current, interface_locale())
    if request.form.get("then") == "house":
        return _save(class_id, HOUSE)
    effect, asked = None, form.validate_on_submit()
    if asked and request.form.get("then") == "save":
        with refusals(form):
            return _save(class_id, form.weighting())
    elif asked:
        effect = effect_of(replies_to_weigh(reading(), found, now()), current, form.weighting())
    return _page(class_id, form, current, effect, asked=asked)


@blueprint.post("/classes/<int:class_id>/shifts/<key>")
def begin_for_class(class_id: int, key: str) -> Response:
    """Begin a shift from a class's list, under the weights that the class has now."""
    at = now()
    found, _own = queries.own_place(reading(), viewer(), class_id, at)
    scenario = scenario_revision(reading(), viewer(), key)
    brand = brand_revision(reading(), viewer(), scenario.parsed["brand"])
    opening = Opening(
        organisation_id=found.organisation_id, return_to=f"/classes/{class_id}"
    )  # fmt: skip
    weighting = weighting_in(reading(), found)
    locale = interface_locale()
    beginning = Beginning(brand, scenario, "", locale, new_seed(), opening, weighting)
    state = first_state(reading(), beginning)
    sitting = begin(session(), viewer(), beginning, state, at)
    return redirect(f"/shifts/{sitting.id}")


def _save(class_id: int, weighting: Weighting) -> Response:
    if operations.weigh(session(), viewer(), class_id, weighting, now()):
        flash(_("Saved. Shifts that begin from the class\u2019s list now are scored so."), "done")
    else:
        flash(_("Nothing was changed."), "info")
    return redirect(f"/teach/classes/{class_id}/weights")


def _page(
    class_id: int,
    form: WeightingForm,
    current: Weighting,
    effect: Effect | None,
    *,
    asked: bool,
) -> Response:
    found = queries.class_taught(reading(), viewer(), class_id)
    page = render_template(
        "classes/weights.html",
        found=found,
        form=form,
        lines=form.lines(interface_locale()),
        is_house=current.is_house,
        turned_points=TURNED_POINTS,
        asked=asked,
        effect=effect,
        bands=band_rows(effect) if effect else None,
    )
    return make_response(page, status_of(form))
