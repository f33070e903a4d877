"""What somebody pastes in to have a real reply marked, and how they set the judge right."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from simulator import KINDS, WANTS, Author, Brand, Locale
from smm_academy.shifts.pair import AROUSAL, Judged, Pair, nearest_arousal, sureness
from smm_academy.shifts.words import kind_title
from smm_academy.web.forms import Form

MESSAGE_CHARACTERS = 5_000
REPLY_CHARACTERS = 20_000
LINES_CHARACTERS = 4_000
SEVERITIES = range(1, 9)
LEFT = ("", _("leave as read"))
"""The choice that leaves a field to the judge."""

SURENESS = {"quite": _("quite sure"), "fairly": _("fairly sure"), "guess": _("a guess")}
LANGUAGES = {"en": _("in English"), "pl": _("in Polish")}
FEELINGS = {"calm": _("calm"), "upset": _("upset"), "furious": _("furious")}
ADDRESSES = {
    "ty": _("ty (first name)"),
    "pan": _("Pan or Pani"),
    "panstwo": _("Państwo (to several, or to a household)"),
}


class PairForm(Form):
    """Two texts, what is true, and the fields in which the judge can be set right."""

    message = TextAreaField(
        _("The message"),
        [
            InputRequired(_("There is no message. Paste what the customer wrote.")),
            Length(max=MESSAGE_CHARACTERS, message=_("Use %(max)d characters at most.")),
        ],
    )
    reply = TextAreaField(
        _("Your reply"),
        [
            InputRequired(_("There is no text. Write something first.")),
            Length(max=REPLY_CHARACTERS, message=_("Use %(max)d characters at most.")),
        ],
    )
    facts = TextAreaField(
        _("What is true"),
        [Length(max=LINES_CHARACTERS, message=_("Use %(max)d characters at most."))],
    )
    brand = SelectField(_("Brand book"), default="")
    locale = SelectField(_("Language"), default="")
    kind = SelectField(_("Kind of message"), default="")
    severity = SelectField(_("How grave, 1 to 8"), default="")
    arousal = SelectField(_("How upset"), default="")
    address = SelectField(_("How the author is addressed (Polish)"), default="")
    about = StringField(
        _("What it is about"),
        [Length(max=200, message=_("Use %(max)d characters at most."))],
    )
    wants = SelectMultipleField(
        _("What the author wants"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, brands: Sequence[tuple[str, str]], locale: Locale) -> None:
        """Fill the choices: brands of (id, name), the rest in the reader's language."""
        self.brand.choices = [("", _("none")), *brands]
        self.locale.choices = [LEFT, *LANGUAGES.items()]
        self.kind.choices = [LEFT, *((kind, kind_title(kind, locale)) for kind in KINDS)]
        self.severity.choices = [LEFT, *((str(grade), str(grade)) for grade in SEVERITIES)]
        self.arousal.choices = [LEFT, *FEELINGS.items()]
        self.address.choices = [LEFT, *ADDRESSES.items()]
        self.wants.choices = [(want, words[locale]) for want, words in WANTS.items()]

    def pair(self, brand: Brand | None) -> Pair:
        """Return the two texts and everything that was set right."""
        known: dict[str, Any] = {}
        if self.kind.data:
            known["kind"] = self.kind.data
        if self.severity.data:
            known["severity"] = int(self.severity.data)
        if self.arousal.data:
            known["arousal"] = AROUSAL[self.arousal.data]
        if self.wants.data:
            known["wants"] = tuple(self.wants.data)
        if self.address.data:
            known["author"] = Author(form=self.address.data)
        if about := [part.strip() for part in (self.about.data or "").split(",") if part.strip()]:
            known["about"] = tuple(about)
        if facts := [row.strip() for row in (self.facts.data or "").splitlines() if row.strip()]:
            known["facts"] = facts
        return Pair(self.message.data, self.reply.data, self.locale.data or None, known, brand)


def readings(judged: Judged, locale: Locale) -> dict[str, str]:
    """Return what each field was taken for, and how sure that is; nothing where it was told."""
    words: dict[str, Callable[[Any], str]] = {
        "locale": lambda value: str(LANGUAGES[value]),
        "kind": lambda value: kind_title(value, locale),
        "severity": str,
        "arousal": lambda value: str(FEELINGS[nearest_arousal(value)]),
        "form": lambda value: str(ADDRESSES[value]),
        "about": ", ".join,
        "wants": lambda value: ", ".join(WANTS[want][locale] for want in value),
    }
    shown = dict.fromkeys((*words, "address"), "")
    for name, guess in judged.inferred.items():
        if name in words and guess.value:
            shown["address" if name == "form" else name] = str(
                _(
                    "Read as: %(value)s (%(sure)s).",
                    value=words[name](guess.value),
                    sure=SURENESS[sureness(guess.confidence)],
                )
            )
    return shown
