"""Pages about an account, from registering to deleting it."""

from datetime import timedelta

from argon2 import PasswordHasher
from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
)
from flask_login import login_required
from werkzeug.wrappers import Response as AnyResponse

from smm_academy.accounts import operations
from smm_academy.accounts.cookies import drop_token, held_token, keep_token
from smm_academy.accounts.forms import (
    ChangePasswordForm,
    DeletionForm,
    LanguageForm,
    NewPasswordForm,
    ProfileForm,
    RegistrationForm,
    ResetRequestForm,
    SignInForm,
)
from smm_academy.accounts.holdings import EXTENSION, Holdings, erase_person, export_person
from smm_academy.accounts.identifiers import display_name, email_key, key_or_nothing
from smm_academy.accounts.models import LinkPurpose
from smm_academy.accounts.passwords import hasher, new_hash, prove
from smm_academy.accounts.queries import (
    check_deletion,
    holder_of,
    kept_hash,
    own_hash,
    owned_alone,
    signed_in_devices,
    usable_link,
)
from smm_academy.clock import now
from smm_academy.errors import NotFound
from smm_academy.mail.outbox import kept_letters
from smm_academy.web.application import academy, reading, session
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import COOKIE, COOKIE_SECONDS, gettext as _, select_locale
from smm_academy.web.paths import local_path
from smm_academy.web.viewer import viewer

blueprint = Blueprint("accounts", __name__, template_folder="templates")


@blueprint.route("/register", methods=["GET", "POST"])
def register() -> AnyResponse:
    """Open an account; a guest becomes it and keeps everything."""
    form = RegistrationForm()
    if form.validate_on_submit():
        with refusals(form):
            name, key = display_name(form.name.data), email_key(form.email.data)
            kept = new_hash(_hasher(), form.password.data, email=key, name=name)
            typed = operations.Registration(name, form.email.data, kept, select_locale())
            token = operations.register(session(), typed, viewer(), _base_url(), now())
            flash(_("Welcome! We sent you a letter to confirm your address."), "done")
            return keep_token(redirect(_next("/progress/start")), token)
    page = render_template("accounts/register.html", form=form, next=request.values.get("next"))
    return make_response(page, status_of(form))


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> AnyResponse:
    """Sign in by address and password."""
    form = SignInForm()
    if form.validate_on_submit():
        kept = kept_hash(reading(), form.email.data, now())
        proof = prove(_hasher(), kept, form.password.data)
        with refusals(form):
            token = operations.sign_in(session(), form.email.data, proof, now())
            if token is not None:
                _tell_guest()
                return keep_token(redirect(_next("/progress")), token)
            form.password.errors = [
                _("Address and password do not match. Check the spelling, or set a new password.")
            ]
    page = render_template("accounts/sign_in.html", form=form, next=request.values.get("next"))
    return make_response(page, status_of(form))


@blueprint.post("/sign-out")
def sign_out() -> AnyResponse:
    """End this session."""
    operations.sign_out(session(), held_token())
    return drop_token(redirect("/"))


@blueprint.route("/reset", methods=["GET", "POST"])
def ask_for_reset() -> AnyResponse:
    """Ask for a link to set a new password."""
    form = ResetRequestForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.ask_for_reset(session(), form.email.data, _base_url(), now())
            return make_response(
                render_template("accounts/reset_sent.html", email=form.email.data)
            )
    return make_response(
        render_template("accounts/reset_request.html", form=form), status_of(form)
    )


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> AnyResponse:
    """Set a new password by a mailed link."""
    form = NewPasswordForm()
    if form.validate_on_submit():
        with refusals(form):
            person = holder_of(reading(), usable_link(reading(), token, LinkPurpose.RESET, now()))
            kept = new_hash(
                _hasher(), form.password.data, email=person.email_key or "", name=person.name
            )
            opened = operations.reset_password(session(), token, kept, now())
            flash(_("Your new password is set. Every other session has ended."), "done")
            return keep_token(redirect("/progress"), opened)
    usable_link(session(), token, LinkPurpose.RESET, now())
    return make_response(render_template("accounts/reset.html", form=form), status_of(form))


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> AnyResponse:
    """Confirm an address; the link shows a button, since mail programs open links on their own."""
    if request.method == "POST":
        operations.confirm_email(session(), token, now())
        flash(_("Thank you, your address is confirmed."), "done")
        return redirect("/progress")
    usable_link(session(), token, LinkPurpose.CONFIRM, now())
    return make_response(render_template("accounts/confirm.html"))


