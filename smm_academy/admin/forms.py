"""The forms of administration, and what its pages call things."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from io import StringIO
from types import MappingProxyType
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    PasswordField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from smm_academy.accounts.forms import REQUIRED
from smm_academy.accounts.identifiers import EMAIL_CHARACTERS, ORGANISATION_CHARACTERS
from smm_academy.accounts.models import AuditEntry, Role
from smm_academy.admin.paging import Paging
from smm_academy.admin.queries import Wanted
from smm_academy.organisations.forms import ACTIONS as ORGANISATION_ACTIONS, ROLE_CHOICES
from smm_academy.web.forms import Form
from smm_academy.web.spreadsheet import neutral

LONGEST_SEARCH = 100

ACTIONS: Mapping[str, object] = MappingProxyType(
    {
        "account.registered": _("Account opened"),
        "account.password_changed": _("Password changed"),
        **ORGANISATION_ACTIONS,
        "admin.made": _("Made an admin"),
        "admin.unmade": _("No longer an admin"),
        "admin.signed_out": _("Signed out everywhere"),
        "admin.reset_mailed": _("Password link mailed"),
        "admin.deleted": _("Person deleted"),
        "admin.job_run_again": _("Job run again"),
        "admin.job_dropped": _("Job dropped"),
        "admin.content_check": _("Content check asked for"),
        "rating.given": _("Reply rated"),
        "content.synced": _("Content files taken in"),
    }
)
"""Entries of the audit log, in words; one that is not here stands as it is written."""

JOBS: Mapping[str, object] = MappingProxyType(
    {
        "mail.send": _("Send a letter"),
        "accounts.retention": _("Forget what has served its time"),
        "admin.content_check": _("Check the content"),
        "assessments.retention": _("Delete candidates on the promised day"),
        "measurement.calibration": _("Calibrate the questions"),
        "progress.norms": _("Work out whom learners are compared with"),
        "assessments.norms": _("Work out whom candidates are compared with"),
        "quizzes.expiry": _("Close quizzes whose time is over"),
        "shifts.expiry": _("Close shifts whose time is over"),
    }
)
KINDS: Mapping[str, object] = MappingProxyType(
    {
        "lesson": _("Lessons"),
        "quiz": _("Quizzes"),
        "item": _("Questions"),
        "brand": _("Brands"),
        "scenario": _("Scenarios"),
        "skills": _("Skills"),
        "glossary": _("Glossary"),
    }
)


class PeopleSearchForm(Form):
    """Whom to look for."""

    q = StringField(_("Name or address"), [Length(max=LONGEST_SEARCH)])
    admins = BooleanField(_("Admins only"))


class ProofForm(Form):
    """The admin's own password, for what cannot be undone."""

    password = PasswordField(
        _("Your own password"), [REQUIRED], render_kw={"autocomplete": "current-password"}
    )


class RoleForm(Form):
    """A role in an organisation, by its address."""

    organisation = SelectField(_("Organisation"))
    role = SelectField(_("Role"), choices=ROLE_CHOICES, default=Role.INSTRUCTOR)

    def offer(self, names: Mapping[int, tuple[str, str]]) -> None:
        """Offer the organisations that there are."""
        self.organisation.choices = [SelectChoice(slug, name) for slug, name in names.values()]


class NewOrganisationForm(Form):
    """What a new organisation is called, and who is to own it."""

    name = StringField(
        _("Name of the organisation"),
        [REQUIRED, Length(max=ORGANISATION_CHARACTERS, message=_("This name is too long."))],
    )
    email = EmailField(
        _("Address of its first owner"),
        [REQUIRED, Length(max=EMAIL_CHARACTERS, message=_("This address is too long."))],
        render_kw={"autocomplete": "off"},
    )


class AuditForm(Form):
    """Which entries of the audit log to show."""

    action = SelectField(_("What"), validate_choice=False)
    person = StringField(_("Who, or about whom"), [Length(max=LONGEST_SEARCH)])
    organisation = SelectField(_("Organisation"), validate_choice=False)
    day = DateField(_("Day"), [Optional()])

    def offer(self, actions: Iterable[str], names: Mapping[int, tuple[str, str]]) -> None:
        """Offer the actions and the organisations that there are."""
        self.action.choices = [
            SelectChoice("", _("everything")),
            *(SelectChoice(one, ACTIONS.get(one, one)) for one in actions),
        ]
        self.organisation.choices = [
            SelectChoice("", _("all")),
            *(SelectChoice(slug, name) for slug, name in names.values()),
        ]

    def wanted(self, zone: str) -> Wanted:
        """Return what is asked for; the day is reckoned in the reader's zone."""
        since = until = None
        if self.day.data and not self.day.errors:
            since = datetime.combine(self.day.data, time(), ZoneInfo(zone))
            until = datetime.combine(self.day.data + timedelta(days=1), time(), ZoneInfo(zone))
        return Wanted(
            self.action.data or "",
            (self.person.data or "").strip(),
            self.organisation.data or "",
            since,
            until,
        )


def page_links(
    paging: Paging, path: str, fields: Mapping[str, str]
) -> list[tuple[int | None, str, bool]]:
    """Return what the pagination shows: (number, address, whether it is this page)."""
    return [
        (
            number,
            f"{path}?{urlencode({**fields, 'page': number})}" if number else "",
            number == paging.page,
        )
        for number in paging.offered()
    ]


def page_number(text: str) -> int:
    """Return the page that an address asks for, the first where it says none."""
    return int(text[:6]) if text.isascii() and text.isdecimal() else 1


def audit_csv(
    entries: Sequence[AuditEntry],
    names: Mapping[int, str],
    places: Mapping[int, tuple[str, str]],
) -> str:
    """Return entries of the audit log as CSV, in which no cell begins a formula."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(
        ["at", "action", "person_id", "person", "organisation", "subject", "about", "detail"]
    )
    for entry in entries:
        place = places.get(entry.organisation_id or 0, ("", ""))[1]
        cells = [
            entry.at.isoformat(),
            entry.action,
            str(entry.person_id or ""),
            names.get(entry.person_id or 0, ""),
            place,
            entry.subject,
            names.get(entry.subject_id or 0, ""),
            entry.detail,
        ]
        rows.writerow([neutral(cell) for cell in cells])
    return written.getvalue()
