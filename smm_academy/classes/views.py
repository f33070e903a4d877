"""Pages of classes: those that one teaches, joining and coming back, those that one is in."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_login import login_required
from werkzeug.wrappers import Response

from smm_academy.accounts.cookies import held_token, keep_token, whoever_acts
from smm_academy.accounts.operations import GUEST_FOR, note
from smm_academy.classes import forms, operations, queries
from smm_academy.classes.cards import Member
from smm_academy.classes.days import USUAL, day_of, end_of_day, is_over
from smm_academy.classes.forms import ClassForm, CodeForm, JoinForm, ReturnForm, WorkForm
from smm_academy.classes.gradebook import sorted_rows
from smm_academy.classes.guessing import asker_of, key_tries
from smm_academy.classes.models import SchoolClass
from smm_academy.classes.operations import Joining
from smm_academy.classes.plans import Plan
from smm_academy.classes.report_page import report_page
from smm_academy.clock import now
from smm_academy.measurement.queries import curriculum
from smm_academy.web.application import academy, session
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.spreadsheet import as_csv
from smm_academy.web.viewer import viewer

blueprint = Blueprint("classes", __name__, template_folder="templates")


@blueprint.get("/teach/classes")
@login_required
def taught() -> str:
    """List the classes of the organisations where the viewer is an instructor."""
    found = queries.classes_taught(session(), viewer(), now())
    return render_template("classes/taught.html", cards=found, **forms.words_of())


@blueprint.route("/teach/classes/new", methods=["GET", "POST"])
@login_required
def new() -> Response:
    """Open a class."""
    form, places = ClassForm(), queries.teaching_places(session(), viewer())
    forms.choose_places(form, places)
    if request.method == "GET":
        form.timezone.data = next(iter(places.values()))[1]
        form.retention_on.data = day_of(now(), form.timezone.data) + USUAL
    elif form.validate():
        with refusals(form):
            place = form.organisation.data if len(places) > 1 else str(next(iter(places)))
            found = operations.open_class(session(), viewer(), _plan(form, place), now())
            return redirect(f"/teach/classes/{found.id}")
    page = render_template("classes/new.html", form=form, choose=len(places) > 1)
    return make_response(page, status_of(form))


@blueprint.get("/teach/classes/<int:class_id>")
@login_required
def teach(class_id: int) -> Response:
    """Show a class to its instructors: code, list, members."""
    return _class_page(class_id, WorkForm(formdata=None))


@blueprint.get("/teach/classes/<int:class_id>/sheet")
@login_required
def sheet(class_id: int) -> str:
    """Show where and with which code one joins, to be printed or projected."""
    found = _door_of(queries.class_taught(session(), viewer(), class_id))
    return render_template("classes/sheet.html", **found)


@blueprint.post("/teach/classes/<int:class_id>/code")
@login_required
def change_code(class_id: int) -> Response:
    """Give a class a new code, or close it to newcomers."""
    if request.form.get("change") == "close":
        operations.close_code(session(), viewer(), class_id, now())
        flash(_("Nobody new can join now. Whoever is in the class stays in it."), "done")
    else:
        operations.renew_code(session(), viewer(), class_id, now())
        flash(_("The class has a new code. The old one lets nobody in."), "done")
    return redirect(f"/teach/classes/{class_id}")


@blueprint.route("/teach/classes/<int:class_id>/settings", methods=["GET", "POST"])
@login_required
def settings(class_id: int) -> Response:
    """Change a class's name, time zone and last day."""
    found = queries.class_taught(session(), viewer(), class_id)
    form = ClassForm(obj=found)
    forms.choose_places(form, queries.teaching_places(session(), viewer()))
    if form.validate_on_submit():
        with refusals(form):
            plan = _plan(form, str(found.organisation_id))
            operations.change_class(session(), viewer(), class_id, plan, now())
            flash(_("Saved."), "done")
            return redirect(f"/teach/classes/{class_id}")
    page = render_template("classes/settings.html", form=form, found=found)
    return make_response(page, status_of(form))


