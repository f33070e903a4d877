"""Pages for whoever runs the site."""

from argon2 import PasswordHasher
from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response as AnyResponse

from smm_academy.accounts.holdings import EXTENSION, Holdings
from smm_academy.accounts.models import HOUSE, PersonKind, Role
from smm_academy.accounts.passwords import Proof, hasher, prove
from smm_academy.accounts.queries import names_in, own_hash, owned_alone
from smm_academy.admin import operations
from smm_academy.admin.forms import (
    ACTIONS,
    JOBS,
    KINDS,
    AuditForm,
    NewOrganisationForm,
    PeopleSearchForm,
    ProofForm,
    RoleForm,
    audit_csv,
    page_links,
    page_number,
)
from smm_academy.admin.queries import (
    account_of,
    audit_actions,
    audit_entries,
    audit_page,
    content_report,
    count_errors,
    find_people,
    is_present,
    last_sync,
    organisation_names,
    overview as stand_of,
)
from smm_academy.clock import now
from smm_academy.errors import NotAllowed
from smm_academy.jobs.models import JobState
from smm_academy.jobs.queries import job_counts, jobs_in
from smm_academy.organisations.forms import ROLE_TITLES
from smm_academy.organisations.operations import give_role, take_role
from smm_academy.organisations.queries import summaries
from smm_academy.revisions.queries import serving_counts, untranslated
from smm_academy.web.application import academy, reading, session
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.viewer import viewer

blueprint = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")
PERSON = "/people/<int(max=2147483647):person_id>"
JOB = "/jobs/<int(max=2147483647):job_id>"


@blueprint.before_request
def keep_out() -> AnyResponse | None:
    """Let nobody in but admins; whoever has not signed in may do so first."""
    if not viewer().is_authenticated:
        asked: AnyResponse = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return asked
    if not viewer().is_admin:
        raise NotAllowed("Only whoever runs the site sees these pages.")
    return None


@blueprint.get("")
def overview() -> str:
    """Show what needs attention."""
    stand = stand_of(session(), now())
    return render_template(
        "admin/overview.html",
        stand=stand,
        names=names_in(session(), stand.newest),
        actions=ACTIONS,
        roles=ROLE_TITLES,
        place="overview",
    )


@blueprint.get("/people")
def people() -> str:
    """List accounts, or those that are called somehow."""
    form = PeopleSearchForm(formdata=request.args)
    words = (form.q.data or "").strip() if form.validate() else ""
    found, paging = find_people(
        session(), words, admins_only=form.admins.data, page=page_number(_asked("page"))
    )
    kept = {"q": words, **({"admins": "y"} if form.admins.data else {})}
    return render_template(
        "admin/people.html",
        form=form,
        people=found,
        paging=paging,
        pages=page_links(paging, "/admin/people", kept),
        place="people",
    )


@blueprint.get(PERSON)
def person(person_id: int) -> AnyResponse:
    """Show who somebody is, never how they did."""
    return _person_page(person_id)


@blueprint.post(PERSON + "/admin")
def set_admin(person_id: int) -> AnyResponse:
    """Let somebody run the site, or no longer."""
    form = ProofForm(prefix="raising")
    wanted = request.form.get("wanted") == "yes"
    if form.validate():
        proof = _proof(form)
        with refusals(form):
            operations.set_admin(session(), viewer(), person_id, wanted, proof, now())
            flash(_("Saved."), "done")
            return redirect("/admin" if _resigned(person_id, wanted) else _at(person_id))
    return _person_page(person_id, raising=form)


@blueprint.post(PERSON + "/sign-out")
def sign_out(person_id: int) -> AnyResponse:
    """Sign somebody out everywhere."""
    operations.end_sessions(session(), viewer(), person_id, now())
    flash(_("Every session of theirs has ended."), "done")
    return redirect(_at(person_id))


@blueprint.post(PERSON + "/reset")
def send_reset(person_id: int) -> AnyResponse:
    """Mail somebody a link to set a new password."""
    operations.send_reset(session(), viewer(), person_id, academy().settings.base_url, now())
    flash(_("A link to set a new password is on its way to them."), "done")
    return redirect(_at(person_id))


@blueprint.post(PERSON + "/roles")
def change_role(person_id: int) -> AnyResponse:
    """Give or take a role in an organisation."""
    form = RoleForm()
    form.offer(organisation_names(session()))
    if form.validate():
        with refusals(form):
            act = take_role if "take" in request.form else give_role
            act(
                session(),
                viewer(),
                form.organisation.data,
                person_id,
                Role(form.role.data),
                now(),
            )
            flash(_("Saved."), "done")
            return redirect(_at(person_id))
    return _person_page(person_id, role=form)


@blueprint.post(PERSON + "/delete")
def delete(person_id: int) -> AnyResponse:
    """Delete somebody and everything that belongs to them."""
    form = ProofForm()
    if form.validate():
        proof = _proof(form)
        holdings: Holdings = academy().extensions[EXTENSION]
        with refusals(form):
            operations.delete_person(session(), viewer(), person_id, holdings, proof, now())
            flash(_("The account and everything in it is deleted."), "done")
            return redirect("/admin/people")
    return _person_page(person_id, deletion=form)


