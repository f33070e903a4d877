"""What authors send: a new text's title, a draft's text, a file, a picture."""

from collections.abc import Mapping

from flask import Request
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from smm_academy.authoring.reading import verbatim
from smm_academy.errors import Invalid
from smm_academy.lessons.passages import MODULES
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.sources import Findings, decode
from smm_academy.web.forms import Form
from smm_academy.writing.models import TITLE_CHARACTERS
from smm_academy.writing.proof import LONGEST_TEXT
from smm_academy.writing.sent import Typed

BEGUN = (ChainKind.LESSON, ChainKind.QUIZ, ChainKind.BRAND)
"""What somebody may begin from nothing; a scenario begins as a copy of one."""

LARGEST_FILE = 400_000
NEWEST = 2**31 - 1
MOST_DIGITS = 10
SUFFIXES = (".md", ".yaml", ".yml", ".txt")


class SchoolForm(Form):
    """Open a school."""

    name = StringField(
        _("Name of your school"),
        [InputRequired(_("Write the name that people know you by."))],
    )


class NewTextForm(Form):
    """Begin a lesson, a quiz or a brand."""

    organisation = SelectField(_("For"), coerce=int)
    kind = HiddenField()
    title = StringField(
        _("Title"),
        [
            InputRequired(_("Write a title; you can change it later.")),
            Length(max=TITLE_CHARACTERS, message=_("Use 200 characters at most.")),
        ],
    )
    locale = RadioField(
        _("Language"), choices=[SelectChoice("en", "English"), SelectChoice("pl", "polski")]
    )
    module = SelectField(
        _("Module of the course"),
        choices=[
            SelectChoice("what-smm-is", _("What SMM is")),
            SelectChoice("a-day-at-work", _("A day at work")),
            SelectChoice("the-person", _("The person")),
            SelectChoice("under-fire", _("Under fire")),
            SelectChoice("career", _("Career and self-assessment")),
        ],
        default=MODULES[0],
    )

    def offer(self, places: Mapping[int, str]) -> None:
        """Offer the organisations for which somebody may write, by id."""
        self.organisation.choices = [SelectChoice(*place) for place in places.items()]


class PublishForm(Form):
    """On what terms a draft is published."""

    wording_only = BooleanField(_("Only wording changed"))
    caught_up = BooleanField(_("It follows the original as it is now"))


def read_number(text: str | None, default: int = 0) -> int:
    """Return a number that names something, 0 for what can name nothing."""
    if text is None:
        return default
    return int(text) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else 0


def read_kind(text: str) -> ChainKind:
    """Return what somebody wants to begin. Raises `Invalid` for anything else."""
    if text not in set(BEGUN):
        raise Invalid("kind", "Choose a lesson, a quiz or a brand.")
    return ChainKind(text)


def read_typed(request: Request) -> Typed:
    """Return the text and version in a request. Raises `Invalid` for what is none.

    The form cuts at no length of its own: a text that is too long is named and shown again.
    """
    version = request.form.get("version", "")
    if not (version.isascii() and version.isdecimal() and int(version) <= NEWEST):
        raise Invalid("version", "Reload the page: it does not say which draft it shows.")
    return Typed(request.form.get("source", ""), int(version))


def has_file(request: Request, name: str) -> bool:
    """Tell whether somebody chose a file."""
    return bool(request.files.get(name) and request.files[name].filename)


def read_file(request: Request) -> str:
    """Return an uploaded file's text to the letter. Raises `Invalid` for what is no text."""
    sent = request.files["file"]
    if not str(sent.filename).lower().endswith(SUFFIXES):
        raise Invalid("file", "Send the text as a file that ends in .md or .yaml.")
    raw = sent.read(LARGEST_FILE + 1)
    sent.close()
    findings = Findings("")
    text = verbatim(raw, decode(raw, findings)) if len(raw) <= LARGEST_FILE else ""
    if len(raw) > LARGEST_FILE or len(text) > LONGEST_TEXT:
        raise Invalid(
            "file", "This file is too long: %(most)s characters at most.", most=LONGEST_TEXT
        )
    if findings.count() or "\x00" in text:
        raise Invalid("file", "This file is not in UTF-8. Save it again with that encoding.")
    if not text.strip("\ufeff \t\r\n"):
        raise Invalid("file", "This file is empty.")
    return text


def read_picture(request: Request) -> tuple[str, bytes]:
    """Return an uploaded picture's file name and bytes."""
    sent = request.files["picture"]
    raw = sent.read()
    sent.close()
    return str(sent.filename), raw
