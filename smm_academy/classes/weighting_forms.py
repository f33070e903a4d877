"""The form in which an instructor weighs the rubric, and the words for what that does."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from smm_academy.shifts.weighting import (
    BANDS,
    DEDUCTED,
    MOST_POINTS,
    TURNABLE,
    WEIGHED,
    Effect,
    Weighting,
    line_title,
)
from smm_academy.web.forms import Form
from smm_academy.web.locale import gettext


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the rubric in the form.

    A deduction has no points to set; only contested advice can be turned round.
    """

    title: str
    house: int
    points: IntegerField | None
    counts: BooleanField
    turned: BooleanField | None


class WeightingForm(Form):
    """Points and a switch for each line; `weighting_form` adds the fields."""

    def lines(self, locale: str) -> list[Line]:
        """Return the lines in the order of the rubric."""
        return [
            Line(
                line_title(name, locale),
                round(house),
                self[f"points_{name}"] if name in WEIGHED else None,
                self[f"counts_{name}"],
                self[f"turned_{name}"] if name in TURNABLE else None,
            )
            for name, house in (*WEIGHED.items(), *DEDUCTED.items())
        ]

    def weighting(self) -> Weighting:
        """Return what was set."""
        return Weighting(
            {name: float(self[f"points_{name}"].data) for name in WEIGHED},
            frozenset(
                name for name in (*WEIGHED, *DEDUCTED) if not self[f"counts_{name}"].data
            ),
            frozenset(name for name in TURNABLE if self[f"turned_{name}"].data),
        )  # fmt: skip


def weighting_form(now_in_force: Weighting, locale: str) -> WeightingForm:
    """Return the form, filled with a weighting."""
    fields: dict[str, Any] = {}
    for name in (*WEIGHED, *DEDUCTED):
        title = line_title(name, locale)
        if name in WEIGHED:
            fields[f"points_{name}"] = IntegerField(
                _("%(line)s: points", line=title),
                [
                    InputRequired(_("Write a whole number from 0 to 100.")),
                    NumberRange(0, MOST_POINTS, _("Write a whole number from 0 to 100.")),
                ],
                default=round(now_in_force.weights[name]),
            )
        fields[f"counts_{name}"] = BooleanField(
            _("%(line)s counts", line=title), default=name not in now_in_force.off
        )
        if name in TURNABLE:
            fields[f"turned_{name}"] = BooleanField(
                _("Turn it round"), default=name in now_in_force.turned
            )
    return type("WeightingForm", (WeightingForm,), fields)()  # type: ignore[no-any-return]


def band_rows(effect: Effect) -> tuple[list[str], list[list[str]]]:
    """Return how many replies stand in which band, before (rows) and after (columns)."""
    names = {
        "weak": gettext("needs work"),
        "fair": gettext("good"),
        "strong": gettext("very good"),
    }
    head = [gettext("now \u2193, then \u2192"), *(names[band] for band in BANDS)]
    rows = [
        [names[was], *(str(effect.bands.get((was, then), 0)) for then in BANDS)] for was in BANDS
    ]
    return head, rows
