"""Pages of whoever is tested: the notice, the parts one by one, one's own result."""

from collections.abc import Callable

from flask import Blueprint, flash, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from smm_academy.accounts.cookies import CANDIDATE, candidate, drop_token, keep_token
from smm_academy.accounts.holdings import EXTENSION, Holdings, erase_person, export_person
from smm_academy.accounts.operations import CANDIDATE_FOR
from smm_academy.accounts.queries import organisations_by_id
from smm_academy.assessments import candidate_operations as operations, queries
from smm_academy.assessments.forms import BeginForm, ReviewForm
from smm_academy.assessments.models import Assessment
from smm_academy.assessments.report_page import report_page
from smm_academy.clock import now
from smm_academy.errors import Conflict
from smm_academy.measurement.queries import curriculum
from smm_academy.sittings.models import Sitting
from smm_academy.sittings.sitter import one_of_two
from smm_academy.web.application import academy, reading, session
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import COOKIE, COOKIE_SECONDS, gettext as _, interface_locale
from smm_academy.web.viewer import Viewer

blueprint = Blueprint("candidates", __name__, template_folder="templates")


@blueprint.after_app_request
def hide(response: Response) -> Response:
    """Keep everything about somebody who is tested out of search engines, refusals too."""
    if request.blueprint == blueprint.name:
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@blueprint.route("/a/<token>", methods=["GET", "POST"])
def notice(token: str) -> Response:
    """Say everything before anything begins; begin, or go on in this browser."""
    invitation, found = queries.invitation_by(session(), token)
    running = queries.candidacy_by(session(), invitation)
    if running is not None and candidate().id == running.person_id:
        return redirect(f"/assessments/{running.id}")
    if running is None:
        queries.require_usable(invitation, found, now())
    # The letter's language is a proposal; whoever is tested chooses.
    form = BeginForm(
        begun=running is not None, named=bool(invitation.name), locale=invitation.locale
    )
    if form.validate_on_submit():
        with refusals(form):
            # A form leaves out what is known already.
            chosen = form.locale.data if form.locale else invitation.locale
            name = form.name.data if form.name else invitation.name
            begun, kept = operations.begin(session(), token, name, chosen, now())
            response = redirect(f"/assessments/{begun.id}", 303)
            if running is None:
                response.set_cookie(
                    COOKIE,
                    chosen,
                    max_age=COOKIE_SECONDS,
                    samesite="Lax",
                    secure=academy().settings.secure,
                )
            return keep_token(response, kept, CANDIDATE_FOR, CANDIDATE)
    page = render_template(
        "assessments/notice.html",
        form=form,
        invitation=invitation,
        running=running,
        **_facts(found, invitation.time_multiplier),
    )
    return make_response(page, status_of(form))


@blueprint.get("/assessments/<candidacy_id>")
def parts(candidacy_id: str) -> Response:
    """Show the parts of an assessment, which are done, and the next one."""
    taken = queries.own_candidacy(session(), _sits(candidacy_id), candidacy_id, now())
    page = render_template(
        "assessments/steps.html",
        taken=taken,
        **_facts(taken.assessment, taken.candidacy.time_multiplier),
    )
    return make_response(page)


@blueprint.post("/assessments/<candidacy_id>/practice")
def practice(candidacy_id: str) -> Response:
    """Begin the message for practice."""
    return _open(operations.open_practice, candidacy_id, "/shifts/{0.id}")


@blueprint.post("/assessments/<candidacy_id>/questions")
def questions(candidacy_id: str) -> Response:
    """Begin the questions, or go on with them."""
    return _open(operations.open_paper, candidacy_id, "/quizzes/sittings/{0.id}/1")


@blueprint.post("/assessments/<candidacy_id>/shift")
def shift(candidacy_id: str) -> Response:
    """Begin the shift, or go on with it."""
    return _open(operations.open_shift, candidacy_id, "/shifts/{0.id}")


@blueprint.route("/assessments/<candidacy_id>/result", methods=["GET", "POST"])
def result(candidacy_id: str) -> Response:
    """Show somebody their own result with its reasons, and take their wish for a human review."""
    sits, form = _sits(candidacy_id), ReviewForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.ask_review(session(), sits, candidacy_id, form.reason.data, now())
            flash(_("Thank you. A person will read your answers and write back here."), "done")
            return redirect(f"/assessments/{candidacy_id}/result")
    taken = queries.own_candidacy(session(), sits, candidacy_id, now())
    if not taken.stages.finished:
        raise Conflict("The result is here when both parts are finished.")
    report = report_page(
        queries.report_of(session(), taken),
        curriculum(session(), sits),
        queries.played_in(session(), taken),
        interface_locale(),
        queries.norm_for(session(), taken),
    )
    page = render_template(
        "assessments/own_result.html",
        taken=taken,
        report=report,
        form=form,
        **_facts(taken.assessment, taken.candidacy.time_multiplier),
    )
    return make_response(page, status_of(form))


@blueprint.get("/assessments/<candidacy_id>/export")
def export(candidacy_id: str) -> Response:
    """Hand a candidate everything that is known of them, as JSON."""
    sits = _sits(candidacy_id)
    queries.own_candidacy(session(), sits, candidacy_id, now())
    response = jsonify(export_person(_holdings(), session(), sits.id))
    response.headers["Content-Disposition"] = "attachment; filename=assessment.json"
    return response


@blueprint.route("/assessments/<candidacy_id>/erase", methods=["GET", "POST"])
def erase(candidacy_id: str) -> Response:
    """Ask whether everything may be deleted now, then delete it."""
    sits = _sits(candidacy_id)
    taken = queries.own_candidacy(session(), sits, candidacy_id, now())
    if taken.candidacy.invitation_id is None:
        raise Conflict("This belongs to your account. Delete the account to delete it.")
    facts = _facts(taken.assessment, taken.candidacy.time_multiplier)
    if request.method == "POST":
        person_id = operations.forget_candidacy(session(), taken.candidacy, now())
        erase_person(_holdings(), session(), person_id)
        page = render_template("assessments/erased.html", **facts)
        return drop_token(make_response(page), CANDIDATE)
    return make_response(render_template("assessments/erase.html", taken=taken, **facts))


def _sits(candidacy_id: str) -> Viewer:
    """Return whichever of this browser's people takes the assessment, else the viewer."""
    return one_of_two(queries.holder_of(reading(), candidacy_id))


def _open(begin: Callable[..., Sitting], candidacy_id: str, address: str) -> Response:
    sitting = begin(session(), _sits(candidacy_id), candidacy_id, now())
    return redirect(address.format(sitting), 303)


def _facts(found: Assessment, multiplier: float) -> dict[str, object]:
    """Return what every page of an assessment says of it."""
    employer = organisations_by_id(session(), [found.organisation_id])[found.organisation_id]
    return {
        "assessment": found,
        "employer": employer,
        "questions": sum(found.skills.values()),
        "question_minutes": round(found.question_seconds * multiplier / 60),
        "shift_minutes": round(found.shift_seconds * multiplier / 60),
        "confined": True,
    }


def _holdings() -> Holdings:
    found: Holdings = academy().extensions[EXTENSION]
    return found
