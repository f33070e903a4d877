"""Pages of an organisation: its members and settings, and the way in by an invitation."""

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_login import login_required
from werkzeug.wrappers import Response

from smm_academy.accounts.identifiers import key_or_nothing
from smm_academy.accounts.models import Organisation, Role
from smm_academy.accounts.queries import names_in
from smm_academy.clock import now
from smm_academy.organisations import operations
from smm_academy.organisations.forms import (
    ACTIONS,
    ROLE_RIGHTS,
    ROLE_TITLES,
    InvitationForm,
    OrganisationForm,
    RolesForm,
)
from smm_academy.organisations.queries import (
    belongings,
    invitations_of,
    managed,
    members_of,
    newest_changes,
    open_invitation,
)
from smm_academy.web.application import academy, session
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.viewer import viewer

blueprint = Blueprint("organisations", __name__, template_folder="templates")


@blueprint.get("/organisations")
@login_required
def overview() -> str:
    """List the organisations that somebody belongs to."""
    return render_template(
        "organisations/overview.html",
        belongings=belongings(session(), viewer()),
        titles=ROLE_TITLES,
    )


@blueprint.route("/organisations/<slug>", methods=["GET", "POST"])
@login_required
def organisation(slug: str) -> Response:
    """Show an organisation to its owners; change its name and zone."""
    found = managed(session(), viewer(), slug)
    form = OrganisationForm(obj=found)
    if form.validate_on_submit():
        with refusals(form):
            operations.rename(session(), viewer(), slug, form.name.data, form.timezone.data, now())
            flash(_("Saved."), "done")
            return redirect(f"/organisations/{slug}")
    return _page(slug, settings=form)


@blueprint.post("/organisations/<slug>/invitations")
@login_required
def invite(slug: str) -> Response:
    """Mail somebody an offer of a role."""
    managed(session(), viewer(), slug)
    form = InvitationForm()
    if form.validate():
        with refusals(form):
            sent = operations.invite(
                session(),
                viewer(),
                slug,
                form.email.data,
                Role(form.role.data),
                academy().settings.base_url,
                interface_locale(),
                now(),
            )
            flash(_("The invitation to %(email)s is on its way.", email=sent.email), "done")
            return redirect(f"/organisations/{slug}#invitations")
    return _page(slug, invitation=form)


@blueprint.post("/organisations/<slug>/invitations/<int(max=2147483647):invitation_id>/withdraw")
@login_required
def withdraw(slug: str, invitation_id: int) -> Response:
    """Take an invitation back."""
    operations.withdraw(session(), viewer(), slug, invitation_id, now())
    flash(_("The invitation is withdrawn; its link opens nothing any more."), "done")
    return redirect(f"/organisations/{slug}#invitations")


@blueprint.post("/organisations/<slug>/members/<int(max=2147483647):person_id>")
@login_required
def member(slug: str, person_id: int) -> Response:
    """Change which roles a member holds, or let them go."""
    managed(session(), viewer(), slug)
    form = RolesForm()
    if form.validate():
        kept = [] if "remove" in request.form else [Role(role) for role in form.roles.data]
        with refusals(form):
            operations.set_roles(session(), viewer(), slug, person_id, kept, now())
            if not kept:
                flash(_("They no longer belong to the organisation."), "done")
            else:
                flash(_("Saved."), "done")
            left = person_id == viewer().id and Role.OWNER not in kept and not viewer().is_admin
            return redirect("/organisations" if left else f"/organisations/{slug}#members")
    return _page(slug, roles=form)


@blueprint.get("/invitations/<token>")
def invitation(token: str) -> str:
    """Show what an invitation offers, and how to accept it."""
    offer = open_invitation(session(), token, now())
    return render_template(
        "organisations/invitation.html",
        offer=offer,
        is_theirs=key_or_nothing(viewer().email) == offer.email_key,
        token=token,
        titles=ROLE_TITLES,
        rights=ROLE_RIGHTS,
    )


@blueprint.post("/invitations/<token>")
def accept(token: str) -> Response:
    """Accept an invitation."""
    open_invitation(session(), token, now())
    if not viewer().is_authenticated:
        return redirect(f"/sign-in?next=/invitations/{token}")
    joined = operations.accept(session(), viewer(), token, now())
    flash(_("Welcome to %(organisation)s.", organisation=joined.name), "done")
    return redirect("/organisations")


def _page(
    slug: str,
    settings: OrganisationForm | None = None,
    invitation: InvitationForm | None = None,
    roles: RolesForm | None = None,
) -> Response:
    found: Organisation = managed(session(), viewer(), slug)
    settings = settings or OrganisationForm(formdata=None, obj=found)
    invitation = invitation or InvitationForm(formdata=None)
    roles = roles or RolesForm(formdata=None)
    changes = newest_changes(session(), found)
    page = render_template(
        "organisations/organisation.html",
        organisation=found,
        settings=settings,
        invitation=invitation,
        roles=roles,
        members=members_of(session(), found),
        invitations=invitations_of(session(), found, now()),
        changes=changes,
        names=names_in(session(), changes),
        actions=ACTIONS,
        titles=ROLE_TITLES,
        rights=ROLE_RIGHTS,
    )
    return make_response(page, max(map(status_of, (settings, invitation, roles))))
