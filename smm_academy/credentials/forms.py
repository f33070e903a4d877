"""The form for a certificate."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired

from smm_academy.accounts.forms import LANGUAGES, REQUIRED
from smm_academy.web.forms import Form


class TestForm(Form):
    """In which language the test of the house is taken."""

    locale = RadioField(
        _("Language of the test"), [InputRequired(_("Choose a language."))], choices=LANGUAGES
    )


class CertificateForm(Form):
    """The name that stands on a certificate."""

    name = StringField(_("Name on the certificate"), [REQUIRED])
