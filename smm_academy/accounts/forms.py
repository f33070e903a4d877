"""The forms about an account."""

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from smm_academy.accounts.identifiers import EMAIL_CHARACTERS
from smm_academy.accounts.passwords import LONGEST
from smm_academy.web.forms import Form

REQUIRED = InputRequired(_("This is needed."))
LANGUAGES = [SelectChoice("en", "English"), SelectChoice("pl", "Polski")]

ZONES = [SelectChoice(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]


class RegistrationForm(Form):
    """Name, address and password of a new account."""

    name = StringField(
        _("What may we call you?"), [REQUIRED], render_kw={"autocomplete": "given-name"}
    )
    email = EmailField(
        _("E-mail address"),
        [REQUIRED, Length(max=EMAIL_CHARACTERS, message=_("This address is too long."))],
        render_kw={"autocomplete": "email"},
    )
    password = PasswordField(
        _("Password"), [REQUIRED], render_kw={"autocomplete": "new-password", "minlength": 10}
    )


class SignInForm(Form):
    """Address and password."""

    email = EmailField(_("E-mail address"), [REQUIRED], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _("Password"),
        [REQUIRED, Length(max=LONGEST, message=_("This password is too long."))],
        render_kw={"autocomplete": "current-password"},
    )


class ResetRequestForm(Form):
    """The address that a link goes to."""

    email = EmailField(_("E-mail address"), [REQUIRED], render_kw={"autocomplete": "email"})


class NewPasswordForm(Form):
    """A password to be set by a mailed link."""

    password = PasswordField(
        _("New password"), [REQUIRED], render_kw={"autocomplete": "new-password", "minlength": 10}
    )


class ChangePasswordForm(Form):
    """The present and the new password."""

    old_password = PasswordField(
        _("Current password"), [REQUIRED], render_kw={"autocomplete": "current-password"}
    )
    password = PasswordField(
        _("New password"), [REQUIRED], render_kw={"autocomplete": "new-password", "minlength": 10}
    )


class ProfileForm(Form):
    """How somebody is called, in which language and zone."""

    name = StringField(_("What may we call you?"), [REQUIRED])
    locale = SelectField(_("Language"), choices=LANGUAGES)
    timezone = SelectField(_("Time zone"), choices=ZONES)


class DeletionForm(Form):
    """The password, so that nobody else deletes an account."""

    password = PasswordField(
        _("Your password"), [REQUIRED], render_kw={"autocomplete": "current-password"}
    )


class LanguageForm(Form):
    """A language to switch to."""

    locale = StringField(validators=[AnyOf(["en", "pl"])])
