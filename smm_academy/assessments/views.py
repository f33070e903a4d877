"""Pages of employers: what they get, their assessments, invitations, reports, decisions."""

from collections.abc import Mapping

from flask import (
    Blueprint,
    Response as PlainResponse,
    flash,
    make_response,
    redirect,
    render_template,
    request,
)
from flask_login import login_required
from werkzeug.wrappers import Response

from smm_academy.accounts.holdings import EXTENSION, erase_person
from smm_academy.accounts.models import Role
from smm_academy.accounts.queries import people_by_id
from smm_academy.assessments import candidate_operations, operations, queries
from smm_academy.assessments.comparison import Row, compare, result_cells
from smm_academy.assessments.forms import (
    AnswerForm,
    AssessmentForm,
    DecisionForm,
    GuestListForm,
    InvitationForm,
    SchoolForm,
)
from smm_academy.assessments.guest_lists import BrokenLine, decode_list, read_guests
from smm_academy.assessments.models import Assessment
from smm_academy.assessments.operations import Guest, Invited, Proposal
from smm_academy.assessments.outlines import (
    FEWEST,
    MOST,
    OUTLINES,
    SHIFT_SECONDS,
    question_seconds,
)
from smm_academy.assessments.queries import HIRERS, Taken
from smm_academy.assessments.report_page import report_page
from smm_academy.clock import now
from smm_academy.errors import Invalid
from smm_academy.measurement.queries import curriculum
from smm_academy.organisations.operations import open_organisation
from smm_academy.shifts.offer_queries import assessment_cards
from smm_academy.web.application import academy, session
from smm_academy.web.errors import say
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import gettext as _, interface_locale, ngettext
from smm_academy.web.spreadsheet import as_csv
from smm_academy.web.viewer import viewer

DIGITS = 4

blueprint = Blueprint("assessments", __name__, url_prefix="/hire", template_folder="templates")


@blueprint.get("")
def desk() -> str:
    """Show an employer their assessments, and everybody else what an employer gets."""
    places = queries.hiring_places(session(), viewer())
    if not places:
        return render_template("assessments/hire.html", form=SchoolForm(), active="hire")
    return render_template(
        "assessments/desk.html",
        places=places,
        assessments=queries.assessments_of(session(), viewer()),
        counts=queries.counts_of(session(), viewer()),
        may_hire=viewer().places(*HIRERS),
        outlines=OUTLINES.values(),
        active="hire",
    )


@blueprint.get("/sample")
def sample_report() -> str:
    """Show a whole report of a candidate who was made up, with its transcript."""
    made = queries.sample_of(session(), viewer(), interface_locale())
    return render_template("assessments/sample.html", made=made, active="hire")


@blueprint.post("/organisations")
@login_required
def open_place() -> Response:
    """Open an organisation that tests people; whoever opens it owns it."""
    form = SchoolForm()
    if form.validate():
        with refusals(form):
            open_organisation(session(), viewer(), form.name.data, (Role.RECRUITER,), now())
            return redirect("/hire")
    page = render_template("assessments/hire.html", form=form, active="hire")
    return make_response(page, status_of(form))


@blueprint.route("/assessments/new", methods=["GET", "POST"])
@login_required
def new() -> Response:
    """Make an assessment from an outline."""
    outline = OUTLINES.get(request.values.get("outline", ""), OUTLINES["role"])
    form = AssessmentForm(
        question_minutes=question_seconds(outline.questions) // 60,
        shift_minutes=SHIFT_SECONDS // 60,
    )
    places = queries.hiring_places(session(), viewer())
    hiring = [(id_, places[id_]) for id_ in sorted(viewer().places(*HIRERS) & set(places))]
    if not hiring and request.method == "GET":
        return redirect("/hire")
    cards = assessment_cards(session(), viewer(), interface_locale())
    form.offer(hiring, [(card.id, f"{card.title} · {card.brand}") for card in cards])
    counts = _counts(outline.skills)
    if form.validate_on_submit():
        with refusals(form):
            proposal = Proposal(
                form.name.data,
                form.purpose.data,
                _asked(counts),
                form.question_minutes.data * 60,
                form.scenario.data,
                form.shift_minutes.data * 60,
                form.keep_days.data,
            )
            place = form.organisation.data
            made = operations.create_assessment(session(), viewer(), place, proposal, now())
            flash(
                _("The test is ready. Look at it as a candidate, or invite somebody."),
                "done",
            )
            return redirect(f"/hire/assessments/{made.id}")
    page = render_template(
        "assessments/new.html",
        form=form,
        outline=outline,
        counts=counts,
        known=curriculum(session(), viewer()),
        active="hire",
    )
    return make_response(page, status_of(form))


@blueprint.get("/assessments/<int:assessment_id>")
@login_required
def assessment(assessment_id: int) -> Response:
    """Show an assessment: who is invited, how far everybody is, how they did."""
    return _assessment_page(assessment_id, _invitation_form())


