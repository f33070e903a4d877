"""The forms about an organisation, and its roles in words."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _
from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from smm_academy.accounts.forms import REQUIRED, ZONES
from smm_academy.accounts.identifiers import EMAIL_CHARACTERS, ORGANISATION_CHARACTERS
from smm_academy.accounts.models import Role
from smm_academy.web.forms import Form

ROLE_TITLES: Mapping[str, object] = MappingProxyType(
    {
        Role.OWNER: _("owner"),
        Role.INSTRUCTOR: _("instructor"),
        Role.RECRUITER: _("recruiter"),
        Role.REVIEWER: _("reviewer"),
    }
)
ROLE_RIGHTS: Mapping[str, object] = MappingProxyType(
    {
        Role.OWNER: _("invites members, gives and takes roles, changes these settings"),
        Role.INSTRUCTOR: _("writes lessons and quizzes, runs classes"),
        Role.RECRUITER: _("invites candidates and sees their results"),
        Role.REVIEWER: _("looks at scores that somebody objects to"),
    }
)
ACTIONS: Mapping[str, object] = MappingProxyType(
    {
        "organisation.opened": _("Organisation opened"),
        "organisation.renamed": _("Name or zone changed"),
        "organisation.invited": _("Invitation sent"),
        "organisation.invitation_withdrawn": _("Invitation withdrawn"),
        "organisation.joined": _("Invitation accepted"),
        "organisation.role_given": _("Role given"),
        "organisation.role_taken": _("Role taken away"),
    }
)
"""Entries of the audit log, in words."""

ROLE_CHOICES = [SelectChoice(str(role), title) for role, title in ROLE_TITLES.items()]


class OrganisationForm(Form):
    """What an organisation is called, and the zone its dates are reckoned in."""

    name = StringField(
        _("Name of the organisation"),
        [REQUIRED, Length(max=ORGANISATION_CHARACTERS, message=_("This name is too long."))],
        render_kw={"autocomplete": "organization"},
    )
    timezone = SelectField(_("Time zone"), choices=ZONES)


class InvitationForm(Form):
    """Whom to invite, and as what."""

    email = EmailField(
        _("E-mail address"),
        [REQUIRED, Length(max=EMAIL_CHARACTERS, message=_("This address is too long."))],
        render_kw={"autocomplete": "off"},
    )
    role = SelectField(_("Role"), choices=ROLE_CHOICES, default=Role.INSTRUCTOR)


class RolesForm(Form):
    """The roles that a member is to hold."""

    roles = SelectMultipleField(_("Roles"), choices=ROLE_CHOICES)