@blueprint.post("/teach/classes/<int:class_id>/archive")
@login_required
def archive(class_id: int) -> Response:
    """Put a class into the archive, or take it out."""
    archived = request.form.get("archived") != "no"
    operations.archive(session(), viewer(), class_id, now(), archived=archived)
    said = _("The class is in the archive.") if archived else _("The class is out of the archive.")
    flash(said, "done")
    return redirect(f"/teach/classes/{class_id}")


@blueprint.route("/teach/classes/<int:class_id>/delete", methods=["GET", "POST"])
@login_required
def delete(class_id: int) -> Response:
    """Delete a class, once its instructor has read what goes with it."""
    found = queries.class_taught(session(), viewer(), class_id)
    if request.method == "POST":
        operations.delete_class(session(), viewer(), class_id, now())
        flash(_("The class is deleted. What its members did stays theirs."), "done")
        return redirect("/teach/classes")
    count = len(queries.members_of(session(), found, now()))
    return make_response(render_template("classes/delete.html", found=found, count=count))


@blueprint.post("/teach/classes/<int:class_id>/list")
@login_required
def assign(class_id: int) -> Response:
    """Put work on the list of a class, or change the day it is due."""
    form = WorkForm()
    if form.validate():
        with refusals(form):
            piece = forms.read_work(form.work.data)
            due_on = form.due_on.data
            operations.assign(session(), viewer(), class_id, piece, due_on, now())
            flash(_("It is on the list."), "done")
            return redirect(f"/teach/classes/{class_id}#list")
    return _class_page(class_id, form)


@blueprint.post("/teach/classes/<int:class_id>/list/<int:task_id>/remove")
@login_required
def unassign(class_id: int, task_id: int) -> Response:
    """Take work off the list of a class."""
    operations.unassign(session(), viewer(), class_id, task_id)
    flash(_("It is off the list. What was done of it stays done."), "done")
    return redirect(f"/teach/classes/{class_id}#list")


@blueprint.get("/teach/classes/<int:class_id>/gradebook")
@login_required
def gradebook(class_id: int) -> str:
    """Show what the members did, sorted by a column."""
    found = queries.class_taught(session(), viewer(), class_id)
    book = queries.gradebook_of(session(), found, now())
    shelf = queries.shelf_of(session(), viewer(), found, interface_locale())
    column, down = request.args.get("sort", "name"), request.args.get("down") == "1"
    return render_template(
        "classes/gradebook.html",
        found=found,
        book=book,
        rows=sorted_rows(book.rows, column, down=down),
        columns=forms.columns_of(book.tasks, shelf, interface_locale()),
        column=column,
        down=down,
        **forms.words_of(found.timezone),
    )


@blueprint.get("/teach/classes/<int:class_id>/gradebook.csv")
@login_required
def export(class_id: int) -> Response:
    """Hand the gradebook over as a file for spreadsheets; the audit log remembers it."""
    at, locale = now(), interface_locale()
    found = queries.class_taught(session(), viewer(), class_id)
    book = queries.gradebook_of(session(), found, at)
    shelf = queries.shelf_of(session(), viewer(), found, locale)
    response = make_response(as_csv(forms.csv_rows(book, shelf, found.timezone, locale), locale))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f"attachment; filename=class-{class_id}.csv"
    note(
        session(),
        "class.exported",
        at,
        person_id=viewer().id,
        organisation_id=found.organisation_id,
        subject=f"class {class_id}",
    )
    return response


@blueprint.get("/teach/classes/<int:class_id>/members/<int:member_id>")
@login_required
def member(class_id: int, member_id: int) -> str:
    """Show what one member did, in as much as they were told when they joined."""
    found = queries.class_taught(session(), viewer(), class_id)
    return _report(found, queries.member_of(session(), found, member_id, now()))


@blueprint.post("/teach/classes/<int:class_id>/members/<int:member_id>/remove")
@login_required
def remove(class_id: int, member_id: int) -> Response:
    """Take somebody out of a class."""
    one = operations.remove_member(session(), viewer(), class_id, member_id, now())
    flash(_("%(name)s is no longer in the class.", name=one.name), "done")
    return redirect(f"/teach/classes/{class_id}#members")


