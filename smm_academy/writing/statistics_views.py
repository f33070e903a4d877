"""How the questions of a quiz work, and their calibration: for instructors."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask_login import login_required
from werkzeug.wrappers import Response as AnyResponse

from smm_academy.clock import now
from smm_academy.measurement import calibration_operations
from smm_academy.measurement.item_statistics import FEWEST_ANSWERS
from smm_academy.measurement.norm_queries import check_key, norms_like
from smm_academy.measurement.norms import FEWEST
from smm_academy.quizzes.statistics_queries import statistics_of
from smm_academy.revisions.models import Chain
from smm_academy.web.application import session
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.spreadsheet import as_csv
from smm_academy.web.viewer import viewer
from smm_academy.writing import queries, statistics_page
from smm_academy.writing.forms import read_number

blueprint = Blueprint(
    "item_statistics", __name__, url_prefix="/teach", template_folder="templates"
)


@blueprint.get("/quizzes/<key>/statistics")
@login_required
def statistics(key: str) -> str:
    """Show a table of a quiz's questions, and below it each with its curves."""
    chain = _chain(key)
    found = statistics_of(session(), chain)
    column, down = request.args.get("sort", "number"), request.args.get("down") == "1"
    return render_template(
        "writing/statistics.html",
        chain=chain,
        found=found,
        items=statistics_page.in_order(found.items, column, down=down),
        column=column,
        down=down,
        fewest=FEWEST_ANSWERS,
        page=statistics_page,
        calibrates=calibration_operations.may_calibrate(viewer()),
        active="teach",
    )


@blueprint.get("/quizzes/<key>/statistics.csv")
@login_required
def export(key: str) -> Response:
    """Hand the figures over as a file for spreadsheets."""
    chain = _chain(key)
    rows = statistics_page.csv_rows(statistics_of(session(), chain).items)
    response = make_response(as_csv(rows, interface_locale()))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"{chain.key}-{chain.locale}-statistics.csv"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


@blueprint.get("/calibration")
@login_required
def calibrations() -> str:
    """Show the calibrations of the house's questions, and whom the newest would move."""
    sets = calibration_operations.calibrations(session(), viewer())
    return render_template(
        "writing/calibration.html",
        sets=sets,
        under_way=calibration_operations.under_way(session(), sets),
        takeable=next((one.id for one in sets if one.report), None),
        norms=norms_like(session(), check_key("")),
        fewest_others=FEWEST,
        fewest=calibration_operations.FEWEST_ANSWERS,
        active="teach",
    )


@blueprint.post("/calibration")
@login_required
def ask() -> AnyResponse:
    """Ask for a new calibration."""
    calibration_operations.ask_calibration(session(), viewer(), now())
    flash(_("The calibration is under way. Reload this page in a minute."), "done")
    return redirect("/teach/calibration")


@blueprint.post("/calibration/<int(max=2147483647):set_id>/force")
@login_required
def take(set_id: int) -> AnyResponse:
    """Score new answers with a calibration from now on."""
    calibration_operations.take_into_force(session(), viewer(), set_id, now())
    flash(_("In force. Results from before keep what they were scored with."), "done")
    return redirect("/teach/calibration")


def _chain(key: str) -> Chain:
    """Return the quiz that is asked for, if it is of an organisation of the viewer's."""
    place = read_number(request.args.get("school")) or None
    wanted = request.args.get("locale", interface_locale())
    return queries.own_quiz(session(), viewer(), key, wanted, place)