@blueprint.post("/assessments/<int:assessment_id>/invitations")
@login_required
def invite(assessment_id: int) -> Response:
    """Invite one person, by letter or by a link to hand over."""
    form = InvitationForm()
    if form.validate():
        with refusals(form):
            guest = Guest(
                form.name.data,
                form.email.data or "",
                form.locale.data,
                form.time_multiplier.data,
            )
            invited = _invite(assessment_id, [guest])
            return _assessment_page(assessment_id, _invitation_form(), invited)
    return _assessment_page(assessment_id, form)


@blueprint.route("/assessments/<int:assessment_id>/list", methods=["GET", "POST"])
@login_required
def invite_many(assessment_id: int) -> Response:
    """Invite everybody on a list; broken lines are named and nothing is sent unasked."""
    found = queries.assessment_of(session(), viewer(), assessment_id, HIRERS)
    form, broken = GuestListForm(locale=interface_locale()), list[BrokenLine]()
    if form.validate_on_submit():
        with refusals(form):
            guests, broken = _read_list(form, found)
            if broken and not form.leave_out.data:
                raise Invalid("people", "Some lines cannot be read. Nothing was sent yet.")
            if not guests:
                raise Invalid("people", "There is nobody to invite. Write one person a line.")
            _invite(assessment_id, guests)
            sent = ngettext(
                "%(num)d person is invited.", "%(num)d people are invited.", len(guests)
            )
            flash(sent, "done")
            return redirect(f"/hire/assessments/{assessment_id}")
    page = render_template(
        "assessments/invite_many.html",
        form=form,
        assessment=found,
        broken=[(line.number, line.text, say(line.refusal)) for line in broken],
        active="hire",
    )
    return make_response(page, status_of(form))


@blueprint.post("/assessments/<int:assessment_id>/preview")
@login_required
def preview(assessment_id: int) -> Response:
    """Take one's own assessment as a candidate would."""
    begun = candidate_operations.look_ahead(
        session(), viewer(), assessment_id, interface_locale(), now()
    )
    return redirect(f"/assessments/{begun.id}")


@blueprint.post("/assessments/<int:assessment_id>/<any(close, open):what>")
@login_required
def close(assessment_id: int, what: str) -> Response:
    """Close an assessment to new candidates, or open it again."""
    closed = what == "close"
    operations.close_assessment(session(), viewer(), assessment_id, now(), closed=closed)
    return redirect(f"/hire/assessments/{assessment_id}")


@blueprint.post("/invitations/<int:invitation_id>/renew")
@login_required
def renew(invitation_id: int) -> Response:
    """Make a new link for an invitation; the old one stops."""
    base_url = academy().settings.base_url
    made = operations.renew_invitation(session(), viewer(), invitation_id, base_url, now())
    return _assessment_page(made.invitation.assessment_id, _invitation_form(), [made])


@blueprint.post("/invitations/<int:invitation_id>/revoke")
@login_required
def revoke(invitation_id: int) -> Response:
    """Take an invitation back."""
    row = queries.invitation_of(session(), viewer(), invitation_id)
    operations.revoke_invitation(session(), viewer(), invitation_id, now())
    flash(_("The invitation is taken back; its link leads nowhere now."), "done")
    return redirect(f"/hire/assessments/{row.assessment_id}")


@blueprint.get("/assessments/<int:assessment_id>/compare")
@login_required
def comparison(assessment_id: int) -> str:
    """Set candidates beside each other; what lies within the error of measurement is a tie."""
    found = queries.assessment_of(session(), viewer(), assessment_id)
    page = render_template(
        "assessments/compare.html",
        assessment=found,
        rows=_rows(found),
        known=curriculum(session(), viewer()),
        active="hire",
    )
    operations.note_list(session(), viewer(), found, "compared", now())
    return page


