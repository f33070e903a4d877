"""Forms of assessments: making one, inviting, beginning, asking for and answering a review."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from smm_academy.accounts.forms import LANGUAGES, REQUIRED
from smm_academy.accounts.identifiers import EMAIL_CHARACTERS, NAME_CHARACTERS
from smm_academy.assessments.operations import KEEP_DAYS, MULTIPLIERS, REASON_CHARACTERS
from smm_academy.web.forms import Form

TOO_LONG = Length(max=REASON_CHARACTERS, message=_("Use 2,000 characters at most."))


class SchoolForm(Form):
    """The name of an organisation that somebody opens."""

    name = StringField(
        _("Name of the company or team"),
        [REQUIRED, Length(max=120, message=_("This name is too long."))],
        render_kw={"autocomplete": "organization"},
    )


class AssessmentForm(Form):
    """What an assessment is to be; the questions of each skill are read by name."""

    # Whether the person hires there is decided where the test is made.
    organisation = SelectField(_("For which organisation"), coerce=int, validate_choice=False)
    name = StringField(
        _("Name that candidates see"),
        [REQUIRED, Length(max=120, message=_("This name is too long."))],
    )
    purpose = StringField(
        _("What the result is used for"),
        [REQUIRED, Length(max=200, message=_("Use 200 characters at most."))],
    )
    scenario = SelectField(_("Shift"))
    question_minutes = IntegerField(
        _("Minutes for the questions"),
        [REQUIRED, NumberRange(5, 60, _("Between 5 and 60 minutes."))],
    )
    shift_minutes = IntegerField(
        _("Minutes for the shift"),
        [
            InputRequired(_("This is needed.")),
            NumberRange(15, 60, _("Between 15 and 60 minutes.")),
        ],
    )
    keep_days = SelectField(
        _("Delete candidates’ data after"),
        coerce=int,
        choices=[SelectChoice(days, _("%(days)d days", days=days)) for days in KEEP_DAYS],
        default=180,
    )

    def offer(
        self, places: Sequence[tuple[int, str]], scenarios: Sequence[tuple[str, str]]
    ) -> None:
        """Say which organisations and which shifts there are to choose from."""
        self.organisation.choices = [SelectChoice(value, title) for value, title in places]
        self.scenario.choices = [SelectChoice(value, title) for value, title in scenarios]


class InvitationForm(Form):
    """One person to be invited; without an address the link is handed over by hand."""

    name = StringField(_("Candidate’s name"), [REQUIRED, Length(max=NAME_CHARACTERS)])
    email = EmailField(_("E-mail address"), [Optional(), Length(max=EMAIL_CHARACTERS)])
    locale = SelectField(_("Language of the letter"), choices=LANGUAGES)
    time_multiplier = SelectField(
        _("Extra time"),
        coerce=float,
        choices=[
            SelectChoice(value, _("none") if value == 1 else f"+{round(100 * (value - 1))} %")
            for value in MULTIPLIERS
        ],
    )


class GuestListForm(Form):
    """Many people at once, one a line, typed or in a file."""

    people = TextAreaField(_("One person a line"), [Optional()], render_kw={"rows": 8})
    file = FileField(_("Or a CSV file"))
    leave_out = BooleanField(_("Leave out the lines that cannot be read, and invite the others"))
    locale = SelectField(_("Language where a line names none"), choices=LANGUAGES)


class BeginForm(Form):
    """What somebody says before an assessment begins."""

    name = StringField(_("Your name"), [Length(max=NAME_CHARACTERS)])
    locale = RadioField(_("Language of the test"), choices=LANGUAGES)
    read = BooleanField(_("I have read this and I want to begin."))

    def __init__(self, *, begun: bool, named: bool, **extra: Any) -> None:
        super().__init__(**extra)
        if begun or named:
            del self.name
        else:
            self.name.validators = [*self.name.validators, REQUIRED]
        if begun:
            del self.locale
            del self.read
        else:
            self.locale.validators = [InputRequired(_("Choose a language."))]
            self.read.validators = [InputRequired(_("Read the notice and tick this first."))]


class ReviewForm(Form):
    """Why somebody wants a person to look at their result."""

    reason = TextAreaField(
        _("What should the person look at?"), [REQUIRED, TOO_LONG], render_kw={"rows": 4}
    )


class AnswerForm(Form):
    """What a person answers after a review."""

    answer = TextAreaField(_("Your answer to the candidate"), [REQUIRED, TOO_LONG])


class DecisionForm(Form):
    """What a person decided about a candidate, and why."""

    decision = RadioField(
        _("Decision"),
        [InputRequired(_("Choose one of the three."))],
        choices=[
            SelectChoice("forward", _("Go on with this person")),
            SelectChoice("hold", _("Decide later")),
            SelectChoice("decline", _("Do not go on")),
        ],
    )
    reason = TextAreaField(_("Why"), [REQUIRED, TOO_LONG], render_kw={"rows": 3})
