"""The form of a what-if: what would have been done instead, and when."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import RangeInput

from smm_academy.shifts.branching import HIDE, LEAVE, MODEL, OWN, SAME, Decision, Wish
from smm_academy.web.forms import Form

CHOICES = {
    SAME: _("The same, sooner or later"),
    LEAVE: _("Left alone"),
    MODEL: _("The model answer"),
    OWN: _("Other words of mine"),
    HIDE: _("Hidden from the page"),
}


class WhatIfForm(Form):
    """A decision taken otherwise."""

    choice = RadioField(
        _("Instead"), [InputRequired(_("Choose one of the ways on offer."))], validate_choice=False
    )
    minute = IntegerField(_("Begun at"), [Optional()], widget=RangeInput())
    text = TextAreaField(_("Your other words"), [Optional()])

    def offer(self, decision: Decision) -> None:
        """Offer the ways that a decision could have been taken."""
        self.choice.choices = [(name, CHOICES[name]) for name in decision.choices]

    def wish(self, decision: Decision) -> Wish:
        """Return what was wished; a time that was not given is the lived one."""
        minute = decision.begun if self.minute.data is None else self.minute.data
        return Wish(self.choice.data, minute, self.text.data or "")
