"""What a rater sends: a mark for each line of a reply, and a sentence where they like."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from smm_academy.shifts.rating import RED_LINES, Mark, steps_of
from smm_academy.web.forms import Form

SENTENCE_CHARACTERS = 300
CANNOT_TELL = "?"
MET = {1.0: _("Yes"), 0.5: _("Partly"), 0.0: _("No")}
KEPT = {1.0: _("Not crossed"), 0.0: _("Crossed")}
"""A red line, in the words of the scorecard."""

Line: TypeAlias = tuple[RadioField, StringField]


class RatingForm(Form):
    """The lines of one reply; `form_for` adds their fields."""

    def lines(self, criteria: Sequence[str]) -> list[Line]:
        """Return the fields of the lines, in their order."""
        return [(self[f"mark_{name}"], self[f"sentence_{name}"]) for name in criteria]

    def marks(self, criteria: Sequence[str]) -> dict[str, Mark]:
        """Return what was said of each line."""
        return {
            name: Mark(
                None if mark.data == CANNOT_TELL else float(mark.data),
                " ".join((sentence.data or "").split()),
            )
            for name, (mark, sentence) in zip(criteria, self.lines(criteria), strict=True)
        }


class ReadingForm(Form):
    """Whether raters may read samples of somebody's practice."""

    objects = BooleanField(_("Leave my replies out of the samples"))


def mark_title(criterion: str, mark: float | None) -> str:
    """Return a mark in words."""
    if mark is None:
        return str(_("Cannot tell"))
    return str((KEPT if criterion in RED_LINES else MET)[mark])


def form_for(titles: Mapping[str, str]) -> RatingForm:
    """Return the form of a reply whose lines are these, criterion -> title."""
    fields: dict[str, Field] = {}
    for name, title in titles.items():
        fields[f"mark_{name}"] = RadioField(
            title,
            [InputRequired(_("Choose one. “Cannot tell” is an answer too."))],
            choices=[
                *(SelectChoice(f"{step:g}", mark_title(name, step)) for step in steps_of(name)),
                SelectChoice(CANNOT_TELL, mark_title(name, None)),
            ],
        )
        fields[f"sentence_{name}"] = StringField(
            _("One sentence on “%(line)s”", line=title),
            [
                Length(
                    max=SENTENCE_CHARACTERS,
                    message=_("Use %(max)d characters at most."),
                )
            ],
        )
    return type("RatingForm", (RatingForm,), fields)()  # type: ignore[no-any-return]