@blueprint.post("/confirm")
@login_required
def ask_for_confirmation() -> AnyResponse:
    """Send the letter that confirms an address once more."""
    operations.ask_for_confirmation(session(), viewer(), _base_url(), now())
    flash(_("The letter is on its way."), "done")
    return redirect("/account")


@blueprint.post("/language")
def switch_language() -> AnyResponse:
    """Switch the interface's language and stay on the page."""
    form = LanguageForm()
    response = redirect(local_path(request.form.get("next")))
    if form.validate():
        if viewer().is_authenticated:
            operations.change_locale(session(), viewer(), form.locale.data)
        response.set_cookie(
            COOKIE,
            form.locale.data,
            max_age=timedelta(seconds=COOKIE_SECONDS),
            samesite="Lax",
            secure=academy().settings.secure,
        )
    return response


@blueprint.route("/account", methods=["GET", "POST"])
@login_required
def account() -> AnyResponse:
    """Show and change how somebody is called, in which language and zone."""
    form = ProfileForm(obj=viewer())
    if form.validate_on_submit():
        with refusals(form):
            operations.change_profile(
                session(), viewer(), form.name.data, form.locale.data, form.timezone.data
            )
            flash(_("Saved."), "done")
            return redirect("/account")
    return _account_page(form, ChangePasswordForm(formdata=None), DeletionForm(formdata=None))


@blueprint.post("/account/password")
@login_required
def change_password() -> AnyResponse:
    """Set a new password; every other session ends."""
    form = ChangePasswordForm()
    if form.validate():
        with refusals(form):
            me = viewer()
            proof = prove(_hasher(), own_hash(reading(), me), form.old_password.data)
            kept = new_hash(
                _hasher(), form.password.data, email=key_or_nothing(me.email), name=me.name
            )
            token = operations.change_password(session(), me, proof, kept, now())
            flash(_("Your new password is set. Every other session has ended."), "done")
            return keep_token(redirect("/account"), token)
    return _account_page(
        ProfileForm(formdata=None, obj=viewer()), form, DeletionForm(formdata=None)
    )


@blueprint.get("/account/export")
@login_required
def export() -> Response:
    """Hand somebody everything that is known of them, as JSON."""
    response = jsonify(export_person(_holdings(), session(), viewer().id))
    response.headers["Content-Disposition"] = "attachment; filename=smm-academy.json"
    return response


@blueprint.post("/account/delete")
@login_required
def delete() -> AnyResponse:
    """Delete an account and everything that belongs to it."""
    form = DeletionForm()
    if form.validate():
        with refusals(form):
            proof = prove(_hasher(), own_hash(reading(), viewer()), form.password.data)
            check_deletion(session(), viewer(), proof)
            erase_person(_holdings(), session(), viewer().id)
            flash(_("Your account and everything in it is deleted."), "done")
            return drop_token(redirect("/"))
    return _account_page(
        ProfileForm(formdata=None, obj=viewer()), ChangePasswordForm(formdata=None), form
    )


@blueprint.get("/outbox")
def outbox() -> str:
    """Show the letters of a demonstration, which are kept instead of being sent."""
    if not academy().settings.demo:
        raise NotFound("There is no outbox here: letters are sent.")
    letters = kept_letters(academy().settings.instance)
    return render_template("accounts/outbox.html", letters=letters)


def _account_page(
    profile: ProfileForm, password: ChangePasswordForm, deletion: DeletionForm
) -> AnyResponse:
    page = render_template(
        "accounts/account.html",
        profile=profile,
        password=password,
        deletion=deletion,
        devices=signed_in_devices(session(), viewer(), now()),
        owned=owned_alone(session(), viewer().id),
    )
    return make_response(page, max(map(status_of, (profile, password, deletion))))


def _holdings() -> Holdings:
    found: Holdings = academy().extensions[EXTENSION]
    return found


def _tell_guest() -> None:
    if viewer().kind == "guest":
        flash(_("What you tried before you signed in stays apart and goes after a month."), "info")


def _hasher() -> PasswordHasher:
    return hasher(cheap=academy().testing)


def _base_url() -> str:
    return academy().settings.base_url


def _next(otherwise: str) -> str:
    return local_path(request.values.get("next"), otherwise)