@blueprint.post("/teach/classes/<int:class_id>/members/<int:member_id>/key")
@login_required
def new_key(class_id: int, member_id: int) -> str:
    """Make a new key for a guest and show it, once."""
    secret = academy().settings.secret_key
    one, key = operations.issue_key(session(), viewer(), class_id, member_id, secret, now())
    found = queries.class_taught(session(), viewer(), class_id)
    return _key_page(found, one.name, key, own=False)


@blueprint.get("/join")
def door() -> str:
    """Ask for the code of a class, or for code and key of somebody who was here before."""
    form = CodeForm(formdata=None, code=request.args.get("code", ""))
    return render_template("classes/join.html", form=form, again=ReturnForm(formdata=None))


@blueprint.post("/join")
def join() -> Response:
    """Look a code up; with a name, let its holder in."""
    at, secret = now(), academy().settings.secret_key
    asker = asker_of(secret, request.remote_addr or "")
    queries.refuse_guessing(session(), asker, at)
    form: CodeForm = JoinForm() if "name" in request.form else CodeForm()
    found = queries.class_by_code(session(), form.code.data or "", at)
    if not form.code.validate(form) or found is None:
        if form.code.data:
            operations.count_misses(session(), (asker,), at)
        form.code.errors = form.code.errors or [forms.WRONG_CODE]
        again = ReturnForm(formdata=None)
        page = render_template("classes/join.html", form=form, again=again)
        return make_response(page, 422)
    if queries.is_member(session(), viewer(), found.id):
        return redirect(f"/classes/{found.id}")
    if isinstance(form, JoinForm) and form.validate():
        with refusals(form):
            return _let_in(found, form)
    if not isinstance(form, JoinForm):
        form = JoinForm(formdata=None, code=form.code.data, name=viewer().name)
    page = render_template(
        "classes/joining.html",
        form=form,
        found=found,
        organisation=queries.organisation_name(session(), found),
        **forms.words_of(found.timezone),
    )
    return make_response(page, status_of(form))


@blueprint.post("/join/return")
def come_back() -> Response:
    """Let a guest in on another device, by code and key."""
    at, secret = now(), academy().settings.secret_key
    asker, form = asker_of(secret, request.remote_addr or ""), ReturnForm()
    found = queries.class_by_code(session(), form.code.data or "", at, ended=True)
    queries.refuse_guessing(session(), asker, at, found.id if found else 0)
    if viewer().is_authenticated:
        form.key.errors = [_("You are signed in with an account. Sign out first, or just join.")]
    elif form.validate():
        one = queries.member_by_key(session(), found, secret, form.key.data) if found else None
        if found and one:
            if viewer().id not in {0, one.person_id}:
                flash(_("What you tried on this device before stays apart."), "info")
            token = operations.come_back(session(), found, one, at)
            length = queries.kept_until(session(), one.person_id) - at
            return keep_token(redirect(f"/classes/{found.id}"), token, length)
        operations.count_misses(session(), (asker, *([key_tries(found.id)] if found else [])), at)
        form.key.errors = [forms.WRONG_KEY]
    page = render_template("classes/join.html", form=CodeForm(formdata=None), again=form)
    return make_response(page, 422)


@blueprint.get("/classes")
def attended() -> str:
    """List the classes that the viewer is in."""
    found = queries.classes_attended(session(), viewer(), now())
    return render_template("classes/attended.html", cards=found, **forms.words_of())


@blueprint.get("/classes/<int:class_id>")
def attend(class_id: int) -> Response:
    """Show a class to a member: what is on its list, and what they did of it."""
    at = now()
    found, own = queries.own_place(session(), viewer(), class_id, at)
    one = queries.member_of(session(), found, own.id, at)
    report = queries.report_of(session(), found, one, interface_locale(), at)
    page = render_template(
        "classes/attend.html",
        found=found,
        one=one,
        report=report,
        organisation=queries.organisation_name(session(), found),
        shelf=queries.shelf_of(session(), viewer(), found, interface_locale()),
        **forms.words_of(found.timezone),
    )
    return _lasting(page)