@blueprint.get("/assessments/<int:assessment_id>/results.csv")
@login_required
def export(assessment_id: int) -> PlainResponse:
    """Hand out what candidates did as a table for a spreadsheet."""
    found = queries.assessment_of(session(), viewer(), assessment_id)
    locale = interface_locale()
    cells = result_cells(_rows(found), curriculum(session(), viewer()), locale)
    operations.note_list(session(), viewer(), found, "exported", now())
    response = PlainResponse(as_csv(cells, locale), mimetype="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename=results-{found.id}.csv"
    return response


@blueprint.route("/candidates/<candidacy_id>", methods=["GET", "POST"])
@login_required
def candidate(candidacy_id: str) -> Response:
    """Show one page about a candidate, and take what a person decides after reading."""
    form = DecisionForm()
    if form.validate_on_submit():
        with refusals(form):
            said = (form.decision.data, form.reason.data)
            operations.decide(session(), viewer(), candidacy_id, *said, now())
            flash(_("Noted, with your name and the time."), "done")
            return redirect(f"/hire/candidates/{candidacy_id}")
    taken = queries.candidate_of(session(), viewer(), candidacy_id, now())
    return _candidate_page(taken, form, AnswerForm(formdata=None))


@blueprint.post("/candidates/<candidacy_id>/review")
@login_required
def review(candidacy_id: str) -> Response:
    """Answer a candidate who asked that a human looks at the result."""
    form = AnswerForm()
    if form.validate():
        with refusals(form):
            operations.answer_review(session(), viewer(), candidacy_id, form.answer.data, now())
            flash(_("The candidate reads your answer beside their result."), "done")
            return redirect(f"/hire/candidates/{candidacy_id}")
    taken = queries.candidate_of(session(), viewer(), candidacy_id, now())
    return _candidate_page(taken, DecisionForm(formdata=None), form)


@blueprint.get("/candidates/<candidacy_id>/transcript")
@login_required
def read_transcript(candidacy_id: str) -> str:
    """Show everything a candidate answered, with the reasons behind each point."""
    taken = queries.candidate_of(session(), viewer(), candidacy_id, now())
    page = render_template(
        "assessments/transcript.html",
        taken=taken,
        pages=queries.transcript_of(session(), taken, interface_locale()),
        active="hire",
    )
    operations.note_reading(session(), viewer(), taken, "transcript_read", now())
    return page


@blueprint.route("/candidates/<candidacy_id>/erase", methods=["GET", "POST"])
@login_required
def erase(candidacy_id: str) -> Response:
    """Ask whether a candidate's data may be deleted before their time, then delete them."""
    taken = queries.candidate_of(session(), viewer(), candidacy_id, now(), HIRERS)
    if request.method == "POST":
        person_id = candidate_operations.forget_candidacy(session(), taken.candidacy, now())
        erase_person(academy().extensions[EXTENSION], session(), person_id)
        flash(_("Everything about this candidate is deleted."), "done")
        return redirect(f"/hire/assessments/{taken.assessment.id}")
    page = render_template("assessments/erase_candidate.html", taken=taken, active="hire")
    return make_response(page)


def _assessment_page(
    assessment_id: int, form: InvitationForm, invited: list[Invited] | None = None
) -> Response:
    found = queries.assessment_of(session(), viewer(), assessment_id)
    page = render_template(
        "assessments/assessment.html",
        form=form,
        assessment=found,
        invited=invited or [],
        invitations=queries.invitations_of(session(), found),
        rows=_rows(found),
        known=curriculum(session(), viewer()),
        may_hire=found.organisation_id in viewer().places(*HIRERS),
        active="hire",
    )
    return make_response(page, status_of(form))


def _candidate_page(taken: Taken, form: DecisionForm, answer: AnswerForm) -> Response:
    page = render_template(
        "assessments/candidate.html",
        taken=taken,
        report=report_page(
            queries.report_of(session(), taken),
            curriculum(session(), viewer()),
            queries.played_in(session(), taken),
            interface_locale(),
            queries.norm_for(session(), taken),
        ),
        form=form,
        answer=answer,
        decided_by=people_by_id(session(), [taken.candidacy.decided_by_id or 0]),
        may_hire=taken.assessment.organisation_id in viewer().places(*HIRERS),
        active="hire",
    )
    operations.note_reading(session(), viewer(), taken, "read", now())
    return make_response(page, max(status_of(form), status_of(answer)))


def _invitation_form() -> InvitationForm:
    return InvitationForm(formdata=None, locale=interface_locale())


def _rows(found: Assessment) -> list[Row]:
    several = queries.candidates_of(session(), found, now())
    return compare(several, *queries.figures_of(session(), several))


def _invite(assessment_id: int, guests: list[Guest]) -> list[Invited]:
    base_url = academy().settings.base_url
    return operations.invite(session(), viewer(), assessment_id, guests, base_url, now())


def _read_list(form: GuestListForm, found: Assessment) -> tuple[list[Guest], list[BrokenLine]]:
    text = form.people.data or ""
    if form.file.data:
        text = f"{text}\n{decode_list(form.file.data.read())}".strip()
    invited = queries.invited_keys(session(), found)
    return read_guests(text, form.locale.data, invited)


def _counts(outline: Mapping[str, int]) -> dict[str, int]:
    """Return how many questions of each skill the form holds, else the outline's."""
    if request.method == "GET":
        return dict(outline)
    typed = {
        name.removeprefix("skill-"): value
        for name, value in request.form.items()
        if name.startswith("skill-")
    }
    return {skill: int(value[:DIGITS]) for skill, value in typed.items() if value.isdecimal()}


def _asked(counts: dict[str, int]) -> dict[str, int]:
    """Return the skills that are asked at all. Raises `Invalid` for too few or too many."""
    asked = {skill: count for skill, count in counts.items() if count}
    if not FEWEST <= sum(asked.values()) <= MOST:
        raise Invalid(
            "skills", "Ask between %(least)d and %(most)d questions.", least=FEWEST, most=MOST
        )
    return asked