@blueprint.route("/organisations", methods=["GET", "POST"])
def organisations() -> AnyResponse:
    """List organisations; open one for its first owner."""
    form = NewOrganisationForm()
    if form.validate_on_submit():
        with refusals(form):
            opened = operations.open_for_owner(
                session(),
                viewer(),
                form.name.data,
                form.email.data,
                academy().settings.base_url,
                interface_locale(),
                now(),
            )
            flash(_("Opened. An invitation is on its way to its owner."), "done")
            return redirect(f"/organisations/{opened.slug}")
    page = render_template(
        "admin/organisations.html",
        form=form,
        summaries=summaries(session()),
        house=HOUSE,
        place="organisations",
    )
    return make_response(page, status_of(form))


@blueprint.get("/jobs")
def jobs() -> str:
    """Show the work in the background: what failed, runs, waits."""
    return render_template(
        "admin/jobs.html",
        failed=jobs_in(session(), JobState.DEAD),
        running=jobs_in(session(), JobState.RUNNING),
        waiting=jobs_in(session(), JobState.QUEUED),
        done=job_counts(session()).get(JobState.DONE, 0),
        at=now(),
        titles=JOBS,
        place="jobs",
    )


@blueprint.post(JOB + "/again")
def run_again(job_id: int) -> AnyResponse:
    """Let a job be tried again now."""
    operations.run_job_again(session(), viewer(), job_id, now())
    flash(_("The worker takes it up within a minute."), "done")
    return redirect("/admin/jobs")


@blueprint.post(JOB + "/drop")
def drop(job_id: int) -> AnyResponse:
    """Delete a job; what it was to do is not done."""
    operations.drop_job(session(), viewer(), job_id, now())
    flash(_("The job is dropped."), "done")
    return redirect("/admin/jobs")


@blueprint.get("/content")
def content() -> str:
    """Show what serves, what is not translated, and what is wrong with it."""
    report = content_report(session())
    return render_template(
        "admin/content.html",
        counts=serving_counts(session()),
        places=organisation_names(session()),
        house=HOUSE,
        kinds=KINDS,
        untranslated=untranslated(session(), HOUSE),
        report=report,
        errors=count_errors(report),
        is_present=is_present(session(), report),
        sync=last_sync(session()),
        place="content",
    )


@blueprint.post("/content/check")
def check_content() -> AnyResponse:
    """Let the worker check the content now."""
    operations.ask_for_check(session(), viewer(), now())
    flash(_("The check is under way; it takes some seconds. Reload the page then."), "done")
    return redirect("/admin/content")


@blueprint.get("/audit")
def audit() -> AnyResponse:
    """Show who did what."""
    form = AuditForm(formdata=request.args)
    places = organisation_names(session())
    form.offer(audit_actions(session()), places)
    form.validate()
    found, paging = audit_page(
        session(), form.wanted(viewer().timezone), page_number(_asked("page"))
    )
    kept = {name: _asked(name) for name in form.data if _asked(name)}
    page = render_template(
        "admin/audit.html",
        form=form,
        entries=found,
        paging=paging,
        pages=page_links(paging, "/admin/audit", kept),
        kept=kept,
        names=names_in(session(), found),
        places=places,
        actions=ACTIONS,
        roles=ROLE_TITLES,
        place="audit",
    )
    return make_response(page, status_of(form))


@blueprint.get("/audit.csv")
def audit_as_csv() -> Response:
    """Hand out the entries that are asked for, for a spreadsheet."""
    form = AuditForm(formdata=request.args)
    form.offer([], {})
    form.validate()
    found = audit_entries(session(), form.wanted(viewer().timezone))
    text = audit_csv(found, names_in(session(), found), organisation_names(session()))
    response = Response(text, mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=audit.csv"
    return response


def _person_page(
    person_id: int,
    raising: ProofForm | None = None,
    deletion: ProofForm | None = None,
    role: RoleForm | None = None,
) -> AnyResponse:
    names = organisation_names(session())
    found = account_of(session(), person_id, now())
    raising = raising or ProofForm(formdata=None, prefix="raising")
    deletion = deletion or ProofForm(formdata=None)
    role = role or RoleForm(formdata=None)
    role.offer(names)
    page = render_template(
        "admin/person.html",
        found=found,
        is_account=found.person.kind == PersonKind.ACCOUNT,
        owned=owned_alone(session(), person_id),
        raising=raising,
        deletion=deletion,
        role=role,
        titles=ROLE_TITLES,
        place="people",
    )
    return make_response(page, max(map(status_of, (raising, deletion, role))))


def _proof(form: ProofForm) -> Proof:
    found: PasswordHasher = hasher(cheap=academy().testing)
    return prove(found, own_hash(reading(), viewer()), form.password.data)


def _resigned(person_id: int, wanted: bool) -> bool:
    return person_id == viewer().id and not wanted


def _at(person_id: int) -> str:
    return f"/admin/people/{person_id}"


def _asked(name: str) -> str:
    return request.args.get(name, "")