@blueprint.get("/classes/<int:class_id>/me")
def seen(class_id: int) -> str:
    """Show a member the very page that the instructors of the class see of them."""
    found, own = queries.own_place(session(), viewer(), class_id, now())
    return _report(found, queries.member_of(session(), found, own.id, now()), own=True)


@blueprint.post("/classes/<int:class_id>/sharing")
def share(class_id: int) -> Response:
    """Let the instructors read one's replies, or no longer."""
    shares = request.form.get("shares") == "yes"
    operations.share_replies(session(), viewer(), class_id, now(), shares=shares)
    said = _("Your replies are shared now.") if shares else _("Your replies are yours alone now.")
    flash(said, "done")
    return redirect(f"/classes/{class_id}")


@blueprint.post("/classes/<int:class_id>/leave")
def leave(class_id: int) -> Response:
    """Leave a class."""
    found = operations.leave(session(), viewer(), class_id, now())
    flash(_("You have left %(name)s; it sees nothing of you now.", name=found.name), "done")
    return redirect("/classes")


def _plan(form: ClassForm, organisation: str) -> Plan:
    place = int(organisation) if organisation and organisation.isdecimal() else 0
    return Plan(form.name.data, place, form.timezone.data, form.retention_on.data)


def _class_page(class_id: int, form: WorkForm) -> Response:
    at, locale = now(), interface_locale()
    found = queries.class_taught(session(), viewer(), class_id)
    shelf = queries.shelf_of(session(), viewer(), found, locale)
    forms.choose_work(form, shelf)
    page = render_template(
        "classes/teach.html",
        form=form,
        shelf=shelf,
        organisation=queries.organisation_name(session(), found),
        members=queries.members_of(session(), found, at),
        tasks=queries.tasks_of(session(), class_id),
        over=is_over(found.retention_on, found.timezone, at),
        **_door_of(found),
    )
    return make_response(page, status_of(form))


def _let_in(found: SchoolClass, form: JoinForm) -> Response:
    at, secret = now(), academy().settings.secret_key
    # A name that is refused makes no guest.
    name = queries.free_name(session(), found.id, form.name.data)
    person = whoever_acts(at, end_of_day(found.retention_on, found.timezone) - at)
    typed = Joining(name, form.shares_replies.data, interface_locale())
    key = operations.join(session(), person, found, typed, secret, at)
    if not key:
        flash(_("You are in. This is the page of your class."), "done")
        return redirect(f"/classes/{found.id}")
    return _lasting(_key_page(found, name, key, own=True))


def _lasting(page: str) -> Response:
    """Return a page that hands a guest their cookie again: browsers count from then."""
    response = make_response(page)
    if viewer().kind == "guest":
        until = queries.kept_until(session(), viewer().id)
        keep_token(response, held_token(), max(until - now(), GUEST_FOR))
    return response


def _key_page(found: SchoolClass, name: str, key: str, *, own: bool) -> str:
    who = {"name": name, "key": key, "own": own}
    return render_template("classes/key.html", **who, **_door_of(found))


def _door_of(found: SchoolClass) -> dict[str, Any]:
    """Return what a page says of how one gets into a class."""
    return {
        "found": found,
        "code": queries.live_codes(session(), [found.id]).get(found.id, ""),
        # Browsers take a bare host for a secure one; what is typed by hand is better short.
        "address": f"{academy().settings.base_url.removeprefix('https://').rstrip('/')}/join",
        **forms.words_of(found.timezone),
    }


def _report(found: SchoolClass, one: Member, *, own: bool = False) -> str:
    locale = interface_locale()
    report = queries.report_of(session(), found, one, locale, now())
    shelf = queries.shelf_of(session(), viewer(), found, locale)
    known = curriculum(session(), viewer())
    page = report_page(report, shelf, known, found.timezone, locale)
    return render_template("classes/report.html", found=found, page=page, own=own)
